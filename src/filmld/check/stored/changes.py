"""What a changed file means for the answers that others got from the index."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from filmld.check.stored.database import Database, Sides
from filmld.check.stored.keys import (
    ANY,
    ANYTHING,
    COMPLETE,
    FACTS,
    MENTIONS,
    NEWEST,
    TYPES,
    key,
    of_siblings,
    of_text,
    short,
)
from filmld.tuples import NamedTuple

if TYPE_CHECKING:
    from polars import DataFrame

    from filmld.check.columns.facts import Rows
    from filmld.check.columns.taking import Batch, Sound
    from filmld.check.stored.reading import Taken
    from filmld.check.stored.work import Verdict

_FILE: Final = (
    "id",
    "filename",
    "place",
    "iri",
    "stamp",
    "digest",
    "is_sound",
    "is_kept",
    "is_named_after",
    "is_addressed",
    "is_judged",
    "newest",
    "prefixes",
    "outside",
    "read",
)
"""What is known of a file before it is judged."""
_PASSED: Final = (*_FILE, "is_screened")
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "subject": ("file", "nth", "key", "iri", "kind", "mark", "facts"),
        "mention": ("file", "key", "predicate", "mark"),
        "name": ("file", "nth", "key", "node", "name"),
        "number": ("file", "key"),
    }
)
"""What a file says, by tables."""


_SUBJECTS: Final = "SELECT key, types, mark FROM subject JOIN kind ON kind.id = kind WHERE file = ?"


class _Said(NamedTuple):
    """What the index keeps of a file, as far as others may have asked for it."""

    subjects: dict[int, tuple[str, int]]
    away: frozenset[str]
    mentions: frozenset[tuple[int, int, int]]
    names: frozenset[tuple[int, str, str]]
    numbers: frozenset[int]
    newest: int | None
    iri: str
    is_sound: bool


_NOTHING = _Said({}, frozenset(), frozenset(), frozenset(), frozenset(), None, "", is_sound=True)


class Changes:
    """Writes what files say into the index, and marks whose findings may differ for it.

    Args:
        database: The index.
        is_all_open: Whether every file is to be judged in any case, so that nothing need be marked.
    """

    def __init__(self, database: Database, *, is_all_open: bool) -> None:
        self._database = database
        self._sql = database.sql
        self._is_all_open = is_all_open
        self._changed: Sides = {}
        self._kinds: dict[str, int] = {}

    def apply(self, taken: "Iterable[Taken]") -> set[int]:
        """Write what some files say, in one transaction; return which of them say anything new."""
        written = set()
        with self._database.transaction():
            for one in taken:
                if one.is_new:
                    written.add(self._replace(one))
                else:
                    self._sql.execute(
                        "UPDATE file SET stamp = ? WHERE filename = ?", (one.stamp, one.sheet.filename)
                    )
            self._reopen()
        return written

    def add(self, batch: "Batch") -> int:
        """Write what many files say of which the index knows nothing yet, in one transaction.

        Nothing is to be found in those that are sound, until it is known what must be asked (:meth:`open`):
        to write of each later that it was passed would take longer than to write it.

        Returns:
            The number of the first; those of the others follow, in the order of the batch.
        """
        with self._database.transaction():
            first = self._database.next_number()
            for nth, taken in batch.odd.items():
                self._write(self._write_file(taken, first + nth), taken)
            rows = [_row(first + nth, one) for nth, one in batch.sound.items()]
            self._database.insert("file", _PASSED, list(chain.from_iterable(rows)))
            for table, frame in zip(_COLUMNS, self._kinds_numbered(batch.rows), strict=True):
                numbered = frame.with_columns(frame["record"].cast(int) + first)
                self._database.insert(table, _COLUMNS[table], _in_a_row(numbered))
            self._sql.execute("DELETE FROM meta WHERE name = 'shaped'")
        return first

    def remove(self, files: Iterable[int]) -> None:
        """Drop files that are no more, in one transaction."""
        with self._database.transaction():
            for file in files:
                self._differ(file, _NOTHING)
                self._database.forget(file)
                self._sql.execute("DELETE FROM file WHERE id = ?", (file,))
            self._reopen()

    def judged(self, verdicts: "Iterable[Verdict]") -> None:
        """Keep what was found, in one transaction."""
        known = [verdict for verdict in verdicts if not verdict.is_stale]
        with self._database.transaction():
            files = [(one.file,) for one in known]
            self._sql.executemany("DELETE FROM ask WHERE file = ?", files)
            self._sql.executemany("DELETE FROM speak WHERE file = ?", files)
            self._sql.executemany(
                "INSERT INTO speak VALUES (?, ?)",
                ((one.file, number) for one in known for number in one.speaks_of),
            )
            self._sql.executemany(
                "INSERT INTO ask VALUES (?, ?, ?)",
                ((one.file, number, sides) for one in known for number, sides in sorted(one.asked.items())),
            )
            self._sql.executemany(
                "UPDATE file SET is_judged = 1, is_screened = ?, judged = ? WHERE id = ?",
                [(one.is_screened, one.judged, one.file) for one in known],
            )

    def open(self, files: Iterable[int]) -> None:
        """Have some files judged, in one transaction."""
        with self._database.transaction():
            self._sql.executemany(
                "UPDATE file SET is_judged = 0, is_screened = 0 WHERE id = ?", ((file,) for file in files)
            )

    def depend(self, further: Iterable[tuple[int, int]], follow: Mapping[str, int]) -> None:
        """Keep on what files depend of which not everything was asked, in one transaction.

        Args:
            further: Files, and nodes whose facts they depend on.
            follow: The properties by which a file depends on more of what it mentions than its class.
        """
        with self._database.transaction():
            self._sql.executemany(
                "INSERT OR REPLACE INTO follow VALUES (?, ?)",
                [(short(predicate), sides) for predicate, sides in follow.items()],
            )
            self._sql.executemany(
                "INSERT INTO ask VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET sides = sides | excluded.sides",
                ((file, node, FACTS) for file, node in further),
            )

    def _reopen(self) -> None:
        if not self._is_all_open:
            self._database.reopen(self._changed)
        if self._changed or self._is_all_open:
            self._sql.execute("DELETE FROM meta WHERE name = 'shaped'")
        self._changed = {}

    def _replace(self, taken: "Taken") -> int:
        sheet, facts = taken.sheet, taken.facts
        row = self._sql.execute("SELECT id FROM file WHERE filename = ?", (sheet.filename,)).fetchone()
        file: int | None = row[0] if row else None
        after = _Said(
            {subject.key: (subject.types, subject.mark) for subject in facts.subjects},
            frozenset(subject.iri for subject in facts.subjects if subject.iri),
            facts.mentions,
            frozenset(facts.names),
            facts.numbers,
            facts.newest,
            sheet.iri,
            taken.is_sound,
        )
        self._differ(file, after)
        if file is not None:
            self._database.forget(file)
        self._changed[key(of_text(sheet.filename))] = ANY
        written = self._write_file(taken, file)
        self._write(written, taken)
        return written

    def _write_file(self, taken: "Taken", file: int | None) -> int:
        """Write the row of a file, which is open unless there is nothing in it to judge."""
        sheet, facts = taken.sheet, taken.facts
        done = self._sql.execute(
            f"INSERT OR REPLACE INTO file ({', '.join(_FILE)}) "  # noqa: S608  names of ours
            f"VALUES ({', '.join('?' * len(_FILE))})",
            (
                file,
                sheet.filename,
                sheet.place,
                sheet.iri,
                taken.stamp,
                taken.digest,
                taken.is_sound,
                taken.is_kept,
                facts.is_named_after,
                facts.is_addressed,
                not taken.is_kept,
                facts.newest,
                facts.prefixes,
                taken.outside,
                taken.read,
            ),
        )
        return done.lastrowid or 0

    def _write(self, file: int, taken: "Taken") -> None:
        facts = taken.facts
        subjects = (
            (file, nth, one.key, one.iri, self._kind(one.types), one.mark, one.facts)
            for nth, one in enumerate(facts.subjects)
        )
        for table, rows in (
            ("subject", subjects),
            ("mention", ((file, *row) for row in sorted(facts.mentions))),
            ("name", ((file, nth, *row) for nth, row in enumerate(facts.names))),
            ("number", ((file, number) for number in sorted(facts.numbers))),
        ):
            self._database.insert(table, _COLUMNS[table], list(chain.from_iterable(rows)))

    def _kind(self, types: str) -> int:
        """The number of some classes in the index."""
        found = self._kinds.get(types)
        if found is None:
            found = self._kinds[types] = self._database.kind(types)
        return found

    def _kinds_numbered(self, rows: "Rows") -> "Rows":
        """The same rows, with numbers for the classes of subjects."""
        types = rows.subjects["types"]
        numbers = {name: self._kind(name) for name in types.unique().to_list()}
        kinds = types.replace_strict(list(numbers), list(numbers.values()))
        return rows._replace(subjects=rows.subjects.with_columns(kinds))

    def _differ(self, file: int | None, after: _Said) -> None:
        """Note the answers that are others than before."""
        if self._is_all_open:
            return
        before = _NOTHING if file is None else self._said(file)
        for number, sides in _differences(before, after):
            self._changed[number] = self._changed.get(number, 0) | sides

    def _said(self, file: int) -> _Said:
        subjects = self._sql.execute(_SUBJECTS, (file,))
        away = self._sql.execute("SELECT iri FROM subject WHERE file = ? AND iri IS NOT NULL", (file,))
        mentions = self._sql.execute("SELECT key, predicate, mark FROM mention WHERE file = ?", (file,))
        names = self._sql.execute("SELECT key, node, name FROM name WHERE file = ?", (file,))
        numbers = self._sql.execute("SELECT key FROM number WHERE file = ?", (file,))
        row = self._sql.execute("SELECT newest, iri, is_sound FROM file WHERE id = ?", (file,)).fetchone()
        return _Said(
            {number: (types, mark) for number, types, mark in subjects},
            frozenset(iri for (iri,) in away),
            frozenset(mentions),
            frozenset(names),
            frozenset(number for (number,) in numbers),
            *row,
        )


def _row(file: int, one: "Sound") -> tuple[object, ...]:
    """The row of a file that was read with others."""
    sheet, is_named_after, is_addressed = one.sheet, one.is_named_after, one.is_addressed
    known = (file, sheet.filename, sheet.place, sheet.iri, one.stamp, bytearray(one.digest), 1, 1)
    newest = "" if one.newest is None else one.newest
    return (*known, int(is_named_after), int(is_addressed), 1, newest, one.prefixes, "", "", 1)


def _in_a_row(frame: "DataFrame") -> list[object]:
    """The values of a frame, row after row, in the way of :meth:`Database.insert`."""
    width = frame.width
    values: list[object] = [""] * (frame.height * width)
    for nth, column in enumerate(frame):
        values[nth::width] = (column.fill_null("") if column.null_count() else column).to_list()
    return values


def _differences(before: _Said, after: _Said) -> Iterator[tuple[int, int]]:
    yield key(ANYTHING), ANY
    yield from _of_subjects(before, after)
    for number, _, _ in before.mentions ^ after.mentions:
        yield number, MENTIONS
    for name, _, _ in before.names ^ after.names:
        yield name, ANY
    for number in before.numbers ^ after.numbers:
        yield number, ANY
    if before.newest != after.newest:
        yield key(NEWEST), ANY
    if before.is_sound != after.is_sound:
        yield key(COMPLETE), ANY
        yield key(before.iri or after.iri), TYPES


def _of_subjects(before: _Said, after: _Said) -> Iterator[tuple[int, int]]:
    for iri in {before.iri, after.iri} - {""} if before.iri != after.iri else set():
        yield key(iri), TYPES | MENTIONS
    if before.subjects.keys() != after.subjects.keys():
        # The names of what is described inside a record are not kept; its folder is told by its number.
        for iri in {before.iri, after.iri} - {""}:
            yield key(of_siblings(iri)), ANY
            yield key(of_siblings(f"{iri}#")), ANY
    for iri in before.away ^ after.away:
        yield key(of_siblings(iri)), ANY
    for number in before.subjects.keys() | after.subjects.keys():
        one, other = before.subjects.get(number), after.subjects.get(number)
        if one is None or other is None or one[0] != other[0]:
            yield number, TYPES | FACTS
        elif one != other:
            yield number, FACTS
