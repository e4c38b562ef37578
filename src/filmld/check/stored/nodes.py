"""What records state of nodes, answered from the database, with a note of what was asked."""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from typing import Final, TypeVar, cast

from filmld.check.index import NAMES, Index, Statement, folded
from filmld.check.nodes import own_node, shared
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.stored.database import Case, Database
from filmld.check.stored.extract import decoded
from filmld.check.stored.filenames import File, Filenames, Homes
from filmld.check.stored.keys import (
    ANY,
    COMPLETE,
    FACTS,
    TYPES,
    of_text,
)
from filmld.check.stored.later import LaterDocument
from filmld.check.stored.rows import Row, Rows
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import RDF, SCHEMA

_TYPE: Final = IRI(RDF + "type")
_Answer = TypeVar("_Answer")
_MOST: Final = 20_000
"""So many answers are remembered before they are thought to be too many."""


class StoredNodes(Index):
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
        self._files = Filenames(self._sql)
        self._rows = Rows(self._sql, self._files)
        self.homes = Homes(self._files)
        self._asked: dict[str, int] = {}
        self._here: Document | None = None
        self._here_id = 0
        self._mark = "0."
        self._home = ""
        self._mine: Graph = Graph()
        self._own: frozenset[Resource] = frozenset()
        self._elsewhere: frozenset[Resource] = frozenset()
        self._linked_to: frozenset[Resource] = frozenset()
        self._later: dict[int, Document] = {}
        self._remembered: dict[object, object] = {}
        self._types: dict[Resource, frozenset[str]] = {}
        self.renew()

    def renew(self) -> None:
        """Forget remembered answers, since the database has changed."""
        rows = self._sql.execute("SELECT iri FROM file WHERE NOT is_sound")
        self._unread = frozenset(row[0] for row in rows)
        self._files.clear()
        self._rows.clear()
        self._types.clear()
        self._loaded: dict[int, Document] = {}
        self._siblings: dict[str, list[str]] = {}
        self._newest: tuple[int, dict[str, int]] | None = None
        self._classes.clear()

    def begin(self, document: Document, file: int, case: Case | None = None) -> None:
        """Turn to a record; the questions from here on are its own.

        What it mentions of this archive is fetched at once.

        Args:
            document: The record.
            file: Its number.
            case: What is known of its file, if it need not be looked up.
        """
        if max(len(self._rows), len(self._classes), len(self._files), len(self._types)) > _MOST:
            self.renew()
        if len(self._loaded) > _MOST // 100:
            self._loaded.clear()
        if case is not None:
            self._files.add(File(file, case.filename, case.iri, case.place))
        self._turn(document, document.graph(), file)
        self._later = {file: document}
        subjects = frozenset(self._mine.subjects())
        own = [node.value for node in subjects if isinstance(node, IRI)]
        self._own = subjects
        self._elsewhere = frozenset(map(IRI, self._rows.elsewhere(own, file)))
        self._linked_to = frozenset(map(IRI, self._rows.mentioned(own, file)))
        base = self.base
        self._rows.fetch(
            {
                value[0]
                for _, _, value in document.triples
                if type(value) is IRI and value not in subjects and value[0].startswith(base)
            }
        )

    def begin_nowhere(self) -> None:
        """Turn to all records at once."""
        self._turn(None, Graph(), 0)
        self._later = {}
        self._own = self._elsewhere = self._linked_to = frozenset()

    def _turn(self, document: Document | None, graph: Graph, file: int) -> None:
        self._asked = {}
        self._remembered = {}
        self._here, self._here_id, self._mine = document, file, graph
        self._mark = f"{file}."
        self._home = self._files.numbered(file).iri if document is not None and file else ""
        self._pointing: dict[Term, list[Triple]] | None = None

    def asked(self) -> dict[int, int]:
        """What the record has asked since :meth:`begin`."""
        mine, number = self._own, self._rows.key
        return {number(node): sides for node, sides in self._asked.items() if IRI(node) not in mine}

    def remember(self, question: Hashable, answer: Callable[[], _Answer]) -> _Answer:
        """What was worked out for the record before, or else is worked out now."""
        if question not in self._remembered:
            self._remembered[question] = answer()
        return cast("_Answer", self._remembered[question])

    def _note(self, question: str, side: int = ANY) -> None:
        self._asked[question] = self._asked.get(question, 0) | side

    # Files

    def _document(self, file: int) -> Document:
        found = self._later.get(file)
        if found is None:
            found = self._later[file] = LaterDocument(self._files.numbered(file).filename, self._read)
        return found

    def _read(self, filename: str) -> Document:
        """Read another record: what is asked of its text cannot be told from what the index keeps of it."""
        self._note(of_text(filename))
        found = self._files.called(filename)
        if found is None:
            raise UnreadableError
        if found.id not in self._loaded:
            self._loaded[found.id] = self._load(found.place, filename)
        return self._loaded[found.id]

    def record(self, filename: str) -> Document:
        """A record by its shown name; an empty one if the index does not know it."""
        found = self._files.called(filename)
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
        found = self._files.called(document.filename)
        return found.id if found else 0

    def graph(self, document: Document) -> Graph:
        """What one record states."""
        return self._mine if document is self._here else document.graph()

    # Nodes

    def _stated(self, node: IRI) -> tuple[Row, ...]:
        """What each file states of a node, in the order of files, its own first."""
        return self._rows.of(node)

    def first_file(self, node: IRI) -> int | None:
        """The first file that describes a node."""
        if self._is_mine(node):
            return self._here_id
        self._note(node.value, TYPES)
        return next((row.file for row in self._stated(node)), None)

    def _is_mine(self, node: Resource) -> bool:
        """Whether the record at hand describes a node, and no other does: what is asked need not be noted."""
        if type(node) is IRI:
            return node in self._own and node not in self._elsewhere
        return node[0].startswith(self._mark)

    def is_alone(self, document: Document) -> bool:
        """Say whether no other record describes anything that this one describes."""
        return not self._elsewhere if document is self._here else super().is_alone(document)

    def is_only_here(self, node: IRI) -> bool:
        """Whether no other record than the one at hand describes a node."""
        if self._is_mine(node):
            return True
        self._note(node.value, FACTS)
        return all(row.file == self._here_id for row in self._stated(node))

    def about(self, node: Resource) -> Iterator[Triple]:
        """All that records and the ontology state of a node."""
        if isinstance(node, BlankNode):
            rows: Iterable[Row] = [Row(file_of(node), frozenset(), None)]
        else:
            self._note(node.value, TYPES | FACTS)
            rows = self._stated(node)
        for row in rows:
            if row.file != self._here_id and row.facts is not None and isinstance(node, IRI):
                facts = self._rows.facts(node, row)
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
            document = self._document(file_of(node))
            return [document] if own_node(node) in set(self.graph(document).subjects()) else []
        if self._here is not None and self._is_mine(node):
            return [self._here]
        self._note(node.value, TYPES)
        return [self._document(row.file) for row in self._stated(node)]

    def is_described(self, node: IRI) -> bool:
        """Say whether any record states anything about a node."""
        if node in self._own:
            return True
        self._note(node.value, TYPES)
        return bool(self._rows.of(node))

    def statements(self, node: Resource, predicate: IRI) -> Iterator[Statement]:
        """What the records state of a property of a node, each value once."""
        document = self._here
        if document is not None and self._is_mine(node):
            values = self._mine.properties(own_node(node)).get(predicate)
            if not values:
                return iter(())
            return iter([Statement(document, self._shared(node, predicate, value)) for value in values])
        return self._gathered(node, predicate)

    def values(self, node: Resource, predicate: IRI) -> Sequence[Term]:
        """The values of a property of a node, each once."""
        if type(node) is IRI and node not in self._own:
            rows = self._rows.of(node)
            if not rows or (len(rows) == 1 and rows[0].facts is not None):
                self._note(node.value, TYPES if predicate == _TYPE else FACTS)
                stated = self._rows.terms(node, rows[0], predicate) if rows else ()
                if not any(type(value) is BlankNode for value in stated):
                    return stated
        return super().values(node, predicate)

    def _shared(self, node: Resource, predicate: IRI, value: Term) -> Triple:
        """A statement of the record at hand as it stands in the graph of all files."""
        if type(value) is BlankNode:
            value = BlankNode(self._mark + value.label)
        return Triple(node, predicate, value)

    def _gathered(self, node: Resource, predicate: IRI) -> Iterator[Statement]:
        seen: set[Term] = set()
        for file, value in self._values_of(node, predicate):
            triple = shared(Triple(node, predicate, value), file)
            if triple.object not in seen:
                seen.add(triple.object)
                yield Statement(self._document(file), triple._replace(subject=node))

    def _values_of(self, node: Resource, predicate: IRI) -> Iterator[tuple[int, Term]]:
        if isinstance(node, BlankNode):
            file = file_of(node)
            graph = self.graph(self._document(file))
            yield from ((file, value) for value in graph.objects(own_node(node), predicate.value))
            return
        self._note(node.value, TYPES if predicate == _TYPE else FACTS)
        for row in self._stated(node):
            if row.file == self._here_id:
                yield from ((row.file, value) for value in self._mine.objects(node, predicate.value))
            elif row.facts is not None:
                yield from ((row.file, value) for value in self._rows.terms(node, row, predicate))
            else:
                graph = self.graph(self._document(row.file))
                yield from ((row.file, value) for value in graph.objects(node, predicate.value))

    def types(self, node: Resource) -> frozenset[str]:
        """The classes of a node, as stated in any record or, of a shared concept, in the ontology."""
        if type(node) is IRI and node not in self._own:
            self._note(node.value, TYPES)
        found = self._types.get(node)
        if found is None:
            found = self._types[node] = self._types_of(node)
        return found

    def _types_of(self, node: Resource) -> frozenset[str]:
        if isinstance(node, BlankNode):
            return self.graph(self._document(file_of(node))).types(own_node(node))
        if self._is_mine(node) and node not in self.ontology.members:
            return self._mine.types(node)
        return frozenset(self.ontology.types(node)).union(*(row.types for row in self._stated(node)))

    def classes(self, node: Resource) -> frozenset[str] | None:
        """The schema.org classes of a node, near and far; ``None`` if one of its classes is not known."""
        if type(node) is IRI and node not in self._own:
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


def file_of(node: BlankNode) -> int:
    """The file that a nameless node is from."""
    return int(node.label.partition(".")[0])
