"""What records state with a node as the value, answered from the database."""

from collections.abc import Iterator

from filmld.check.index import Statement
from filmld.check.nodes import own, shared
from filmld.check.stored.extract import COMMON
from filmld.check.stored.keys import (
    ANYTHING,
    MENTIONS,
    TYPES,
    short,
)
from filmld.check.stored.nodes import StoredNodes, file_of
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, BlankNode, Literal, Term


class StoredLinks(StoredNodes):
    """What :class:`StoredNodes` answers, and who links to a node."""

    def statements_to(self, node: Term, predicate: IRI | None = None) -> Iterator[Statement]:
        """What the records state with a term as the value."""
        if self._is_linked_here_alone(node):
            return iter(self._links_here(node, predicate))
        return self._statements_to(node, predicate)

    def _is_linked_here_alone(self, node: Term) -> bool:
        """Whether it is certain that no other record than the one at hand links to a node of its own."""
        if type(node) is not IRI or node not in self._own or node in self._linked_to:
            return False
        return self._here is not None and node.value.partition("#")[0] == self._home

    def _links_here(self, node: Term, predicate: IRI | None) -> Iterator[Statement]:
        if self._here is None:
            return
        if self._pointing is None:
            self._pointing = {}
            for triple in self._here.triples:
                if type(triple.object) is IRI:
                    self._pointing.setdefault(triple.object, []).append(triple)
        for triple in self._pointing.get(node, ()):
            if predicate in {None, triple.predicate}:
                yield Statement(self._here, shared(triple, self._here_id))

    def _statements_to(self, node: Term, predicate: IRI | None) -> Iterator[Statement]:
        wanted = own(node)
        for file in self._mentioning(node, predicate):
            document = self._document(file)
            for triple in document.triples:
                if triple.object == wanted and predicate in {None, triple.predicate}:
                    found = shared(triple, file)
                    if found.object == node:
                        yield Statement(document, found)

    def _mentioning(self, node: Term, predicate: IRI | None) -> list[int]:
        """The files that may state something with a term as the value, in their order."""
        if isinstance(node, BlankNode):
            return [file_of(node)]
        if isinstance(node, Literal) or node.value.startswith(COMMON):
            self._note(ANYTHING)
            return [
                row[0] for row in self._sql.execute("SELECT id FROM file WHERE is_kept ORDER BY iri, place")
            ]
        self._note(node.value, MENTIONS)
        query, values = "SELECT file FROM mention WHERE key = ?", [self._rows.key(node.value)]
        if predicate:
            query, values = query + " AND predicate = ?", [*values, short(predicate.value)]
        home = node.value.partition("#")[0]
        self._note(home, TYPES)
        found = {row[0] for row in self._sql.execute(query, values)} | self._at_home(home)
        if len(found) == 1:
            return list(found)
        return sorted(found, key=lambda file: self._files.numbered(file).order)

    def _at_home(self, home: str) -> set[int]:
        """The files of a main entity."""
        rows = self._sql.execute("SELECT id FROM file WHERE iri = ? AND is_kept", (home,))
        return {row[0] for row in rows}

    def is_linked_elsewhere(self, node: IRI, document: Document) -> bool:
        """Say whether another record than this one links to a node."""
        if document is self._here and self._is_linked_here_alone(node):
            return False
        self._note(node.value, MENTIONS)
        row = self._sql.execute(
            "SELECT 1 FROM mention WHERE key = ? AND file != ? LIMIT 1",
            (self._rows.key(node.value), self.number(document)),
        ).fetchone()
        return row is not None or super().is_linked_elsewhere(node, document)
