"""From the files of records to a store, and to what is kept of each besides."""

import hashlib
from collections.abc import Iterable, Iterator
from itertools import chain

import pyoxigraph as ox

from filmld.archive import Record
from filmld.catalog.briefs import Brief, brief
from filmld.catalog.derived import Screening, own_facts, screenings, shown_at
from filmld.catalog.festivals import Festivals
from filmld.catalog.retired import Retired, retired
from filmld.catalog.searching import beginnings, found_by
from filmld.errors import RecordUnreadableError
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Term, Triple
from filmld.vocab import DERIVED


class Reading:
    """All records of an archive while they are read, one after the other.

    Attributes:
        records: Every record in use, by the IRI of its main entity.
        retired: Every record that is out of use, by the same IRI.
        digests: SHA-256 of every record's bytes, in hexadecimal, by the same IRI.
        briefs: Every record in use in a few words.
        screenings: Which films each record says were shown at which events, where it says so.
        graphs: What the first records state, by their IRIs.
        store: What the records state, and what follows from it.
    """

    def __init__(self, keep: int = 0) -> None:
        """Begin.

        Args:
            keep: How many graphs to keep, for who needs them soon.
        """
        self._keep = keep
        self.graphs: dict[str, Graph] = {}
        self.records: dict[str, Record] = {}
        self.retired: dict[str, Retired] = {}
        self.digests: dict[str, str] = {}
        self.briefs: dict[str, Brief] = {}
        self.screenings: dict[str, list[Screening]] = {}
        self.store = ox.Store()
        self._words: set[str] = set()

    def add(self, record: Record, data: bytes) -> None:
        """Read one record.

        Raises:
            RecordUnreadableError: It is no sound Turtle; nothing of it has been taken.
        """
        facts = Graph(triples(record, data))
        self.digests[record.iri] = hashlib.sha256(data).hexdigest()
        if old := retired(record, facts):
            self.retired[record.iri] = old
            return
        self.records[record.iri] = record
        self.briefs[record.iri] = brief(record.iri, facts)
        if len(self.graphs) < self._keep:
            self.graphs[record.iri] = facts
        if shown := screenings(facts):
            self.screenings[record.iri] = shown
        found_by_words = found_by(facts, record.iri)
        derived = chain(own_facts(facts), found_by_words.values())
        self.store.bulk_extend(chain(quads(facts, record.document), quads(derived, DERIVED)))
        self._words.update(found_by_words)

    def finish(self) -> None:
        """Work out what follows from all records together."""
        self.store.bulk_extend(quads(beginnings(sorted(self._words)), DERIVED))
        shown = chain.from_iterable(self.screenings.values())
        self.store.bulk_extend(quads(shown_at(shown, Festivals(self.store)), DERIVED))


def read(record: Record) -> bytes:
    """Read the file of a record.

    Raises:
        RecordUnreadableError: It cannot be read.
    """
    try:
        with open(f"{record.folder}/{record.place}", "rb", buffering=0) as file:  # noqa: PTH123  of thousands
            return file.read()
    except OSError as error:
        raise RecordUnreadableError(record.filename, f"this file cannot be read: {error.strerror}") from error


def triples(record: Record, data: bytes) -> Iterator[Triple]:
    """Read what the text of a record states; nameless things are named apart from those of all others.

    Raises:
        RecordUnreadableError: It is no sound Turtle.
    """
    scope = hashlib.sha256(record.iri.encode()).hexdigest()[:12]
    try:
        yield from parse(data, scope=f"b{scope}")
    except BulkSyntaxError as error:
        place = f"{record.filename}:{error.row}:{error.column}" if error.row else record.filename
        raise RecordUnreadableError(place, "the text of this record has a mistake here") from error


def quads(facts: Iterable[Triple], graph: str) -> Iterator[ox.Quad]:
    """Put statements into a named graph, as the store wants them."""
    name = ox.NamedNode(graph)
    return (_quad(triple, name) for triple in facts)


def _quad(triple: Triple, graph: ox.NamedNode) -> ox.Quad:
    subject = _ox(triple.subject)
    if isinstance(subject, ox.Literal):  # unreachable: a Resource is never a literal
        raise TypeError
    return ox.Quad(subject, ox.NamedNode(triple.predicate.value), _ox(triple.object), graph)


def _ox(term: Term) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if isinstance(term, IRI):
        return ox.NamedNode(term.value)
    if isinstance(term, Literal):
        if term.language is not None:
            return ox.Literal(term.lexical, language=term.language)
        return ox.Literal(term.lexical, datatype=ox.NamedNode(term.datatype))
    return ox.BlankNode(term.label)
