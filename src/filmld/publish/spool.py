"""All dumps, put together from the pieces that records contribute, and kept on disk.

Whatever the size of the archive, no more than one piece and a few buffers are in memory at a
time. The files lie in a folder of their own until they are copied or sent.
"""

import hashlib
import shutil
import tempfile
import weakref
from collections.abc import Iterable
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Final

from filmld.catalog.former import FormerCatalog
from filmld.publish import deflate, derived, parquet, pieces, tables
from filmld.publish.bundles import Bundle
from filmld.publish.deflate import packed
from filmld.publish.derived import Parts
from filmld.publish.jsonld import CONTEXT_FILE, terms
from filmld.publish.noted import DERIVED, PIECES
from filmld.publish.pages.sparql import DERIVED_DUMP, SLIM_DUMP
from filmld.publish.pieces import LINES, QUADS, SLIM, TURTLE, Chunk, Kept
from filmld.publish.plan import CSV, GZIP, JSON_LINES, N_QUADS, PARQUET, TEXT, Plan
from filmld.publish.plan import TURTLE as TURTLE_TYPE
from filmld.publish.slim import LARGE_QUESTION, is_large, thinned_facts
from filmld.publish.survey import Survey
from filmld.publish.turtle import TurtleWriter
from filmld.vocab import local_name

FOLDER: Final = "data/"
SUMS: Final = "SHA256SUMS"
SPREADSHEET: Final = ".spreadsheet.csv"
DERIVED_FILE: Final = "derived.nq.gz"

_ABOUT: Final = frozenset({"void.ttl", ".well-known/void"})
_WHOLE: Final = MappingProxyType({QUADS: N_QUADS, TURTLE: TURTLE_TYPE, LINES: JSON_LINES})


