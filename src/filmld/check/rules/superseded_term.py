"""schema.org has another name for this now.

What it does:
    Finds properties and classes that schema.org has replaced by others.

Why it matters:
    Search engines and other archives look for the new name only.

Example:
    ```turtle
    film:moloch-1999
        schema:actors person:elena-rufanova ;
    .
    ```

Instead:
    ```turtle
    film:moloch-1999
        schema:actor person:elena-rufanova ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import Use
from filmld.check.wording import terms_of, written
from filmld.diagnostics import Diagnostic, Severity, Span
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA, local_name

CODE = "superseded-term"
NAME = "Superseded term"
SEVERITY = Severity.WARNING


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each place where a name of old is written."""
    if not any(_newer(term, index) for term in terms_of(document)):
        return
    seen: set[Span] = set()
    for triple, _, property_span, value_span in document.places():
        for term, span in ((triple.predicate, property_span), (triple.object, value_span)):
            newer = _newer(term, index) if isinstance(term, IRI) else ()
            if newer and span not in seen:
                seen.add(span)
                yield finding(CODE, SEVERITY, document, triple, _words(term, newer, document), span=span)


def _newer(term: IRI, index: Index) -> tuple[str, ...]:
    return index.terms.superseded_by(term.value.removeprefix(SCHEMA)) if term.value.startswith(SCHEMA) else ()


def _words(term: object, newer: tuple[str, ...], document: Document) -> Words:
    old = local_name(term.value) if isinstance(term, IRI) else ""
    better = [written(IRI(SCHEMA + name), document) for name in newer]
    return Words(
        message=f"schema.org has replaced ‘{old}’ by ‘{newer[0]}’",
        label="a name of old",
        hint=f"write {' or '.join(better)}",
        replace=better[0] if len(better) == 1 else None,
    )


def _can_concern(use: Use, index: Index) -> bool:
    return any(_newer(IRI(name), index) for name in (use.predicate, use.detail))


WATCHES = _can_concern
