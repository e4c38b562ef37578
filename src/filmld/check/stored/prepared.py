"""Shapes and ontology as the index keeps them: read and found sound by the run that began it.

To read their files takes longer than to check a record. The index begins anew when any of them changes
(:mod:`filmld.check.stored.context`), so what it keeps is what they say.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from filmld.check.ontology import Ontology
from filmld.check.schema_org import Kind
from filmld.check.shapes.outside import QUERIES, reaches
from filmld.check.shapes.stated import Shapes
from filmld.check.stored import statements
from filmld.check.stored.database import Database
from filmld.check.stored.wire import UnreadableError
from filmld.diagnostics import Position, Span
from filmld.turtle.terms import IRI, Literal, Resource, Triple
from filmld.vocab import local_name

_SHAPES: Final = "shapes"
_PLACES: Final = "places"
_TERMS: Final = "terms"
_SUBCLASSES: Final = "subclasses"
_MEMBERS: Final = "members"

_Place: TypeAlias = tuple[str, Span | None]


def keep(database: Database, shapes: Shapes, ontology: Ontology) -> None:
    """Write shapes that can be used, and the ontology, into an index that has just begun."""
    for name, text in {**_shapes_written(shapes), **_ontology_written(ontology)}.items():
        database.set_meta(name, sealed(text))


def shapes(database: Database) -> Shapes:
    """The shapes that an index was begun with.

    Raises:
        sqlite3.DatabaseError: They are not what was written.
    """
    return _shapes_read(_text(database, _SHAPES), _text(database, _PLACES))


def ontology(database: Database) -> Ontology:
    """The ontology that an index was begun with.

    Raises:
        sqlite3.DatabaseError: It is not what was written.
    """
    return _ontology_read(*(_text(database, name) for name in (_TERMS, _SUBCLASSES, _MEMBERS)))


class KnownShapes(Shapes):
    """Shapes that were compiled before: what they state, and where; there are no files.

    Args:
        stated: What they state.
        places: Where each of them stands, as JSON; few are asked for, and most often none.
    """

    is_sound = True

    def __init__(self, stated: tuple[Triple, ...], places: str) -> None:
        self._stated = stated
        self._written = places

    @property
    def first(self) -> str:
        """The shown name of the first of the files."""
        return next(filename for filename, _ in self._places.values())

    @property
    def triples(self) -> Iterator[Triple]:
        """What the files state, as one graph."""
        return iter(self._stated)

    def place(self, shape: Resource) -> _Place | None:
        """The file that a shape is written in, and where."""
        return self._places.get(str(shape))

    @cached_property
    def _places(self) -> Mapping[str, _Place]:
        try:
            rows = json.loads(self._written)
            return {shape: (filename, _span(places)) for shape, (filename, places) in rows.items()}
        except (AttributeError, ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error


@lru_cache(maxsize=4)
def _shapes_written(files: Shapes) -> Mapping[str, str]:
    stated = tuple(files.triples)
    known = {shape: files.place(shape) for shape in dict.fromkeys(triple.subject for triple in stated)}
    places = {
        str(shape): (place[0], [*place[1].start, *place[1].end] if place[1] else None)
        for shape, place in known.items()
        if place
    }
    return {_SHAPES: statements.to_json(stated), _PLACES: json.dumps(places)}


# Whoever checks again and again, as an editor or a test does, has the same ones.
@lru_cache(maxsize=4)
def _shapes_read(text: str, places: str) -> Shapes:
    stated = statements.from_json(text)
    queries = {
        name for name in {predicate for _, predicate, _ in stated} if local_name(name.value) in QUERIES
    }
    for _, predicate, value in stated:
        if predicate in queries and isinstance(value, Literal) and reaches(value.lexical):
            raise UnreadableError(text)  # it was refused when the shapes were read
    return KnownShapes(stated, places)


def _span(places: list[int] | None) -> Span | None:
    if places is None:
        return None
    row, column, end_row, end_column = places
    return Span(Position(row, column), Position(end_row, end_column))


@lru_cache(maxsize=4)
def _ontology_written(known: Ontology) -> Mapping[str, str]:
    return {
        _TERMS: json.dumps(
            [dict(known.kinds), {k: sorted(above) for k, above in known.classes_above.items()}]
        ),
        _SUBCLASSES: statements.to_json(known.subclasses),
        _MEMBERS: _members_written(known.members),
    }


def _members_written(members: Mapping[IRI, tuple[Triple, ...]]) -> str:
    """Write the names of concepts in a line, and in a line each what is stated of them."""
    return "\n".join([json.dumps([iri.value for iri in members]), *map(statements.to_json, members.values())])


def sealed(text: str) -> str:
    """A text with what tells whether it is still whole."""
    return f"{_digest(text)} {text}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _text(database: Database, name: str) -> str:
    digest, _, text = (database.meta(name) or "").partition(" ")
    if not text.isascii() or digest != _digest(text):
        raise UnreadableError(name)
    return text


@lru_cache(maxsize=4)
def _ontology_read(terms: str, subclasses: str, members: str) -> Ontology:
    try:
        kinds, above = json.loads(terms)
        kind = {kind.value: kind for kind in Kind}
        return Ontology(
            MappingProxyType({iri: kind[name] for iri, name in kinds.items()}),
            statements.from_json(subclasses),
            MappingProxyType({iri: frozenset(classes) for iri, classes in above.items()}),
            _Members(members),
        )
    except (AttributeError, ValueError, TypeError, LookupError) as error:
        raise UnreadableError(str(error)) from error


class _Members(Mapping[IRI, tuple[Triple, ...]]):
    """What is stated of each concept; a record links to a few of many, and only of these it is read."""

    def __init__(self, written: str) -> None:
        names, *lines = written.split("\n")
        self._lines = dict(zip(map(IRI, json.loads(names)), lines, strict=True))
        self._read: dict[IRI, tuple[Triple, ...]] = {}

    def __getitem__(self, iri: IRI) -> tuple[Triple, ...]:
        found = self._read.get(iri)
        if found is None:
            found = self._read[iri] = statements.from_json(self._lines[iri])
        return found

    def __contains__(self, iri: object) -> bool:
        return iri in self._lines

    def __iter__(self) -> Iterator[IRI]:
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)
