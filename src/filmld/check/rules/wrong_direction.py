"""A property is used the wrong way round.

What it does:
    Finds properties on a record of a kind that they are not meant for, pointing to a record of the
    kind that they are meant for.

Why it matters:
    The fact reads backwards: the person would be directed by the film. Neither page will show it.

Example:
    ```turtle
    person:leena-kilpelainen
        schema:director film:the-voice-of-sokurov-2014 ;
    .
    ```

Instead:
    State the fact in the film's record; the page of the person lists their films by itself:

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
from filmld.check.wording import a, kind_of, plural, property_name, written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Triple

CODE = "wrong-direction"
NAME = "Wrong direction"
SEVERITY = Severity.ERROR


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each link that makes sense only the other way round."""
    for triple in document.triples:
        subject, predicate, target = triple
        if isinstance(subject, IRI) and isinstance(target, IRI) and is_reversed(triple, index):
            words = _words(subject, predicate, target, document, index)
            span = document.span(subject, predicate)
            yield finding(CODE, SEVERITY, document, triple, words, span=span)


def is_reversed(triple: Triple, index: Index) -> bool:
    """Say whether a statement makes sense only the other way round."""
    subject, predicate, target = triple
    if not isinstance(subject, IRI) or not isinstance(target, IRI):
        return False
    if not index.meant_for(predicate) or not index.linked_kinds(predicate):
        return False
    here, there = index.classes(subject) or frozenset(), index.classes(target) or frozenset()
    return is_reversed_between(here, predicate, there, index)


def is_reversed_between(here: frozenset[str], predicate: IRI, there: frozenset[str], index: Index) -> bool:
    """Say whether a property makes sense only the other way round, between things of some classes."""
    takes, gives = index.meant_for(predicate), index.linked_kinds(predicate)
    if not takes or not gives or (takes & here and gives & there):
        return False
    return bool(gives & here and takes & there)


def _words(subject: IRI, predicate: IRI, target: IRI, document: Document, index: Index) -> Words:
    here = kind_of(index.types(subject)) or "thing"
    there = kind_of(index.types(target)) or "other thing"
    whose = "their" if here == "person" else "its"
    reverse = f"{written(target, document)} {written(predicate, document)} {written(subject, document)} ."
    return Words(
        message=f"‘{property_name(predicate)}’ goes from the {there} to the {here}, not the other way round",
        label=f"used on {a(here)}, pointing to {a(there)}",
        hint=f"in the {there} record write: {reverse}",
        notes=(f"the page of the {here} lists {whose} {plural(there)} automatically",),
    )


def _can_concern(use: Use, index: Index) -> bool:
    predicate = IRI(use.predicate)
    return use.sort is IRI and bool(index.meant_for(predicate)) and bool(index.linked_kinds(predicate))


WATCHES = _can_concern
