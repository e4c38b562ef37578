"""Which literals have a value: the lexical and value spaces of XML Schema (part 2)."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from filmld.patterns import regex
from filmld.turtle.lexical import is_ill_formed
from filmld.turtle.terms import RDF_LANG_STRING, Literal
from filmld.vocab import XSD

_BITS: Final = {"byte": 8, "short": 16, "int": 32, "long": 64}
RANGES: Final[Mapping[str, tuple[int | None, int | None]]] = MappingProxyType(
    {
        XSD + "integer": (None, None),
        XSD + "nonNegativeInteger": (0, None),
        XSD + "positiveInteger": (1, None),
        XSD + "nonPositiveInteger": (None, 0),
        XSD + "negativeInteger": (None, -1),
        **{XSD + name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in _BITS.items()},
        **{XSD + "unsigned" + name.capitalize(): (0, 2**bits - 1) for name, bits in _BITS.items()},
    }
)
"""The least and the greatest number of ``xsd:integer`` and all that derive from it."""

_INTEGER: Final = regex(r"[+-]?[0-9]+", re.ASCII)
TEXTS: Final = frozenset(XSD + name for name in ("string", "normalizedString", "token", "language", "anyURI"))
"""Datatypes of texts."""
_OTHERS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        XSD + "hexBinary": regex(r"(?:[0-9a-fA-F]{2})*", re.ASCII),
        XSD + "base64Binary": regex(
            r"(?:(?:[A-Za-z0-9+/] ?){4})*(?:(?:[A-Za-z0-9+/] ?){2}= ?=|(?:[A-Za-z0-9+/] ?){3}=)?", re.ASCII
        ),
    }
)
CHECKED: Final = frozenset(
    XSD + name
    for name in (
        "boolean",
        "date",
        "dateTime",
        "dayTimeDuration",
        "decimal",
        "double",
        "duration",
        "float",
        "time",
        "yearMonthDuration",
    )
)
"""Datatypes of which a value must have the form that XML Schema gives it."""


def is_ill_typed(literal: Literal) -> bool:
    """Say whether a literal has no value, of those datatypes whose values matter here.

    SHACL §4.1.2 asks for the datatypes that SPARQL 1.1 supports; pySHACL adds the other dates, times,
    durations and binaries, but not ``xsd:gYear`` and its like.
    """
    lexical, datatype, _ = literal
    if datatype in RANGES:
        return whole(lexical, datatype) is None
    if datatype in _OTHERS:
        return _OTHERS[datatype].fullmatch(lexical) is None
    return datatype in CHECKED and is_ill_formed(lexical, datatype)


def has_order(datatype: str) -> bool:
    """Say whether the values of a datatype can be compared by what they mean."""
    return datatype in RANGES or datatype in CHECKED


def is_text(literal: Literal) -> bool:
    """Say whether the value of a literal is a text."""
    return literal.datatype in TEXTS or literal.datatype == RDF_LANG_STRING


def whole(lexical: str, datatype: str) -> int | None:
    """The value of a whole number; ``None`` if it is none, or none of its datatype."""
    if _INTEGER.fullmatch(lexical) is None or is_ill_formed(lexical, XSD + "integer"):
        return None
    number = int(lexical)
    least, greatest = RANGES[datatype]
    is_within = (least is None or number >= least) and (greatest is None or number <= greatest)
    return number if is_within else None
