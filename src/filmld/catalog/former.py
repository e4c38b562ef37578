"""A catalogue made from what the last build has left: only records that have changed since are read.

Its store is a copy of the one on disk, of which all files that never change are shared, and is edited in
place; it becomes the store of the next snapshot. Everything else is looked up when it is asked for. So
what it takes goes with the records that have changed, but for hashing the files of all.
"""

import gzip
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Self

import pyoxigraph as ox

from filmld.archive import Archive, Record
from filmld.catalog.briefs import Brief
from filmld.catalog.catalog import Catalog, Store
from filmld.catalog.edits import NO_EDIT, Edit, Edits
from filmld.catalog.kept import Kept, Known, open_kept, write_kept
from filmld.catalog.reading import Reading, read, triples
from filmld.catalog.showing import SHOWN
from filmld.catalog.store import MOST_ANEW, Stored, copied
from filmld.catalog.tallies import concerned, stated, tallies
from filmld.catalog.texts import Texts
from filmld.catalog.usage import Usage, usage
from filmld.catalog.working import State, WorkingCatalog
from filmld.errors import RecordUnreadableError, StoreIncompleteError
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import DERIVED, FLD

MOST: Final = 0.1
"""After so many briefs, as a part of all, are looked up one by one, all are read at once."""

LEAST: Final = 20
"""So many records are read beside what was kept of the others, in any archive."""


class Left(NamedTuple):
    """What a build has left.

    Attributes:
        store: Its store.
        kept: What it has kept of records.
        facts: Derived facts as sorted lines of N-Quads, compressed.
    """

    store: Path
    kept: Path
    facts: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class _Different:
    """What of the records is not as it was.

    Attributes:
        known: What was kept of each, by its IRI.
        present: The records that there are now.
        texts: The texts of those that have changed or come.
        sizes: How many bytes each has.
    """

    known: Mapping[str, Known]
    present: dict[str, Record] = field(default_factory=dict)
    texts: dict[str, bytes] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def gone(self) -> set[str]:
        """The records that are no more."""
        return self.known.keys() - self.present.keys()

    @property
    def is_little(self) -> bool:
        """Whether it is worth while to read only these."""
        return len(self.texts) + len(self.gone) <= max(LEAST, MOST_ANEW * len(self.known))


