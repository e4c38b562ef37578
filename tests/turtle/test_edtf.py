"""Uncertain dates, and the years they mean."""

import contextlib
import io

import pytest
from edtf import EDTFParseException, parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.turtle.edtf import Years, edtf_years, is_valid_edtf


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("1926", 1926, 1926),
        ("1926-07", 1926, 1926),
        ("1926-07-31", 1926, 1926),
        ("1926~", 1926, 1926),
        ("1936?", 1936, 1936),
        ("2004-06-11%", 2004, 2004),
        ("193X", 1930, 1939),
        ("19XX", 1900, 1999),
        ("193X~", 1930, 1939),
        ("2004-XX", 2004, 2004),
        ("1985-04-XX", 1985, 1985),
        ("1985-XX-XX", 1985, 1985),
        ("2001-21", 2001, 2001),
        ("2001-24?", 2001, 2001),
        ("2004-06/2006-08", 2004, 2006),
        ("1984~/2004-06?", 1984, 2004),
        ("193X/195X", 1930, 1959),
        ("1964/..", 1964, None),
        ("1964/", 1964, None),
        ("../1985", None, 1985),
        ("/1985", None, 1985),
        ("-1985", -1985, -1985),
        ("Y170000002", 170000002, 170000002),
        ("Y-170000002", -170000002, -170000002),
        ("1985-04-12T23:20:30", 1985, 1985),
        ("1985-04-12T23:20:30Z", 1985, 1985),
        ("1985-04-12T23:20:30-04", 1985, 1985),
        ("1985-04-12T23:20:30+04:30", 1985, 1985),
        ("2000-02-29", 2000, 2000),
        ("0000", 0, 0),
    ],
)
def test_a_date_of_level_0_or_1_means_these_years(text: str, start: int | None, end: int | None) -> None:
    assert edtf_years(text) == Years(start, end)
    assert is_valid_edtf(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "..",
        "../..",
        "/..",
        " 1926",
        "1926\n",
        "circa 1926",
        "1926?~",
        "~1926",
        "192",
        "19266",
        "\uff11\uff19\uff12\uff16",
        "-0000",
        "1926-00",
        "1926-13",
        "1926-7",
        "1926-02-29",
        "1900-02-29",
        "1926-04-31",
        "1926-04-00",
        "1926-XX-12",
        "192X-05",
        "19X6",
        "1XXX",
        "XXXX",
        "2001-25",
        "Y1985",
        "Y-17E7",
        "Y" + "9" * 5000,
        "2006/2004",
        "2004-07/2004-06",
        "1926/unknown",
        "1926/1927/1928",
        "1985-04-12T23:20:30/1986",
        "1985-04-12T25:00:00",
        "1985-04-12T23:20",
        "[1926,1927]",
        "Jun 1999",
    ],
)
def test_any_other_text_is_no_date(text: str) -> None:
    assert edtf_years(text) is None
    assert not is_valid_edtf(text)


@given(st.text(alphabet="0123456789-/.X?~%YT:Z+", max_size=24) | st.text(max_size=24))
def test_any_text_gets_an_answer_and_years_are_in_order(text: str) -> None:
    found = edtf_years(text)
    assert found is None or found.start is None or found.end is None or found.start <= found.end


# What the edtf package does otherwise is not generated: spaces around a date (it strips them), levels 2
# and 3 (we stop at 1), 29 February of a common year and intervals that end before they begin (it accepts
# both), qualified seasons and open intervals of unspecified digits (it refuses both), the year of an open
# end (it adds ten).

YEARS = st.integers(1, 9999).map("{:04}".format)
MONTHS = st.integers(0, 20).map("-{:02}".format) | st.just("-XX")
DAYS = st.integers(0, 33).filter(lambda day: day != 29).map("-{:02}".format) | st.just("-XX")
QUALIFIERS = st.sampled_from(["", "?", "~", "%"])
EXACT = st.one_of(
    st.tuples(YEARS, QUALIFIERS),
    st.tuples(YEARS, MONTHS, QUALIFIERS),
    st.tuples(YEARS, MONTHS.filter(lambda month: month != "-XX"), DAYS, QUALIFIERS),
    st.tuples(YEARS, st.sampled_from(["-21", "-22", "-23", "-24"])),
    st.tuples(st.just("-"), YEARS),
    st.tuples(st.sampled_from(["Y", "Y-"]), st.integers(0, 999999).map(str)),
).map("".join)
MASKED = st.one_of(
    st.tuples(st.integers(0, 999).map("{:03}X".format), QUALIFIERS),
    st.tuples(st.integers(0, 99).map("{:02}XX".format), QUALIFIERS),
    st.tuples(YEARS, st.just("-XX-XX"), QUALIFIERS),
).map("".join)
FULL = st.tuples(YEARS, MONTHS.filter(lambda month: month != "-XX"), QUALIFIERS).map("".join)
INTERVALS = st.tuples(FULL, FULL).map(lambda ends: "/".join(sorted(ends)))


def judged_by_the_package(text: str) -> tuple[int, int] | None:
    """What the edtf package makes of a date; it prints what it fails at."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            parsed = parse_edtf(text)
    except EDTFParseException:
        return None
    return parsed.lower_strict().tm_year, parsed.upper_strict().tm_year


@settings(max_examples=120, deadline=None)
@given(EXACT | MASKED | INTERVALS)
def test_the_edtf_package_says_the_same(text: str) -> None:
    ours = edtf_years(text)
    assert (None if ours is None else tuple(ours)) == judged_by_the_package(text)
