"""The data that shapes are asked of."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from types import MappingProxyType
from typing import Final, Protocol

from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import RDF, RDFS

TYPE: Final = IRI(RDF + "type")
SUBCLASS: Final = IRI(RDFS + "subClassOf")

_NOTHING: Final[Mapping[IRI, Mapping[Term, Term]]] = MappingProxyType({})
_NONE: Final[tuple[Resource, ...]] = ()


class Data(Protocol):
    """What an engine asks; answers come from a graph, or from a record and what is known of the others.

    Language tags that differ in nothing but capitals are the same tag (RDF 1.1 Concepts §3.3): of two
    values that differ in that way only the first is given.
    """

    def objects(self, node: Term, predicate: IRI) -> Collection[Term]:
        """The values of a property of a node, each once."""

    def subjects(self, predicate: IRI, node: Term) -> Collection[Resource]:
        """What has a node as the value of a property."""

    def properties(self, node: Term) -> Mapping[IRI, Mapping[Term, Term]]:
        """All properties of a node, and of each its values by what they are compared as (:func:`same`)."""

    def classes(self, node: Term) -> AbstractSet[Term]:
        """The classes of which a node is a SHACL instance: its types, and whatever they are subclasses of."""

    def around(self, node: Term, steps: int | None) -> Iterable[Triple]:
        """What can be reached from a node in so many steps, along statements or against them.

        Queries inside shapes look at no more than that; ``None`` stands for everything there is.
        """


def same(term: Term) -> Term:
    """A term as it is compared: with its language tag in small letters.

    >>> same(Literal("Kuu", RDF + "langString", "fi-FI")).language
    'fi-fi'
    """
    if type(term) is Literal and term.language is not None and not term.language.islower():
        return term._replace(language=term.language.lower())
    return term


class Whole:
    """A whole graph: everything that there is to know.

    Args:
        triples: What it states.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._by_subject: dict[Term, dict[IRI, dict[Term, Term]]] = {}
        for subject, predicate, value in triples:
            properties = self._by_subject.get(subject)
            if properties is None:
                properties = self._by_subject[subject] = {}
            values = properties.get(predicate)
            if values is None:
                values = properties[predicate] = {}
            values.setdefault(same(value), value)
        self._above = self._superclasses()
        self._classes: dict[tuple[Term, ...], frozenset[Term]] = {}
        self._inverse: dict[IRI, dict[Term, list[Resource]]] = {}

    def objects(self, node: Term, predicate: IRI) -> Collection[Term]:
        """The values of a property of a node."""
        values = self._by_subject.get(node, _NOTHING).get(predicate)
        return _NONE if values is None else values.values()

    def subjects(self, predicate: IRI, node: Term) -> Collection[Resource]:
        """What has a node as the value of a property."""
        inverse = self._inverse.get(predicate)
        if inverse is None:
            inverse = self._inverse[predicate] = self._inverted(predicate)
        return inverse.get(same(node), _NONE)

    def properties(self, node: Term) -> Mapping[IRI, Mapping[Term, Term]]:
        """All properties of a node, with their values."""
        return self._by_subject.get(node, _NOTHING)

    def classes(self, node: Term) -> frozenset[Term]:
        """The classes of a node, near and far."""
        types = tuple(self._by_subject.get(node, _NOTHING).get(TYPE, ()))
        found = self._classes.get(types)
        if found is None:
            above = (self._above.get(of_type, frozenset({of_type})) for of_type in types)
            found = self._classes[types] = frozenset[Term]().union(*above)
        return found

    def around(self, node: Term, steps: int | None) -> Iterable[Triple]:
        """What can be reached from a node in so many steps, along statements or against them."""
        if steps is None:
            return self._triples()
        found: dict[Triple, None] = {}
        reached: set[Term] = {node}
        for _ in range(steps):
            further = {triple: None for start in reached for triple in self._about(start)}
            found |= further
            reached = {end for subject, _, value in further for end in (subject, value)} - reached
        return found

    def _about(self, node: Term) -> Iterator[Triple]:
        """The statements that a node is the subject or the value of."""
        if isinstance(node, IRI | BlankNode):
            for predicate, values in self.properties(node).items():
                for value in values.values():
                    yield Triple(node, predicate, value)
        yield from self._incoming.get(same(node), ())

    @cached_property
    def _incoming(self) -> dict[Term, list[Triple]]:
        found: dict[Term, list[Triple]] = {}
        for triple in self._triples():
            found.setdefault(same(triple.object), []).append(triple)
        return found

    def _triples(self) -> Iterator[Triple]:
        for subject, properties in self._by_subject.items():
            for predicate, values in properties.items():
                for value in values.values():
                    if not isinstance(subject, Literal):
                        yield Triple(subject, predicate, value)

    def described(self) -> Iterator[Term]:
        """Whatever is the subject of a statement."""
        yield from self._by_subject

    def nodes(self) -> Iterator[Term]:
        """Whatever the graph mentions as the subject or value of a statement, each once."""
        seen: dict[Term, Term] = dict(zip(self._by_subject, self._by_subject, strict=True))
        for properties in self._by_subject.values():
            for values in properties.values():
                for key, value in values.items():
                    seen.setdefault(key, value)
        yield from seen.values()

    def _inverted(self, predicate: IRI) -> dict[Term, list[Resource]]:
        found: dict[Term, list[Resource]] = {}
        for subject, properties in self._by_subject.items():
            for key in properties.get(predicate, ()):
                if not isinstance(subject, Literal):
                    found.setdefault(key, []).append(subject)
        return found

    def _superclasses(self) -> dict[Term, frozenset[Term]]:
        """For each class that has any, itself and all classes above it; a circle of classes ends too."""
        above = {
            subject: frozenset(properties[SUBCLASS])
            for subject, properties in self._by_subject.items()
            if SUBCLASS in properties
        }
        return {each: _reachable(each, above) for each in above}


def _reachable(start: Term, above: Mapping[Term, AbstractSet[Term]]) -> frozenset[Term]:
    found = {start}
    waiting = [start]
    while waiting:
        further = above.get(waiting.pop(), frozenset()) - found
        found |= further
        waiting += further
    return frozenset(found)
