"""What the records of an archive say together: who is described where, of what kind, by what name."""

import unicodedata
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import Final, TypeVar

from filmld.check.authorities import Number
from filmld.check.authorities import number as number_given
from filmld.check.closest import closest
from filmld.check.nodes import own_node, shared, shared_node
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Kind, Terms
from filmld.tuples import NamedTuple
from filmld.turtle.dates import years
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import FLD, SCHEMA, parted

_Answer = TypeVar("_Answer")
_NO_LINKS = frozenset({"PropertyValue", "QuantitativeValue", "StructuredValue", "Thing"})
"""Classes whose things are often written as plain values."""

NAMES = (SCHEMA + "name", SCHEMA + "alternateName", FLD + "transcribedForm")


_IDENTIFIER = IRI(SCHEMA + "identifier")

RELEASED: Final = 2026
"""The year of the release of schema.org that filmld knows: this one has come."""

HAPPENED: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        SCHEMA + "datePublished": frozenset({"Review"}),
        SCHEMA + "startDate": frozenset({"ScreeningEvent"}),
        SCHEMA + "sdDatePublished": frozenset(),
        SCHEMA + "dateModified": frozenset(),
    }
)
"""Dates of what has happened when it is recorded, and of which things; of any if none is named."""

_ALIKE = 0.8
"""How alike identifiers must be for one to be taken for a slip of the other."""


class Named(NamedTuple):
    """An entity that goes by a name."""

    node: IRI
    name: str
    document: Document


class Statement(NamedTuple):
    """A statement of the graph of all files, and the file that makes it."""

    document: Document
    triple: Triple


class Borne(NamedTuple):
    """A number of another system, the thing that bears it, and where a record says so."""

    node: IRI
    document: Document
    triple: Triple