class Dumps:
    """The files of ``data/``."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._tables = _names(plan.whole.classes())
        self._kept: Kept | None = None
        self._made_of = ""
        self._sums: dict[str, str] = {}

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
        is_one = path.startswith(FOLDER) and path.removeprefix(FOLDER) in self._names
        return is_one or path in (*_ABOUT, DERIVED_DUMP, SLIM_DUMP)

    def path(self, name: str) -> Path:
        """Where a file lies; all of them are made when the first is asked for."""
        self._plan.note(PIECES, "")
        self._survey  # noqa: B018  makes them
        return self._folder / name

    def sum_of(self, name: str) -> str | None:
        """The SHA-256 of a file that has been made; ``None`` of the list of all of these."""
        return self._sums.get(name)

    @property
    def survey(self) -> Survey:
        """What was counted while the files were made."""
        self._plan.note(PIECES, "")
        return self._survey

    @property
    def slim(self) -> Path:
        """Where the thinned data lie, compressed; of a large archive only."""
        self._plan.note(PIECES, "")
        self._plan.note(DERIVED, "")
        return self._slim

    @property
    def derived(self) -> Path:
        """Where derived facts lie, compressed."""
        self._plan.note(DERIVED, "")
        return self._derived

    @property
    def made_of(self) -> str:
        """What tells the pieces that are kept from others."""
        return self._made_of

    @property
    def derived_sum(self) -> str:
        """What tells derived facts from others; they are written for that."""
        return self._sums[self._derived.name]

    @cached_property
    def chunks(self) -> tuple[Chunk, ...]:
        """The records, divided."""
        return tuple(pieces.chunks(self._plan.whole.records.values()))

    def piece(self, chunk: Chunk) -> bytes:
        """Make the piece of some records, taking note of what it is made from."""
        self._plan.note(LARGE_QUESTION, "")
        context = self._plan.base + CONTEXT_FILE
        return pieces.piece(self._plan.catalog, chunk, context, is_large=is_large(self._plan.whole)).encoded()

    def keep(self, kept: Kept) -> None:
        """Use the pieces that lie in a folder, and leave there what else is made of them."""
        self._kept = kept

    def keep_apart(self, made_of: str) -> None:
        """Take note, once pieces are there, of what tells them from others."""
        self._made_of = made_of

    def keep_for_later(self) -> None:
        """Leave pieces for a later build that this one had no use for."""
        if self._kept:
            self._kept.take_over(self.chunks)

    @cached_property
    def _slim(self) -> Path:
        path = self._folder / f"{SLIM}.gz"
        parts = (self._piece(self._pieces, chunk).parts[SLIM] for chunk in self.chunks)
        thinned = self._pieces.facts(pieces.THINNED, self._thinned)
        self._sums[path.name] = deflate.write_gzip(path, chain(parts, thinned.values()))
        return path

    def _thinned(self, former: Parts | None) -> Parts:
        """Thin out what follows from records, those parts only of which it was not done before."""
        known, before = former or {}, self._pieces.former_facts(pieces.DERIVED) or {}
        return {
            key: known[key] if key in known and before.get(key) == part else _thinned(part)
            for key, part in self._facts.items()
        }

    @cached_property
    def _derived(self) -> Path:
        path = self._folder / DERIVED_FILE
        self._sums[path.name] = deflate.write_gzip(path, self._facts.values())
        return path

    @cached_property
    def _facts(self) -> Parts:
        return self._pieces.facts(pieces.DERIVED, self._edited_facts)

    def _edited_facts(self, former: Parts | None) -> Parts:
        catalog = self._plan.whole
        if former is not None and isinstance(catalog, FormerCatalog):
            return derived.edited(former, *catalog.derived_edit)
        return derived.divided(catalog.derived_nquads())

    @cached_property
    def _pieces(self) -> Kept:
        return self._kept or Kept(self._new_folder())

    @cached_property
    def _survey(self) -> Survey:
        kept, found = self._pieces, Survey()
        for chunk in self.chunks:
            found.add(Survey.of(self._piece(kept, chunk).about))
        sums: dict[str, str] = {}
        head = TurtleWriter().head().encode()
        for name in _WHOLE:
            parts = (self._piece(kept, chunk).parts[name] for chunk in self.chunks)
            self._write(sums, name, chain([packed(head)] if name == TURTLE else [], parts))
        self._write_tables(kept, sums, found)
        lines = (f"{sums[name]}  {name}\n" for name in self._names if name != SUMS)
        (self._folder / SUMS).write_text("".join(lines), encoding="ascii")
        self._sums |= sums
        return found

    def _piece(self, kept: Kept, chunk: Chunk) -> Bundle:
        return kept.piece(chunk, lambda: self.piece(chunk))

    @cached_property
    def _folder(self) -> Path:
        folder = self._plan.scratch or self._new_folder()
        folder.mkdir(exist_ok=True)
        return folder

    def _new_folder(self) -> Path:
        folder = Path(tempfile.mkdtemp(prefix="filmld-"))
        weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
        return folder

    def _write(self, sums: dict[str, str], name: str, parts: Iterable[bytes]) -> None:
        """Write a file, and the same compressed."""
        packed_name = f"{name}.gz"
        found = deflate.write_both(self._folder / name, self._folder / packed_name, parts)
        sums[name], sums[packed_name] = found

    def _write_tables(self, kept: Kept, sums: dict[str, str], found: Survey) -> None:
        columns = {class_: tables.in_order(found.columns.get(class_, ())) for class_ in self._tables}
        holders: dict[str, list[Chunk]] = {class_: [] for class_ in self._tables}
        for chunk in self.chunks:
            piece = self._piece(kept, chunk)
            kept.table(chunk, pieces.tables_key(piece, columns), partial(pieces.table_lines, piece, columns))
            for class_ in pieces.classes_of(piece):
                holders[class_].append(chunk)
        for class_, chunks in holders.items():
            self._write_table(kept, sums, class_, columns[class_], chunks)

    def _write_table(
        self, kept: Kept, sums: dict[str, str], class_: str, columns: tuple[str, ...], chunks: list[Chunk]
    ) -> None:
        name = self._tables[class_]
        head = packed(tables.line(columns).encode())
        lines = (pieces.plain_part(kept.tables(chunk), class_) for chunk in chunks)
        self._write(sums, f"{name}.csv", chain([head], lines))
        head = packed((tables.MARK + tables.spreadsheet_line(columns)).encode())
        lines = (pieces.spreadsheet_part(kept.tables(chunk), class_) for chunk in chunks)
        path = self._folder / f"{name}{SPREADSHEET}"
        sums[path.name] = deflate.write(path, chain([head], lines))
        path = self._folder / f"{name}.parquet"
        if path.name in self._names:
            parts = (pieces.columns_part(kept.tables(chunk), class_) for chunk in chunks)
            parquet.write(path, columns, parts)
            sums[path.name] = _sum(path)


def _thinned(part: bytes) -> bytes:
    return packed("".join(thinned_facts(derived.lines_of(part))).encode())


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


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
