"""Shapes and ontology as the index keeps them: read and found sound by the run that began it.

To read their files takes longer than to check a record. The index begins anew when any of them changes
(:mod:`filmld.check.stored.context`), so what it keeps is what they say.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Final, TypeAlias

from filmld.check.ontology import Ontology
from filmld.check.schema_org import Kind
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.outside import QUERIES, reaches
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


def keep(database: Database, shapes: ShapeFiles, ontology: Ontology) -> None:
    """Write shapes that can be used, and the ontology, into an index that has just begun."""
    for name, text in {**_shapes_written(shapes), **_ontology_written(ontology)}.items():
        database.set_meta(name, sealed(text))


def shapes(database: Database) -> ShapeFiles:
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


class KnownShapes(ShapeFiles):
    """Shapes that were compiled before: what they state, and where; there are no files.

    Args:
        stated: What they state.
        places: Where each of them stands, as JSON; few are asked for, and most often none.
    """

    documents = ()
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
def _shapes_written(files: ShapeFiles) -> Mapping[str, str]:
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
def _shapes_read(text: str, places: str) -> ShapeFiles:
    stated = statements.from_json(text)
    for _, predicate, value in stated:
        is_query = local_name(predicate.value) in QUERIES
        if is_query and isinstance(value, Literal) and reaches(value.lexical):
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
        _MEMBERS: statements.to_json(triple for stated in known.members.values() for triple in stated),
    }


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
    """What is stated of each concept, whose statements stand together; few records have them read."""

    def __init__(self, written: str) -> None:
        self._written = written

    def __getitem__(self, iri: IRI) -> tuple[Triple, ...]:
        return self._read[iri]

    def __iter__(self) -> Iterator[IRI]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)

    @cached_property
    def _read(self) -> Mapping[IRI, tuple[Triple, ...]]:
        stated = groupby(statements.from_json(self._written), itemgetter(0))
        return {subject: tuple(triples) for subject, triples in map(_of_iri, stated)}


def _of_iri(stated: tuple[Resource, Iterator[Triple]]) -> tuple[IRI, Iterator[Triple]]:
    if not isinstance(stated[0], IRI):
        raise UnreadableError(str(stated[0]))
    return stated[0], stated[1]
