"""What is kept of records beside a store on disk, so that the next build reads only those that have changed.

A database with a row for each record: the digest of its text, and the few words that lists need of it
(:mod:`filmld.catalog.briefs`), looked up when somebody wants them. Besides, how often terms are used.
Anything odd about it means that there is none, and then all records are read.
"""

import json
import shutil
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, TypeAlias

from filmld.archive import Record
from filmld.catalog.briefs import Brief
from filmld.catalog.catalog import Catalog, Listed, Pair
from filmld.catalog.database import connected, written
from filmld.catalog.retired import Retired
from filmld.catalog.usage import Usage
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal

_FORMAT: Final = 2
_SCHEMA: Final = """
CREATE TABLE record (iri TEXT PRIMARY KEY, place TEXT NOT NULL, filename TEXT NOT NULL, digest TEXT NOT NULL,
    brief TEXT, types TEXT, retired TEXT) WITHOUT ROWID;
CREATE TABLE used (sort INTEGER NOT NULL, term TEXT NOT NULL, count INTEGER NOT NULL,
    PRIMARY KEY (sort, term)) WITHOUT ROWID;
CREATE TABLE statements (count INTEGER NOT NULL, tallied INTEGER NOT NULL);
CREATE TABLE pairs (sort TEXT NOT NULL, about TEXT NOT NULL, pairs TEXT NOT NULL, PRIMARY KEY (sort, about))
    WITHOUT ROWID;
"""

_Term: TypeAlias = list[str | None]
"""A term in JSON: an IRI alone, or a literal with datatype and language."""

_AT_ONCE: Final = 1000
"""So many briefs are read at a time."""

_Terms: TypeAlias = list[_Term]
_Written: TypeAlias = tuple[
    _Terms, _Terms, _Terms, _Terms, _Terms, _Terms, _Terms, list[tuple[_Term, _Terms]]
]
"""The parts of a brief in JSON."""


class Known(NamedTuple):
    """What is kept of a record, besides what lists need of it.

    Attributes:
        iri: The IRI of its main entity.
        place: Its file below the folder of records.
        filename: Its file as shown to people.
        digest: The SHA-256 of its text.
        types: The IRIs of the classes of its main entity, with spaces between; none of one out of use.
        is_retired: Whether it is out of use.
    """

    iri: str
    place: str
    filename: str
    digest: str
    types: str
    is_retired: bool


