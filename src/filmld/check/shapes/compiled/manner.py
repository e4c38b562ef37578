"""Where SHACL, SPARQL or XML Schema say one thing and pySHACL does another.

An engine is compiled in one of two manners. :class:`Recommended` does what the recommendations say,
and is what records are judged by. :class:`filmld.check.shapes.reference_manner.Reference` does what
pySHACL does, so that the rest of the engine can be held against it on any data whatever. How the two
differ, and why, is listed in ``docs/shapes.md``.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, Protocol

from filmld.check.shapes.compiled.values import RANGES, has_order, is_ill_typed, is_text, whole
from filmld.turtle.terms import IRI, BlankNode, Literal, Term

_FLAGS: Final[Mapping[str, re.RegexFlag]] = MappingProxyType(
    {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}
)


class Manner(Protocol):
    """How an engine reads literals, patterns and paths."""

    reverses_sequences: bool
    """Whether the inverse of a sequence begins at its end."""

    def is_ill_typed(self, literal: Literal) -> bool:
        """Say whether a literal has no value of its datatype."""

    def order(self, value: Literal, limit: Literal) -> int | None:
        """-1, 0 or 1 as a value is less, the same or more than a limit; ``None`` if nobody can tell."""

    def precedes(self, left: Term, right: Term, *, or_equals: bool) -> bool:
        """Say whether a value is less than another, or no more than it."""

    def pattern(self, text: str, flags: str) -> re.Pattern[str]:
        """Compile a pattern."""

    def speaks(self, tag: str, ranges: frozenset[str]) -> bool:
        """Say whether a language tag is in any of these ranges; all are in small letters."""


class Recommended:
    """As the recommendations have it."""

    reverses_sequences = True

    def is_ill_typed(self, literal: Literal) -> bool:
        """By the lexical spaces of XML Schema."""
        return is_ill_typed(literal)

    def order(self, value: Literal, limit: Literal) -> int | None:
        """By the value spaces of XML Schema."""
        return _order(value, limit)

    def precedes(self, left: Term, right: Term, *, or_equals: bool) -> bool:
        """By value; IRIs and texts by their letters, and so are the values of unknown datatypes."""
        if isinstance(left, BlankNode) or isinstance(right, BlankNode):
            return False
        first, second = _letters(left), _letters(right)
        if first is not None or second is not None:
            found = None if first is None or second is None else (first > second) - (first < second)
        elif isinstance(left, Literal) and isinstance(right, Literal):
            found = _of_literals(left, right)
        return found == -1 or (or_equals and found == 0)

    def pattern(self, text: str, flags: str) -> re.Pattern[str]:
        """With SPARQL's five flags (XPath functions §5.6.2)."""
        combined = re.RegexFlag(0)
        for flag in flags:
            combined |= _FLAGS.get(flag, re.RegexFlag(0))
        return re.compile(re.escape(text) if "q" in flags else text, combined)

    def speaks(self, tag: str, ranges: frozenset[str]) -> bool:
        """By basic filtering (RFC 4647 §3.3.1)."""
        while tag:
            if tag in ranges:
                return True
            tag = tag.rpartition("-")[0]
        return "*" in ranges


def _letters(term: Term) -> str | None:
    if isinstance(term, IRI):
        return term.value
    return term.lexical if isinstance(term, Literal) and is_text(term) else None


def _of_literals(left: Literal, right: Literal) -> int | None:
    if left.datatype == right.datatype and not has_order(left.datatype):
        return (left.lexical > right.lexical) - (left.lexical < right.lexical)
    return _order(left, right)


def _order(left: Literal, right: Literal) -> int | None:
    if left.datatype in RANGES and right.datatype in RANGES:
        first, second = whole(left.lexical, left.datatype), whole(right.lexical, right.datatype)
        if first is not None and second is not None:
            return (first > second) - (first < second)
    from filmld.check.shapes.compiled.orders import order  # noqa: PLC0415  most values are whole numbers

    return order(left, right)
