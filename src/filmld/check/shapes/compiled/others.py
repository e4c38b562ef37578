"""Other constraints (SHACL §4.8)."""

from collections.abc import Iterator, Sequence
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import TYPE, Data, same
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.tree import (
    Break,
    Breaks,
    Constraint,
    OfAll,
    OfEach,
    Test,
    Values,
    component,
)
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import IRI, Resource, Term
from filmld.vocab import RDFS

_EVERYTHING: Final = IRI(RDFS + "Resource")
"""What everything is: to say so breaks no closed shape, as pySHACL has it."""


PARAMETERS: Final = frozenset({"closed", "ignoredProperties", "hasValue", "in"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:closed``, ``sh:hasValue`` and ``sh:in``."""
    source = compiler.source
    ignored = source.all(shape, "ignoredProperties")
    if ignored and source.one(shape, "closed") is None:
        raise IllFormedShapeError(shape, Fault.NOT_CLOSED, "ignoredProperties")
    if source.is_true(shape, "closed"):
        listed = {member for members in ignored for member in source.members(members)}
        paths = {path for inner in source.all(shape, "property") for path in source.all(inner, "path")}
        yield OfAll(_closed(frozenset(listed | paths)), of_none=False)
    for wanted in source.all(shape, "hasValue"):
        yield OfAll(_having(wanted), of_none=True)
    members = source.one(shape, "in")
    if members is not None:
        yield OfEach(component("In"), _among(frozenset(map(same, source.members(members)))))


def _closed(allowed: frozenset[Term]) -> Breaks:
    def breaks(focus: Term, values: Values, data: Data) -> list[Break]:  # noqa: ARG001  as all constraints
        return [
            Break(component("Closed"), found, path=predicate)
            for value in values
            for predicate, objects in data.properties(value).items()
            if predicate not in allowed
            for found in objects.values()
            if predicate != TYPE or found != _EVERYTHING
        ]

    return breaks


def _having(wanted: Term) -> Breaks:
    key = same(wanted)

    broken = (Break(component("HasValue")),)

    def breaks(focus: Term, values: Values, data: Data) -> Sequence[Break]:  # noqa: ARG001  like all
        return broken if all(same(value) != key for value in values) else ()

    return breaks


def _among(members: frozenset[Term]) -> Test:
    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  a test like the others
        return same(value) in members

    return test
