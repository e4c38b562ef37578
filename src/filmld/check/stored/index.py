"""The index of all records, answered from the database, with a note of what was asked."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from filmld.check.authorities import Number
from filmld.check.authorities import number as number_given
from filmld.check.index import HAPPENED, NAMES, RELEASED, Borne, Index, Named, Statement, alike, folded
from filmld.check.nodes import own_node, shared, shared_node
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.stored.database import Database
from filmld.check.stored.extract import COMMON, Encoded, decoded
from filmld.check.stored.keys import (
    ANY,
    ANYTHING,
    COMPLETE,
    FACTS,
    MENTIONS,
    NEWEST,
    TYPES,
    key,
    of_name,
    of_number,
    of_siblings,
    of_text,
    short,
)
from filmld.check.stored.later import LaterDocument
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.dates import years
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import RDF, SCHEMA

_TYPE: Final = IRI(RDF + "type")
_MOST: Final = 20_000
"""So many answers are remembered before they are thought to be too many."""

_Values = dict[str, list[Encoded]]


class _Row(NamedTuple):
    """What one file states of a node."""

    file: int
    types: frozenset[str]
    facts: str | None


class _File(NamedTuple):
    """A file, and its place in the order of all."""

    id: int
    filename: str
    iri: str
    place: str

    @property
    def order(self) -> tuple[str, str]:
        return (self.iri, self.place)


class _Homes(Mapping[str, str]):
    """The main entities of files, looked up one by one."""

    def __init__(self, find: Callable[[str], _File | None]) -> None:
        self._find = find

    def __getitem__(self, filename: str) -> str:
        found = self._find(filename)
        if found is None:
            raise KeyError(filename)
        return found.iri

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError


class StoredIndex(Index):
    """Answers as :class:`filmld.check.index.Index` does, record by record.

    What a record asks is noted, so that a later run knows which records to judge again. Of the record
    itself nothing need be noted: whoever changes what is said of a record's own subjects has it judged
    again in any case.

    Args:
        database: The index.
        load: Reads a file, by its place below the archive's root and its shown name.
        base: The IRI under which the archive's own entities live.
        terms: What schema.org defines.
        ontology: What the archive's ontologies define.
    """

    def __init__(
        self,
        database: Database,
        load: Callable[[str, str], Document],
        base: str,
        terms: Terms,
        ontology: Ontology,
    ) -> None:
        super().__init__((), base, terms, ontology=ontology)
        self._sql = database.sql
        self._load = load
        self.homes = _Homes(self._file_called)
        self._asked: dict[str, int] = {}
        self._here: Document | None = None
        self._alone: dict[Resource, bool] = {}
        self._here_id = 0
        self._mine: Graph = Graph()
        self._later: dict[int, Document] = {}
        self.renew()

    def renew(self) -> None:
        """Forget remembered answers, since the database has changed."""
        rows = self._sql.execute("SELECT iri FROM file WHERE NOT is_sound")
        self._unread = frozenset(row[0] for row in rows)
        self._rows: dict[str, tuple[_Row, ...]] = {}
        self._files: dict[int, _File] = {}
        self._ids: dict[str, int] = {}
        self._values: dict[tuple[int, str], _Values] = {}
        self._loaded: dict[int, Document] = {}
        self._siblings: dict[str, dict[str, IRI]] = {}
        self._newest: tuple[int, dict[str, int]] | None = None
        self._classes.clear()

    def begin(self, document: Document, file: int) -> None:
        """Turn to a record; the questions from here on are its own."""
        if max(len(self._rows), len(self._classes), len(self._values), len(self._files)) > _MOST:
            self.renew()
        if len(self._loaded) > _MOST // 100:
            self._loaded.clear()
        self._asked = {}
        self._here, self._here_id, self._mine = document, file, document.graph()
        self._later = {file: document}
        self._alone = {}

    def begin_nowhere(self) -> None:
        """Turn to all records at once."""
        self._asked, self._here, self._here_id, self._mine, self._later = {}, None, 0, Graph(), {}
        self._alone = {}

    def asked(self) -> dict[int, int]:
        """What the record has asked since :meth:`begin`."""
        mine = {node.value for node in self._mine.subjects() if isinstance(node, IRI)}
        return {key(node): sides for node, sides in self._asked.items() if node not in mine}

    def _note(self, question: str, side: int = ANY) -> None:
        self._asked[question] = self._asked.get(question, 0) | side

    # Files

    def _file(self, file: int) -> _File:
        found = self._files.get(file)
        if found is None:
            row = self._sql.execute(
                "SELECT id, filename, iri, place FROM file WHERE id = ?", (file,)
            ).fetchone()
            if row is None:
                raise UnreadableError
            found = self._files[file] = _File(*row)
            self._ids[found.filename] = file
        return found

    def _file_called(self, filename: str) -> _File | None:
        if filename not in self._ids:
            row = self._sql.execute("SELECT id FROM file WHERE filename = ?", (filename,)).fetchone()
            if row is None:
                return None
            self._ids[filename] = row[0]
        return self._file(self._ids[filename])

    def _document(self, file: int) -> Document:
        found = self._later.get(file)
        if found is None:
            found = self._later[file] = LaterDocument(self._file(file).filename, self._read)
        return found

    def _read(self, filename: str) -> Document:
        """Read another record: what is asked of its text cannot be told from what the index keeps of it."""
        self._note(of_text(filename))
        file = self._ids[filename]
        if file not in self._loaded:
            self._loaded[file] = self._load(self._file(file).place, filename)
        return self._loaded[file]

    def record(self, filename: str) -> Document:
        """A record by its shown name; an empty one if the index does not know it."""
        found = self._file_called(filename)
        return self._load(found.place if found else "", filename)

    @property
    def documents(self) -> tuple[Document, ...]:
        """All records whose statements count, in their order."""
        rows = self._sql.execute("SELECT id FROM file WHERE is_kept ORDER BY iri, place")
        return tuple(self._document(row[0]) for row in rows.fetchall())

    @documents.setter
    def documents(self, documents: object) -> None:
        """They come from the database."""

    def number(self, document: Document) -> int:
        """Which of the files this is, as blank nodes of the graph of all files are named after."""
        if document is self._here:
            return self._here_id
        found = self._file_called(document.filename)
        return found.id if found else 0

    def graph(self, document: Document) -> Graph:
        """What one record states."""
        return self._mine if document is self._here else document.graph()

    # Nodes

    def _stated(self, node: IRI) -> tuple[_Row, ...]:
        """What each file states of a node, in the order of files, its own first."""
        found = self._rows.get(node.value)
        if found is None:
            rows = self._sql.execute(
                "SELECT file, types, facts FROM subject WHERE key = ?", (key(node.value),)
            )
            found = tuple(
                _Row(file, frozenset(types.split(" ")) if types else frozenset(), facts)
                for file, types, facts in rows.fetchall()
            )
            if len(found) > 1:
                home = node.value.partition("#")[0]
                found = tuple(sorted(found, key=lambda row: self._order(row.file, home)))
            self._rows[node.value] = found
        return found

    def _order(self, file: int, home: str) -> tuple[object, ...]:
        known = self._file(file)
        return (known.iri != home, *known.order)

    def first_file(self, node: IRI) -> int | None:
        """The first file that describes a node."""
        self._note(node.value, TYPES)
        return next((row.file for row in self._stated(node)), None)

    def _is_mine(self, node: Resource) -> bool:
        """Whether the record at hand describes a node, and no other does: what is asked need not be noted."""
        found = self._alone.get(node)
        if found is None:
            if isinstance(node, BlankNode):
                found = _file_of(node) == self._here_id
            else:
                rows = self._stated(node)
                found = len(rows) == 1 and rows[0].file == self._here_id
            self._alone[node] = found
        return found

    def is_only_here(self, node: IRI) -> bool:
        """Whether no other record than the one at hand describes a node."""
        self._note(node.value, FACTS)
        return all(row.file == self._here_id for row in self._stated(node))

    def about(self, node: Resource) -> Iterator[Triple]:
        """All that records and the ontology state of a node."""
        if isinstance(node, BlankNode):
            rows: Iterable[_Row] = [_Row(_file_of(node), frozenset(), None)]
        else:
            self._note(node.value, TYPES | FACTS)
            rows = self._stated(node)
        for row in rows:
            if row.file != self._here_id and row.facts is not None and isinstance(node, IRI):
                facts = self._facts(node, row)
                stated = [(IRI(name), value) for name in facts for value in decoded(facts, name)]
            else:
                graph, mine = self.graph(self._document(row.file)), own_node(node)
                stated = [
                    (name, value)
                    for name in graph.predicates(mine)
                    for value in graph.objects(mine, name.value)
                ]
            for name, value in stated:
                yield shared(Triple(node, name, value), row.file)._replace(subject=node)
        if isinstance(node, IRI):
            yield from self.ontology.members.get(node, ())

    def describing(self, node: Resource) -> Sequence[Document]:
        """The records that state something about a node, its own first."""
        if isinstance(node, BlankNode):
            document = self._document(_file_of(node))
            return [document] if own_node(node) in set(self.graph(document).subjects()) else []
        self._note(node.value, TYPES)
        return [self._document(row.file) for row in self._stated(node)]

    def statements(self, node: Resource, predicate: IRI) -> Iterator[Statement]:
        """What the records state of a property of a node, each value once."""
        if self._is_mine(node) and self._here is not None:
            own, file, document = own_node(node), self._here_id, self._here
            for value in self._mine.objects(own, predicate.value):
                yield Statement(document, shared(Triple(own, predicate, value), file))
            return
        seen: set[Term] = set()
        for file, value in self._values_of(node, predicate):
            triple = shared(Triple(node, predicate, value), file)
            if triple.object not in seen:
                seen.add(triple.object)
                yield Statement(self._document(file), triple._replace(subject=node))

    def _values_of(self, node: Resource, predicate: IRI) -> Iterator[tuple[int, Term]]:
        if isinstance(node, BlankNode):
            file = _file_of(node)
            graph = self.graph(self._document(file))
            yield from ((file, value) for value in graph.objects(own_node(node), predicate.value))
            return
        self._note(node.value, TYPES if predicate == _TYPE else FACTS)
        for row in self._stated(node):
            if row.file == self._here_id:
                yield from ((row.file, value) for value in self._mine.objects(node, predicate.value))
            elif row.facts is not None:
                yield from ((row.file, value) for value in decoded(self._facts(node, row), predicate.value))
            else:
                graph = self.graph(self._document(row.file))
                yield from ((row.file, value) for value in graph.objects(node, predicate.value))

    def _facts(self, node: IRI, row: _Row) -> _Values:
        place = (row.file, node.value)
        found = self._values.get(place)
        if found is None:
            try:
                found = self._values[place] = json.loads(row.facts or "{}")
            except ValueError as error:
                raise UnreadableError(str(error)) from error
        return found

    def types(self, node: Resource) -> frozenset[str]:
        """The classes of a node, as stated in any record or, of a shared concept, in the ontology."""
        if isinstance(node, BlankNode):
            return self.graph(self._document(_file_of(node))).types(own_node(node))
        if not self._is_mine(node):
            self._note(node.value, TYPES)
        return frozenset(self.ontology.types(node)).union(*(row.types for row in self._stated(node)))

    def classes(self, node: Resource) -> frozenset[str] | None:
        """The schema.org classes of a node, near and far; ``None`` if one of its classes is not known."""
        if isinstance(node, IRI) and not self._is_mine(node):
            self._note(node.value, TYPES)
        return super().classes(node)

    def name(self, node: Resource) -> str | None:
        """What an entity is called first."""
        first: dict[int, Term] = {}
        for file, value in self._values_of(node, IRI(SCHEMA + "name")):
            first.setdefault(file, value)
        return next((value.lexical for value in first.values() if isinstance(value, Literal)), None)

    def _names(self, node: Resource) -> frozenset[str]:
        return frozenset(
            folded(value.lexical)
            for predicate in NAMES
            for _, value in self._values_of(node, IRI(predicate))
            if isinstance(value, Literal)
        )

    def is_uncertain(self, node: Resource) -> bool:
        """Say whether the record of a node could not be read whole: little can be said of the node."""
        if isinstance(node, IRI):
            self._note(node.value.partition("#")[0], TYPES)
        return super().is_uncertain(node)

    @property
    def is_complete(self) -> bool:
        """Whether every record could be read whole."""
        self._note(COMPLETE)
        return super().is_complete

    # The other way round

    def statements_to(self, node: Term, predicate: IRI | None = None) -> Iterator[Statement]:
        """What the records state with a term as the value."""
        for file in self._mentioning(node, predicate):
            document = self._document(file)
            for triple in document.triples:
                if predicate in {None, triple.predicate} and shared(triple, file).object == node:
                    yield Statement(document, shared(triple, file))

    def _mentioning(self, node: Term, predicate: IRI | None) -> list[int]:
        """The files that may state something with a term as the value, in their order."""
        if isinstance(node, BlankNode):
            return [_file_of(node)]
        if isinstance(node, Literal) or node.value.startswith(COMMON):
            self._note(ANYTHING)
            return [
                row[0] for row in self._sql.execute("SELECT id FROM file WHERE is_kept ORDER BY iri, place")
            ]
        self._note(node.value, MENTIONS)
        query, values = "SELECT file FROM mention WHERE key = ?", [key(node.value)]
        if predicate:
            query, values = query + " AND predicate = ?", [*values, short(predicate.value)]
        home = node.value.partition("#")[0]
        self._note(home, TYPES)
        at_home = self._sql.execute("SELECT id FROM file WHERE iri = ? AND is_kept", (home,))
        found = {row[0] for row in self._sql.execute(query, values)} | {row[0] for row in at_home}
        return sorted(found, key=lambda file: self._file(file).order)

    def is_linked_elsewhere(self, node: IRI, document: Document) -> bool:
        """Say whether another record than this one links to a node."""
        self._note(node.value, MENTIONS)
        row = self._sql.execute(
            "SELECT 1 FROM mention WHERE key = ? AND file != ? LIMIT 1",
            (key(node.value), self.number(document)),
        ).fetchone()
        return row is not None or super().is_linked_elsewhere(node, document)

    # Names and numbers

    def called(self, name: str) -> Sequence[Named]:
        """The entities that go by a name; case, accents and spacing do not count."""
        question = of_name(folded(name))
        self._note(question)
        rows = self._sql.execute("SELECT file, nth, node, name FROM name WHERE key = ?", (key(question),))
        found = sorted(rows.fetchall(), key=lambda row: (self._file(row[0]).order, row[1]))
        return [Named(IRI(node), written, self._document(file)) for file, _, node, written in found]

    def numbered(self, given: Number) -> Sequence[Borne]:
        """The things that bear a number of another system, in the order of the files."""
        question = of_number(*given)
        self._note(question)
        rows = self._sql.execute("SELECT file FROM number WHERE key = ?", (key(question),))
        found: list[Borne] = []
        for file in sorted((row[0] for row in rows.fetchall()), key=lambda file: self._file(file).order):
            document = self._document(file)
            graph = self.graph(document)
            for triple in document.triples:
                other = number_given(triple, graph)
                if other and other.bare == given:
                    bearers = self.bearers(shared_node(triple.subject, file))
                    named = sorted(node for node in bearers if isinstance(node, IRI))
                    found.extend(Borne(node, document, triple) for node in named)
        return found

    @property
    def newest_year(self) -> int:
        """The newest year that is certain to have come."""
        self._note(NEWEST)
        if self._newest is None:
            asked, self._asked = self._asked, {}
            files = self._sql.execute("SELECT id FROM file WHERE newest IS NOT NULL AND is_kept").fetchall()
            year = max([RELEASED, *(year for row in files for year in self._years(row[0]))])
            self._newest, self._asked = (year, self._asked), asked
        year, questions = self._newest
        for question, side in questions.items():
            self._note(question, side)
        return year

    def _years(self, file: int) -> Iterator[int]:
        document = self._document(file)
        for triple in document.triples:
            happened = HAPPENED.get(triple.predicate.value)
            if happened is not None and isinstance(triple.object, Literal):
                span = years(triple.object)
                node = shared_node(triple.subject, file)
                if span and span.end and (not happened or self.is_kind(node, happened)):
                    yield span.end

    def similar(self, node: IRI) -> IRI | None:
        """The described entity whose identifier looks most like this one, in the same folder or record."""
        question = of_siblings(node.value)
        self._note(question)
        if question not in self._siblings:
            self._siblings[question] = dict(self._beside(node))
        return alike(node, self._siblings[question])

    def _beside(self, node: IRI) -> Iterator[tuple[str, IRI]]:
        mark = "#" if "#" in node.value else "/"
        home = node.value.rpartition(mark)[0]
        for iri in self._around(home, mark):
            start, _, name = iri.rpartition(mark)
            if start == home and (mark == "#" or "#" not in name):
                yield name, IRI(iri)

    def _around(self, home: str, mark: str) -> Iterator[str]:
        """What is described in a folder or record, and perhaps more."""
        yield from (row[0] for row in self._sql.execute("SELECT iri FROM subject WHERE iri IS NOT NULL"))
        if mark == "/":
            found = self._sql.execute(
                "SELECT iri FROM file WHERE is_named_after AND iri > ? AND iri < ?", (f"{home}/", f"{home}0")
            )
            yield from (row[0] for row in found)
            return
        for (file,) in self._sql.execute("SELECT id FROM file WHERE iri = ? AND is_kept", (home,)).fetchall():
            graph = self.graph(self._document(file))
            yield from (node.value for node in graph.subjects() if isinstance(node, IRI))


def _file_of(node: BlankNode) -> int:
    return int(node.label.partition(".")[0])
