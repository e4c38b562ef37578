"""Pieces of dumps: what a few records contribute, made once and used again until one of them changes.

Records are divided by their IRIs alone, at those whose hash ends in zeros: where a record comes or goes,
only the piece changes that it is in.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.catalog.linking import link_or_copy
from filmld.publish import bundles, dumps, parquet, tables
from filmld.publish.bundles import Bundle, DamagedError
from filmld.publish.deflate import packed, unpacked
from filmld.publish.derived import Parts
from filmld.publish.dumps import stable_graph
from filmld.publish.slim import thinned
from filmld.publish.survey import Survey
from filmld.publish.tables import Tabulator
from filmld.publish.turtle import TurtleWriter
from filmld.tuples import NamedTuple

QUADS: Final = "all.nq"
TURTLE: Final = "all.ttl"
LINES: Final = "all.jsonl"
SLIM: Final = "slim.nq"
DERIVED: Final = "derived"
THINNED: Final = "thinned"
_TABLES: Final = ".tables"
_FACTS: Final = ".facts"
_ROWS: Final = "rows "
_PLAIN, _SPREADSHEET, _COLUMNS = "plain ", "spreadsheet ", "columns "

_EVERY: Final = 64
"""So many records are in a piece on average,"""
MOST: Final = 128
"""and never more than so many."""


class Chunk(NamedTuple):
    """Records that follow each other in the order of IRIs, and the name of their piece."""

    name: str
    records: tuple[Record, ...]


class Kept:
    """The folder of pieces, and that of the last build, whose pieces may serve again."""

    def __init__(self, folder: Path, before: Path | None = None) -> None:
        self.folder = folder
        self._before = before

    def piece(self, chunk: Chunk, make: Callable[[], bytes]) -> Bundle:
        """The piece of some records: it lies there already if it was made before."""
        path = self.folder / chunk.name
        try:
            return bundles.read(path)
        except DamagedError:
            path.unlink(missing_ok=True)  # it may be one file with that of the last build
            path.write_bytes(make())
            return bundles.read(path)

    def table(self, chunk: Chunk, key: str, make: Callable[[], Mapping[str, bytes]]) -> Bundle:
        """The tables of some records: those of the last build if these are made of the same."""
        name = f"{chunk.name}{_TABLES}"
        try:
            if self._before:
                found = bundles.read(self._before / name)
                if found.about == key:
                    (self.folder / name).hardlink_to(self._before / name)
                    return found
        except (DamagedError, OSError):  # damaged, or on a file system without links
            pass
        made = Bundle.of(key, make())
        (self.folder / name).write_bytes(made.encoded())
        return made

    def facts(self, name: str, make: Callable[[Parts | None], Parts]) -> Parts:
        """Facts in parts, which are made of those of the last build, if there are such."""
        former = self.former_facts(name)
        made, file = make(former), f"{name}{_FACTS}"
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / file).unlink(missing_ok=True)
        if self._before and former == made:
            link_or_copy(self._before / file, self.folder / file)
        else:
            (self.folder / file).write_bytes(Bundle.of(None, made).encoded())
        return made

    def former_facts(self, name: str) -> Parts | None:
        """Facts in parts that the last build has left."""
        try:
            return bundles.read(self._before / f"{name}{_FACTS}").parts if self._before else None
        except DamagedError:
            return None

    def take_over(self, chunks: Iterable[Chunk]) -> None:
        """Keep what nobody has asked for, as where the dumps did not change, for a later build."""
        tables = (f"{chunk.name}{_TABLES}" for chunk in chunks)
        for name in (*tables, *(f"{facts}{_FACTS}" for facts in (DERIVED, THINNED))):
            if self._before and not (self.folder / name).exists():
                with suppress(DamagedError, OSError):  # they can be made again
                    bundles.read(self._before / name)
                    (self.folder / name).hardlink_to(self._before / name)

    def tables(self, chunk: Chunk) -> Bundle:
        """The tables of some records, which were asked for before."""
        return bundles.read(self.folder / f"{chunk.name}{_TABLES}")


def is_piece(name: str) -> bool:
    """Say whether a file in a folder of pieces is one, and not what was made of one."""
    return not name.endswith((_TABLES, _FACTS))


def chunks(records: Iterable[Record]) -> Iterator[Chunk]:
    """Divide records."""
    waiting: list[Record] = []
    for record in records:
        if waiting and (len(waiting) == MOST or _digest(record.iri)[0] % _EVERY == 0):
            yield _chunk(waiting)
            waiting = []
        waiting.append(record)
    if waiting:
        yield _chunk(waiting)


def _chunk(records: list[Record]) -> Chunk:
    return Chunk(_digest(records[0].iri).hex()[:16], tuple(records))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def piece(catalog: Catalog, chunk: Chunk, context: str, *, is_large: bool = False) -> Bundle:
    """Write some records in the form of each dump, and count what they state.

    Args:
        catalog: All records.
        chunk: Those that are meant.
        context: The address of the context of JSON-LD.
        is_large: Whether browsers get thinned data.
    """
    found, tabulator, writer = Survey(), Tabulator(catalog), TurtleWriter()
    texts: dict[str, list[str]] = {QUADS: [], TURTLE: [], LINES: [], **({SLIM: []} if is_large else {})}
    for record in chunk.records:
        graph = stable_graph(catalog, record)
        found.count(graph)
        texts[QUADS].append(dumps.as_nquads(record, graph))
        texts[TURTLE].append(dumps.as_turtle(record, graph, writer))
        texts[LINES].append(dumps.as_json_line(graph, context))
        if is_large:
            texts[SLIM].append(dumps.as_nquads(record, thinned(graph)))
        for class_, row in found.tabulate(tabulator, record, graph):
            texts.setdefault(_ROWS + class_, []).append(json.dumps(row, ensure_ascii=False) + "\n")
    return Bundle.of(
        found.as_json(), {name: packed("".join(lines).encode()) for name, lines in texts.items()}
    )


def classes_of(made: Bundle) -> Iterator[str]:
    """The classes whose tables some records contribute rows to."""
    yield from (name.removeprefix(_ROWS) for name in made.parts if name.startswith(_ROWS))


def rows(made: Bundle, class_: str) -> Iterator[tables.Row]:
    """The rows that some records contribute to the table of a class."""
    for text in made.part(_ROWS + class_).split("\n"):
        if text:
            row: tables.Row = json.loads(text)
            yield row


def tables_key(made: Bundle, columns: Mapping[str, tuple[str, ...]]) -> str:
    """What the lines of tables depend on: the rows, and the columns of all rows of a class."""
    digest = hashlib.sha256()
    for name, part in made.parts.items():
        if name.startswith(_ROWS):
            digest.update(repr((name, len(part), columns[name.removeprefix(_ROWS)])).encode() + part)
    return digest.hexdigest()


def table_lines(made: Bundle, columns: Mapping[str, tuple[str, ...]]) -> dict[str, bytes]:
    """Write the rows of some records as lines of CSV, exact and for spreadsheets, and in columns."""
    parts: dict[str, bytes] = {}
    for class_ in classes_of(made):
        found = list(rows(made, class_))
        lines = [[tables.cell(row.get(column, ())) for column in columns[class_]] for row in found]
        if parquet.is_available():
            parts[_COLUMNS + class_] = packed(parquet.encoded(columns[class_], found))
        plain = "".join(tables.line(cells) for cells in lines)
        defused = "".join(tables.spreadsheet_line(cells) for cells in lines)
        parts |= {
            _PLAIN + class_: packed(plain.encode()),
            _SPREADSHEET + class_: packed(defused.encode()),
        }
    return parts


def plain_part(made: Bundle, class_: str) -> bytes:
    """The lines of a table, compressed."""
    return made.parts.get(_PLAIN + class_, b"")


def columns_part(made: Bundle, class_: str) -> bytes:
    """The rows of a table in columns."""
    return unpacked(made.parts[_COLUMNS + class_])


def spreadsheet_part(made: Bundle, class_: str) -> bytes:
    """The lines of a table for spreadsheets, compressed."""
    return made.parts.get(_SPREADSHEET + class_, b"")