class Kept:
    """What was kept of all records of a catalogue."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def records(self) -> Iterator[Known]:
        """All records, in the order of IRIs."""
        query = "SELECT iri, place, filename, digest, types, retired IS NOT NULL FROM record ORDER BY iri"
        for iri, place, filename, digest, types, is_retired in self._database.execute(query):
            yield Known(iri, place, filename, digest, types or "", bool(is_retired))

    def brief(self, iri: str) -> Brief | None:
        """A record in use in a few words."""
        query = "SELECT brief FROM record WHERE iri = ?"
        found = self._database.execute(query, (iri,)).fetchone()
        return _brief(json.loads(found[0])) if found and found[0] else None

    def briefs(self) -> Iterator[tuple[str, Brief]]:
        """All records in use in a few words, by their IRIs: for who needs most of them."""
        found = self._database.execute("SELECT iri, brief FROM record WHERE brief IS NOT NULL ORDER BY iri")
        while some := found.fetchmany(_AT_ONCE):
            read: list[_Written] = json.loads(f"[{','.join(brief for _, brief in some)}]")
            yield from zip((iri for iri, _ in some), map(_brief, read), strict=True)

    def retired(self, record: Record) -> Retired:
        """A record that is out of use."""
        query = "SELECT retired FROM record WHERE iri = ?"
        names, successor = json.loads(self._database.execute(query, (record.iri,)).fetchone()[0])
        return Retired(record, tuple(_literal(name) for name in names), successor)

    def usage(self) -> Usage:
        """How often terms are used."""
        found = Usage(Counter(), Counter(), Counter())
        for sort, term, count in self._database.execute("SELECT sort, term, count FROM used"):
            found[sort][term] = count
        return found

    def pairs(self) -> dict[Listed, tuple[Pair, ...]]:
        """The lists of pairs that were worked out."""
        found = self._database.execute("SELECT sort, about, pairs FROM pairs")
        return {
            Listed(sort, about): tuple((one, other) for one, other in json.loads(pairs))
            for sort, about, pairs in found
        }

    def statements(self) -> int:
        """How many statements the store holds, those not counted that follow from all records together."""
        return int(self._database.execute("SELECT count FROM statements").fetchone()[0])

    def tallied(self) -> int:
        """How many more follow from all records together."""
        return int(self._database.execute("SELECT tallied FROM statements").fetchone()[0])

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()


def open_kept(file: Path) -> Kept:
    """Open what was kept, to look things up.

    Raises:
        sqlite3.Error: It cannot be read.
        ValueError: Another version has written it.
    """
    return Kept(connected(file, _FORMAT))


def write_kept(
    catalog: Catalog, file: Path, tallied: int, former: tuple[Path, Collection[str]] | None = None
) -> None:
    """Keep what is known of records.

    Args:
        catalog: All records.
        file: The file, which does not exist.
        tallied: How many statements of the store follow from all records together.
        former: What was kept of a former state, and the IRIs of the records that have changed since.

    Raises:
        OSError: The file cannot be written.
    """
    try:
        if former:
            shutil.copyfile(former[0], file)
        with written(file, _FORMAT) as database:
            if former:
                database.executemany("DELETE FROM record WHERE iri = ?", ((iri,) for iri in former[1]))
            else:
                for statement in _SCHEMA.split(";"):
                    database.execute(statement)
            wanted = former[1] if former else (*catalog.records, *catalog.retired)
            database.executemany("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", _rows(catalog, wanted))
            for table in ("used", "statements", "pairs"):
                database.execute(f"DELETE FROM {table}")  # noqa: S608  our own names
            database.executemany("INSERT INTO used VALUES (?, ?, ?)", _used(catalog.usage()))
            pairs = ((*what, _text(found)) for what, found in sorted(catalog.pairs.items()))
            database.executemany("INSERT INTO pairs VALUES (?, ?, ?)", pairs)
            database.execute("INSERT INTO statements VALUES (?, ?)", (catalog.statements, tallied))
    except sqlite3.Error as error:
        raise OSError(0, str(error)) from error


def _rows(catalog: Catalog, wanted: Iterable[str]) -> Iterator[tuple[str | None, ...]]:
    for iri in sorted(wanted):
        record, old = catalog.records.get(iri), catalog.retired.get(iri)
        if record:
            brief = catalog.brief(record)
            words = _text([_plain(part) for part in brief])
            types = " ".join(each.value for each in brief.types)
            yield iri, record.place, record.filename, catalog.digests[iri], words, types, None
        elif old:
            words = _text([[_plain(name) for name in old.names], old.replaced_by])
            yield iri, old.record.place, old.record.filename, catalog.digests[iri], None, None, words


def _used(usage: Usage) -> Iterator[tuple[int, str, int]]:
    for sort, counts in enumerate(usage):
        yield from ((sort, term, count) for term, count in sorted(counts.items()) if count)


def _text(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def _plain(value: object) -> object:
    """Terms, and whatever holds terms, as lists."""
    if isinstance(value, IRI):
        return [value.value]
    if isinstance(value, Literal):
        return [value.lexical, value.datatype, value.language]
    return [_plain(each) for each in value] if isinstance(value, tuple) else value


def _brief(written: _Written) -> Brief:
    names, forms, dates, directors, genres, countries, types, parts = written
    named = ((IRI(str(iri[0])), inner) for iri, inner in parts)
    return Brief(
        names=tuple(map(_literal, names)),
        forms=tuple(map(_literal, forms)),
        dates=tuple(map(_literal, dates)),
        directors=tuple(map(_term, directors)),
        genres=tuple(map(_term, genres)),
        countries=tuple(map(_term, countries)),
        types=tuple(IRI(str(iri[0])) for iri in types),
        parts=tuple((iri, tuple(_literal(name) for name in inner)) for iri, inner in named),
    )


def _term(written: _Term) -> IRI | Literal:
    return IRI(str(written[0])) if len(written) == 1 else _literal(written)


def _literal(written: _Term) -> Literal:
    lexical, datatype, language = written
    return Literal(str(lexical), str(datatype), language)
