"""The written forms that the datatypes of XML Schema allow (XML Schema 1.1 part 2)."""

import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from filmld.patterns import regex
from filmld.turtle.edtf import days_in_month
from filmld.vocab import XSD

DIGITS_LIMIT = 1000
"""No number in a record needs more; some programs stop at 4,300."""

_ZONE = r"(?:Z|[+-](?:(?:0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_YEAR = r"(-?(?:[1-9][0-9]{3,}|0[0-9]{3}))"
_MONTH = r"(0[1-9]|1[0-2])"
_DAY = r"(0[1-9]|[12][0-9]|3[01])"
_TIME = r"(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]+)?|24:00:00(?:\.0+)?)"
_INTEGER = r"[+-]?[0-9]+"
_DECIMAL = r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"
_DOUBLE = rf"{_DECIMAL}(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"
_CLOCK = r"T(?=.)(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]+)?S)?"

_FORMS: Mapping[str, str] = MappingProxyType(
    {
        XSD + name: form
        for name, form in {
            "date": rf"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}",
            "dateTime": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}",
            "dateTimeStamp": rf"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}(?!\Z){_ZONE}",
            "time": rf"{_TIME}{_ZONE}",
            "gYear": rf"{_YEAR}{_ZONE}",
            "gYearMonth": rf"{_YEAR}-{_MONTH}{_ZONE}",
            "gMonth": rf"--{_MONTH}{_ZONE}",
            "gMonthDay": rf"--{_MONTH}-{_DAY}{_ZONE}",
            "gDay": rf"---{_DAY}{_ZONE}",
            "integer": _INTEGER,
            "int": _INTEGER,
            "long": _INTEGER,
            "short": _INTEGER,
            "byte": _INTEGER,
            "nonNegativeInteger": r"\+?[0-9]+|-0+",
            "positiveInteger": r"\+?0*[1-9][0-9]*",
            "unsignedInt": r"\+?[0-9]+|-0+",
            "negativeInteger": r"-0*[1-9][0-9]*",
            "nonPositiveInteger": r"-[0-9]+|\+?0+",
            "decimal": _DECIMAL,
            "double": _DOUBLE,
            "float": _DOUBLE,
            "boolean": r"true|false|0|1",
            "duration": rf"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?(?:[0-9]+D)?(?:{_CLOCK})?",
            "yearMonthDuration": r"-?P(?=.)(?:[0-9]+Y)?(?:[0-9]+M)?",
            "dayTimeDuration": rf"-?P(?=.)(?:[0-9]+D)?(?:{_CLOCK})?",
            "language": r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*",
        }.items()
    }
)
_NUMBERS = frozenset(
    XSD + name
    for name in [
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "unsignedInt",
        "negativeInteger",
        "nonPositiveInteger",
        "decimal",
        "double",
        "float",
    ]
)
_DATES = frozenset(
    XSD + name for name in ("date", "dateTime", "dateTimeStamp", "gYear", "gYearMonth", "gMonthDay")
)
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LEAP = 2000
"""A year that has every day."""
_WRITTEN = {
    "numeric": regex(r"(\d{1,2})[./ -](\d{1,2})[./ -](\d{4})", re.ASCII),
    "loose": regex(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", re.ASCII),
    "year": regex(r"\d{4}", re.ASCII),
    "month": regex(r"(\d{4})-(\d{1,2})", re.ASCII),
}
_MINUTES = regex(r"\s*(\d{1,4})\s*(?:min(?:ute)?s?\.?|['’\u2032])?\s*", re.ASCII | re.IGNORECASE)


def is_date(datatype: str) -> bool:
    """Say whether a datatype is one of days, months or years."""
    return datatype in _DATES


def is_ill_formed(lexical: str, datatype: str) -> bool:
    """Say whether a text cannot be a value of its datatype; unknown datatypes allow everything."""
    form = _FORMS.get(datatype)
    if form is None:
        return False
    pattern = _pattern(form)
    match = pattern.fullmatch(lexical)
    if match is None:
        return True
    if datatype in _NUMBERS:
        return len(lexical) > DIGITS_LIMIT
    if datatype in _DATES and pattern.groups > 1:
        return not _exists(*match.groups())
    return False


@cache
def _pattern(form: str) -> re.Pattern[str]:
    """Compile a form when it is first met: an archive has values of a few datatypes."""
    return re.compile(form, re.ASCII)


def _exists(*parts: str) -> bool:
    """Whether the month has the day; ``parts`` are the numbers written, in their order."""
    *years, month, day = parts
    if len(month) > 2:  # noqa: PLR2004 - year and month: nothing to judge
        return True
    year = int(years[0][-4:]) if years else _LEAP
    return int(day) <= days_in_month(year, int(month))


def date_hint(lexical: str) -> str | None:
    """Say how a date should be written, for the ways in which people write dates.

    >>> date_hint("8.8.2014")
    'write "2014-08-08"^^xsd:date if you mean 8 Aug 2014; or "2014"^^xsd:gYear for the year only'
    """
    match = _WRITTEN["numeric"].fullmatch(lexical)
    if match:
        return _hint_of_parts(int(match[1]), int(match[2]), match[3])
    better = better_date(lexical)
    if better:
        return f'write "{better}"^^xsd:date'
    if _WRITTEN["year"].fullmatch(lexical):
        return f'for a year only, write "{lexical}"^^xsd:gYear'
    match = _WRITTEN["month"].fullmatch(lexical)
    if match and 1 <= int(match[2]) <= len(_MONTH_NAMES):
        return f'for a month, write "{match[1]}-{int(match[2]):02}"^^xsd:gYearMonth'
    return None


def better_date(lexical: str) -> str | None:
    """The date that a text like ``2014-8-8`` certainly means."""
    match = _WRITTEN["loose"].fullmatch(lexical)
    if not match:
        return None
    better = f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"
    return None if is_ill_formed(better, XSD + "date") else better


def _hint_of_parts(first: int, second: int, year: str) -> str | None:
    """The European order, the American one, or both if the text does not tell."""
    ways = []
    for day, month in dict.fromkeys(((first, second), (second, first))):
        iso = f"{year}-{month:02}-{day:02}"
        if not is_ill_formed(iso, XSD + "date"):
            ways.append(f'"{iso}"^^xsd:date if you mean {day} {_MONTH_NAMES[month - 1]} {year}')
    if not ways:
        return None
    return f'write {", or ".join(ways)}; or "{year}"^^xsd:gYear for the year only'


def duration_hint(lexical: str) -> str | None:
    """Say how a running time in minutes should be written.

    >>> duration_hint("77 min")
    'write "PT77M"^^xsd:duration'
    """
    match = _MINUTES.fullmatch(lexical)
    return f'write "PT{int(match[1])}M"^^xsd:duration' if match else None
