"""Dates as archivists write them, and as a record needs them."""

import re
from datetime import date

from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.vocab import XSD

EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NUMBERED = regex(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})")
_ABOUT = regex(r"(?:circa|ca\.?|c\.?|about|around|um|noin)\s*(\d{4})", re.IGNORECASE)
_SPAN = regex(r"(\d{4})\s?(?:-|–|—|to|bis)\s?(\d{4})", re.IGNORECASE)
_MONTH_YEAR = regex(r"([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})")
_DAY_MONTH_YEAR = regex(r"(\d{1,2})\.?\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})")
_MONTH_DAY_YEAR = regex(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})")


class Reading(NamedTuple):
    """What a text probably means as a date.

    Attributes:
        lexical: The date, as it should be written.
        datatype: The IRI of its datatype.
        meaning: The date in words, where the text can be read in two ways.
    """

    lexical: str
    datatype: str
    meaning: str | None = None


def understand(text: str) -> list[Reading]:
    """Read a text as a date in every way that makes sense, the likeliest first.

    >>> understand("Jun 1999")
    [Reading(lexical='1999-06', datatype='http://www.w3.org/2001/XMLSchema#gYearMonth', meaning=None)]
    >>> [reading.meaning for reading in understand("8/9/2014")]
    ['8 Sep 2014', '9 Aug 2014']
    """
    text = " ".join(text.split())
    return [*_plain(text), *_numbered(text), *_worded(text), *_vague(text)]


def _plain(text: str) -> list[Reading]:
    """What is written as it should be, but for the datatype (XML Schema 1.1 §3.3.9-11)."""
    if re.fullmatch(r"\d{4}", text):
        return [Reading(text, XSD + "gYear")]
    if re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text):
        return [Reading(text, XSD + "gYearMonth")]
    return [Reading(text, XSD + "date")] if re.fullmatch(r"\d{4}-\d\d-\d\d", text) and _is_date(text) else []


def _numbered(text: str) -> list[Reading]:
    """Day, month and year; with slashes, also month and day."""
    match = _NUMBERED.fullmatch(text)
    if match is None:
        return []
    first, mark, second, year = match.groups()
    orders = [(first, second), (second, first)] if mark == "/" and first != second else [(first, second)]
    return [reading for day, month in orders for reading in _day(year, int(month), int(day))]


def _worded(text: str) -> list[Reading]:
    for pattern, order in ((_DAY_MONTH_YEAR, (3, 2, 1)), (_MONTH_DAY_YEAR, (3, 1, 2))):
        match = pattern.fullmatch(text)
        if match and match.group(order[1]).lower() in _MONTHS:
            year, month, day = (match.group(group) for group in order)
            return [
                Reading(r.lexical, r.datatype) for r in _day(year, _MONTHS.index(month.lower()) + 1, int(day))
            ]
    match = _MONTH_YEAR.fullmatch(text)
    if match and match.group(1).lower() in _MONTHS:
        return [
            Reading(f"{match.group(2)}-{_MONTHS.index(match.group(1).lower()) + 1:02}", XSD + "gYearMonth")
        ]
    return []


def _vague(text: str) -> list[Reading]:
    """About a year, or from one year to another (EDTF level 1)."""
    match = _ABOUT.fullmatch(text)
    if match:
        return [Reading(f"{match.group(1)}~", EDTF)]
    match = _SPAN.fullmatch(text)
    return [Reading(f"{match.group(1)}/{match.group(2)}", EDTF)] if match else []


def _day(year: str, month: int, day: int) -> list[Reading]:
    lexical = f"{year}-{month:02}-{day:02}"
    if not _is_date(lexical):
        return []
    return [Reading(lexical, XSD + "date", f"{day} {_MONTHS[month - 1].capitalize()} {year}")]


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
