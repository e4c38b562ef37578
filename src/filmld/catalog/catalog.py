"""The working catalogue: a store that knows the links, over records that know the words.

A store rewrites some literals (``PT90M`` becomes ``PT1H30M``), so it answers only which
record states what about whom. Whatever must be exact, the text on a page or in an export,
is read from the record itself.
"""

import difflib
import hashlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Self, TypeAlias, TypeVar

import pyoxigraph as ox

from filmld.archive import Archive, Record
from filmld.archive.history import History
from filmld.catalog.briefs import Brief, brief
from filmld.catalog.reading import Reading, read, triples
from filmld.catalog.retired import Retired
from filmld.catalog.tallies import tallies
from filmld.catalog.usage import Usage, usage
from filmld.errors import RecordChangedError, RecordUnreadableError, UnknownRecordError
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import DERIVED, FLD, RDF, SCHEMA

Store: TypeAlias = ox.Store
"""The store of statements, for those who only hand it on."""

_T = TypeVar("_T")

_DERIVED = ox.NamedNode(DERIVED)
_CREDITED_AS = ox.NamedNode(FLD + "creditedAs")
_ROLE_NAME = ox.NamedNode(SCHEMA + "roleName")
_TYPE = ox.NamedNode(RDF + "type")
KEPT_GRAPHS = 4096
"""How many parsed records stay in memory: enough for a page with long lists, small for a large archive."""


Pair: TypeAlias = tuple[str, str]
"""Two things that belong together, such as a film and an agent."""


class Listed(NamedTuple):
    """A list of pairs: of what sort it is, and about what."""

    sort: str
    about: str


class Reference(NamedTuple):
    """A statement that points to an entity, and the record that makes it."""

    subject: str
    predicate: str
    record: Record


