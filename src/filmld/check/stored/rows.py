"""What each file states of a node, as far as the index keeps it, fetched for many nodes at once."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final, TypeAlias

from filmld.check.stored.extract import Encoded, decoded
from filmld.check.stored.filenames import Filenames
from filmld.check.stored.keys import key
from filmld.check.stored.wire import UnreadableError
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Term

_AT_ONCE: Final = 32
"""So many nodes are asked for in one query; a query of one length is prepared once."""
_ROW: Final = "FROM subject JOIN kind ON kind.id = subject.kind WHERE key"
_SOME: Final = "(?" + ", ?" * (_AT_ONCE - 1) + ")"
_QUERY: Final = f"SELECT key, file, types, facts {_ROW} IN {_SOME}"
_WANTED: Final = (
    "WITH wanted (number) AS (VALUES (?)" + ", (?)" * (_AT_ONCE - 1) + ") SELECT number FROM wanted"
)
_ELSEWHERE: Final = f"{_WANTED} WHERE EXISTS (SELECT 1 FROM subject WHERE key = number AND file != ?)"  # noqa: S608  no text of others
_MENTIONED: Final = f"{_WANTED} WHERE EXISTS (SELECT 1 FROM mention WHERE key = number AND file != ?)"  # noqa: S608  likewise
"""Some nodes are spoken of in ten thousand files, and one is enough to know."""
_NOBODY: Final = 0
"""Fills a query up; that it may be the number of a node does no harm, since nobody looks at the answer."""

Values: TypeAlias = dict[str, list[Encoded]]


class Row(NamedTuple):
    """What one file states of a node."""

    file: int
    types: frozenset[str]
    facts: str | None


class Rows:
    """What the files state of nodes.

    Args:
        sql: The database.
        files: Its files.
    """

    def __init__(self, sql: sqlite3.Connection, files: Filenames) -> None:
        self._sql = sql
        self._files = files
        self._rows: dict[str, tuple[Row, ...]] = {}
        self._values: dict[tuple[int, str], Values] = {}
        self._terms: dict[tuple[int, str, str], tuple[Term, ...]] = {}
        self._types: dict[str, frozenset[str]] = {}
        self._keys: dict[str, int] = {}

    def __len__(self) -> int:
        return max(len(self._rows), len(self._values), len(self._terms))

    def clear(self) -> None:
        """Forget what is remembered."""
        self._rows.clear()
        self._values.clear()
        self._terms.clear()
        if len(self._keys) > 100_000:  # noqa: PLR2004  a node keeps its number
            self._keys.clear()

    def key(self, text: str) -> int:
        """The number of a question or a node."""
        found = self._keys.get(text)
        if found is None:
            found = self._keys[text] = key(text)
        return found

    def fetch(self, iris: Iterable[str]) -> None:
        """Look up some nodes that will be asked for."""
        wanted = {self.key(iri): iri for iri in iris if iri not in self._rows}
        numbers = list(wanted)
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            found: dict[int, list[Row]] = {}
            for number, *row in self._sql.execute(_QUERY, part + [_NOBODY] * (_AT_ONCE - len(part))):
                found.setdefault(number, []).append(self._row(*row))
            for number in part:
                self._rows[wanted[number]] = self._in_order(wanted[number], found.get(number, ()))

    def elsewhere(self, iris: Iterable[str], file: int) -> set[str]:
        """Those of some nodes that other files than this one describe, too."""
        return self._among(_ELSEWHERE, {iri: self.key(iri) for iri in iris}, file)

    def mentioned(self, iris: Iterable[str], file: int) -> set[str]:
        """Those of some nodes that other files than this one link to."""
        return self._among(_MENTIONED, {iri: self.key(iri) for iri in iris}, file)

    def _among(self, query: str, wanted: Mapping[str, int], file: int) -> set[str]:
        found = set(self._found(query, list(wanted.values()), file))
        return {iri for iri, number in wanted.items() if number in found} if found else set()

    def _found(self, query: str, numbers: list[int], file: int) -> Iterator[int]:
        for start in range(0, len(numbers), _AT_ONCE):
            part = numbers[start : start + _AT_ONCE]
            rows = self._sql.execute(query, [*part, *[part[0]] * (_AT_ONCE - len(part)), file])
            yield from (row[0] for row in rows)

    def of(self, node: IRI) -> tuple[Row, ...]:
        """What each file states of a node, in the order of files, its own first."""
        found = self._rows.get(node.value)
        if found is None:
            rows = self._sql.execute(
                f"SELECT file, types, facts {_ROW} = ?", (self.key(node.value),)
            ).fetchall()
            found = self._rows[node.value] = self._in_order(node.value, [self._row(*row) for row in rows])
        return found

    def _row(self, file: int, types: str, facts: str | None) -> Row:
        known = self._types.get(types)
        if known is None:
            known = self._types[types] = frozenset(types.split(" ")) if types else frozenset()
        return Row(file, known, facts)

    def _in_order(self, iri: str, rows: Collection[Row]) -> tuple[Row, ...]:
        if len(rows) < 2:  # noqa: PLR2004  one record needs no order
            return tuple(rows)
        home = iri.partition("#")[0]
        files = self._files

        def order(row: Row) -> tuple[object, ...]:
            known = files.numbered(row.file)
            return (known.iri != home, *known.order)

        return tuple(sorted(rows, key=order))

    def facts(self, node: IRI, row: Row) -> Values:
        """What a file states of a node, by property."""
        place = (row.file, node.value)
        found = self._values.get(place)
        if found is None:
            try:
                found = self._values[place] = json.loads(row.facts or "{}")
            except ValueError as error:
                raise UnreadableError(str(error)) from error
        return found

    def terms(self, node: IRI, row: Row, predicate: IRI) -> tuple[Term, ...]:
        """The values that a file states of a property of a node."""
        place = (row.file, node.value, predicate.value)
        found = self._terms.get(place)
        if found is None:
            found = self._terms[place] = tuple(decoded(self.facts(node, row), predicate.value))
        return found
