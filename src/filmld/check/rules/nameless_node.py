"""Somebody or something that needs a record of its own is described inside a film's.

What it does:
    Finds people, organizations, festivals, places and films that are described inside `[ … ]`.

Why it matters:
    What has no identifier cannot be linked to: the same person in another film is somebody else.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:director [ a schema:Person ; schema:name "Leena Kilpeläinen" ] ;
    .
    ```

Instead:
    Give the person a record, and link to it:

    ```turtle
    film:the-voice-of-sokurov-2014
        schema:director person:leena-kilpelainen ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import Use
from filmld.check.wording import a, kind_of, property_name, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import BlankNode, Triple
from filmld.vocab import SCHEMA

CODE = "nameless-node"
NAME = "Nameless node"
SEVERITY = Severity.ERROR

_NEED_A_RECORD = frozenset({"film", "person", "organization", "festival", "country", "place"})


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each anonymous node of a kind that has records of its own."""
    graph = index.graph(document)
    for triple in document.triples:
        if isinstance(triple.object, BlankNode):
            kind = kind_of(graph.types(triple.object))
            if kind in _NEED_A_RECORD:
                yield finding(CODE, SEVERITY, document, triple, _words(triple, kind, document, graph, index))


def _words(triple: Triple, kind: str, document: Document, graph: Graph, index: Index) -> Words:
    message = (
        f"‘{property_name(triple.predicate)}’ describes {a(kind)} inside [ … ]; it needs a record of its own"
    )
    label = f"this {kind} has no identifier, so other films cannot link to the same {kind}"
    for name in graph.literals(_node(triple), SCHEMA + "name"):
        known = [named for named in index.called(name.lexical) if kind_of(index.types(named.node)) == kind]
        if len(known) == 1:
            better = written(known[0].node, document)
            hint = f"“{known[0].name}” already has a record: replace the whole [ … ] by {better}"
            return Words(message=message, label=label, hint=hint, replace=better)
    folder = "place" if kind == "country" else kind
    return Words(
        message=message, label=label, hint=f"make a file for it in records/{folder}/ and link to that"
    )


def _node(triple: Triple) -> BlankNode:
    """The anonymous node; ``find`` lets no other through."""
    if not isinstance(triple.object, BlankNode):
        raise TypeError(triple.object)
    return triple.object


def _can_concern(use: Use, index: Index) -> bool:
    del index
    return use.sort is BlankNode


WATCHES = _can_concern
