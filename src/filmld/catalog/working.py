"""A catalogue that follows its files: a saved record takes the place of what it was before."""

import hashlib
import os
import zlib
from collections.abc import Collection, Iterable, Iterator
from itertools import chain
from types import MappingProxyType
from typing import Final, Self, TypeVar

import pyoxigraph as ox

from filmld.archive import Archive, Record
from filmld.catalog.briefs import Brief, brief
from filmld.catalog.catalog import Catalog
from filmld.catalog.derived import own_facts
from filmld.catalog.edits import Edits
from filmld.catalog.reading import Reading, quads, read, triples
from filmld.catalog.retired import retired
from filmld.catalog.searching import beginnings, found_by
from filmld.catalog.showing import SHOWN, Link, Showing
from filmld.catalog.tallies import about_things, tallies
from filmld.errors import RecordUnreadableError
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.vocab import DERIVED, FLD

_FACTS: Final = ox.NamedNode(DERIVED)
_WORD_OF: Final = ox.NamedNode(FLD + "wordOf")
_BEGINS: Final = ox.NamedNode(FLD + "beginsWith")

_V = TypeVar("_V")

_FAST: Final = 1
"""How hard texts are compressed: the least halves them already."""


class Change(NamedTuple):
    """What saved files have changed.

    Attributes:
        records: The IRIs of the records that are read anew, have come or are gone.
        has_moved: Whether a record has come or gone, or is out of use now.
        is_linked_anew: Whether what lists are made of, or who refers to whom, may have changed.
        is_divided_anew: Whether there may be other lists than before, or longer ones.
    """

    records: frozenset[str]
    has_moved: bool
    is_linked_anew: bool
    is_divided_anew: bool


class State(NamedTuple):
    """What others can know of a record."""

    brief: Brief | None
    links: frozenset[Link]

    @property
    def divided(self) -> object:
        """What lists there are goes by: all but the names of things."""
        known = self.brief
        return self.links, known and (known.dates, known.genres, known.countries, known.types)


_NOTHING: Final = State(None, frozenset())


