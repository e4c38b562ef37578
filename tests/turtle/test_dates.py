"""The years of dated literals, and the minutes of running times."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.turtle.dates import minutes, years
from filmld.turtle.edtf import Years
from filmld.turtle.terms import Literal, lang_string
from filmld.vocab import EDTF, XSD


@pytest.mark.parametrize(
    ("lexical", "datatype", "year"),
    [
        ("2014", "gYear", 2014),
        ("2014Z", "gYear", 2014),
        ("-0044", "gYear", -44),
        ("12014", "gYear", 12014),
        ("2014-08", "gYearMonth", 2014),
        ("2014-08+14:00", "gYearMonth", 2014),
        ("2014-08-08", "date", 2014),
        ("2000-02-29", "date", 2000),
        ("2014-08-08T20:30:00.5Z", "dateTime", 2014),
        ("2014-08-08T24:00:00", "dateTime", 2014),
    ],
)
def test_a_date_of_xsd_means_one_year(lexical: str, datatype: str, year: int) -> None:
    assert years(Literal(lexical, XSD + datatype)) == Years(year, year)


@pytest.mark.parametrize(
    ("lexical", "datatype"),
    [
        ("14", "gYear"),
        ("02014", "gYear"),
        ("2014-08", "gYear"),
        ("2014+14:30", "gYear"),
        ("\u0662\u0660\u0661\u0664", "gYear"),
        ("2014-13", "gYearMonth"),
        ("2014-02-29", "date"),
        ("2014-8-8", "date"),
        ("2014-08-00", "date"),
        ("2014-08-08", "dateTime"),
        ("2014-08-08T24:00:01", "dateTime"),
        ("2014", "string"),
        ("2014", "integer"),
    ],
)
def test_a_literal_that_is_no_date_has_no_years(lexical: str, datatype: str) -> None:
    assert years(Literal(lexical, XSD + datatype)) is None


def test_an_uncertain_date_has_the_years_it_can_mean() -> None:
    assert years(Literal("193X", EDTF)) == Years(1930, 1939)
    assert years(lang_string("1936", "en")) is None


@pytest.mark.parametrize(
    ("duration", "expected"),
    [
        ("PT77M", 77),
        ("PT1H17M", 77),
        ("PT4620S", 77),
        ("PT1H41M30S", 102),
        ("PT1H41M29.999S", 101),
        ("PT29S", 0),
        ("P1DT1M", 1441),
        ("P0Y0MT9M", 9),
        ("P35DT17H", 51420),
    ],
)
def test_a_running_time_has_these_minutes(duration: str, expected: int) -> None:
    assert minutes(duration) == expected


@pytest.mark.parametrize(
    "duration",
    ["", "P", "PT", "P1DT", "77", "PT77", "77 min", "-PT77M", "P1Y", "P1M", "PT1.5H", "PT1M1H", "PT\u0667M"],
)
def test_any_other_text_has_no_minutes(duration: str) -> None:
    assert minutes(duration) is None


def test_a_number_that_no_film_can_last_has_no_minutes() -> None:
    assert minutes("PT" + "9" * 5000 + "M") is None


@given(st.integers(0, 99), st.integers(0, 999), st.integers(0, 9999), st.integers(0, 99999))
def test_the_parts_of_a_running_time_add_up(days: int, hours: int, mins: int, seconds: int) -> None:
    total = ((days * 24 + hours) * 60 + mins) * 60 + seconds
    assert minutes(f"P{days}DT{hours}H{mins}M{seconds}S") == (total + 30) // 60


@given(
    st.text(alphabet="0123456789-:TZ.PYMDHS+", max_size=26),
    st.sampled_from(["gYear", "gYearMonth", "date", "dateTime"]),
)
def test_any_text_gets_an_answer(text: str, datatype: str) -> None:
    found = years(Literal(text, XSD + datatype))
    assert found is None or found.start == found.end
    assert (minutes(text) or 0) >= 0
