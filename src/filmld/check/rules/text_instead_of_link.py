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
from filmld.check.wording import a, kind_of, property_name, words_for, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import Literal, Triple

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
    fitting = [named for named in index.called(text.lexical) if index.is_kind(named.node, kinds)]
    if len({named.node for named in fitting}) == 1:
        better = written(fitting[0].node, document)
        hint = f"“{fitting[0].name}” is known: write {better} ({fitting[0].document.filename})"
        return Words(message=message, label="this is a text", hint=hint, replace=better)
    folder = kind_of(frozenset("https://schema.org/" + kind for kind in kinds)) or "person"
    hint = f"make a record for “{text.lexical}” in records/{folder}/, and link to it"
    return Words(message=message, label="this is a text", hint=hint)