class FormerCatalog(WorkingCatalog):
    """A catalogue of former records, brought to what they are now.

    Attributes:
        changed: The IRIs of the records that are not as they were.
        pointed_at: The IRIs of all things that some of these point to otherwise than before.
        has_moved: Whether a record has come or gone, or is out of use now, or otherwise so.
        renamed: The IRIs of those of which lists say something else now.
        is_linked_anew: Whether who refers to whom, and how, may have changed.
        is_divided_anew: Whether there may be other lists than before, or longer ones.
    """

    def __init__(self, archive: Archive, left: Left, reading: Reading, kept: Kept) -> None:
        super().__init__(archive, reading, {})
        self._left = left
        self._kept = kept
        self._counted = kept.statements()
        self._tallied = kept.tallied()
        self._edit = NO_EDIT
        self._look_ups = 0
        self.changed: frozenset[str] = frozenset()
        self.pointed_at: frozenset[str] = frozenset()
        self.has_moved = False
        self.renamed: frozenset[str] = frozenset()
        self.is_linked_anew = False
        self.is_divided_anew = False
        self._sizes: Mapping[str, int] = {}
        self._types: Mapping[str, str] = {}

    @classmethod
    def made(
        cls, texts: Texts, left: Left, folder: Path, ready: Callable[[], None] = lambda: None
    ) -> Self | None:
        """Make the catalogue of an archive from what a build has left.

        Args:
            texts: The texts of its records.
            left: What was left; the records were read in the same way as now.
            folder: Where the store is to be; it does not exist.
            ready: Called when all records are known to be sound, and there are no threads of a store yet.

        Returns:
            ``None`` if so much is different that to read all records is quicker, or something of what
            was left cannot be used.

        Raises:
            NoRecordsError: There are no records.
            RecordUnreadableError: One of them is not a sound Turtle file.
        """
        try:
            kept = open_kept(left.kept)
            different = _compared(texts, kept)
            if not different.is_little:
                kept.close()
                return None
            come = {
                iri: (different.present[iri], Graph(triples(different.present[iri], data)))
                for iri, data in different.texts.items()
            }
            ready()
            copied(left.store, folder)
            reading = _reading(texts.archive, different, kept)
            reading.store = ox.Store(str(folder))
            catalog = cls(texts.archive, left, reading, kept)
            catalog._follow_all(different, come)
        except RecordUnreadableError:
            raise
        except (sqlite3.Error, OSError, ValueError, RuntimeError):
            shutil.rmtree(folder, ignore_errors=True)
            return None
        return catalog

    def brief(self, record: Record) -> Brief:
        """A record in the few words that lists need; of one that has not changed as it was kept.

        Who asks for a tenth of them is going to ask for most, as to put a list in order. To read all at once
        takes a third of what it takes one by one.
        """
        known = self._briefs.get(record.iri)
        if known is None and record.iri not in self.changed:
            known = self._looked_up(record.iri)
        return known or super().brief(record)

    def _looked_up(self, iri: str) -> Brief | None:
        self._look_ups += 1
        if self._look_ups == int(MOST * len(self.records)):
            read = {iri: brief for iri, brief in self._kept.briefs() if iri not in self.changed}
            self._briefs = read | self._briefs
        known = self._briefs.get(iri) or self._kept.brief(iri)
        if known is not None:
            self._briefs[iri] = known
        return known

    def types(self, record: Record) -> tuple[IRI, ...]:
        """The classes of the main entity of a record; of one that has not changed as they were kept."""
        known = self._types.get(record.iri)
        if known is None or record.iri in self.changed:
            return super().types(record)
        return tuple(map(IRI, known.split()))

    def source(self, record: Record) -> bytes:
        """Read the text of a record, as the archivist wrote it.

        Raises:
            RecordChangedError: The file is no longer what this catalogue was made from.
        """
        return super().source(record) if record.iri in self._texts else Catalog.source(self, record)

    def size(self, record: Record) -> int:
        """How many bytes the text of a record had when its file was hashed."""
        return self._sizes[record.iri]

    def tallies(self) -> Store:
        """Nothing more than the store holds: what follows from all records together is in it."""
        return ox.Store()

    def classes(self) -> frozenset[str]:
        """The IRIs of all classes that records say something is of."""
        return frozenset(self.usage().classes)

    def usage(self) -> Usage:
        """How often terms are used."""
        return self._usage

    @cached_property
    def _usage(self) -> Usage:
        base = self.archive.config.base
        gone, come = (usage(_quads(quads), base) for quads in self._edit)
        return self._kept.usage().edited(gone, come)

    def derived_nquads(self) -> Iterator[str]:
        """What follows from the records, for querying only, as sorted N-Quads lines."""
        gone, come = self.derived_edit
        with gzip.open(self._left.facts, "rt", encoding="utf-8", newline="\n") as lines:
            yield from sorted([*(line for line in lines if line not in gone), *come])

    @property
    def derived_edit(self) -> Edit:
        """What of that is not as it was, as such lines."""
        end = f" <{DERIVED}>"
        removed, added = (
            frozenset(f"{quad} .\n" for quad in quads if quad.endswith(end)) for quads in self._edit
        )
        return Edit(removed, added)

    def keep(self, file: Path) -> None:
        """Keep what is known of records for the next build."""
        write_kept(self, file, self._tallied, (self._left.kept, self.changed))

    def finish(self, folder: Path) -> Stored:
        """Let go of the store, which is in a folder, and make sure that it holds what has changed.

        Raises:
            StoreIncompleteError: What was written is not what is read back.
        """
        names = [ox.NamedNode(f"{iri}#record") for iri in sorted(self.changed)]
        expected = [set(self.store.quads_for_pattern(None, None, None, name)) for name in names]
        self.store.flush()
        self.close()
        reader = ox.Store.read_only(str(folder))
        found = [set(reader.quads_for_pattern(None, None, None, name)) for name in names]
        if found != expected:
            raise StoreIncompleteError(sum(map(len, expected)), sum(map(len, found)))
        return Stored(self.statements + self._tallied, len(self.changed))

    def close(self) -> None:
        """Let go of the store, so that its folder can be moved or removed."""
        self._counted = self.statements
        self.store = ox.Store()
        self.edits = Edits(self.store)

    def _follow_all(self, different: _Different, come: Mapping[str, tuple[Record, Graph]]) -> None:
        """Bring everything to what the records are now."""
        self._sizes = different.sizes
        self._types = {iri: known.types for iri, known in different.known.items()}
        self.changed = frozenset(different.gone | come.keys())
        former = [record for record in self._all() if record.iri in self.changed]
        before = {record.iri: set(self._links(record)) for record in former}
        standing = {iri: self._standing(iri) for iri in self.changed}
        states = {iri: State(self._kept.brief(iri), frozenset(before.get(iri, ()))) for iri in self.changed}
        words = {word for record in former for word in self._take_out(record, self.changed)}
        for record in former:
            self._note(record, None, b"")
        for iri, (record, facts) in sorted(come.items()):
            self._note(record, facts, different.texts[iri])
            if iri in self.records:
                self._put_in(record, facts)
        self._forget(words)
        after = {iri: set(self._links(record)) for iri, (record, _) in come.items()}
        links = {link for iri in self.changed for link in before.get(iri, set()) ^ after.get(iri, set())}
        self._show_anew(links)
        self.pairs.update(self._kept.pairs() if not links else {})
        self.is_linked_anew = bool(links)
        self.pointed_at = frozenset(
            link.object.value for link in links if isinstance(link.object, ox.NamedNode)
        )
        self.has_moved = standing != {iri: self._standing(iri) for iri in self.changed}
        self._edit = self.edits.take()
        if self.has_moved or self.is_credited_anew:
            self.pairs.clear()
        self._edit = self._edit.then(self._tally_anew())
        later = {iri: State(self._briefs.get(iri), frozenset(after.get(iri, ()))) for iri in self.changed}
        self.renamed = frozenset(iri for iri in self.changed if states[iri].brief != later[iri].brief)
        divided = any(states[iri].divided != later[iri].divided for iri in self.changed)
        self.is_divided_anew = divided or SHOWN.value in self._edit.predicates

    @property
    def is_credited_anew(self) -> bool:
        """Whether credits may name people otherwise than before."""
        return FLD + "creditedAs" in self._edit.predicates

    @property
    def edit(self) -> Edit:
        """What the change of records comes to in the store."""
        return self._edit

    def _standing(self, iri: str) -> object:
        return self.records.get(iri), self.retired.get(iri)

    def _tally_anew(self) -> Edit:
        """Work out anew what follows from all records together, as far as it can be another."""
        kinds = concerned(self._edit.predicates)
        known, wanted = set(stated(self.store, kinds)), set(tallies(self.store, kinds))
        edits = Edits(self.store)
        edits.remove(known - wanted)
        edits.add(wanted - known)
        self._tallied += edits.balance
        return edits.take()


