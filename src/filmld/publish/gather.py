"""What records know of a thing, simplified to what a frame asks for.

Credits become the people credited, notes on certainty and terms of our own fall away, typed
values become plain texts, and of several languages one is chosen.
"""

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Final, TypeAlias

from filmld.catalog import Catalog
from filmld.publish.frames import Field, Frame
from filmld.publish.texts import preferred
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import FLD, RDF, SCHEMA

Told: TypeAlias = str | Resource
"""A text, or a thing with facts of its own."""
Facts: TypeAlias = Mapping[Resource, Mapping[str, Collection[Told]]]
"""What is told of each thing, by the names of properties; its classes, as IRIs, under ``@type``."""

TYPE: Final = "@type"
_TYPE = IRI(RDF + "type")
_NIL = IRI(RDF + "nil")
_NAME = IRI(SCHEMA + "name")
_START = IRI(SCHEMA + "startDate")
_ROLES = frozenset({IRI(SCHEMA + "Role"), IRI(SCHEMA + "PerformanceRole"), IRI(FLD + "Credit")})
_PARENTS = (
    (FLD + "Distribution", SCHEMA + "PublicationEvent"),
    (FLD + "FestivalEdition", SCHEMA + "Festival"),
    (FLD + "FilmFestival", SCHEMA + "EventSeries"),
    (FLD + "FilmFestival", SCHEMA + "Festival"),
)
_SCHEMES = ("http://", "https://")


def classes(graph: Graph, resource: Resource) -> tuple[str, ...]:
    """The schema.org classes of a thing; those of our own count as their parents."""
    stated = graph.properties(resource).get(_TYPE)
    return classes_among(tuple(stated)) if stated else ()


@cache
def classes_among(stated: tuple[Term, ...]) -> tuple[str, ...]:
    """The schema.org classes among those that are stated; see :func:`classes`."""
    iris = {value.value for value in stated if isinstance(value, IRI)}
    parents = {parent for own, parent in _PARENTS if own in iris}
    return tuple(sorted({iri for iri in iris if iri.startswith(SCHEMA)} | parents))


def gather(catalog: Catalog, graph: Graph, main: IRI, frame: Frame) -> Facts:
    """Collect what is told of a thing, and of the things that it is told with.

    Args:
        catalog: Where other things are described.
        graph: What describes the thing itself.
        main: The thing.
        frame: What is asked.
    """
    gatherer = _Gatherer(catalog)
    gatherer.about(main, graph, frame)
    return gatherer.facts


def triples(facts: Facts) -> Iterator[Triple]:
    """Write facts as statements."""
    for subject, properties in facts.items():
        for name, values in properties.items():
            for value in values:
                if name == TYPE:
                    yield Triple(subject, _TYPE, IRI(str(value)))
                else:
                    told = Literal(value) if isinstance(value, str) else value
                    yield Triple(subject, IRI(SCHEMA + name), told)


class _Gatherer:
    """Collects what is told. It is on the way of every page, so it takes the short way where there is one."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._languages = catalog.archive.config.languages
        self._sources: dict[Resource, Graph | None] = {}
        self.facts: dict[Resource, dict[str, dict[Told, None]]] = {}

    def about(self, node: Resource, graph: Graph, frame: Frame) -> None:
        stated = graph.properties(node)
        known = self.facts.setdefault(node, {})
        if _TYPE in stated and (found := classes_among(tuple(stated[_TYPE]))):
            known.setdefault(TYPE, {}).update(dict.fromkeys(found))
        for field in frame.fields:
            if field.predicate in stated:
                told = dict.fromkeys(self._told(graph, field, stated[field.predicate]))
                if field.name in known:
                    known[field.name].update(told)
                elif told:
                    known[field.name] = told
        for field in frame.reverse:
            self._presented(node, graph, field)

    def _told(self, graph: Graph, field: Field, stated: Collection[Term]) -> Collection[Told]:
        if len(stated) == 1 and not field.is_address:  # most properties: one text, and no choice
            (value,) = stated
            if isinstance(value, Literal):
                return (value.lexical,)
        values = credited(graph, field.predicate, stated)
        chosen = self._chosen(field, values)
        told: list[Told] = []
        for value in values:
            if not isinstance(value, Literal):
                told += self._thing(graph, field, value)
            elif value in chosen:
                address = field.is_address and value.lexical.startswith(_SCHEMES)
                told.append(IRI(value.lexical) if address else value.lexical)
        return told

    def _chosen(self, field: Field, values: Collection[Term]) -> Collection[Term]:
        if len(values) == 1:
            return values
        texts = [value for value in values if isinstance(value, Literal)]
        chosen = preferred(texts, self._languages)
        return chosen[:1] if field.has_one else chosen

    def _thing(self, graph: Graph, field: Field, value: Resource) -> tuple[Told, ...]:
        described = self._source(value)
        source = graph if described is None else described
        if field.frame.fields or field.is_address:
            self.about(value, source, field.frame)
            return (value,) if value != _NIL else ()
        # Where the frame asks for a text, the thing is put in by its name.
        names = preferred(list(source.literals(value, _NAME.value)), self._languages)
        return (names[0].lexical,) if names else ()

    def _source(self, node: Resource) -> Graph | None:
        """The record that describes a thing; ``None`` if it is the one that mentions it."""
        if isinstance(node, IRI) and node not in self._sources:
            record = self._catalog.record_of(node.value)
            self._sources[node] = self._catalog.graph(record) if record else None
        return self._sources.get(node)

    def _presented(self, node: Resource, graph: Graph, field: Field) -> None:
        """The dated events at which a film was shown; without a date it is no event to announce."""
        for subject in graph.subjects():
            stated = graph.properties(subject)
            if _START in stated and node in stated.get(field.predicate, ()):
                self.about(subject, graph, field.frame)
                self.facts[subject].setdefault(field.name, {})[node] = None


def credited(graph: Graph, predicate: IRI, stated: Collection[Term]) -> Collection[Term]:
    """The values of a property; a credit counts as the people credited."""
    values: list[Term] = []
    for value in stated:
        inner = None if isinstance(value, Literal) else graph.properties(value)
        if inner and not _ROLES.isdisjoint(inner.get(_TYPE, ())):
            values += (one for one in inner.get(predicate, ()) if not isinstance(one, Literal))
        else:
            values.append(value)
    return values
