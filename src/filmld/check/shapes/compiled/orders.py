"""What literals mean, and which of their values is the lesser: the value spaces of XML Schema (part 2)."""

import re
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from filmld.check.shapes.compiled.values import CHECKED, RANGES, TEXTS, whole
from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.turtle.lexical import is_ill_formed
from filmld.turtle.terms import RDF_LANG_STRING, XSD_STRING, Literal
from filmld.vocab import XSD

_FLOATS: Final = frozenset({XSD + "double", XSD + "float"})


class Moment(NamedTuple):
    """A point on the time line in seconds, or, without a time zone, one that may be 14 hours off."""

    seconds: Decimal
    has_zone: bool


class Length(NamedTuple):
    """A duration, which is months and seconds; how long a month is depends on which."""

    months: int
    seconds: Decimal


Number: TypeAlias = int | Decimal | float
Value: TypeAlias = str | Number | Moment | Length


class Valued(NamedTuple):
    """A value, and of what kind it is: only values of one kind can be compared."""

    kind: str
    value: Value


def valued(literal: Literal) -> Valued | None:
    """What a literal means; ``None`` if it means nothing that can be compared."""
    lexical, datatype, language = literal
    if datatype in TEXTS or language is not None:
        kind = f"text@{(language or '').lower()}" if datatype in {XSD_STRING, RDF_LANG_STRING} else datatype
        return Valued(kind, lexical)
    if datatype in RANGES:
        number = whole(lexical, datatype)
        return None if number is None else Valued("number", number)
    if datatype not in CHECKED or is_ill_formed(lexical, datatype):
        return None
    kind = {"decimal": "number", "double": "number", "float": "number"}.get(datatype[len(XSD) :], datatype)
    return Valued("duration" if datatype.endswith("uration") else kind, _value(lexical, datatype))


def _value(lexical: str, datatype: str) -> Value:
    if datatype in _FLOATS:
        return float(lexical)
    if datatype == XSD + "decimal":
        return Decimal(lexical)
    if datatype == XSD + "boolean":
        return int(lexical in {"true", "1"})
    return _length(lexical) if datatype.endswith("uration") else _moment(lexical)


_MOMENT: Final = regex(
    r"(?:(-?\d{4,})-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d):(\d\d(?:\.\d+)?))?(Z|[+-]\d\d:\d\d)?", re.ASCII
)
_CYCLE: Final = 146_097
"""The days of the 400 years after which the calendar repeats itself."""


def _moment(lexical: str) -> Moment:
    """A date, a time, or both; a date is its first instant."""
    parts = _MOMENT.fullmatch(lexical)
    year, month, day, hour, minute, second, zone = parts.groups() if parts else (None,) * 7
    cycles, within = divmod(int(year or 1), 400)
    days = cycles * _CYCLE + date(within or 400, int(month or 1), int(day or 1)).toordinal()
    days -= 0 if within else _CYCLE
    seconds = days * 86_400 + int(hour or 0) * 3_600 + int(minute or 0) * 60 + Decimal(second or 0)
    return Moment(seconds - _offset(zone), zone is not None)


def _offset(zone: str | None) -> int:
    if zone is None or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3_600 + int(zone[4:6]) * 60
    return -seconds if zone[0] == "-" else seconds


_LENGTH: Final = regex(
    r"(-?)P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?", re.ASCII
)


def _length(lexical: str) -> Length:
    parts = _LENGTH.fullmatch(lexical)
    sign, years, months, days, hours, minutes, seconds = parts.groups() if parts else ("",) * 7
    whole = int(days or 0) * 86_400 + int(hours or 0) * 3_600 + int(minutes or 0) * 60
    factor = -1 if sign else 1
    return Length(
        factor * (int(years or 0) * 12 + int(months or 0)), factor * (whole + Decimal(seconds or 0))
    )


def order(left: Literal, right: Literal) -> int | None:
    """Which of two literals has the lesser value.

    Returns:
        -1 if the left one has, 0 if both have the same, 1 if the right one has; ``None`` where the two
        cannot be compared, as a text and a number, or two times of which one has a time zone.
    """
    first, second = valued(left), valued(right)
    if first is None or second is None or first.kind != second.kind:
        return 0 if left == right and first is second is None else None
    return _ordered(first.value, second.value)


def _ordered(left: Value, right: Value) -> int | None:
    if isinstance(left, Moment) and isinstance(right, Moment):
        return _of_moments(left, right)
    if isinstance(left, Length) and isinstance(right, Length):
        return _of_lengths(left, right)
    if isinstance(left, str) and isinstance(right, str):
        return (left > right) - (left < right)
    if isinstance(left, float) or isinstance(right, float):
        left, right = _promoted(left), _promoted(right)
    return _of_numbers(left, right)


def _promoted(value: Value) -> float:
    """A number as ``xsd:double``, as SPARQL §17.3 promotes them."""
    try:
        return float(value) if isinstance(value, int | float | Decimal) else float("nan")
    except OverflowError:
        return float("inf") if isinstance(value, int) and value > 0 else float("-inf")


def _of_numbers(left: Value, right: Value) -> int | None:
    """``NaN`` is neither less nor more than anything, nor the same as itself."""
    if not isinstance(left, int | float | Decimal) or not isinstance(right, int | float | Decimal):
        return None
    if left == right:
        return 0
    return -1 if left < right else 1 if left > right else None


_HOURS_14: Final = 50_400


def _of_moments(left: Moment, right: Moment) -> int | None:
    """The order of XML Schema (part 2, §3.2.7.3): without a zone, 14 hours either way are possible."""
    if left.has_zone == right.has_zone:
        return (left.seconds > right.seconds) - (left.seconds < right.seconds)
    if abs(left.seconds - right.seconds) <= _HOURS_14:
        return None
    return -1 if left.seconds < right.seconds else 1


_STARTS: Final = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))
"""The months from which XML Schema (part 2, §3.2.6.2) counts durations to compare them."""


def _of_lengths(left: Length, right: Length) -> int | None:
    orders = {
        (first > second) - (first < second)
        for first, second in ((_after(left, start), _after(right, start)) for start in _STARTS)
    }
    return orders.pop() if len(orders) == 1 else None


def _after(length: Length, start: tuple[int, int]) -> Decimal:
    """Seconds to the end of a duration that starts in a given month."""
    months = start[0] * 12 + start[1] - 1 + length.months
    cycles, within = divmod(months // 12, 400)
    days = cycles * _CYCLE + date(within or 400, months % 12 + 1, 1).toordinal()
    return (days - (0 if within else _CYCLE)) * 86_400 + length.seconds
