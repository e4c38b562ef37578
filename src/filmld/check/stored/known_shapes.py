"""Shapes as the index keeps them: read and found sound by the run that began it.

To read their files takes longer than to check a record. The index begins anew when any of them changes
(:mod:`filmld.check.stored.context`), so what it keeps is what they say.
"""

import json
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias, cast

from filmld.check.shapes.compiled.source import Overview, Source
from filmld.check.shapes.outside import QUERIES, reaches
from filmld.check.shapes.stated import Shapes
from filmld.check.stored import statements
from filmld.check.stored.database import Database
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.wire import UnreadableError
from filmld.diagnostics import Position, Span
from filmld.turtle.terms import IRI, Literal, Resource, Triple
from filmld.vocab import local_name

_SHAPES: Final = "shapes"
_OVERVIEW: Final = "overview"
_PLACES: Final = "places"

_Place: TypeAlias = tuple[str, Span | None]


def keep_shapes(database: Database, shapes: Shapes) -> None:
    """Write shapes that can be used into an index that has just begun."""
    for name, text in _written(shapes).items():
        database.set_meta(name, text)


def known_shapes(database: Database) -> Shapes:
    """The shapes that an index was begun with.

    Raises:
        sqlite3.DatabaseError: They are not what was written.
    """
    return _read(*(database.meta(name) or "" for name in (_SHAPES, _OVERVIEW, _PLACES)))


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
def _written(files: Shapes) -> Mapping[str, str]:
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
def _read(stated: str, overview: str, places: str) -> Shapes:
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
