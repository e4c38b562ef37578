"""The manner of pySHACL and rdflib, for holding the compiled engine against them."""

import re
import warnings
from collections.abc import Iterable

import rdflib
from pyshacl.rdfutil.compare import compare_literal

from filmld.check.shapes.compiled.data import same
from filmld.check.shapes.rdf import from_node, to_node
from filmld.check.shapes.result import Result, in_order
from filmld.turtle.terms import BlankNode, Literal, Term


class Reference:
    """As pySHACL has it; what differs is listed in ``docs/shapes.md``."""

    reverses_sequences = False

    def is_ill_typed(self, literal: Literal) -> bool:
        """By Python's conversions."""
        return _literal(literal).ill_typed is True

    def order(self, value: Literal, limit: Literal) -> int | None:
        """By rdflib's order of all literals, within texts and within what is none."""
        left, right = _literal(value), _literal(limit)
        if isinstance(left.value, str) != isinstance(right.value, str):
            return None
        try:
            found: int = compare_literal(left, right)  # type: ignore[no-untyped-call]
        except (ArithmeticError, TypeError, NotImplementedError):
            return None
        return found

    def precedes(self, left: Term, right: Term, *, or_equals: bool) -> bool:
        """By Python's operators, as rdflib defines them; where pySHACL gives up, it is ``False``."""
        if isinstance(left, BlankNode) or isinstance(right, BlankNode):
            return False
        first, second = _comparable(left), _comparable(right)
        if isinstance(first, rdflib.Literal) != isinstance(second, rdflib.Literal):
            return False
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of what rdflib does with NotImplemented
            try:
                return bool(first <= second if or_equals else first < second)
            except (ArithmeticError, TypeError):
                return False

    def pattern(self, text: str, flags: str) -> re.Pattern[str]:
        """With two flags of the five, in letters of either size."""
        known = {"i": re.IGNORECASE, "m": re.MULTILINE}
        combined = re.RegexFlag(0)
        for flag in flags.lower():
            combined |= known.get(flag, re.RegexFlag(0))
        return re.compile(text, combined)

    def speaks(self, tag: str, ranges: frozenset[str]) -> bool:
        """The whole tag, or the primary language alone."""
        return bool({"*", tag, tag.partition("-")[0]} & ranges)


def _literal(literal: Literal) -> rdflib.Literal:
    node = to_node(literal)
    if not isinstance(node, rdflib.Literal):
        raise TypeError(node)
    return node


def _comparable(term: Term) -> str | rdflib.Literal:
    """Texts and IRIs as bare strings: rdflib's literals are strings too, but not compared as such."""
    if not isinstance(term, Literal):
        return str.__str__(to_node(term))
    node = _literal(term)
    return str.__str__(node.value) if isinstance(node.value, str) else node


def as_rdflib_shows(results: Iterable[Result]) -> list[Result]:
    """Results with the terms that rdflib rewrites when it reads them.

    Which of two language tags it keeps that differ in capitals is not settled: small letters are shown.
    """
    return in_order(
        result._replace(
            focus_node=_shown(result.focus_node),
            value=None if result.value is None else _shown(result.value),
            details=tuple(as_rdflib_shows(result.details)),
        )
        for result in results
    )


def _shown(term: Term) -> Term:
    return same(from_node(to_node(term)))
