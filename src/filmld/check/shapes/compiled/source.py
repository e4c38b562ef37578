"""Shapes as they are written: the graph that a compiler reads."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final

from filmld.check.shapes.compiled.faults import Fault
from filmld.errors import IllFormedShapeError
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import RDF, RDFS, SH, XSD

_NIL: Final = IRI(RDF + "nil")
_TRUE: Final = Literal("true", XSD + "boolean")
_COMPONENT: Final = IRI(SH + "ConstraintComponent")
_SUBCLASS_OF: Final = IRI(RDFS + "subClassOf")
_CLASSES: Final = frozenset({RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"})
_TARGETS: Final = frozenset(
    IRI(SH + name) for name in ("targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
)


OF_VALUES: Final = frozenset(
    {
        *("path", "name", "description", "order", "group", "message", "severity", "deactivated"),
        *("class", "datatype", "nodeKind", "maxCount", "minInclusive", "maxInclusive"),
        *("minExclusive", "maxExclusive", "minLength", "maxLength", "pattern", "flags", "languageIn"),
        *("uniqueLang", "disjoint", "lessThan", "lessThanOrEquals", "not", "and", "or", "xone", "in", "node"),
    }
)
"""Parameters that demand nothing where there is no value."""


class Overview(NamedTuple):
    """What is found by looking through all of a shapes graph.

    Attributes:
        targeted: The shapes that have a target, each once.
        components: The constraint components that the shapes define themselves (SHACL §6).
        of_values: The shapes that demand nothing where there is no value, with the property of each.
    """

    targeted: tuple[Resource, ...]
    components: tuple[IRI, ...]
    of_values: Mapping[Term, IRI]


class Source:
    """A shapes graph. Terms of SHACL are asked for by their names, without ``sh:``.

    Args:
        triples: What the shapes state.
        overview: What is found by looking through all of them, where that is known.
    """

    def __init__(self, triples: Iterable[Triple], overview: Overview | None = None) -> None:
        self.graph = triples if isinstance(triples, Graph) else Graph(triples)
        self._parameters: dict[Term, dict[str, list[Term]]] = {}
        if overview is not None:
            self.overview = overview

    @cached_property
    def overview(self) -> Overview:
        """What is found by looking through all of the graph."""
        components = tuple(self._components())
        of_values = {} if components else dict(self._of_values())
        return Overview(tuple(self._targeted()), components, MappingProxyType(of_values))

    def _of_values(self) -> Iterator[tuple[Term, IRI]]:
        for node in self.graph.subjects():
            paths = self.all(node, "path")
            if len(paths) == 1 and isinstance(paths[0], IRI) and self.parameters(node).keys() <= OF_VALUES:
                yield node, paths[0]

    def _components(self) -> Iterator[IRI]:
        below = {
            node.value
            for node in self.graph.subjects()
            if isinstance(node, IRI) and _COMPONENT in self.graph.properties(node).get(_SUBCLASS_OF, ())
        }
        kinds = {_COMPONENT.value, *below}
        for node in self.graph.subjects():
            if not isinstance(node, IRI) or node.value.startswith(SH):
                continue
            if not kinds.isdisjoint(self.graph.types(node)):
                yield node

    def all(self, node: Term, name: str) -> Sequence[Term]:
        """The values of a parameter, in the order of the text."""
        return self.parameters(node).get(name, ())

    def parameters(self, node: Term) -> Mapping[str, Sequence[Term]]:
        """All parameters of a node, with their values."""
        found = self._parameters.get(node)
        if found is None:
            found = self._parameters[node] = self._parameters_of(node)
        return found

    def _parameters_of(self, node: Term) -> dict[str, list[Term]]:
        """All parameters of a node: those of a node of which nothing is asked are never sorted out."""
        properties = {} if isinstance(node, Literal) else self.graph.properties(node)
        return {
            predicate.value[len(SH) :]: list(values)
            for predicate, values in properties.items()
            if predicate.value.startswith(SH)
        }

    def one(self, node: Term, name: str) -> Term | None:
        """The only value of a parameter.

        Raises:
            IllFormedShapeError: There are more.
        """
        values = self.all(node, name)
        if len(values) > 1:
            raise IllFormedShapeError(node, Fault.TWICE, name)
        return values[0] if values else None

    def whole_number(self, node: Term, name: str) -> int | None:
        """The value of a parameter that is a number of things.

        Raises:
            IllFormedShapeError: It is none.
        """
        value = self.one(node, name)
        if value is None:
            return None
        if isinstance(value, Literal) and value.datatype == XSD + "integer" and value.lexical.isdecimal():
            return int(value.lexical)
        raise IllFormedShapeError(node, Fault.NO_NUMBER, name)

    def is_true(self, node: Term, name: str) -> bool:
        """Say whether a parameter is ``true``; ``1`` is not the same (W3C test ``uniqueLang-002``)."""
        return self.one(node, name) == _TRUE

    def members(self, node: Term) -> list[Term]:
        """The members of a list.

        Raises:
            IllFormedShapeError: It is none, or does not end.
        """
        found: list[Term] = []
        seen: set[Term] = set()
        while node != _NIL:
            first = None if isinstance(node, Literal) else self.graph.value(node, RDF + "first")
            if first is None or node in seen or isinstance(node, Literal):
                raise IllFormedShapeError(node, Fault.ENDLESS)
            seen.add(node)
            found.append(first)
            node = self.graph.value(node, RDF + "rest") or _NIL
        return found

    def _targeted(self) -> Iterator[Resource]:
        for node in self.graph.subjects():
            if not _TARGETS.isdisjoint(self.graph.properties(node)) or self.is_implicit(node):
                yield node

    def is_implicit(self, node: Resource) -> bool:
        """Say whether a shape is a class too, and has its instances for a target (SHACL §2.1.3.3)."""
        types = self.graph.types(node)
        if not types or not self._is_shape(node, types):
            return False
        return any(kind in _CLASSES or _CLASSES & self._above(kind) for kind in types)

    def _is_shape(self, node: Resource, types: frozenset[str]) -> bool:
        return bool({SH + "NodeShape", SH + "PropertyShape"} & types) or bool(
            self.all(node, "property") or self.all(node, "node")
        )

    def _above(self, kind: str) -> set[str]:
        return {
            value.value
            for value in self.graph.objects(IRI(kind), RDFS + "subClassOf")
            if isinstance(value, IRI)
        }