class Catalog:
    """All records of one archive, read together. Nobody edits a catalogue: a new one replaces it.

    Attributes:
        archive: The archive it was read from.
        records: Every record in use, by the IRI of its main entity, in the order of IRIs.
        retired: Every record that is out of use, by the same IRI; its statements are in no store.
        digests: SHA-256 of every record's bytes as read, in hexadecimal, by the same IRI.
        store: The triples of each record in the named graph ``Record.document``, and in the
            graph ``urn:filmld:derived`` the facts that follow from each of them.
        pairs: What lists of pairs were worked out so far, for who asks once more.
    """

    outdated: frozenset[str] = frozenset()
    """The IRIs of records whose files have changed into something that cannot be read."""

    def __init__(
        self,
        archive: Archive,
        records: Mapping[str, Record],
        digests: Mapping[str, str],
        store: ox.Store,
        briefs: Mapping[str, Brief] | None = None,
        retired: Mapping[str, Retired] = MappingProxyType({}),
    ) -> None:
        self.archive = archive
        self.records: Mapping[str, Record] = MappingProxyType(dict(records))
        self.retired: Mapping[str, Retired] = MappingProxyType(dict(retired))
        self.digests: Mapping[str, str] = MappingProxyType(dict(digests))
        self.store = store
        self._by_document = {record.document: record for record in records.values()}
        self._graphs: OrderedDict[str, Graph] = OrderedDict()
        self._history = History(archive.root, archive.config.paths.records)
        self._briefs: dict[str, Brief] = dict(briefs or {})
        self._tallies: ox.Store | None = None
        self._counted: int | None = None
        self.pairs: dict[Listed, tuple[Pair, ...]] = {}

    @classmethod
    def load(cls, archive: Archive) -> Self:
        """Read all records of an archive.

        Raises:
            NoRecordsError: There are none.
            RecordUnreadableError: One of them is not a sound Turtle file.
        """
        found = archive.walk()
        for finding in found.unreadable:
            raise RecordUnreadableError(finding.filename, finding.message)
        reading = Reading(KEPT_GRAPHS)
        for record in found.records:
            reading.add(record, read(record))
        reading.finish()
        return cls.of(archive, reading)

    @classmethod
    def of(cls, archive: Archive, reading: Reading) -> Self:
        """Make the catalogue of what has been read."""
        made = cls(archive, reading.records, reading.digests, reading.store, reading.briefs, reading.retired)
        made._graphs.update(reading.graphs)
        return made

    @property
    def statements(self) -> int:
        """How many statements the store holds; a store in memory has to be looked through to count them."""
        if self._counted is None:
            self._counted = len(self.store)
        return self._counted

    def graph(self, record: Record) -> Graph:
        """Read what a record states, exactly as written and in its order.

        Raises:
            RecordChangedError: The file is no longer what this catalogue was made from.
        """
        graph = self._graphs.pop(record.iri, None)
        if graph is None:
            graph = Graph(triples(record, self.source(record)))
            if len(self._graphs) >= KEPT_GRAPHS:
                self._graphs.popitem(last=False)
        self._graphs[record.iri] = graph
        return graph

    def once(self, _about: Record, _name: str, make: Callable[[], _T]) -> _T:
        """Work out something about a record; who asks for several files of one may remember it."""
        return make()

    def types(self, record: Record) -> tuple[IRI, ...]:
        """The classes of the main entity of a record."""
        return self.brief(record).types

    def brief(self, record: Record) -> Brief:
        """A record in the few words that lists need; no file is read for it."""
        known = self._briefs.get(record.iri)
        if known is None:
            known = self._briefs[record.iri] = brief(record.iri, self.graph(record))
        return known

    def last_change(self, record: Record) -> str | None:
        """The day of the last commit that changed a record; ``None`` where git knows of none."""
        return self._history.last_change(record.filename)

    def last_changes(self) -> Mapping[str, str]:
        """The same for all files that git knows, by their shown names."""
        return self._history.days

    def source(self, record: Record) -> bytes:
        """Read the text of a record, as the archivist wrote it.

        Raises:
            RecordChangedError: The file is no longer what this catalogue was made from.
        """
        data = read(record)
        if hashlib.sha256(data).hexdigest() != self.digests[record.iri]:
            raise RecordChangedError(record.filename)
        return data

    def size(self, record: Record) -> int:
        """How many bytes the text of a record has.

        Raises:
            RecordChangedError: The file is no longer what this catalogue was made from.
        """
        return len(self.source(record))

    def record_of(self, iri: str) -> Record | None:
        """Find the record that describes an entity; its ``#fragment`` entities included."""
        return self.records.get(iri.partition("#")[0])

    def find(self, asked: str) -> Record:
        """Find a record by what a person calls it: its IRI, its file, its path or its slug.

        Raises:
            UnknownRecordError: None is called so, or several are.
        """
        record = self.record_of(asked)
        if record:
            return record
        path = Path(asked)
        for record in self.records.values():
            relative = record.iri.removeprefix(self.archive.config.base)
            if asked in {relative, record.filename} or (path.suffix and path.resolve() == record.path):
                return record
        same_slug = [record for record in self.records.values() if record.slug == asked]
        if len(same_slug) == 1:
            return same_slug[0]
        raise UnknownRecordError(asked, self._similar(asked))

    def references(self, iri: str, record: Record | None = None) -> list[Reference]:
        """List the statements of records, or of one, that point to an entity, in the order of subjects."""
        graph = ox.NamedNode(record.document) if record else None
        quads = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), graph)
        found = [
            Reference(quad.subject.value, quad.predicate.value, self._by_document[quad.graph_name.value])
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode)
            and isinstance(quad.graph_name, ox.NamedNode)
            and quad.graph_name != _DERIVED
        ]
        return sorted(found)

    def credited_names(self) -> Iterator[tuple[str, str]]:
        """Every agent with a name that a credit gives them, sorted."""
        yield from self._listed(Listed("names", ""), self._credited_names)

    def _credited_names(self) -> Iterator[Pair]:
        found = {
            (agent.object.value, name.object.value)
            for name in self.store.quads_for_pattern(None, _CREDITED_AS, None, None)
            for agent in self.store.quads_for_pattern(name.subject, None, None, name.graph_name)
            if isinstance(agent.object, ox.NamedNode) and isinstance(name.object, ox.Literal)
        }
        yield from sorted(pair for pair in found if pair[0] in self.records)

    def mentions(self, iri: str) -> int:
        """How many other records name an entity."""
        quads = self.store.quads_for_pattern(None, None, ox.NamedNode(iri), None)
        graphs = {quad.graph_name for quad in quads} - {_DERIVED}
        own = self.records.get(iri)
        return len(graphs - {ox.NamedNode(own.document)}) if own else len(graphs)

    def shown_at(self) -> Iterator[tuple[str, str]]:
        """Every film with each festival that it was shown at, as IRIs, sorted; a variant as itself."""
        shown = FLD + "shownAt"
        yield from self._listed(Listed("derived", shown), lambda: self._derived(shown))

    def agents(self, shortcut: str) -> Iterator[tuple[str, str]]:
        """Every film with each agent who had a part in it, named by the shortcut of that part, sorted.

        Whoever has no IRI is left out: only the film's own record can name them.
        """
        yield from self._listed(Listed("derived", shortcut), lambda: self._derived(shortcut))

    def credited_as(self, role: str) -> Iterator[tuple[str, str]]:
        """Every film with each agent whom a credit names in a role of the vocabulary, as IRIs, sorted."""
        yield from self._listed(Listed("role", role), lambda: self._credited_as(role))

    def _credited_as(self, role: str) -> Iterator[Pair]:
        found = {
            (film.subject.value, agent.object.value)
            for credit in self.store.quads_for_pattern(None, _ROLE_NAME, ox.NamedNode(role), None)
            for film in self.store.quads_for_pattern(None, None, credit.subject, credit.graph_name)
            for agent in self.store.quads_for_pattern(credit.subject, film.predicate, None, credit.graph_name)
            if isinstance(film.subject, ox.NamedNode) and isinstance(agent.object, ox.NamedNode)
        }
        yield from sorted(found)

    def in_capacity(self, predicate: str) -> Iterator[tuple[str, str]]:
        """Every film with each agent that a property leads to, as IRIs, sorted.

        A credit in between counts if it names no role of the vocabulary, which would say more.
        """
        yield from self._listed(Listed("capacity", predicate), lambda: self._in_capacity(predicate))

    def _listed(self, what: "Listed", make: Callable[[], Iterator[Pair]]) -> tuple[Pair, ...]:
        """Work out a list of pairs, once."""
        if what not in self.pairs:
            self.pairs[what] = tuple(make())
        return self.pairs[what]

    def _in_capacity(self, predicate: str) -> Iterator[Pair]:
        found: set[tuple[str, str]] = set()
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
            if quad.graph_name == _DERIVED or not isinstance(quad.subject, ox.NamedNode):
                continue
            film, agents = quad.subject.value, [quad.object]
            if self._names_a_role(quad.object):
                continue
            inner = self._objects(quad.object, predicate)
            found.update((film, each.value) for each in inner or agents if isinstance(each, ox.NamedNode))
        yield from sorted(found)

    def _objects(self, subject: object, predicate: str) -> list[object]:
        if not isinstance(subject, ox.NamedNode | ox.BlankNode):
            return []
        quads = self.store.quads_for_pattern(subject, ox.NamedNode(predicate), None, None)
        return [quad.object for quad in quads]

    def _names_a_role(self, credit: object) -> bool:
        return any(isinstance(role, ox.NamedNode) for role in self._objects(credit, _ROLE_NAME.value))

    def names(self, iri: str) -> list[Literal]:
        """The names of an entity (``schema:name``), in the order of its record."""
        record = self.record_of(iri)
        return list(self.graph(record).literals(IRI(iri), SCHEMA + "name")) if record else []

    def classes(self) -> frozenset[str]:
        """The IRIs of all classes that records say something is of."""
        quads = self.store.quads_for_pattern(None, _TYPE, None, None)
        return frozenset(
            quad.object.value
            for quad in quads
            if isinstance(quad.object, ox.NamedNode) and quad.graph_name != _DERIVED
        )

    def triples(self) -> Iterator[tuple[Record, Triple]]:
        """Every statement of every record, exactly as written."""
        for record in self.records.values():
            for triple in self.graph(record):
                yield record, triple

    def nquads(self) -> Iterator[str]:
        """The whole catalogue as N-Quads lines, each record in its own graph."""
        for record, triple in self.triples():
            yield f"{triple.subject} {triple.predicate} {triple.object} <{record.document}> .\n"

    def derived_nquads(self) -> Iterator[str]:
        """What follows from the records, for querying only, as sorted N-Quads lines.

        These come from the stores, which keep their forms: they hold
        nothing but links, integers and plain texts.
        """
        of_each = self.store.quads_for_pattern(None, None, None, _DERIVED)
        yield from sorted(f"{quad} .\n" for quad in chain(of_each, self.tallies()))

    def usage(self) -> Usage:
        """How often which terms are used."""
        return usage(chain(self.store, self.tallies()), self.archive.config.base)

    def tallies(self) -> Store:
        """What follows from all records together, for querying only; worked out when it is first asked for.

        Pages need none of it, so that they can follow an edit at once.
        """
        if self._tallies is None:
            self._tallies = tallies(self.store)
        return self._tallies

    def dump(self, file: BinaryIO) -> None:
        """Write all statements and all that follows from them as N-Quads, as the stores spell them."""
        for store in (self.store, self.tallies()):
            store.dump(file, ox.RdfFormat.N_QUADS)

    def _derived(self, predicate: str) -> Iterator[tuple[str, str]]:
        quads = self.store.quads_for_pattern(None, ox.NamedNode(predicate), None, _DERIVED)
        yield from sorted(
            (quad.subject.value, quad.object.value)
            for quad in quads
            if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        )

    def _similar(self, asked: str) -> str | None:
        slugs = {record.slug: record for record in self.records.values()}
        close = difflib.get_close_matches(asked.rsplit("/", 1)[-1], slugs, n=1)
        return slugs[close[0]].iri.removeprefix(self.archive.config.base) if close else None
