"""What other records may want to know of a file: a pure function of its bytes and its place."""

import json
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from filmld.check.authorities import GIVING
from filmld.check.authorities import number as number_given
from filmld.check.index import HAPPENED, NAMES, RELEASED, folded
from filmld.check.stored.keys import NARROW, SUBCLASSES, key, marks_of, of_name, of_number, short
from filmld.tuples import NamedTuple
from filmld.turtle.dates import years
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Term
from filmld.vocab import FLD, RDF, RDFS, SCHEMA

TYPE: Final = RDF + "type"
SUBCLASS: Final = RDFS + "subClassOf"
COMMON: Final = (SCHEMA, FLD)
"""Where the classes come from of which nearly all things are; links to them are not kept."""
ADDRESS: Final = "filmld:"
"""A comment to filmld begins so."""
LONGEST: Final = 1200
"""The longest description that is kept, in bytes of N-Triples.

Who asks for a longer one is sent to the record, and so is who asks for what is inside a record, such as a
credit: nearly all that is described is, and hardly anybody asks for it from elsewhere.
"""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

Encoded: TypeAlias = str | list[str]
"""An IRI as it is, a blank node as a list of its label, a literal as a list of its parts."""


class Subject(NamedTuple):
    """What a file states of one IRI; a tuple, for there are many, and they go from process to process.

    Attributes:
        key: The number of the IRI.
        iri: The IRI, where it is neither that of the record's main entity nor one inside the record.
        types: Its classes, in order, parted by blanks.
        mark: Differs where anything else that is stated differs (:func:`filmld.check.stored.keys.marks_of`).
        facts: The statements, as JSON; none if they are long, or of what is inside the record.
    """

    key: int
    iri: str | None
    types: str
    mark: int
    facts: str | None


class Facts(NamedTuple):
    """What other records may want to know of a file.

    Attributes:
        subjects: The IRIs that it describes, in the order of the text.
        mentions: The IRIs that it links to, with the property, and a mark of who links.
        names: Who goes by which name in it: the number of the name, the IRI, the name as written.
        numbers: The numbers of other systems that it gives.
        newest: The newest year that it says has come, where that is news.
        prefixes: What it declares, as JSON.
        is_named_after: Whether it describes the main entity that its name says.
        is_addressed: Whether it may hold a comment to filmld.
    """

    subjects: tuple[Subject, ...] = ()
    mentions: frozenset[tuple[int, int, int]] = frozenset()
    names: tuple[tuple[int, str, str], ...] = ()
    numbers: frozenset[int] = frozenset()
    newest: int | None = None
    prefixes: str = "{}"
    is_named_after: bool = False
    is_addressed: bool = False


NOTHING: Final = Facts()
"""Of a file that cannot be read."""


class _Links:
    """Who links to each IRI by each property."""

    def __init__(self, home: str) -> None:
        self._home = home
        self._found: dict[tuple[str, str], list[str]] = {}

    def add(self, subject: str, predicate: str, target: str) -> None:
        is_everywhere = predicate == TYPE and target.startswith(COMMON)
        if not is_everywhere and target.partition("#")[0] != self._home:
            self._found.setdefault((target, predicate), []).append(subject)

    def mentions(self) -> Iterator[tuple[int, int, int]]:
        for (target, predicate), subjects in self._found.items():
            yield key(target), short(predicate), sum(map(key, subjects)) % NARROW


def extract(document: Document, home: str) -> Facts:
    """Take out of a record what others may ask for.

    Args:
        document: The record.
        home: The IRI of its main entity. Links inside a record are for the record itself to know.
    """
    graph = document.graph()
    links = _Links(home)
    numbers: set[int] = set()
    newest: int | None = None
    for triple in document.triples:
        subject, predicate, value = triple
        if isinstance(value, IRI):
            links.add(subject[0], predicate.value, value.value)
        elif isinstance(value, Literal) and predicate.value in HAPPENED:
            span = years(value)
            if span and span.end and span.end > RELEASED:
                newest = max(newest or 0, span.end)
        if predicate.value == SUBCLASS:
            numbers.add(key(SUBCLASSES))
        given = number_given(triple, graph) if predicate.value in GIVING else None
        if given:
            numbers.add(key(of_number(*given.bare)))
    return Facts(
        subjects=tuple(_subject(node, graph, home) for node in graph.subjects() if isinstance(node, IRI)),
        mentions=frozenset(links.mentions()),
        names=tuple(_names(graph)),
        numbers=frozenset(numbers),
        newest=newest,
        is_named_after=any(node == IRI(home) for node in graph.subjects()),
        prefixes=_prefixes(document),
        is_addressed=ADDRESS in document.text,
    )


def of_text_alone(document: Document) -> Facts:
    """What counts of a record whose statements do not."""
    return Facts(prefixes=_prefixes(document), is_addressed=ADDRESS in document.text)


def _prefixes(document: Document) -> str:
    return json.dumps(dict(document.prefixes), sort_keys=True)


def _names(graph: Graph) -> Iterator[tuple[int, str, str]]:
    for node in graph.subjects():
        if isinstance(node, IRI):
            for predicate in NAMES:
                for name in graph.literals(node, predicate):
                    yield key(of_name(folded(name.lexical))), node.value, name.lexical


def _subject(node: IRI, graph: Graph, home: str) -> Subject:
    properties = graph.properties(node).items()
    lines = "".join(f"{node} {name} {value} .\n" for name, values in properties for value in values)
    written = lines.encode("utf-8", "surrogatepass")
    is_kept = len(written) <= LONGEST and not node.value.startswith(f"{home}#")
    return Subject(
        key=key(node.value),
        iri=None if node.value.partition("#")[0] == home else node.value,
        types=" ".join(sorted(graph.types(node))),
        mark=marks_of([written])[0],
        facts=_facts(graph, node) if is_kept else None,
    )


def _facts(graph: Graph, node: IRI) -> str:
    properties = graph.properties(node).items()
    return _ENCODER.encode({name: [encoded(value) for value in values] for (name,), values in properties})


def encoded(term: Term) -> Encoded:
    """A term as JSON has it."""
    if isinstance(term, IRI):
        return term.value
    if isinstance(term, BlankNode):
        return [term.label]
    lexical, datatype, language = term
    return [lexical, datatype, language] if language else [lexical, datatype]


def decoded(values: Mapping[str, list[Encoded]], predicate: str) -> Iterator[Term]:
    """The values of a property, out of the statements of a :class:`Subject`."""
    for value in values.get(predicate, ()):
        if isinstance(value, str):
            yield IRI(value)
        else:
            lexical, *rest = value
            yield Literal(lexical, *rest) if rest else BlankNode(lexical)
