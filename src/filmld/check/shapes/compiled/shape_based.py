"""Shape-based constraints (SHACL §4.7)."""

from collections.abc import Iterable, Iterator
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.tree import Break, Breaks, Constraint, OfAll, Shape, Values, component
from filmld.check.shapes.result import Result, in_order
from filmld.errors import IllFormedShapeError
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Resource, Term

MOST: Final = "QualifiedMaxCount"
LEAST: Final = "QualifiedMinCount"


PARAMETERS: Final = frozenset({"node", "property", "qualifiedValueShape"})


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:node``, ``sh:property`` and ``sh:qualifiedValueShape``."""
    for inner in compiler.source.all(shape, "node"):
        yield OfNode(compiler.shape(inner))
    properties = compiler.source.all(shape, "property")
    if properties:
        yield OfProperties(properties, compiler)
    if compiler.is_property_shape(shape):
        for inner in compiler.source.all(shape, "qualifiedValueShape"):
            yield OfAll(_qualified(shape, inner, compiler), of_none=True)


class OfProperties:
    """The property shapes of a shape, whose results are those of the shape itself.

    A thing has few of the properties that its shapes know: those that it has are looked up, and of
    the others only the shapes are asked that miss something. Where all shapes are sound, the others of
    these are compiled when there first is a value.

    Args:
        nodes: The property shapes.
        compiler: Compiles them.
    """

    def __init__(self, nodes: Iterable[Term], compiler: Compiler) -> None:
        self._compiler = compiler
        self._direct: dict[IRI, list[Shape]] = {}
        self._missing: list[tuple[IRI, Shape]] = []
        self._farther: list[Shape] = []
        self._later: dict[IRI, list[Term]] = {}
        for node in nodes:
            path = compiler.postponable(node)
            if path:
                self._later.setdefault(path, []).append(node)
            else:
                self._add(node)
        if self._later:
            compiler.postpone(self._add_all)

    def _add(self, node: Term) -> None:
        shape = self._compiler.property_shape(node)
        if not isinstance(shape.path, IRI):
            self._farther.append(shape)
            return
        self._direct.setdefault(shape.path, []).append(shape)
        if shape.of_none:
            self._missing.append((shape.path, shape))

    def _add_all(self) -> None:
        for path in tuple(self._later):
            self._add_those_of(path)

    def _add_those_of(self, path: IRI) -> None:
        for node in self._later.pop(path):
            self._add(node)

    @property
    def of_none(self) -> bool:
        """Where there is no value, there is no focus node for them."""
        return False

    def holds(self, focus: Term, values: Values, data: Data) -> bool:  # noqa: ARG002  the same for all constraints
        """Say whether every value conforms."""
        return all(
            inner.conforms(value, data) if nodes is None else inner.are_good(value, nodes, data)
            for value in values
            for inner, nodes in self._each(value, data)
        )

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> list[Result]:  # noqa: ARG002  like all
        """Validate each value."""
        found: list[Result] = []
        for value in values:
            for inner, nodes in self._each(value, data):
                found += inner.results(value, data) if nodes is None else inner.results_of(value, nodes, data)
        return found

    def _each(self, focus: Term, data: Data) -> Iterator[tuple[Shape, Values | None]]:
        """The shapes that have something to say of a node, with its value nodes where they are known."""
        properties = data.properties(focus)
        direct, later = self._direct, self._later
        for predicate, values in properties.items():
            if predicate in later:
                self._add_those_of(predicate)
            if predicate in direct:
                for inner in direct[predicate]:
                    yield inner, values.values()
        for predicate, inner in self._missing:
            if predicate not in properties:
                yield inner, ()
        for inner in self._farther:
            yield inner, None


class OfNode(NamedTuple):
    """One result for each value that does not conform, explained by its details."""

    inner: Shape

    @property
    def of_none(self) -> bool:
        """Where there is no value, none is wrong."""
        return False

    def holds(self, focus: Term, values: Values, data: Data) -> bool:  # noqa: ARG002  like all
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

    def breaks(focus: Term, values: Values, data: Data) -> list[Break]:  # noqa: ARG001  as all constraints
        count = sum(
            wanted.conforms(value, data) and not any(other.conforms(value, data) for other in siblings)
            for value in values
        )
        too_many = most is not None and count > most
        too_few = least is not None and count < least
        return [Break(component(name)) for name, is_so in ((MOST, too_many), (LEAST, too_few)) if is_so]

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
