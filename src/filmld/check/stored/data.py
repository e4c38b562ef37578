"""What shapes ask of a record, and of what it links to, answered from the record and the index."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Final

from filmld.check.nodes import shared
from filmld.check.shapes.compiled.data import SUBCLASS, TYPE, same
from filmld.check.stored.index import StoredIndex
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple

_NONE: Final[tuple[Resource, ...]] = ()

_Properties = dict[IRI, dict[Term, Term]]


class Classes:
    """Classes with all that are above them, as the ontology has it.

    Args:
        subclasses: The statements that say which class is a kind of which.
    """

    def __init__(self, subclasses: Iterable[Triple]) -> None:
        self._above: dict[Term, set[Term]] = {}
        for subject, predicate, value in subclasses:
            if predicate == SUBCLASS:
                self._above.setdefault(subject, set()).add(value)
        self._known: dict[frozenset[str], frozenset[Term]] = {}

    def of(self, types: frozenset[str]) -> frozenset[Term]:
        """The classes of what has these types, near and far."""
        found = self._known.get(types)
        if found is None:
            found = self._known[types] = self._reachable(map(IRI, types))
        return found

    def _reachable(self, start: Iterable[Term]) -> frozenset[Term]:
        found = set(start)
        waiting = list(found)
        while waiting:
            further = self._above.get(waiting.pop(), set()) - found
            found |= further
            waiting += further
        return frozenset(found)


class StoredData:
    """One record amid all others.

    It answers as the graph of all records would (:class:`filmld.check.shapes.compiled.data.Whole`), to
    questions that begin at what the record describes.

    Args:
        index: The index, turned to the record.
        classes: The classes of the ontology.
        document: The record.
        file: Its number.
    """

    def __init__(self, index: StoredIndex, classes: Classes, document: Document, file: int) -> None:
        self._index = index
        self._classes_above = classes
        self._file = file
        self._mine: dict[Term, _Properties] = {}
        self._merged: dict[Term, _Properties] = {}
        for triple in document.triples:
            _add(self._mine, shared(triple, file))

    def targets(self) -> Iterator[Term]:
        """The nodes that this record is the first to describe."""
        for node in self._mine:
            if not isinstance(node, IRI) or self._index.first_file(node) == self._file:
                yield node

    def objects(self, node: Term, predicate: IRI) -> Collection[Term]:
        """The values of a property of a node, each once."""
        values = self._of(node).get(predicate)
        return _NONE if values is None else values.values()

    def properties(self, node: Term) -> Mapping[IRI, Mapping[Term, Term]]:
        """All properties of a node, with their values."""
        return self._of(node)

    def subjects(self, predicate: IRI, node: Term) -> Collection[Resource]:
        """What has a node as the value of a property."""
        found = self._index.statements_to(node, predicate)
        return list(dict.fromkeys(statement.triple.subject for statement in found))

    def classes(self, node: Term) -> frozenset[Term]:
        """The classes of a node, near and far."""
        if isinstance(node, Literal):
            return frozenset()
        if isinstance(node, BlankNode) and node in self._mine:
            types = self._mine[node].get(TYPE, {})
            return self._classes_above.of(frozenset(one.value for one in types if isinstance(one, IRI)))
        return self._classes_above.of(self._index.types(node))

    def around(self, node: Term, steps: int | None) -> Iterator[Triple]:
        """The statements of a node, and those with it as the value: queries that look further come elsewhere.

        Raises:
            ValueError: More is asked for.
        """
        if steps is None or steps > 1:
            raise ValueError(steps)
        if steps == 0 or isinstance(node, Literal):
            return
        for predicate, values in self._of(node).items():
            for value in values.values():
                yield Triple(node, predicate, value)
        for statement in self._index.statements_to(node):
            yield statement.triple

    def _of(self, node: Term) -> _Properties:
        if isinstance(node, Literal):
            return {}
        if isinstance(node, BlankNode) and node in self._mine:
            return self._mine[node]
        found = self._merged.get(node)
        if found is None:
            found = self._merged[node] = self._gathered(node)
        return found

    def _gathered(self, node: Resource) -> _Properties:
        if isinstance(node, IRI) and self._index.is_only_here(node):
            mine = self._mine.get(node, {})
            if node not in self._index.ontology.members:
                return mine
        found: dict[Term, _Properties] = {}
        for triple in self._index.about(node):
            _add(found, triple)
        return found.get(node, {})


def _add(found: dict[Term, _Properties], triple: Triple) -> None:
    properties = found.setdefault(triple.subject, {})
    properties.setdefault(triple.predicate, {}).setdefault(same(triple.object), triple.object)