def _compared(texts: Texts, kept: Kept) -> _Different:
    """Compare the texts of all records with what was kept of them.

    Raises:
        NoRecordsError: There are none.
        RecordUnreadableError: One of them cannot be read.
    """
    different = _Different(known={known.iri: known for known in kept.records()})
    for record, size, digest in texts.all:
        different.present[record.iri] = record
        different.sizes[record.iri] = size
        former = different.known.get(record.iri)
        if not (former and former.digest == digest and former.filename == record.filename):
            data = read(record)
            different.texts[record.iri] = data
            different.sizes[record.iri] = len(data)
    return different


def _reading(archive: Archive, different: _Different, kept: Kept) -> Reading:
    """The records as they were."""
    reading, folder = Reading(), archive.root / archive.config.paths.records
    for iri, known in different.known.items():
        record = None if iri in different.texts else different.present.get(iri)
        record = record or Record(iri, folder, known.place, known.filename)
        if known.is_retired:
            reading.retired[iri] = kept.retired(record)
        else:
            reading.records[iri] = record
        reading.digests[iri] = known.digest
    return reading


def _quads(texts: Iterable[str]) -> Iterator[ox.Quad]:
    return ox.parse("".join(f"{text} .\n" for text in texts).encode(), ox.RdfFormat.N_QUADS)