class WorkingCatalog(Catalog):
    """A catalogue for who edits the records and looks at them.

    It keeps the texts that it was read from, so that a record whose file has a mistake goes on as it
    was at last. Whoever lets it follow the files sees to it that nobody asks it meanwhile.

    Attributes:
        unreadable: The shown names of files that could not be read, and have no former state.
        edits: What has become of the store, for others that hold the same.
    """

    def __init__(self, archive: Archive, reading: Reading, texts: dict[str, bytes]) -> None:
        super().__init__(
            archive, reading.records, reading.digests, reading.store, reading.briefs, reading.retired
        )
        self.unreadable: frozenset[str] = frozenset()
        self.edits = Edits(reading.store)
        self._texts = texts
        self._records, self._retired, self._digests = reading.records, reading.retired, reading.digests
        # What is kept of all records is never copied for an edit of one: these show what it is by then.
        self.records = MappingProxyType(self._records)
        self.retired = MappingProxyType(self._retired)
        self.digests = MappingProxyType(self._digests)
        self._has_moved = False
        self._by_filename = {record.filename: record for record in self._all()}

    @classmethod
    def load(cls, archive: Archive) -> Self:
        """Read all records of an archive; those that cannot be read are left out.

        Raises:
            NoRecordsError: There are none.
        """
        found = archive.walk()
        reading, texts = Reading(), dict[str, bytes]()
        unreadable = {finding.filename for finding in found.unreadable}
        for record in found.records:
            try:
                data = read(record)
                reading.add(record, data)
            except RecordUnreadableError:
                unreadable.add(record.filename)
            else:
                texts[record.iri] = zlib.compress(data, _FAST)
        reading.finish()
        catalog = cls(archive, reading, texts)
        catalog.unreadable = frozenset(unreadable)
        return catalog

    @property
    def statements(self) -> int:
        """How many statements the store holds."""
        if self._counted is None:
            self._counted = len(self.store) - self.edits.balance
        return self._counted + self.edits.balance

    def source(self, record: Record) -> bytes:
        """The text of a record as it was read, whatever has become of its file."""
        return zlib.decompress(self._texts[record.iri])

    def follow(self, filenames: Iterable[str]) -> Change:
        """Read files anew that have been saved, made, renamed or deleted.

        Args:
            filenames: Their places below the archive's root; that of a folder stands for all in it.
        """
        self._has_moved = False
        changes = [self._follow(filename) for filename in self._meant(filenames)]
        happened = [change for change in changes if change is not None]
        self._tallies = None
        self.pairs.clear()
        self._show_anew(link for _, old, new in happened for link in old.links ^ new.links)
        return Change(
            frozenset(iri for iri, _, _ in happened),
            has_moved=self._has_moved,
            is_linked_anew=any(old != new for _, old, new in happened),
            is_divided_anew=any(old.divided != new.divided for _, old, new in happened),
        )

    def count_anew(self, kind: str, before: frozenset[str]) -> frozenset[str]:
        """Work out one kind of what follows from all records together, as N-Quads without the dot.

        This takes long in a large archive. It may be done beside an edit; it has to be done once more then.

        Args:
            kind: The kind; see :mod:`filmld.catalog.tallies`.
            before: What it was; statements that stay so are the same objects.
        """
        known = {text: text for text in before}
        found = (str(quad) for quad in tallies(self.store, [kind]))
        return frozenset(known.get(text, text) for text in found)

    def _meant(self, filenames: Iterable[str]) -> Iterator[str]:
        for filename in filenames:
            is_known = filename in self._by_filename
            below = (
                () if is_known else [name for name in self._by_filename if name.startswith(f"{filename}/")]
            )
            yield from below or [filename]

    def _follow(self, filename: str) -> tuple[str, State, State] | None:
        path, old = self.archive.root / filename, self._by_filename.get(filename)
        record = self.archive.record_at(path)
        if record is None and not os.path.lexists(path):
            self.unreadable -= {filename}
            return self._replaced(old, None, b"") if old else None
        try:
            data = read(record) if record else None
            facts = Graph(triples(record, data)) if record and data is not None else None
        except RecordUnreadableError:
            facts = None
        if record is None or data is None or facts is None:
            return self._not_read(filename, old)
        self.outdated -= {record.iri}
        self.unreadable -= {filename}
        if self.digests.get(record.iri) == hashlib.sha256(data).hexdigest():
            return record.iri, _NOTHING, _NOTHING
        return self._replaced(old or record, facts, data)

    def _not_read(self, filename: str, old: Record | None) -> tuple[str, State, State] | None:
        if old is None:
            self.unreadable |= {filename}
            return None
        self.outdated |= {old.iri}
        return old.iri, _NOTHING, _NOTHING

    def _replaced(self, record: Record, facts: Graph | None, data: bytes) -> tuple[str, State, State]:
        """Put a record in the place of what it was; without facts it is gone."""
        before = self._state(record)
        words = self._take_out(record)
        self._note(record, facts, data)
        if facts is not None and record.iri in self.records:
            self._put_in(record, facts)
        self._forget(words)
        return record.iri, before, self._state(record)

    def _state(self, record: Record) -> State:
        if record.iri not in self.records:
            return _NOTHING
        return State(self.brief(record), frozenset(self._links(record)))

    def _links(self, record: Record) -> Iterator[Link]:
        """What a record states about two things."""
        for quad in self.store.quads_for_pattern(None, None, None, ox.NamedNode(record.document)):
            if not isinstance(quad.object, ox.Literal):
                yield Link(quad.subject, quad.predicate, quad.object)

    def _take_out(self, record: Record, others: Collection[str] = ()) -> set[ox.NamedNode]:
        """Remove what a record states, and what follows from it; return the words it was found by.

        Args:
            record: The record.
            others: The IRIs of records that are taken out as well.
        """
        document = ox.NamedNode(record.document)
        subjects = {quad.subject for quad in self.store.quads_for_pattern(None, None, None, document)}
        self.edits.remove_graph(document)
        found = list(self.store.quads_for_pattern(None, _WORD_OF, ox.NamedNode(record.iri), _FACTS))
        self.edits.remove(found)
        shared: set[object] = set()
        for subject in subjects:
            for quad in list(self.store.quads_for_pattern(subject, None, None, None)):
                if quad.graph_name != _FACTS:
                    shared.add(quad.graph_name)  # another record speaks of the same thing
                elif quad.predicate != SHOWN and quad.predicate not in about_things():
                    self.edits.remove([quad])
        for name in shared:
            other = self._by_document[name.value] if isinstance(name, ox.NamedNode) else None
            if other and other.iri not in others:
                self.edits.add(quads(own_facts(self.graph(other)), DERIVED))
        return {quad.subject for quad in found if isinstance(quad.subject, ox.NamedNode)}

    def _put_in(self, record: Record, facts: Graph) -> None:
        found = found_by(facts, record.iri)
        derived = chain(own_facts(facts), found.values(), beginnings(found))
        self.edits.add(chain(quads(facts, record.document), quads(derived, DERIVED)))

    def _forget(self, words: Iterable[ox.NamedNode]) -> None:
        """Remove how words begin that no name has any more."""
        for word in words:
            if next(self.store.quads_for_pattern(word, _WORD_OF, None, _FACTS), None) is None:
                self.edits.remove(self.store.quads_for_pattern(word, _BEGINS, None, _FACTS))

    def _show_anew(self, links: Iterable[Link]) -> None:
        """Work out anew at which festivals films were shown, which records say together."""
        showing = Showing(self.store)
        for film in showing.concerned(links):
            said = set(self.store.quads_for_pattern(film, SHOWN, None, _FACTS))
            facts = showing.facts(film)
            self.edits.remove(said - facts)
            self.edits.add(facts - said)

    def _note(self, record: Record, facts: Graph | None, data: bytes) -> None:
        """Keep of a record what is kept of each."""
        iri = record.iri
        old = retired(record, facts) if facts is not None else None
        in_use = record if facts is not None and old is None else None
        is_elsewhere = (iri in self.records) != (in_use is not None) or self.retired.get(iri) != old
        self._has_moved = self._has_moved or is_elsewhere
        _put(self._records, iri, in_use)
        _put(self._retired, iri, old)
        _put(self._digests, iri, hashlib.sha256(data).hexdigest() if facts is not None else None)
        for kept in (self._texts, self._briefs, self._graphs):
            kept.pop(iri, None)
        self._by_filename.pop(record.filename, None)
        self._by_document.pop(record.document, None)
        if facts is None:
            return
        self._texts[iri] = zlib.compress(data, _FAST)
        self._by_filename[record.filename] = record
        if in_use:
            self._by_document[record.document] = record
            self._briefs[iri] = brief(iri, facts)

    def _all(self) -> Iterator[Record]:
        yield from self.records.values()
        yield from (old.record for old in self.retired.values())


def _put(known: dict[str, _V], key: str, value: _V | None) -> None:
    """Give a key another value, and a new one its place in the order of keys; without a value, it is gone."""
    if value is None:
        known.pop(key, None)
        return
    is_new = key not in known
    known[key] = value
    if is_new:
        for later in [each for each in known if each > key]:
            known[later] = known.pop(later)
