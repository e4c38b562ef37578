"""Shapes and ontology as the index keeps them: read and found sound by the run that began it.

To read their files takes longer than to check a record. The index begins anew when any of them changes
(:mod:`filmld.check.stored.context`), so what it keeps is what they say.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from filmld.check.ontology import Ontology
from filmld.check.schema_org import Kind
from filmld.check.shapes.compiled.source import Overview, Source
from filmld.check.shapes.outside import QUERIES, reaches
from filmld.check.shapes.stated import Shapes
from filmld.check.stored import statements
from filmld.check.stored.database import Database
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.lines import Lines, lines_of, names_of
from filmld.check.stored.wire import UnreadableError
from filmld.diagnostics import Position, Span
from filmld.turtle.terms import IRI, Literal, Resource, Triple
from filmld.vocab import local_name

_SHAPES: Final = "shapes"
_OVERVIEW: Final = "overview"
_PLACES: Final = "places"
_TERMS: Final = "terms"
_SUBCLASSES: Final = "subclasses"
_MEMBERS: Final = "members"

_Place: TypeAlias = tuple[str, Span | None]


def keep(database: Database, shapes: Shapes, ontology: Ontology) -> None:
    """Write shapes that can be used, and the ontology, into an index that has just begun."""
    for name, text in {**_shapes_written(shapes), **_ontology_written(ontology)}.items():
        database.set_meta(name, text)
    database.set_lines(lines_of(ontology.members))


def shapes(database: Database) -> Shapes:
    """The shapes that an index was begun with.

    Raises:
        sqlite3.DatabaseError: They are not what was written.
    """
    return _shapes_read(*(database.meta(name) or "" for name in (_SHAPES, _OVERVIEW, _PLACES)))


class KnownOntology(Ontology):
    """The ontology that an index was begun with; what is not asked for is not read.

    Args:
        database: The index.

    Raises:
        sqlite3.DatabaseError: When something is asked for that is not what was written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """What sort of thing each term names, by its IRI."""
        return self._terms[0]

    @property
    def classes_above(self) -> Mapping[str, frozenset[str]]:
        """The classes right above each class."""
        return self._terms[1]

    @cached_property
    def subclasses(self) -> tuple[Triple, ...]:
        """The statements that say which class is a kind of which."""
        return statements.from_json(unsealed(self._database.meta(_SUBCLASSES) or ""))

    @cached_property
    def members(self) -> Mapping[IRI, tuple[Triple, ...]]:
        """What is stated of each concept that records can link to."""
        return Lines(self._database.meta(_MEMBERS) or "", self._database.line)

    @cached_property
    def _terms(self) -> tuple[Mapping[str, Kind], Mapping[str, frozenset[str]]]:
        try:
            kinds, above = json.loads(unsealed(self._database.meta(_TERMS) or ""))
            kind = {kind.value: kind for kind in Kind}
            named = dict(zip(kinds, map(kind.__getitem__, kinds.values()), strict=True))
            return MappingProxyType(named), MappingProxyType(
                dict(zip(above, map(frozenset, above.values()), strict=True))
            )
        except (AttributeError, ValueError, TypeError, LookupError) as error:
            raise UnreadableError(str(error)) from error


class KnownShapes(Shapes):
    """Shapes that were compiled before: what they state, and where; there are no files.

    Args:
        stated: What they state.
        overview: What they consist of.
        places: Where each of them stands, as JSON, sealed; few are asked for, and most often none.
    """

    def __init__(self, stated: tuple[Triple, ...], overview: Overview, places: str) -> None:
        self._stated = stated
        self._overview = overview
        self._written = places

    @property
    def overview(self) -> Overview:
        """What they consist of."""
        return self._overview

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
            rows = json.loads(unsealed(self._written))
            return {shape: (filename, _span(places)) for shape, (filename, places) in rows.items()}
        except (AttributeError, ValueError, TypeError) as error:
            raise UnreadableError(str(error)) from error


@lru_cache(maxsize=4)
def _shapes_written(files: Shapes) -> Mapping[str, str]:
    known = {shape: files.place(shape) for shape in files.graph.subjects()}
    places = {
        str(shape): (place[0], [*place[1].start, *place[1].end] if place[1] else None)
        for shape, place in known.items()
        if place
    }
    return {
        _SHAPES: sealed(statements.to_json(files.triples)),
        _OVERVIEW: sealed(_overview_written(Source(files.graph).overview)),
        _PLACES: sealed(json.dumps(places)),
    }


# Whoever checks again and again, as an editor or a test does, has the same ones.
@lru_cache(maxsize=4)
def _shapes_read(stated: str, overview: str, places: str) -> Shapes:
    known = statements.from_json(unsealed(stated))
    queries = {name for name in {predicate for _, predicate, _ in known} if local_name(name.value) in QUERIES}
    for _, predicate, value in known:
        if predicate in queries and isinstance(value, Literal) and reaches(value.lexical):
            raise UnreadableError(stated)  # it was refused when the shapes were read
    return KnownShapes(known, _overview_read(overview), places)


def _overview_written(known: Overview) -> str:
    parts = (known.targeted, known.components, known.of_values.keys(), known.of_values.values())
    return json.dumps([list(map(statements.written, part)) for part in parts])


def _overview_read(text: str) -> Overview:
    try:
        parts = [tuple(map(statements.term, part)) for part in json.loads(unsealed(text))]
        targeted, components, nodes, paths = parts
        of_values = MappingProxyType(dict(zip(nodes, cast("tuple[IRI, ...]", paths), strict=True)))
    except (ValueError, TypeError) as error:
        raise UnreadableError(str(error)) from error
    return Overview(cast("tuple[Resource, ...]", targeted), cast("tuple[IRI, ...]", components), of_values)


def _span(places: list[int] | None) -> Span | None:
    if places is None:
        return None
    row, column, end_row, end_column = places
    return Span(Position(row, column), Position(end_row, end_column))


@lru_cache(maxsize=4)
def _ontology_written(known: Ontology) -> Mapping[str, str]:
    return {
        _TERMS: sealed(
            json.dumps([dict(known.kinds), {k: sorted(above) for k, above in known.classes_above.items()}])
        ),
        _SUBCLASSES: sealed(statements.to_json(known.subclasses)),
        _MEMBERS: names_of(known.members),
    }
