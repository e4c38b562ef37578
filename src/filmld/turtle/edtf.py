"""Uncertain dates: the Extended Date/Time Format, levels 0 and 1 (ISO 8601-2:2019, Annex A).

An archive writes ``1926~`` for about 1926, ``193X`` for some year of the thirties, ``1936?``
where it doubts, ``2004-06/2006-08`` for a time span, ``1964/..`` for one that has no end.

The grammar is our own because the ``edtf`` package takes 2 to 20 ms for a date, where a large
archive has hundreds of thousands, accepts 29 February of any year, and gives the unknown end
of an interval a year of its own making. The tests hold the two equal on everything else.
"""

import re
from typing import TypeAlias

from filmld.patterns import regex
from filmld.tuples import NamedTuple

_Day: TypeAlias = tuple[int, int, int]

_POINT = regex(
    r"""(?: Y (?P<long> -? [1-9] \d{4,16})          # a year of more than four digits
          | (?P<decade> \d{3}) X
          | (?P<century> \d{2}) XX
          | (?P<year> (?!-0000) -? \d{4})
            (?: - (?: (?P<season> 2[1-4])
                    | (?P<month> \d\d | XX (?! -\d)) (?: - (?P<day> \d\d | XX))? ) )?
        ) [?~%]?""",
    re.VERBOSE | re.ASCII,
)
_MOMENT = regex(
    r"(\d{4}-\d\d-\d\d) T (?: (?:[01]\d|2[0-3]) (?: :[0-5]\d){2} | 24:00:00 )"
    r"(?: Z | [+-] (?:[01]\d|2[0-3]) (?: :[0-5]\d)? )?",
    re.VERBOSE | re.ASCII,
)
_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY = 2
_UNDATED = frozenset({"", ".."})


class Years(NamedTuple):
    """The first and last calendar year that a date can mean; ``None`` where it is open or unknown."""

    start: int | None
    end: int | None


class _Span(NamedTuple):
    first: _Day
    last: _Day


def is_valid_edtf(text: str) -> bool:
    """Say whether a text is a date of EDTF level 0 or 1.

    >>> [is_valid_edtf(text) for text in ("193X", "1936?", "1985-02-29", "circa 1930")]
    [True, True, False, False]
    """
    return edtf_years(text) is not None


def edtf_years(text: str) -> Years | None:
    """Work out the years of a date of EDTF level 0 or 1; ``None`` if it is not one.

    >>> edtf_years("193X")
    Years(start=1930, end=1939)
    >>> edtf_years("1964/..")
    Years(start=1964, end=None)
    """
    start, slash, end = text.partition("/")
    if slash:
        return _interval(start, end)
    moment = _MOMENT.fullmatch(text)
    span = _point(moment[1] if moment else text)
    return Years(span.first[0], span.last[0]) if span else None


def _interval(start: str, end: str) -> Years | None:
    first, last = _point(start), _point(end)
    if (first is None and start not in _UNDATED) or (last is None and end not in _UNDATED):
        return None
    if first is None and last is None:
        return None  # "/" and "../.." are dates of nothing
    if first and last and last.last < first.first:
        return None
    return Years(first.first[0] if first else None, last.last[0] if last else None)


def _point(text: str) -> _Span | None:
    match = _POINT.fullmatch(text)
    if match is None:
        return None
    if match["decade"]:
        return _whole_years(int(match["decade"]) * 10, 10)
    if match["century"]:
        return _whole_years(int(match["century"]) * 100, 100)
    if match["long"]:
        return _whole_years(int(match["long"]), 1)
    return _within_year(int(match["year"]), match["month"] or "XX", match["day"] or "XX")


def _whole_years(year: int, count: int) -> _Span:
    return _Span((year, 1, 1), (year + count - 1, 12, 31))


def _within_year(year: int, month: str, day: str) -> _Span | None:
    if month == "XX":
        return _whole_years(year, 1)
    if not 1 <= int(month) <= 12:  # noqa: PLR2004 - months of a year
        return None
    days = days_in_month(year, int(month))
    if day == "XX":
        return _Span((year, int(month), 1), (year, int(month), days))
    exact = (year, int(month), int(day))
    return _Span(exact, exact) if 1 <= int(day) <= days else None


def days_in_month(year: int, month: int) -> int:
    """Count the days of a month in the Gregorian calendar, which EDTF and XSD extend to every year.

    >>> days_in_month(1900, 2), days_in_month(-4, 2)
    (28, 29)
    """
    is_leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == _FEBRUARY and is_leap else _LENGTHS[month - 1]
