"""What the lexical forms of dates and running times mean, in years and minutes."""

import re
from functools import lru_cache
from typing import Final

from filmld.patterns import regex
from filmld.turtle.edtf import Years, days_in_month, edtf_years
from filmld.turtle.terms import Literal
from filmld.vocab import EDTF, XSD

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_YEAR = r"(-?(?:[1-9]\d{3,16}|0\d{3}))"
_TIME = r"T(?:(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?|24:00:00(?:\.0+)?)"
_FORMS: Final = {
    XSD + "gYear": regex(f"{_YEAR}{_ZONE}", re.ASCII),
    XSD + "gYearMonth": regex(rf"{_YEAR}-(\d\d){_ZONE}", re.ASCII),
    XSD + "date": regex(rf"{_YEAR}-(\d\d)-(\d\d){_ZONE}", re.ASCII),
    XSD + "dateTime": regex(rf"{_YEAR}-(\d\d)-(\d\d){_TIME}{_ZONE}", re.ASCII),
}
_DURATION = regex(
    r"P(?=.)(?:(?P<years>\d+)Y)?(?:(?P<months>\d+)M)?(?:(?P<days>\d+)D)?"
    r"(?:T(?=.)(?:(?P<hours>\d+)H)?(?:(?P<minutes>\d+)M)?(?:(?P<seconds>\d+(?:\.\d+)?)S)?)?",
    re.ASCII,
)
_LONGEST = 64
"""Characters of the longest duration that is read; the longest film known runs for 35 days."""


@lru_cache(4096)
def years(literal: Literal) -> Years | None:
    """Work out the first and last year that a dated literal can mean; ``None`` if it is not a date.

    >>> years(Literal("2014", XSD + "gYear"))
    Years(start=2014, end=2014)
    """
    if literal.datatype == EDTF:
        return edtf_years(literal.lexical)
    form = _FORMS.get(literal.datatype)
    match = form.fullmatch(literal.lexical) if form else None
    if match is None:
        return None
    year, month, day = (int(match[index]) if index <= (match.lastindex or 0) else 1 for index in (1, 2, 3))
    exists = 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)  # noqa: PLR2004 - months of a year
    return Years(year, year) if exists else None


def minutes(duration: str) -> int | None:
    """Work out the whole minutes of an ``xsd:duration``, half a minute counting as one.

    Years and months have no fixed length, so a duration that counts in them has no minutes;
    neither has a negative one.

    >>> minutes("PT1H41M30S")
    102
    """
    match = _DURATION.fullmatch(duration) if len(duration) <= _LONGEST else None
    if match is None or int(match["years"] or 0) or int(match["months"] or 0):
        return None
    whole = (match["seconds"] or "0").partition(".")[0]
    seconds = (int(match["days"] or 0) * 24 + int(match["hours"] or 0)) * 3600
    seconds += int(match["minutes"] or 0) * 60 + int(whole)
    return (seconds + 30) // 60
