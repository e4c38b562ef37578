"""What lists and the search know of a record: taken from it once, when it is read anyway."""

from collections.abc import Iterable, Iterator
from typing import Final

from filmld.catalog.derived import ROLE_CLASSES
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term
from filmld.vocab import FLD, RDF, SCHEMA

_NAME: Final = SCHEMA + "name"
_OTHER_NAMES: Final = (SCHEMA + "alternateName", FLD + "transcribedForm", SCHEMA + "headline")
_DATES: Final = tuple(SCHEMA + name for name in ("dateCreated", "datePublished", "startDate"))
_DIRECTOR: Final = SCHEMA + "director"


class Brief(NamedTuple):
    """A record in a few words.

    Attributes:
        names: What its main entity is called, in the order of the record.
        forms: Other forms of its name: other titles, titles of its variants, what sources make of it.
        dates: The dates of a work or an event, the one that counts most first.
        directors: Who directed it: people by their IRIs, or names alone.
        genres: Its genres, as the record has them.
        countries: Its countries of origin.
        types: The classes of its main entity.
        parts: The names of its ``#fragment`` entities that have any, by their IRIs.
    """

    names: tuple[Literal, ...]
    forms: tuple[Literal, ...] = ()
    dates: tuple[Literal, ...] = ()
    directors: tuple[IRI | Literal, ...] = ()
    genres: tuple[IRI | Literal, ...] = ()
    countries: tuple[IRI | Literal, ...] = ()
    types: tuple[IRI, ...] = ()
    parts: tuple[tuple[IRI, tuple[Literal, ...]], ...] = ()

    def names_of(self, part: IRI) -> tuple[Literal, ...]:
        """The names of a ``#fragment`` entity; none if it has none, or is not of this record."""
        return next((names for iri, names in self.parts if iri == part), ())


def brief(iri: str, graph: Graph) -> Brief:
    """Take from a record what lists need."""
    main = IRI(iri)
    return Brief(
        names=tuple(graph.literals(main, _NAME)),
        forms=tuple(dict.fromkeys(_forms(graph, main))),
        dates=tuple(date for name in _DATES for date in graph.literals(main, name)),
        directors=tuple(dict.fromkeys(_agents(graph, main, _DIRECTOR))),
        genres=tuple(_plain(graph, graph.objects(main, SCHEMA + "genre"))),
        countries=tuple(_plain(graph, graph.objects(main, SCHEMA + "countryOfOrigin"))),
        types=tuple(value for value in graph.resources(main, RDF + "type") if isinstance(value, IRI)),
        parts=tuple(_parts(graph, f"{iri}#")),
    )


def _parts(graph: Graph, prefix: str) -> Iterator[tuple[IRI, tuple[Literal, ...]]]:
    for subject in graph.subjects():
        if isinstance(subject, IRI) and subject.value.startswith(prefix):
            names = tuple(graph.literals(subject, _NAME))
            if names:
                yield subject, names


def _forms(graph: Graph, main: Resource) -> Iterator[Literal]:
    for predicate in _OTHER_NAMES:
        yield from graph.literals(main, predicate)
    variants = (node for node in graph.subjects() if main in graph.objects(node, FLD + "variantOf"))
    for node in (*graph.resources(main, FLD + "title"), *variants):
        for predicate in (_NAME, *_OTHER_NAMES):
            yield from graph.literals(node, predicate)


def _agents(graph: Graph, film: Resource, predicate: str) -> Iterator[IRI | Literal]:
    for value in graph.objects(film, predicate):
        is_role = not isinstance(value, Literal) and ROLE_CLASSES & graph.types(value)
        inner = graph.objects(value, predicate) if is_role and not isinstance(value, Literal) else (value,)
        yield from _plain(graph, inner)


def _plain(graph: Graph, values: Iterable[Term]) -> Iterator[IRI | Literal]:
    """Values that mean something outside their record: of what has no IRI, the name."""
    for value in values:
        if isinstance(value, BlankNode):
            yield from list(graph.literals(value, _NAME))[:1]
        else:
            yield value
