"""Cardinality constraints (SHACL §4.2)."""

from collections.abc import Iterator, Sequence
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.tree import Break, Breaks, Constraint, OfAll, Values, component
from filmld.turtle.terms import Resource, Term

PARAMETERS: Final = frozenset({"minCount", "maxCount"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:minCount`` and ``sh:maxCount``."""
    least = compiler.of_property(shape, "minCount", compiler.source.whole_number(shape, "minCount"))
    if least:
        yield OfAll(_at_least(least), of_none=True)
    most = compiler.of_property(shape, "maxCount", compiler.source.whole_number(shape, "maxCount"))
    if most is not None:
        yield OfAll(_at_most(most), of_none=False)


def _at_least(least: int) -> Breaks:
    broken = (Break(component("MinCount")),)

    def breaks(focus: Term, values: Values, data: Data) -> Sequence[Break]:  # noqa: ARG001  as all constraints
        return broken if len(values) < least else ()

    return breaks


def _at_most(most: int) -> Breaks:
    broken = (Break(component("MaxCount")),)

    def breaks(focus: Term, values: Values, data: Data) -> Sequence[Break]:  # noqa: ARG001  like all
        return broken if len(values) > most else ()

    return breaks
