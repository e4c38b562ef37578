"""Property pair constraints (SHACL §4.5)."""

from collections.abc import Iterator
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data, same
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.manner import Manner
from filmld.check.shapes.compiled.tree import Break, Breaks, Constraint, OfAll, Values, component
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import IRI, Resource, Term

_ORDERS: Final = (("lessThan", "LessThan", False), ("lessThanOrEquals", "LessThanOrEquals", True))
PARAMETERS: Final = frozenset({"equals", "disjoint", *(name for name, _, _ in _ORDERS)})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:equals``, ``sh:disjoint``, ``sh:lessThan`` and ``sh:lessThanOrEquals``."""
    for other in compiler.source.all(shape, "equals"):
        yield OfAll(_equal(_property(other)), of_none=True)
    for other in compiler.source.all(shape, "disjoint"):
        yield OfAll(_disjoint(_property(other)), of_none=False)
    for name, suffix, or_equals in _ORDERS:
        for other in compiler.source.all(shape, name):
            compiler.of_property(shape, name, other)
            breaks = _preceding(component(suffix), _property(other), compiler.manner, or_equals=or_equals)
            yield OfAll(breaks, of_none=False)


def _property(term: Term) -> IRI:
    if isinstance(term, IRI):
        return term
    raise IllFormedShapeError(term, Fault.NO_PROPERTY)


def _equal(other: IRI) -> Breaks:
    def breaks(focus: Term, values: Values, data: Data) -> list[Break]:
        mine = {same(value): value for value in values}
        theirs = {same(value): value for value in data.objects(focus, other)}
        either = {**theirs, **mine}
        return [Break(component("Equals"), either[key]) for key in mine.keys() ^ theirs.keys()]

    return breaks


def _disjoint(other: IRI) -> Breaks:
    def breaks(focus: Term, values: Values, data: Data) -> list[Break]:
        theirs = {same(value) for value in data.objects(focus, other)}
        return [Break(component("Disjoint"), value) for value in values if same(value) in theirs]

    return breaks


def _preceding(called: str, other: IRI, manner: Manner, *, or_equals: bool) -> Breaks:
    """One result for each pair in the wrong order: a value may be reported several times."""

    def breaks(focus: Term, values: Values, data: Data) -> list[Break]:
        theirs = data.objects(focus, other)
        return [
            Break(called, value)
            for value in values
            for limit in theirs
            if not manner.precedes(value, limit, or_equals=or_equals)
        ]

    return breaks
