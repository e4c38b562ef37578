"""Reading many files for the index at once."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import polars as pl

from filmld.check.columns.alone import suspects
from filmld.check.columns.facts import Written, facts_of
from filmld.check.columns.slim import Slim, slim
from filmld.check.columns.sorts import Sorting
from filmld.check.columns.terms import broken_up, numbered
from filmld.check.index import Index
from filmld.check.stored.reading import (
    MAX_STATEMENTS,
    Content,
    Raw,
    Sheet,
    Taken,
    content,
    raw,
    taken_of,
    unreadable,
)
from filmld.check.stored.wire import to_json
from filmld.turtle.columns import ColumnReader, statements_of
from filmld.turtle.document import Document
from filmld.turtle.quick import QuickReader


class Batch(NamedTuple):
    """What was read of many files.

    Attributes:
        taken: What the index keeps of each.
        suspects: ``record``, ``rules``: the rules that may find something in a record by itself; records are told
            by their places in ``taken``.
        odd: The records that were read one at a time: everything is asked of them.
        slim: What all state, to be compared.
    """

    taken: list[Taken]
    suspects: pl.DataFrame
    odd: list[int]
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

    def take(self, sheets: Sequence[Sheet]) -> Batch:
        """Read files for the index."""
        read = [raw(self._root, sheet) for sheet in sheets]
        heads, statements = self._columns.read([each.data if isinstance(each, Raw) else b"" for each in read])
        known = numbered(statements)
        apart = frozenset([*broken_up(known), *_overlong(known)])
        known = known.filter(~pl.col("record").is_in(list(apart)))
        written = [
            Written(sheet.iri, each.data, head) if head and nth not in apart and isinstance(each, Raw) else None
            for nth, (sheet, each, head) in enumerate(zip(sheets, read, heads, strict=True))
        ]
        odd = {
            nth: self._content(sheet, each)
            for nth, (sheet, each, mine) in enumerate(zip(sheets, read, written, strict=True))
            if mine is None
        }
        taken = [
            taken_of(sheet, odd[nth])
            if facts is None
            else _sound(sheet, each)._replace(facts=facts)
            for nth, (sheet, each, facts) in enumerate(zip(sheets, read, facts_of(written, known), strict=True))
        ]
        kept = {nth: odd[nth].document for nth in odd if taken[nth].is_kept}
        everything = pl.concat([known, numbered(statements_of(_documents(kept)))], how="diagonal")
        with self._sorting.compiled.in_time():
            made = slim(everything, self._index.base, self._sorting.looked_at)
        return Batch(taken, suspects(known, self._index), list(kept), made)

    def _content(self, sheet: Sheet, each: Raw | OSError) -> Content:
        if isinstance(each, OSError):
            return unreadable(sheet.filename, each)
        return content(each.data, sheet.filename, self._quick)._replace(stamp=each.stamp)


def _documents(kept: dict[int, Document | None]) -> Iterator[tuple[int, Document]]:
    for nth, document in kept.items():
        if document is not None:
            yield nth, document


def _overlong(known: pl.DataFrame) -> list[int]:
    counts = known.group_by("record").len()
    return counts.filter(pl.col("len") > MAX_STATEMENTS)["record"].to_list()


def _sound(sheet: Sheet, each: Raw | OSError) -> Taken:
    """What is kept of a sound record, but for its facts."""
    if isinstance(each, OSError):
        raise each
    return Taken(
        sheet=sheet, stamp=each.stamp, digest=each.digest, is_new=True, is_sound=True, is_kept=True
    )
