"""Reading many files for the index at once."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

import polars as pl

from filmld.check.columns.alone import Given, prose, suspects
from filmld.check.columns.facts import Rows, named_after, names_given, newest, numbers_given, rows_of
from filmld.check.columns.slim import Slim, slim
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.terms import broken_up, classes_of, numbered
from filmld.check.index import Index
from filmld.check.stored.extract import ADDRESS
from filmld.check.stored.reading import (
    MAX_STATEMENTS,
    Content,
    Raw,
    Taken,
    content,
    raw,
    taken_of,
    unreadable,
)
from filmld.check.stored.stamps import Sheet
from filmld.tuples import NamedTuple
from filmld.turtle.columns import ColumnReader, statements_of
from filmld.turtle.quick import QuickReader
from filmld.turtle.screen import Head

_ADDRESS: Final = ADDRESS.encode()
_ENOUGH: Final = 12 * 2**20
"""After so many bytes a batch ends, which then takes some hundred megabytes; a film has four thousand."""
_MOST: Final = 1_000
"""So many sets of prefixes are remembered; a whole archive has a few."""


class Sound(NamedTuple):
    """A record that was read with others.

    Attributes:
        sheet: The file.
        stamp: Tells in passing that it has not changed since.
        digest: Tells for certain.
        newest: The newest year that it says has come, where that is news.
        prefixes: What it declares, as JSON.
        is_named_after: Whether it describes the main entity that its name says.
        is_addressed: Whether it may hold a comment to filmld.
    """

    sheet: Sheet
    stamp: str
    digest: bytes
    newest: int | None
    prefixes: str
    is_named_after: bool
    is_addressed: bool


class Batch(NamedTuple):
    """What was read of many files; ``record`` in its frames is the place of a file among them.

    Attributes:
        sound: The files that were read together, by their places.
        rows: What the index keeps of what these state.
        odd: What the index keeps of each of the others, which were read one at a time.
        suspects: ``record``, ``rules``: the rules that may find something in a record by itself.
        slim: What all state, to be compared.
    """

    sound: dict[int, Sound]
    rows: Rows
    odd: dict[int, Taken]
    suspects: pl.DataFrame
    slim: Slim


class BatchReader:
    """Reads many files at once.

    Args:
        root: The archive.
        index: Of nothing; its vocabularies are asked.
        sorting: How shapes tell things apart.
        quick: Reads what cannot be read so.
    """

    def __init__(self, root: Path, index: Index, sorting: Sorting, quick: QuickReader) -> None:
        self._root = root
        self._index = index
        self._sorting = sorting
        self._quick = quick
        self._columns = ColumnReader()
        self._written: dict[tuple[tuple[str, str], ...], str] = {}

    def take(self, sheets: Sequence[Sheet]) -> list[Batch]:
        """Read files for the index: the batches that they make, one after the other."""
        return [self._batch(*part) for part in self._read(sheets)]

    def _read(self, sheets: Sequence[Sheet]) -> Iterator[tuple[Sequence[Sheet], list[Raw | OSError]]]:
        """Read files, as many at a time as memory holds."""
        start, size = 0, 0
        read: list[Raw | OSError] = []
        for end, sheet in enumerate(sheets, 1):
            found = raw(self._root, sheet)
            read.append(found)
            size += len(found.data) if isinstance(found, Raw) else 0
            if size >= _ENOUGH or end == len(sheets):
                yield sheets[start:end], read
                start, size, read = end, 0, []

    def _batch(self, sheets: Sequence[Sheet], read: Sequence[Raw | OSError]) -> Batch:
        columns = self._columns.read([each.data if isinstance(each, Raw) else b"" for each in read])
        heads, statements = columns.heads, columns.statements
        known = numbered(statements)
        apart = frozenset([*broken_up(known), *_overlong(known)])
        if apart:
            known = known.filter(~pl.col("record").is_in(list(apart)))
        homes = [sheet.iri for sheet in sheets]
        is_named, newest_of = named_after(homes, known), newest(known)
        sound: dict[int, Sound] = {}
        odd: dict[int, Content] = {}
        for nth, (sheet, each, head) in enumerate(zip(sheets, read, heads, strict=True)):
            if head and nth not in apart and isinstance(each, Raw):
                sound[nth] = Sound(
                    sheet,
                    each.stamp,
                    each.digest,
                    newest_of.get(nth),
                    self._prefixes(head),
                    nth in is_named,
                    _ADDRESS in each.data,
                )
            else:
                odd[nth] = self._content(sheet, each)
        taken = {nth: taken_of(sheets[nth], found) for nth, found in odd.items()}
        kept = [(nth, found.document) for nth, found in odd.items() if found.document and taken[nth].is_kept]
        others = numbered(statements_of(kept), after=statements.height)
        everything = pl.concat([known, others])
        classes = classes_of(everything)
        names, numbers = names_given(everything), numbers_given(everything)
        with self._sorting.compiled.in_time():
            made = slim(everything, classes, names, numbers, self._index.base, self._sorting)
        rows = rows_of(homes, columns._replace(statements=known), classes, names, numbers)
        return Batch(
            sound, rows, taken, suspects(Given(known, prose(known), classes, numbers, self._index)), made
        )

    def _prefixes(self, head: Head) -> str:
        """What a record declares, as JSON; most differ in the prefix without a name, which comes first."""
        declared = dict(head.prefixes)
        own = declared.pop("", None)
        rest = tuple(declared.items())
        written = self._written.get(rest)
        if written is None:
            if len(self._written) > _MOST:
                self._written.clear()
            written = self._written[rest] = json.dumps(declared, sort_keys=True)
        if own is None:
            return written
        return f'{{"": {json.dumps(own)}, {written[1:]}' if declared else json.dumps({"": own})

    def _content(self, sheet: Sheet, each: Raw | OSError) -> Content:
        if isinstance(each, OSError):
            return unreadable(sheet.filename, each)
        return content(each.data, sheet.filename, self._quick)._replace(stamp=each.stamp)


def _overlong(known: pl.DataFrame) -> list[int]:
    counts = known.group_by("record").len()
    return counts.filter(pl.col("len") > MAX_STATEMENTS)["record"].to_list()
