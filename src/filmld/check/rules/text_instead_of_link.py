"""A text stands where a link to a record is needed.

What it does:
    Finds texts as values of properties that take only things with records of their own, such as
    `schema:director`.

Why it matters:
    A text cannot be followed: the film does not appear on the person's page, and two people of one name
    cannot be told apart.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:director "Leena Kilpeläinen" ;
    .
    ```

Instead:
    Link to the person's record:

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
from filmld.check.wording import a, kind_of, property_name, words_for, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA

CODE = "text-instead-of-link"
NAME = "Text instead of a link"
SEVERITY = Severity.ERROR


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text where schema.org admits only things."""
    for triple in document.triples:
        if isinstance(triple.object, Literal):
            kinds = index.linked_kinds(triple.predicate)
            if kinds:
                yield finding(
                    CODE, SEVERITY, document, triple, _words(triple.object, triple, kinds, document, index)
                )


def _words(text: Literal, triple: Triple, kinds: frozenset[str], document: Document, index: Index) -> Words:
    wanted = words_for(kinds)
    message = f"‘{property_name(triple.predicate)}’ must point to {a(wanted)} record, not to a text"
    address = IRI(text.lexical.strip())
    if index.describing(address):
        better = written(address, document)
        hint = f"write {better}, without quotation marks"
        return Words(message=message, label="this is a text", hint=hint, replace=better)
    named = {found.node: found for found in index.called(text.lexical) if index.is_kind(found.node, kinds)}
    if len(named) > 1:
        choices = " or ".join(written(node, document) for node in named)
        return Words(
            message=message,
            label="this is a text",
            hint=f"{len(named)} records go by this name: write {choices}",
        )
    for found in named.values():
        better = written(found.node, document)
        hint = f"“{found.name}” is known: write {better} ({found.document.filename})"
        return Words(message=message, label="this is a text", hint=hint, replace=better)
    folder = kind_of(frozenset(SCHEMA + kind for kind in kinds)) or "person"
    folder = "place" if folder == "country" else folder
    hint = f"make a record for “{text.lexical}” in records/{folder}/, and link to it"
    return Words(message=message, label="this is a text", hint=hint)


def _can_concern(use: Use, index: Index) -> bool:
    return use.sort is Literal and bool(index.linked_kinds(IRI(use.predicate)))


WATCHES = _can_concern
