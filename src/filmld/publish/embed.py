"""The embed form of JSON-LD: what a search engine should know, nested, in schema.org alone.

What is told of each kind of thing is a frame in ``frames.json``; nothing else is told, and
all of it is on the page too. A frame with no properties asks for a text. On the way from
record to frame, credits become the people credited, notes on certainty and terms of our
own fall away, typed values become plain texts, and of several languages one is chosen.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.jsontext import Json
from filmld.publish.processor import bundled, frame
from filmld.publish.texts import preferred
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import FLD, RDF, SCHEMA

FRAMES_FILE = "frames.json"

_TYPE = IRI(RDF + "type")
_NAME = SCHEMA + "name"
_START = SCHEMA + "startDate"
_ROLES = frozenset({SCHEMA + "Role", SCHEMA + "PerformanceRole", FLD + "Credit"})
_KINDS = (
    ("Movie", "Movie"),
    ("Person", "Person"),
    ("Organization", "Organization"),
    ("EventSeries", "Festival"),
    ("Festival", "Festival"),
    ("Country", "Place"),
    ("Place", "Place"),
    ("DefinedTerm", "DefinedTerm"),
    ("WebPage", "WebPage"),
)
_PARENTS = (
    (FLD + "Distribution", SCHEMA + "PublicationEvent"),
    (FLD + "FestivalEdition", SCHEMA + "Festival"),
    (FLD + "FilmFestival", SCHEMA + "EventSeries"),
    (FLD + "FilmFestival", SCHEMA + "Festival"),
)
_ADDRESSES = frozenset({"contentUrl", "inDefinedTermSet", "license", "sameAs", "url"})
_ONLY_ONE = frozenset({"caption", "description", "headline", "name", "reviewBody"})


def has_embed(catalog: Catalog, record: Record) -> bool:
    """Say whether schema.org has a class for the main entity of a record."""
    return bool(_classes(catalog.graph(record), IRI(record.iri)))


def embed_document(catalog: Catalog, record: Record) -> dict[str, Json] | None:
    """Describe the main entity of a record to search engines; ``None`` if schema.org has no class for it."""
    graph = catalog.graph(record)
    main = IRI(record.iri)
    classes = {iri.removeprefix(SCHEMA) for iri in _classes(graph, main)}
    if not classes:
        return None
    shape = _frame(next((name for kind, name in _KINDS if kind in classes), "Thing"))
    triples = dict.fromkeys(_Gatherer(catalog).about(_Node(graph, main), shape))
    framed = frame(triples, {"@context": _context(), "@id": record.iri, **_needed(shape, triples)})
    tidy = _tidied({key: value for key, value in framed.items() if key != "@context"}, shape)
    return {"@context": "https://schema.org", **tidy}


def _frame(name: str) -> dict[str, Json]:
    shape = bundled(FRAMES_FILE)[name]
    if not isinstance(shape, dict):
        raise TypeError
    return shape


def _needed(shape: dict[str, Json], triples: Iterable[Triple]) -> dict[str, Json]:
    """Leave out of a frame what nothing is known about, which takes PyLD most of its time."""
    predicates = {triple.predicate.value for triple in triples}

    def pruned(part: Json) -> Json:
        if not isinstance(part, dict):
            return part
        kept = {name: pruned(inner) for name, inner in part.items() if SCHEMA + name in predicates}
        reverse = pruned(part["@reverse"]) if "@reverse" in part else None
        return {**kept, "@reverse": reverse} if reverse else kept

    needed = pruned(shape)
    return needed if isinstance(needed, dict) else {}


def _context() -> Json:
    addresses: dict[str, Json] = {name: {"@type": "@id"} for name in sorted(_ADDRESSES)}
    return {"@vocab": SCHEMA, **addresses}


@dataclass(frozen=True, slots=True)
class _Node:
    """A thing, and the graph that describes it."""

    graph: Graph
    resource: Resource


class _Gatherer:
    """Collects, simplified, the statements that a frame asks for."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._languages = catalog.archive.config.languages

    def about(self, node: _Node, shape: dict[str, Json]) -> Iterator[Triple]:
        for iri in _classes(node.graph, node.resource):
            yield Triple(node.resource, _TYPE, IRI(iri))
        for name, part in shape.items():
            if name == "@reverse" and isinstance(part, dict):
                yield from self._presented(node, part)
            elif not name.startswith("@") and isinstance(part, dict):
                yield from self._property(node, name, part)

    def _property(self, node: _Node, name: str, part: dict[str, Json]) -> Iterator[Triple]:
        predicate = IRI(SCHEMA + name)
        values = list(self._values(node, predicate.value))
        texts = preferred([value for value in values if isinstance(value, Literal)], self._languages)
        chosen = texts[:1] if name in _ONLY_ONE else texts
        for value in values:
            if isinstance(value, Literal):
                if value in chosen:
                    yield Triple(node.resource, predicate, Literal(value.lexical))
            elif part or name in _ADDRESSES:
                yield Triple(node.resource, predicate, value)
                yield from self.about(self._node(node.graph, value), part)
            else:
                yield from self._called(node, predicate, value)

    def _called(self, node: _Node, predicate: IRI, value: Resource) -> Iterator[Triple]:
        """Put the name of a thing where the frame asks for a text."""
        thing = self._node(node.graph, value)
        names = preferred(list(thing.graph.literals(value, _NAME)), self._languages)
        for name in names[:1]:
            yield Triple(node.resource, predicate, Literal(name.lexical))

    def _values(self, node: _Node, predicate: str) -> Iterator[Term]:
        """The values of a property; a credit counts as the people credited."""
        for value in node.graph.objects(node.resource, predicate):
            if isinstance(value, Literal) or not node.graph.types(value) & _ROLES:
                yield value
            else:
                yield from node.graph.resources(value, predicate)

    def _presented(self, node: _Node, part: dict[str, Json]) -> Iterator[Triple]:
        """The dated events at which a film was shown; without a date it is no event to announce."""
        for name, shape in part.items():
            for subject in node.graph.subjects():
                shown = node.resource in node.graph.resources(subject, SCHEMA + name)
                if shown and node.graph.value(subject, _START) and isinstance(shape, dict):
                    yield Triple(subject, IRI(SCHEMA + name), node.resource)
                    yield from self.about(_Node(node.graph, subject), shape)

    def _node(self, graph: Graph, resource: Resource) -> _Node:
        record = self._catalog.record_of(resource.value) if isinstance(resource, IRI) else None
        return _Node(self._catalog.graph(record) if record else graph, resource)


def _classes(graph: Graph, resource: Resource) -> list[str]:
    """The schema.org classes of a thing; those of our own count as their parents."""
    stated = graph.types(resource)
    parents = {parent for own, parent in _PARENTS if own in stated}
    return sorted({iri for iri in stated if iri.startswith(SCHEMA)} | parents)


def _tidied(node: dict[str, Json], shape: dict[str, Json]) -> dict[str, Json]:
    """Put the properties in the order of the frame, and leave out labels that mean nothing elsewhere."""
    tidy: dict[str, Json] = {}
    for key in ("@type", "@id", *shape):
        if key in node and not (key == "@id" and str(node[key]).startswith("_:")):
            part = shape.get(key)
            tidy[key] = _tidied_value(node[key], part if isinstance(part, dict) else {})
    return tidy


def _tidied_value(value: Json, shape: dict[str, Json]) -> Json:
    if isinstance(value, list):
        return [_tidied_value(one, shape) for one in value]
    return _tidied(value, shape) if isinstance(value, dict) else value