class Index:
    """Answers what a single record cannot: which entities there are, of which class, called what.

    Blank nodes are those of the graph of all files (:mod:`filmld.check.nodes`).

    Args:
        documents: All records of the archive.
        base: The IRI under which the archive's own entities live.
        terms: What schema.org defines.
        unread: The main entities of records that could not be read whole, by their IRIs.
        ontology: What the archive's ontologies define.
        homes: The IRI of the main entity of each file, by the file's shown name.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        base: str,
        terms: Terms,
        unread: Iterable[str] = (),
        homes: Mapping[str, str] = MappingProxyType({}),
        ontology: Ontology | None = None,
    ) -> None:
        given = tuple(documents)
        self.documents = given
        self.base = base
        self.terms = terms
        self.homes = homes
        self.ontology = ontology or Ontology.of(())
        self._unread = frozenset(unread)
        self._numbers = {document.filename: number for number, document in enumerate(given)}
        self._graphs = {document.filename: document.graph() for document in given}
        self._by_subject: dict[Resource, list[Document]] = {}
        self._by_name: dict[str, list[Named]] = {}
        self._classes: dict[Resource, frozenset[str] | None] = {}
        self._above: dict[frozenset[str], frozenset[str] | None] = {}
        self._linked: dict[IRI, frozenset[str]] = {}
        self._meant: dict[IRI, frozenset[str]] = {}
        self._is_meant: dict[tuple[IRI, frozenset[str]], bool] = {}
        for number, document in enumerate(given):
            self._add(document, number)

    def _add(self, document: Document, number: int) -> None:
        graph = self._graphs[document.filename]
        for subject in graph.subjects():
            self._by_subject.setdefault(shared_node(subject, number), []).append(document)
            if isinstance(subject, BlankNode):
                continue
            for predicate in NAMES:
                for name in graph.literals(subject, predicate):
                    named = Named(subject, name.lexical, document)
                    self._by_name.setdefault(folded(name.lexical), []).append(named)

    def number(self, document: Document) -> int:
        """Which of the files this is, as blank nodes of the graph of all files are named after."""
        return self._numbers[document.filename]

    def graph(self, document: Document) -> Graph:
        """What one record states."""
        return self._graphs[document.filename]

    def describing(self, node: Resource) -> Sequence[Document]:
        """The records that state something about a node, its own first."""
        documents = self._by_subject.get(node, [])
        if len(documents) < 2 or isinstance(node, BlankNode):  # noqa: PLR2004  one record needs no order
            return documents
        home = node.value.partition("#")[0]
        return sorted(documents, key=lambda document: self.homes.get(document.filename) != home)

    def is_alone(self, document: Document) -> bool:
        """Say whether no other record describes anything that this one describes."""
        subjects = self.graph(document).subjects()
        return all(len(self.describing(shared_node(node, self.number(document)))) == 1 for node in subjects)

    def remember(self, question: Hashable, answer: Callable[[], _Answer]) -> _Answer:  # noqa: ARG002  for others
        """What was worked out for the record before, or else is worked out now."""
        return answer()

    def triples(self) -> Iterator[Triple]:
        """All that the records state, as one graph."""
        for document in self.documents:
            for triple in document.triples:
                yield shared(triple, self.number(document))

    def concepts(self) -> Iterator[Triple]:
        """What the ontology states of the concepts that records link to: roles, countries, colours."""
        linked = {
            triple.object
            for document in self.documents
            for triple in document.triples
            if isinstance(triple.object, IRI)
        }
        for concept in sorted(linked & self.ontology.members.keys()):
            yield from self.ontology.members[concept]

    def statements(self, node: Resource, predicate: IRI) -> Iterator[Statement]:
        """What the records state of a property of a node, each value once."""
        seen: set[Term] = set()
        for document in self.describing(node):
            for value in self.graph(document).objects(own_node(node), predicate.value):
                triple = shared(Triple(node, predicate, value), self._numbers[document.filename])
                if triple.object not in seen:
                    seen.add(triple.object)
                    yield Statement(document, triple._replace(subject=node))

    def values(self, node: Resource, predicate: IRI) -> Sequence[Term]:
        """The values of a property of a node, each once."""
        return [statement.triple.object for statement in self.statements(node, predicate)]

    def is_given_once(self, given: Number) -> bool:  # noqa: ARG002  known only where it is cheap to know
        """Say whether it is certain that one statement alone gives a number of another system."""
        return False

    def statements_to(self, node: Term, predicate: IRI | None = None) -> Iterator[Statement]:
        """What the records state with a term as the value."""
        for statement in self._by_object.get(node, ()):
            if predicate in {None, statement.triple.predicate}:
                yield statement

    @cached_property
    def _by_object(self) -> dict[Term, list[Statement]]:
        found: dict[Term, list[Statement]] = {}
        for number, document in enumerate(self.documents):
            for triple in document.triples:
                statement = Statement(document, shared(triple, number))
                found.setdefault(statement.triple.object, []).append(statement)
        return found

    def types(self, node: Resource) -> frozenset[str]:
        """The classes of a node, as stated in any record or, of a shared concept, in the ontology."""
        documents = self._by_subject.get(node, ())
        shared_concept = self.ontology.types(node) if isinstance(node, IRI) else ()
        stated = (self.graph(document).types(own_node(node)) for document in documents)
        return frozenset(shared_concept).union(*stated)

    def is_kind(self, node: Resource, classes: frozenset[str]) -> bool:
        """Say whether a node is of any of these schema.org classes, by itself or by a class above its own.

        Args:
            node: The node.
            classes: Names of classes, without ``https://schema.org/``.
        """
        return not classes.isdisjoint(self.classes(node) or ())

    def classes(self, node: Resource) -> frozenset[str] | None:
        """The schema.org classes of a node, near and far; ``None`` if one of its classes is not known."""
        if node not in self._classes:
            self._classes[node] = self.classes_of(self.types(node))
        return self._classes[node]

    def classes_of(self, types: frozenset[str]) -> frozenset[str] | None:
        """The schema.org classes of what has these types, near and far; ``None`` if one is not known."""
        if types not in self._above:
            self._above[types] = self._worked_out(types)
        return self._above[types]

    def _worked_out(self, types: frozenset[str]) -> frozenset[str] | None:
        found: set[str] = set()
        waiting = list(types)
        seen: set[str] = set()
        while waiting:
            iri = waiting.pop()
            name = iri.removeprefix(SCHEMA)
            if iri in seen:
                continue
            seen.add(iri)
            if iri.startswith(SCHEMA) and self.terms.kind(name) is Kind.CLASS:
                found |= {name, *self.terms.ancestors(name)}
            elif parents := self.ontology.parents(iri):
                waiting += parents
            elif iri in types:
                return None
        return frozenset(found)

    def linked_kinds(self, predicate: IRI) -> frozenset[str]:
        """The classes that a schema.org property links to, if it takes nothing but links."""
        found = self._linked.get(predicate)
        if found is None:
            found = self._linked[predicate] = self._kinds_linked(predicate)
        return found

    def _kinds_linked(self, predicate: IRI) -> frozenset[str]:
        if not predicate.value.startswith(SCHEMA):
            return frozenset()
        ranges = frozenset(self.terms.ranges(predicate.value.removeprefix(SCHEMA)))
        takes_more = any(
            name in _NO_LINKS
            or self.terms.kind(name) is Kind.DATATYPE
            or "DataType" in self.terms.ancestors(name)
            for name in ranges
        )
        return frozenset() if takes_more else ranges

    def is_meant_for(self, predicate: IRI, classes: frozenset[str]) -> bool:
        """Say whether a property is meant for things of these classes; one of others than schema.org is."""
        known = (predicate, classes)
        found = self._is_meant.get(known)
        if found is None:
            meant_for = self.meant_for(predicate)
            found = self._is_meant[known] = not meant_for or not classes.isdisjoint(meant_for)
        return found

    def meant_for(self, predicate: IRI) -> frozenset[str]:
        """The schema.org classes that a schema.org property is meant for."""
        if not predicate.value.startswith(SCHEMA):
            return frozenset()
        found = self._meant.get(predicate)
        if found is None:
            found = self._meant[predicate] = frozenset(
                self.terms.domains(predicate.value.removeprefix(SCHEMA))
            )
        return found

    def called(self, name: str) -> Sequence[Named]:
        """The entities that go by a name; case, accents and spacing do not count."""
        return self._by_name.get(folded(name), ())

    def share_a_name(self, one: Resource, other: Resource) -> bool:
        """Say whether two things go by one and the same name."""
        return not self._names(one).isdisjoint(self._names(other))

    def _names(self, node: Resource) -> frozenset[str]:
        return frozenset(
            folded(name.lexical)
            for document in self.describing(node)
            for predicate in NAMES
            for name in self.graph(document).literals(own_node(node), predicate)
        )

    def numbered(self, given: Number) -> Sequence[Borne]:
        """The things that bear a number of another system, in the order of the files."""
        return self._by_number.get(given, ())

    def bearers(self, node: Resource) -> frozenset[Resource]:
        """Whose a number is: the thing itself, or whatever has this as its identifier."""
        found = {statement.triple.subject for statement in self.statements_to(node, _IDENTIFIER)}
        return frozenset(found or {node})

    @cached_property
    def _by_number(self) -> dict[Number, list[Borne]]:
        found: dict[Number, list[Borne]] = {}
        for file, document in enumerate(self.documents):
            for triple in document.triples:
                given = number_given(triple, self.graph(document))
                if given:
                    bearers = self.bearers(shared_node(triple.subject, file))
                    named = sorted(node for node in bearers if isinstance(node, IRI))
                    found.setdefault(given.bare, []).extend(Borne(node, document, triple) for node in named)
        return found

    @cached_property
    def newest_year(self) -> int:
        """The newest year that is certain to have come: of a review, a screening, a record, or filmld itself.

        No clock is asked, so that the same archive gets the same findings at any time.
        """
        found = [RELEASED]
        for document in self.documents:
            for triple in document.triples:
                happened = HAPPENED.get(triple.predicate.value)
                if happened is None or not isinstance(triple.object, Literal):
                    continue
                span = years(triple.object)
                node = shared_node(triple.subject, self.number(document))
                if span and span.end and (not happened or self.is_kind(node, happened)):
                    found.append(span.end)
        return max(found)

    def name(self, node: Resource) -> str | None:
        """What an entity is called first."""
        for document in self.describing(node):
            value = self.graph(document).value(node, SCHEMA + "name")
            if isinstance(value, Literal):
                return value.lexical
        return None

    def is_own(self, node: IRI) -> bool:
        """Say whether an IRI is one that this archive mints."""
        return node.value.startswith(self.base)

    def is_uncertain(self, node: Resource) -> bool:
        """Say whether the record of a node could not be read whole: little can be said of the node."""
        return isinstance(node, IRI) and node.value.partition("#")[0] in self._unread

    @property
    def is_complete(self) -> bool:
        """Whether every record could be read whole."""
        return not self._unread

    def is_missing(self, node: IRI) -> bool:
        """Say whether an IRI is the archive's own, and no record describes it."""
        return self.is_own(node) and not self.is_described(node) and not self.is_uncertain(node)

    def is_described(self, node: IRI) -> bool:
        """Say whether any record states anything about a node."""
        return bool(self.describing(node))

    def similar(self, node: IRI) -> IRI | None:
        """The described entity whose identifier looks most like this one, in the same folder or record."""
        place, _ = parted(node.value)
        parts = (parted(subject.value) for subject in self._by_subject if isinstance(subject, IRI))
        return alike(node, [name for home, name in parts if home == place])

    def is_linked_elsewhere(self, node: IRI, document: Document) -> bool:
        """Say whether another record than this one links to a node."""
        return any(statement.document is not document for statement in self.statements_to(node))

    def is_to_come(self, year: int, ahead: int) -> bool:
        """Say whether a year is more than so many years after anything that has come.

        Hardly any is, so the records are asked only about years after the release that filmld knows.
        """
        return year > RELEASED + ahead and year > self.newest_year + ahead


def alike(node: IRI, names: Collection[str]) -> IRI | None:
    """The node in the folder or record of another whose name is most like that one's.

    Args:
        node: The other.
        names: The last parts of all in this folder or record.
    """
    place, name = parted(node.value)
    close = closest(name, names, _ALIKE)
    return IRI(place + close) if close else None


def folded(name: str) -> str:
    """A name as it is compared: without case, accents, or differences of spacing.

    >>> folded("Leena  KILPELÄINEN")
    'leena kilpelainen'
    """
    if name.isascii():
        return " ".join(name.lower().split())
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(char for char in decomposed if not unicodedata.combining(char)).split())
