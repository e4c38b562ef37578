"""The index of an archive: one SQLite file under ``.filmld/``, which can be deleted at any time.

Every write is a transaction, and what it leaves is true: a file whose findings are not known to be
right any more is marked so in the very transaction that says why. So a run that is killed, at whatever
moment, leaves less work for the next one, and no wrong answer. Anything odd about the file, from another
version to a torn page, means that a new one is made.
"""

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

from filmld.check.asking import EVERYTHING
from filmld.check.stored.keys import TYPES
from filmld.tuples import NamedTuple

IN_MEMORY: Final = Path(":memory:")
CONTEXT: Final = "context"
"""What findings depend on beside the records, by the name of a fact about the index."""
MODE: Final = "mode"
"""How shapes are judged, by the name of a fact about the index."""
RECORD_BY_RECORD: Final = "record by record"
ALL_AT_ONCE: Final = "all at once"

_TABLES: Final = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS line (thing TEXT PRIMARY KEY, stated TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY,
    filename TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    iri TEXT NOT NULL,
    stamp TEXT NOT NULL,
    digest BLOB NOT NULL,
    is_sound INTEGER NOT NULL,
    is_kept INTEGER NOT NULL,
    is_named_after INTEGER NOT NULL,
    is_addressed INTEGER NOT NULL,
    is_judged INTEGER NOT NULL DEFAULT 0,
    is_screened INTEGER NOT NULL DEFAULT 0,
    newest INTEGER,
    prefixes TEXT NOT NULL,
    outside TEXT NOT NULL,
    read TEXT NOT NULL,
    judged TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS file_place ON file (place, stamp);
CREATE INDEX IF NOT EXISTS file_iri ON file (iri, is_named_after);
CREATE INDEX IF NOT EXISTS file_open ON file (id) WHERE is_judged = 0;
CREATE INDEX IF NOT EXISTS file_found ON file (id)
    WHERE (outside != '' OR read != '' OR judged != '' OR is_addressed);
CREATE INDEX IF NOT EXISTS file_foreign ON file (id)
    WHERE length(filename) != length(CAST(filename AS BLOB));
CREATE INDEX IF NOT EXISTS file_unsound ON file (id) WHERE NOT is_sound;
CREATE INDEX IF NOT EXISTS file_newest ON file (id) WHERE newest IS NOT NULL;
CREATE TABLE IF NOT EXISTS subject (
    file INTEGER NOT NULL, nth INTEGER NOT NULL, key INTEGER NOT NULL, iri TEXT,
    kind INTEGER NOT NULL, mark INTEGER NOT NULL, facts TEXT, PRIMARY KEY (file, nth)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS kind (id INTEGER PRIMARY KEY, types TEXT NOT NULL UNIQUE);
CREATE INDEX IF NOT EXISTS subject_away ON subject (iri) WHERE iri IS NOT NULL;
CREATE TABLE IF NOT EXISTS mention (
    file INTEGER NOT NULL, key INTEGER NOT NULL, predicate INTEGER NOT NULL, mark INTEGER NOT NULL,
    PRIMARY KEY (file, key, predicate)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name (
    file INTEGER NOT NULL, nth INTEGER NOT NULL, key INTEGER NOT NULL,
    node TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (file, nth)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS number (
    file INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS follow (predicate INTEGER PRIMARY KEY, sides INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS ask (
    file INTEGER NOT NULL, key INTEGER NOT NULL, sides INTEGER NOT NULL, PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS speak (
    file INTEGER NOT NULL, key INTEGER NOT NULL, PRIMARY KEY (file, key)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folder (
    place TEXT PRIMARY KEY, names BLOB NOT NULL, numbers BLOB NOT NULL
);
CREATE TABLE IF NOT EXISTS moved (place TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TRIGGER IF NOT EXISTS file_stamped AFTER UPDATE OF stamp, place ON file
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
    INSERT OR IGNORE INTO moved VALUES (old.place);
    INSERT OR IGNORE INTO moved VALUES (new.place);
END;
CREATE TRIGGER IF NOT EXISTS file_come AFTER INSERT ON file
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
    INSERT OR IGNORE INTO moved VALUES (new.place);
END;
CREATE TRIGGER IF NOT EXISTS file_gone AFTER DELETE ON file
WHEN EXISTS (SELECT 1 FROM folder) BEGIN
    INSERT OR IGNORE INTO moved VALUES (old.place);
END;
"""
_BY_KEY: Final = (
    *(
        f"CREATE INDEX IF NOT EXISTS {table}_key ON {table} (key)"
        for table in ("subject", "name", "number", "ask", "speak")
    ),
    "CREATE INDEX IF NOT EXISTS mention_key ON mention (key, predicate)",
)
_CACHE: Final = "PRAGMA cache_size = -65536"
_MAPPED: Final = "PRAGMA mmap_size = 134217728"
_SMALL_CACHE: Final = "PRAGMA cache_size = -4096"
_ROWS: Final = 100
"""So many rows are written by one statement."""
_NULLABLE: Final = """
SELECT item.name, part.name FROM sqlite_master AS item, pragma_table_info(item.name) AS part
WHERE item.type = 'table' AND NOT part."notnull" AND NOT part.pk
"""
_OR_NOTHING: Final = "nullif(?, '')"
_PAGE: Final = "PRAGMA page_size = 16384"
"""Of an index that is new; each page costs a call to write it, and another to move it from the log."""
_LOG: Final = "PRAGMA wal_autocheckpoint = 256"
"""So many pages of changes stay in the log, which is read by whoever opens an index that was not closed."""
_LONG_LOG: Final = "PRAGMA wal_autocheckpoint = 1000"
_OF_A_FILE: Final = ("subject", "mention", "name", "number", "ask", "speak")

_REOPENED: Final = f"""
SELECT ask.file FROM changed CROSS JOIN ask ON ask.key = changed.key WHERE ask.sides & changed.sides
UNION SELECT subject.file FROM changed CROSS JOIN subject ON subject.key = changed.key
UNION SELECT mention.file FROM changed CROSS JOIN mention ON mention.key = changed.key
    CROSS JOIN file ON file.id = mention.file WHERE file.is_screened AND changed.sides & {TYPES}
UNION SELECT mention.file FROM changed CROSS JOIN follow ON follow.sides & changed.sides
    CROSS JOIN mention ON mention.key = changed.key AND mention.predicate = follow.predicate
    CROSS JOIN file ON file.id = mention.file WHERE file.is_screened
UNION SELECT name.file FROM changed CROSS JOIN name ON name.key = changed.key
    CROSS JOIN file ON file.id = name.file WHERE file.is_screened
UNION SELECT number.file FROM changed CROSS JOIN number ON number.key = changed.key
    CROSS JOIN file ON file.id = number.file WHERE file.is_screened
"""  # noqa: S608  numbers of ours
"""Who asked, and who was not asked and depends on all that it mentions.

What is joined crosswise is looked up in this order: what has changed is little, and the files are many. Ten
thousand of them may mention a country; who must hear that another does is found by the property of the link.
"""

_FOREIGN: Final = """
SELECT id, filename FROM file INDEXED BY file_foreign WHERE length(filename) != length(CAST(filename AS BLOB))
"""
"""The files of whose shown names any letter is not of ASCII."""
_FOUND: Final = "(outside != '' OR read != '' OR judged != '' OR is_addressed)"
_TOLD: Final = "SELECT id, filename, iri, place, is_addressed, digest, outside, read, judged FROM file"
_CASE: Final = "SELECT id, place, filename, iri, digest FROM file"
_KNOWN: Final = "SELECT id, filename, place, iri, stamp, digest, is_sound FROM file"

Sides: TypeAlias = dict[int, int]
"""Questions, and the sides of them that were asked or whose answers have changed."""


class Known(NamedTuple):
    """A file as the index knows it."""

    id: int
    filename: str
    place: str
    iri: str
    stamp: str
    digest: bytes
    is_sound: bool


class Told(NamedTuple):
    """A file with what was found in it, as JSON."""

    id: int
    filename: str
    iri: str
    place: str
    is_addressed: int
    digest: bytes
    outside: str
    read: str
    judged: str


class Case(NamedTuple):
    """A file to judge, as the index knows it; without a digest it is judged whatever it holds.

    Attributes:
        asked: What is asked of it, a bit for each rule and one for shapes (:mod:`filmld.check.asking`).
    """

    id: int
    place: str
    filename: str
    iri: str
    digest: bytes
    asked: int = EVERYTHING


class Database:
    """The index, open.

    Args:
        path: The file, or :data:`IN_MEMORY`.
        for_writing: Whether this process may change it.
    """

    def __init__(self, path: Path, *, for_writing: bool) -> None:
        self.path = path
        if path == IN_MEMORY:
            self.sql = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        else:
            mode = "rwc" if for_writing else "ro"
            self.sql = sqlite3.connect(  # threads take turns, see finishing
                f"{path.as_uri()}?mode={mode}",
                uri=True,
                isolation_level=None,
                timeout=30,
                check_same_thread=False,
            )
        self.sql.execute(_CACHE)
        self.sql.execute(_MAPPED)
        if for_writing:
            self.sql.execute(_PAGE)
            self.sql.execute("PRAGMA journal_mode = WAL")
            self.sql.execute("PRAGMA synchronous = NORMAL")
            self.sql.execute("PRAGMA recursive_triggers = ON")  # what is replaced is gone, too
            if not self.sql.execute("PRAGMA schema_version").fetchone()[0]:
                self.sql.executescript(_TABLES)

    def close(self) -> None:
        """Close it."""
        self.sql.close()

    def finish(self) -> None:
        """Make what a search for keys needs; cheap where it is there."""
        for statement in (*_BY_KEY, _LOG, _CACHE):
            self.sql.execute(statement)
        self.sql.execute(_MAPPED)

    @contextmanager
    def finishing(self) -> Iterator[None]:
        """Do what :meth:`finish` does while something else is done, which must not use the index."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  for large archives

        with ThreadPoolExecutor(1) as other:
            done = other.submit(self.finish)
            try:
                yield
            except BaseException:
                self.sql.interrupt()
                raise
            done.result()

    def unfinish(self) -> None:
        """Take away what would slow a long run of additions down, and memory which that does not need."""
        self.sql.execute(_SMALL_CACHE)
        self.sql.execute(_LONG_LOG)
        self.sql.execute("PRAGMA mmap_size = 0")
        for table in _OF_A_FILE:
            self.sql.execute(f"DROP INDEX IF EXISTS {table}_key")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write everything inside, or nothing."""
        self.sql.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self.sql.execute("ROLLBACK")
            raise
        self.sql.execute("COMMIT")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Read everything inside from one state, which spares a lock for each question."""
        self.sql.execute("BEGIN")
        try:
            yield
        finally:
            self.sql.execute("COMMIT")

    def meta(self, name: str) -> str | None:
        """A fact about the index itself."""
        row: tuple[str] | None = self.sql.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def set_meta(self, name: str, value: str) -> None:
        """Keep a fact about the index itself."""
        self.sql.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def line(self, thing: str) -> str | None:
        """What is kept of a thing that is none of the records' (:mod:`filmld.check.stored.lines`)."""
        row: tuple[str] | None = self.sql.execute(
            "SELECT stated FROM line WHERE thing = ?", (thing,)
        ).fetchone()
        return row[0] if row else None

    def set_lines(self, lines: Iterable[tuple[str, str]]) -> None:
        """Keep what is to be kept of such things."""
        self.sql.executemany("INSERT OR REPLACE INTO line VALUES (?, ?)", lines)

    def files(self) -> Iterator[Known]:
        """All files."""
        return map(Known._make, self.sql.execute(_KNOWN))

    def stamps(self) -> dict[str, str]:
        """The stamps of all files, by their places."""
        return dict(self.sql.execute("SELECT place, stamp FROM file"))

    def count(self) -> int:
        """How many files there are."""
        row: tuple[int] = self.sql.execute("SELECT count(*) FROM file").fetchone()
        return row[0]

    def has_more_than(self, number: int) -> bool:
        """Whether there are more files than that; they are not all counted."""
        query = "SELECT 1 FROM file LIMIT 1 OFFSET ?"
        return self.sql.execute(query, (number,)).fetchone() is not None

    def filenames(self) -> list[str]:
        """The shown names of all files."""
        return [row[0] for row in self.sql.execute("SELECT filename FROM file ORDER BY filename")]

    def named(self, like: Iterable[str] | None = None) -> Iterator[tuple[int, str]]:
        """The numbers and shown names of files.

        Args:
            like: Only names are wanted that could be one with one of these where capitals do not count: they
                are, or any of their letters is not of ASCII. All are, if this is left out.
        """
        if like is None:
            yield from self.sql.execute("SELECT id, filename FROM file")
            return
        yield from self.sql.execute(_FOREIGN)
        for name in like:
            yield from self.sql.execute(
                "SELECT id, filename FROM file WHERE filename = ? COLLATE NOCASE", (name,)
            )

    def filenames_at(self, place: str) -> Iterator[str]:
        """The shown names of the files at or below a place."""
        if place == ".":
            yield from self.filenames()
            return
        found = self.sql.execute(
            "SELECT filename FROM file WHERE place = ? OR (place > ? AND place < ?)",
            (place, f"{place}/", f"{place}0"),
        )
        yield from (row[0] for row in found)

    def file_called(self, filename: str) -> Known | None:
        """A file by its shown name."""
        row = self.sql.execute(f"{_KNOWN} WHERE filename = ?", (filename,)).fetchone()
        return Known(*row) if row else None

    def version(self) -> int:
        """A number that differs once another process has changed the index."""
        row: tuple[int] = self.sql.execute("PRAGMA data_version").fetchone()
        return row[0]

    def files_at(self, places: Iterable[str]) -> Iterator[Known]:
        """The files at some places, as far as they are known."""
        for place in places:
            yield from map(Known._make, self.sql.execute(f"{_KNOWN} WHERE place = ?", (place,)))

    def open_cases(self) -> Iterator[Case]:
        """The files whose findings are not known to be right, in the order in which they were met."""
        return (Case(*row) for row in self.sql.execute(f"{_CASE} WHERE is_judged = 0 ORDER BY id"))

    def cases(self, asked: Mapping[int, int]) -> Iterator[Case]:
        """Some files, with what is asked of each."""
        for file, what in sorted(asked.items()):
            yield from (
                Case(*row)._replace(asked=what) for row in self.sql.execute(f"{_CASE} WHERE id = ?", (file,))
            )

    def told(self, files: Iterable[int] | None) -> Iterator[Told]:
        """What was found in some files, or in all where anything was found."""
        if files is None:
            yield from map(Told._make, self.sql.execute(f"{_TOLD} WHERE {_FOUND}"))
            return
        for file in files:
            yield from map(Told._make, self.sql.execute(f"{_TOLD} WHERE id = ?", (file,)))

    def told_in(self, filename: str) -> Iterator[Told]:
        """What was found in a file by who judged it."""
        yield from map(Told._make, self.sql.execute(f"{_TOLD} WHERE filename = ?", (filename,)))

    def told_about(self, number: int) -> Iterator[Told]:
        """What was found in all files whose findings speak of something."""
        query = f"{_TOLD} WHERE id IN (SELECT file FROM speak WHERE key = ?)"  # noqa: S608  our own words
        yield from map(Told._make, self.sql.execute(query, (number,)))

    def declarations(self) -> Iterator[tuple[dict[str, str], int]]:
        """What records declare as prefixes, and how many do; those come first whose first record does."""
        rows = self.sql.execute(
            "SELECT prefixes, count(*), min(iri || ' ' || place) AS first FROM file "
            "GROUP BY prefixes ORDER BY first"
        )
        for prefixes, count, _ in rows:
            yield json.loads(prefixes), count

    def is_mentioned(self, node: int) -> bool:
        """Whether any file links to a node."""
        return self.sql.execute("SELECT 1 FROM mention WHERE key = ? LIMIT 1", (node,)).fetchone() is not None

    def has_number(self, number: int) -> bool:
        """Whether any file gives a number of another system, or has what such a number stands for."""
        return (
            self.sql.execute("SELECT 1 FROM number WHERE key = ? LIMIT 1", (number,)).fetchone() is not None
        )

    def next_number(self) -> int:
        """A number that no file has, and none above it."""
        row: tuple[int] = self.sql.execute("SELECT coalesce(max(id), 0) + 1 FROM file").fetchone()
        return row[0]

    def count_open(self) -> int:
        """How many files have findings that are not known to be right."""
        row: tuple[int] = self.sql.execute("SELECT count(*) FROM file WHERE is_judged = 0").fetchone()
        return row[0]

    def all_numbers(self) -> Iterator[int]:
        """The numbers of all files."""
        return (row[0] for row in self.sql.execute("SELECT id FROM file"))

    def reopen_all(self) -> None:
        """Have every file judged again that can be."""
        self.sql.execute("UPDATE file SET is_judged = 0 WHERE is_kept")

    def kind(self, types: str) -> int:
        """The number that stands for some classes; most things are of one of a few hundred kinds."""
        self.sql.execute("INSERT OR IGNORE INTO kind (types) VALUES (?)", (types,))
        row: tuple[int] = self.sql.execute("SELECT id FROM kind WHERE types = ?", (types,)).fetchone()
        return row[0]

    def insert(self, table: str, columns: Collection[str], values: list[object]) -> None:
        """Write many rows, a hundred in a statement, which takes little more than one.

        Args:
            table: Where they belong.
            columns: The columns that are given.
            values: The rows one after the other, in one list. An empty text stands for nothing in a column
                that need not hold anything. What is neither a number nor a text, as ``None`` and ``True``
                are, takes :mod:`sqlite3` as long as ten numbers, since it asks everybody how to write it.
        """
        names = ", ".join(columns)
        one = f"({', '.join(_OR_NOTHING if (table, name) in self._nullable else '?' for name in columns)})"
        size = len(columns) * _ROWS
        for start in range(0, len(values), size):
            part = values[start : start + size]
            count = len(part) // len(columns)
            query = f"INSERT INTO {table} ({names}) VALUES {', '.join([one] * count)}"  # noqa: S608  names of ours
            self.sql.execute(query, part)

    @cached_property
    def _nullable(self) -> frozenset[tuple[str, str]]:
        """The columns that need not hold anything, each with its table."""
        return frozenset(self.sql.execute(_NULLABLE).fetchall())

    def forget(self, file: int) -> None:
        """Drop what a file says, and what it asked."""
        for table in _OF_A_FILE:
            self.sql.execute(f"DELETE FROM {table} WHERE file = ?", (file,))  # noqa: S608  names of ours

    def reopen(self, changed: Sides) -> None:
        """Mark all files whose findings may differ now that these answers do."""
        if not changed:
            return
        rows = list(changed.items())
        self.sql.execute("CREATE TEMP TABLE IF NOT EXISTS changed (key INTEGER PRIMARY KEY, sides INTEGER)")
        self.sql.execute("DELETE FROM changed")
        self.sql.executemany("INSERT INTO changed VALUES (?, ?)", rows)
        self.sql.execute(
            f"UPDATE file SET is_judged = 0 WHERE is_judged AND id IN ({_REOPENED})"  # noqa: S608  our own words
        )

    def forget_all(self) -> None:
        """Drop what all files say; what is known of the shapes stays."""
        self.unfinish()
        with self.transaction():
            self._empty()
            self.sql.execute("DELETE FROM meta WHERE name = 'shaped'")

    def wipe(self) -> None:
        """Start anew in the same file; if another version has made it, its tables may be others, too."""
        with self.transaction():
            query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
            for (name,) in self.sql.execute(query).fetchall():
                self.sql.execute(f'DROP TABLE "{name}"')
        self.sql.executescript(_TABLES)

    def _empty(self) -> None:
        for table in ("folder", "moved", *_OF_A_FILE, "kind", "file", "follow"):
            self.sql.execute(f"DELETE FROM {table}")  # noqa: S608  names of ours


def remove(path: Path) -> None:
    """Delete an index with all that SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
