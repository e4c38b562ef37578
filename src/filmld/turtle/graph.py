"""A small graph that remembers the order in which its facts were written."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from types import MappingProxyType

from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import RDF

_iri = lru_cache(maxsize=1024)(IRI)
"""Properties are asked for by the same few names again and again."""

_TYPE = IRI(RDF + "type")
_NOTHING: Mapping[IRI, Collection[Term]] = MappingProxyType({})


class Graph:
    """The triples of one record, in the order of its text, each once.

    The order has no meaning in RDF. It is kept because archivists write credits in the
    order of the screen, and a page should show them so.
    """

    __slots__ = ("_by_subject",)

    def __init__(self, triples: Iterable[Triple] = ()) -> None:
        self._by_subject: dict[Resource, dict[IRI, dict[Term, None]]] = {}
        for subject, predicate, object_ in triples:
            self._by_subject.setdefault(subject, {}).setdefault(predicate, {})[object_] = None

    def __iter__(self) -> Iterator[Triple]:
        for subject, properties in self._by_subject.items():
            for predicate, objects in properties.items():
                for object_ in objects:
                    yield Triple(subject, predicate, object_)

    def __len__(self) -> int:
        return sum(
            len(objects) for properties in self._by_subject.values() for objects in properties.values()
        )

    def __contains__(self, triple: Triple) -> bool:
        return triple.object in self._by_subject.get(triple.subject, {}).get(triple.predicate, {})

    def subjects(self) -> Iterator[Resource]:
        """All subjects, in the order of their first statement."""
        yield from self._by_subject

    def predicates(self, subject: Resource) -> Iterator[IRI]:
        """The properties of a subject, in the order of their first statement."""
        yield from self._by_subject.get(subject, {})

    def properties(self, subject: Resource) -> Mapping[IRI, Collection[Term]]:
        """The properties of a subject and their values, in the order of the text; not to be changed."""
        return self._by_subject.get(subject, _NOTHING)

    def objects(self, subject: Resource, predicate: str) -> Iterator[Term]:
        """All values of a property, given by its IRI, in the order of the text."""
        yield from self._by_subject.get(subject, {}).get(_iri(predicate), {})

    def value(self, subject: Resource, predicate: str) -> Term | None:
        """The first value of a property, or ``None``."""
        return next(self.objects(subject, predicate), None)

    def literals(self, subject: Resource, predicate: str) -> Iterator[Literal]:
        """The values of a property that are literals."""
        return (value for value in self.objects(subject, predicate) if isinstance(value, Literal))

    def resources(self, subject: Resource, predicate: str) -> Iterator[Resource]:
        """The values of a property that are not literals."""
        return (value for value in self.objects(subject, predicate) if not isinstance(value, Literal))

    def types(self, subject: Resource) -> frozenset[str]:
        """The IRIs of the subject's classes, as stated."""
        return frozenset(
            value.value for value in self.objects(subject, _TYPE.value) if isinstance(value, IRI)
        )
