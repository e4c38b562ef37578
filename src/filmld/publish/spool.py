"""All dumps, made in one pass over the records and kept on disk.

Whatever the size of the archive, no more than one record and a few buffers are in memory at a
time. The files lie in a folder of their own until they are copied or sent.
"""

import gzip
import hashlib
import json
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from filmld.publish import dumps, parquet, tables
from filmld.publish.dumps import stable_graph
from filmld.publish.jsonld import CONTEXT_FILE, terms
from filmld.publish.noted import EVERYTHING
from filmld.publish.plan import CSV, GZIP, JSON_LINES, N_QUADS, PARQUET, TEXT, TURTLE, Plan
from filmld.publish.survey import Survey
from filmld.publish.tables import Tabulator
from filmld.publish.turtle import TurtleWriter, joined
from filmld.vocab import local_name

FOLDER: Final = "data/"
SUMS: Final = "SHA256SUMS"
SPREADSHEET: Final = ".spreadsheet.csv"

MOST_WAITING: Final = 1 << 20
"""Characters of rows that wait in memory for being written."""

_ABOUT: Final = frozenset({"void.ttl", ".well-known/void"})
_LEVEL: Final = 6
_BUFFER: Final = 1 << 16
_WHOLE: Final = MappingProxyType({"all.nq": N_QUADS, "all.ttl": TURTLE, "all.jsonl": JSON_LINES})


class Dumps:
    """The files of ``data/``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tables = _names(plan.whole.classes())

    @property
    def names(self) -> dict[str, str]:
        """All files, and their media types; nothing is made yet."""
        self._plan.note("classes", "")
        return self._names

    @cached_property
    def _names(self) -> dict[str, str]:
        plain = dict(_WHOLE) | {f"{name}.csv": CSV for name in self._tables.values()}
        found = plain | {f"{name}.gz": GZIP for name in plain}
        found |= {f"{name}{SPREADSHEET}": CSV for name in self._tables.values()}
        if parquet.is_available():
            found |= {f"{name}.parquet": PARQUET for name in self._tables.values()}
        return dict(sorted(found.items())) | {SUMS: TEXT}

    def has(self, path: str) -> bool:
        """Say whether a file of the site needs them: one of them, or what describes them."""
        return path in _ABOUT or (path.startswith(FOLDER) and path.removeprefix(FOLDER) in self._names)

    def path(self, name: str) -> Path:
        """Where a file lies; all of them are made when the first is asked for."""
        self._plan.note(EVERYTHING, "")
        self._survey  # noqa: B018  makes them
        return self._folder / name

    @property
    def survey(self) -> Survey:
        """What was counted while the files were made."""
        self._plan.note(EVERYTHING, "")
        return self._survey

    @cached_property
    def _survey(self) -> Survey:
        self._folder.mkdir(exist_ok=True)
        found = self._one_pass()
        for class_, name in self._tables.items():
            self._write_table(name, tables.in_order(found.columns.get(class_, ())))
        for name in self._names:
            if name.endswith(".gz"):
                _compress(self._folder / name.removesuffix(".gz"), self._folder / name)
        lines = (f"{_sum(self._folder / name)}  {name}\n" for name in self._names if name != SUMS)
        (self._folder / SUMS).write_text("".join(lines), encoding="ascii")
        return found

    @cached_property
    def _folder(self) -> Path:
        if self._plan.scratch:
            return self._plan.scratch
        folder = Path(tempfile.mkdtemp(prefix="filmld-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _one_pass(self) -> Survey:
        catalog = self._plan.whole
        found, tabulator, writer = Survey(), Tabulator(catalog), TurtleWriter()
        context = self._plan.base + CONTEXT_FILE
        with ExitStack() as stack:
            quads, turtle, lines = (
                stack.enter_context((self._folder / name).open("wb", buffering=_BUFFER)) for name in _WHOLE
            )
            rows = _Rows({class_: self._rows(name) for class_, name in self._tables.items()})
            turtle.write(writer.head().encode())
            for record in catalog.records.values():
                graph = stable_graph(catalog, record)
                found.count(graph)
                quads.write(dumps.as_nquads(record, graph).encode())
                turtle.write(dumps.as_turtle(record, graph, writer).encode())
                lines.write(dumps.as_json_line(graph, context).encode())
                for class_, row in found.tabulate(tabulator, record, graph):
                    rows.add(class_, row)
            rows.flush()
        return found

    def _rows(self, name: str) -> Path:
        return self._folder / f"{name}.rows"

    def _write_table(self, name: str, columns: tuple[str, ...]) -> None:
        rows = self._rows(name)
        plain = self._folder / f"{name}.csv"
        _write(plain, (tables.line(columns),), (tables.csv_line(columns, row) for row in _read(rows)))
        with plain.open(encoding="utf-8", newline="") as lines:
            _write(self._folder / f"{name}{SPREADSHEET}", (), tables.for_spreadsheets(lines))
        if f"{name}.parquet" in self._names:
            parquet.write(self._folder / f"{name}.parquet", columns, _read(rows))
        rows.unlink()


class _Rows:
    """Rows on their way to disk, a file a class; only one file is open at a time."""

    def __init__(self, paths: dict[str, Path]) -> None:
        self._paths = paths
        self._waiting: dict[str, list[str]] = {}
        self._size = 0
        for path in paths.values():
            path.write_bytes(b"")

    def add(self, class_: str, row: tables.Row) -> None:
        text = json.dumps(row, ensure_ascii=False) + "\n"
        self._waiting.setdefault(class_, []).append(text)
        self._size += len(text)
        if self._size > MOST_WAITING:
            self.flush()

    def flush(self) -> None:
        for class_, texts in self._waiting.items():
            with self._paths[class_].open("a", encoding="utf-8") as file:
                file.writelines(texts)
        self._waiting.clear()
        self._size = 0


def _names(classes: Iterable[str]) -> dict[str, str]:
    """Name the table of each class: as in the context, else with a part of its hash."""
    known = terms()
    return {
        class_: known[class_].name
        if class_ in known
        else f"{_plain(local_name(class_))}-{hashlib.sha256(class_.encode()).hexdigest()[:8]}"
        for class_ in sorted(classes)
    }


def _plain(name: str) -> str:
    return "".join(letter for letter in name if letter.isascii() and letter.isalnum())[:40]


def _read(rows: Path) -> Iterator[tables.Row]:
    with rows.open(encoding="utf-8") as file:
        for text in file:
            row: tables.Row = json.loads(text)
            yield row


def _write(path: Path, head: Iterable[str], rest: Iterable[str]) -> None:
    with path.open("wb") as file:
        for piece in joined(text for texts in (head, rest) for text in texts):
            file.write(piece)


def _compress(source: Path, target: Path) -> None:
    """Compress with gzip; the same data gives the same bytes, since neither name nor time is kept."""
    with source.open("rb") as plain, target.open("wb") as raw:
        compress(plain, raw)


def compress(plain: BinaryIO, raw: BinaryIO) -> None:
    """Compress a stream with gzip, reproducibly."""
    with gzip.GzipFile(filename="", mode="wb", compresslevel=_LEVEL, fileobj=raw, mtime=0) as packed:
        shutil.copyfileobj(plain, packed, _BUFFER)


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
