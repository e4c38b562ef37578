"""Shape-based constraints (SHACL §4.7)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.tree import Break, Breaks, Constraint, OfAll, Shape, Values, component
from filmld.check.shapes.result import Result, in_order
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import Resource, Term


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:node``, ``sh:property`` and ``sh:qualifiedValueShape``."""
    for inner in compiler.source.all(shape, "node"):
        yield OfNode(compiler.shape(inner))
    for inner in compiler.source.all(shape, "property"):
        yield OfProperty(compiler.property_shape(inner))
    if compiler.is_property_shape(shape):
        for inner in compiler.source.all(shape, "qualifiedValueShape"):
            yield OfAll(_qualified(shape, inner, compiler), of_none=True)


@dataclass(frozen=True, slots=True, eq=False)
class OfProperty:
    """The results of a property shape are those of the shape that has it."""

    inner: Shape

    @property
    def of_none(self) -> bool:
        """Where there is no value, there is no focus node for it."""
        return False

    def holds(self, focus: Term, values: Values, data: Data) -> bool:  # noqa: ARG002  the same for all constraints
        """Say whether every value conforms."""
        return all(self.inner.conforms(value, data) for value in values)

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> Iterable[Result]:  # noqa: ARG002
        """Validate each value."""
        if len(values) == 1:
            (value,) = values
            return self.inner.results(value, data)
        return [result for value in values for result in self.inner.results(value, data)]


@dataclass(frozen=True, slots=True, eq=False)
class OfNode:
    """One result for each value that does not conform, explained by its details."""

    inner: Shape

    @property
    def of_none(self) -> bool:
        """Where there is no value, none is wrong."""
        return False

    def holds(self, focus: Term, values: Values, data: Data) -> bool:  # noqa: ARG002
        """Say whether every value conforms."""
        return all(self.inner.conforms(value, data) for value in values)

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> Iterator[Result]:
        """Validate each value."""
        for value in values:
            details = self.inner.results(value, data)
            if details:
                broken = Break(component("Node"), value, details=tuple(in_order(details)))
                yield shape.result(focus, broken)


def _qualified(shape: Resource, inner: Term, compiler: Compiler) -> Breaks:
    source = compiler.source
    least = source.whole_number(shape, "qualifiedMinCount")
    most = source.whole_number(shape, "qualifiedMaxCount")
    if least is None and most is None:
        raise IllFormedShapeError(shape, Fault.NO_COUNT)
    wanted = compiler.shape(inner)
    siblings = tuple(compiler.shape(sibling) for sibling in _siblings(shape, inner, compiler))

    def breaks(focus: Term, values: Values, data: Data) -> Iterator[Break]:  # noqa: ARG001  as all constraints
        count = sum(
            wanted.conforms(value, data) and not any(other.conforms(value, data) for other in siblings)
            for value in values
        )
        if most is not None and count > most:
            yield Break(component("QualifiedMaxCount"))
        if least is not None and count < least:
            yield Break(component("QualifiedMinCount"))

    return breaks


def _siblings(shape: Resource, inner: Term, compiler: Compiler) -> dict[Term, None]:
    """The shapes that no value may conform to that is counted (SHACL §4.7.3)."""
    source = compiler.source
    if not source.is_true(shape, "qualifiedValueShapesDisjoint"):
        return {}
    parents = (node for node in source.graph.subjects() if shape in source.all(node, "property"))
    siblings = (sibling for parent in parents for sibling in source.all(parent, "property"))
    shapes = (found for sibling in siblings for found in source.all(sibling, "qualifiedValueShape"))
    return {found: None for found in shapes if found != inner}
