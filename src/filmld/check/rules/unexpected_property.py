"""A property is used on a kind of thing that it is not meant for.

What it does:
    Finds properties of schema.org on things of a kind for which schema.org does not mean them.

Why it matters:
    The fact is not found where people look for it, and search engines pass over it.

Example:
    ```turtle
    person:leena-kilpelainen
        a schema:Person ;
        schema:duration "PT77M"^^xsd:duration ;
    .
    ```

Instead:
    State the fact of the thing that it is about:

    ```turtle
    film:the-voice-of-sokurov-2014
        a schema:Movie ;
        schema:duration "PT77M"^^xsd:duration ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.nodes import shared_node
from filmld.check.otherwise import SAID_OTHERWISE
from filmld.check.rules import wrong_direction
from filmld.check.watching import Use
from filmld.check.wording import a, kind_of, plural, property_name, words_for
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Resource
from filmld.vocab import SCHEMA, local_name

CODE = "unexpected-property"
NAME = "Unexpected property"
SEVERITY = Severity.WARNING

_ANYWHERE = frozenset({"Role"})
"""A role repeats the property that leads to it, whatever that is meant for."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each property that a thing of its kind does not have."""
    if not _any_misplaced(document, index):
        return
    seen: set[tuple[Resource, IRI]] = set()
    for triple in document.triples:
        use = (triple.subject, triple.predicate)
        if use in seen or wrong_direction.is_reversed(triple, index):
            continue
        seen.add(use)
        node = shared_node(triple.subject, index.number(document))
        classes = index.classes(node)
        if classes and is_misplaced(triple.predicate, classes, index):
            span = document.span(*use)
            words = _words(triple.predicate, index.types(node), index)
            yield finding(CODE, SEVERITY, document, triple, words, span=span)


def is_misplaced(predicate: IRI, classes: frozenset[str], index: Index) -> bool:
    """Say whether a property is not meant for things of some classes."""
    return not index.is_meant_for(predicate, classes) and classes.isdisjoint(_ANYWHERE)


def _any_misplaced(document: Document, index: Index) -> bool:
    graph, number = index.graph(document), index.number(document)
    for subject in graph.subjects():
        classes = index.classes(shared_node(subject, number))
        if classes and any(is_misplaced(name, classes, index) for name in graph.properties(subject)):
            return True
    return False


def _words(predicate: IRI, types: frozenset[str], index: Index) -> Words:
    name = property_name(predicate)
    kind = kind_of(types) or local_name(min(types, default=SCHEMA + "thing"))
    meant_for = index.meant_for(predicate)
    known = words_for(meant_for, otherwise="")
    if name in SAID_OTHERWISE:
        return Words(
            message=f"‘{name}’ is not meant for {a(kind)}",
            label="another word is usual",
            hint=f"write {SAID_OTHERWISE[name]}",
        )
    hint = f"it is for {' or '.join(map(plural, known.split(' or ')))}" if known else None
    return Words(
        message=f"‘{name}’ is not meant for {a(kind)}",
        label=f"used on {a(kind)}",
        hint=hint or f"see https://schema.org/{name} for what it is meant for",
    )


def _can_concern(use: Use, index: Index) -> bool:
    return bool(index.meant_for(IRI(use.predicate)))


WATCHES = _can_concern
