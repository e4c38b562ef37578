"""The record form of JSON-LD: every statement of a record, and nothing else.

Reading it gives back the record's graph exactly: lexical forms, datatypes and language
tags. It is a direct writer, some twenty times faster than compaction by PyLD; that PyLD
reads from it what the record states is proven by tests.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from filmld.publish.jsontext import Json
from filmld.publish.processor import bundled
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Resource, Term
from filmld.vocab import RDF, XSD

CONTEXT_FILE = "context.jsonld"
MAX_NESTING = 20
"""How deep blank nodes are written inside each other; a reader may give up on deep JSON."""

_TYPE = IRI(RDF + "type")
_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")


class Word(NamedTuple):
    """How the context abbreviates a property, and what it takes for granted of the values."""

    name: str
    coercion: str | None = None
    by_language: bool = False


def context() -> Json:
    """The bundled context, for a document that carries it inline."""
    return bundled(CONTEXT_FILE)["@context"]


def record_document(graphs: Iterable[Graph], context: Json) -> dict[str, Json]:
    """Write what records state.

    Args:
        graphs: The graph of each record; blank nodes of different records have different labels.
        context: What to give as ``@context``: the bundled one, or the address it is published at.
    """
    words = terms()
    nodes: list[Json] = []
    for graph in graphs:
        nodes.extend(_Writer(graph, words).nodes())
    return {"@context": context, "@graph": nodes}


@cache
def terms() -> Mapping[str, Word]:
    """The terms of the bundled context, by the IRI they stand for."""
    terms = bundled(CONTEXT_FILE)["@context"]
    if not isinstance(terms, dict):
        raise TypeError
    found: dict[str, Word] = {}
    for name, meaning in terms.items():
        if isinstance(meaning, dict):
            coercion = meaning.get("@type")
            by_language = meaning.get("@container") == "@language"
            found[str(meaning["@id"])] = Word(name, str(coercion) if coercion else None, by_language)
    return MappingProxyType(found)


class _Writer:
    """Writes the nodes of one graph, in the order of its text."""

    def __init__(self, graph: Graph, words: Mapping[str, Word]) -> None:
        self._graph = graph
        self._words = words
        self._nested = nested(graph)

    def nodes(self) -> Iterator[Json]:
        for subject in self._graph.subjects():
            if subject not in self._nested:
                yield {"@id": _address(subject), **self._properties(subject)}

    def _properties(self, subject: Resource) -> dict[str, Json]:
        written: dict[str, Json] = {}
        for predicate in self._graph.predicates(subject):
            values = list(self._graph.objects(subject, predicate.value))
            if predicate == _TYPE and all(isinstance(value, IRI) for value in values):
                written["@type"] = _one_or_all([self._class(value) for value in values])
            else:
                word = self._words.get(predicate.value, Word(predicate.value))
                written[word.name] = self._values(values, word)
        return written

    def _class(self, value: Term) -> Json:
        iri = value.value if isinstance(value, IRI) else ""
        return self._words[iri].name if iri in self._words else iri

    def _values(self, values: list[Term], word: Word) -> Json:
        by_language = _language_map(values) if word.by_language else None
        if by_language is not None:
            return by_language
        written = [self._value(value, word) for value in values]
        # A lone object would be taken for a language map.
        return written if word.by_language and isinstance(written[0], dict) else _one_or_all(written)

    def _value(self, value: Term, word: Word) -> Json:
        if isinstance(value, Literal):
            return _literal(value, word)
        if value in self._nested:
            return self._properties(value)
        return _address(value) if word.coercion == "@id" else {"@id": _address(value)}


def _literal(literal: Literal, word: Word) -> Json:
    if literal.language is not None:
        return {"@value": literal.lexical, "@language": literal.language}
    if word.coercion is None and literal.datatype == XSD + "integer" and _INTEGER.fullmatch(literal.lexical):
        return int(literal.lexical)
    if literal.datatype == (word.coercion or XSD_STRING):
        return literal.lexical
    if literal.datatype == XSD_STRING:
        return {"@value": literal.lexical}
    return {"@value": literal.lexical, "@type": literal.datatype}


def _language_map(values: list[Term]) -> Json:
    """Sort texts by language; ``None`` where that would lose something, be it only the order."""
    found: dict[str, list[Json]] = {}
    last = None
    for value in values:
        if not isinstance(value, Literal) or value.language is None:
            return None
        if value.language in found and value.language != last:
            return None
        last = value.language
        found.setdefault(last, []).append(value.lexical)
    return {language: _one_or_all(texts) for language, texts in found.items()}


def _one_or_all(values: list[Json]) -> Json:
    return values[0] if len(values) == 1 else values


def _address(resource: Resource) -> str:
    return resource.value if isinstance(resource, IRI) else str(resource)


def nested(graph: Graph) -> frozenset[BlankNode]:
    """Choose the blank nodes that can be written where they are referred to.

    These are referred to once, from a node that is itself written somewhere; those in a
    cycle are not, and keep a label. So do those below every twentieth level.
    """
    count: dict[BlankNode, int] = {}
    for triple in graph:
        if isinstance(triple.object, BlankNode):
            # As the class of something, it needs a name there.
            count[triple.object] = count.get(triple.object, 0) + (2 if triple.predicate == _TYPE else 1)
    single = {node for node, references in count.items() if references == 1}
    chosen: set[BlankNode] = set()
    waiting: list[tuple[Resource, int]] = [(node, 0) for node in graph.subjects() if node not in single]
    while waiting:
        node, depth = waiting.pop()
        for child in _blank_children(graph, node):
            if child in single:
                level = (depth + 1) % MAX_NESTING
                if level:
                    chosen.add(child)
                waiting.append((child, level))
    return frozenset(chosen)


def _blank_children(graph: Graph, node: Resource) -> Iterator[BlankNode]:
    for predicate in graph.predicates(node):
        for value in graph.objects(node, predicate.value):
            if isinstance(value, BlankNode):
                yield value
