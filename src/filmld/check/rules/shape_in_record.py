"""A record says something about shapes or imports, which has no effect there.

What it does:
    Finds terms of SHACL and `owl:imports` in records.

Why it matters:
    Records are judged by the files in `shapes/` alone, and nothing is fetched. What a record says of
    shapes would look as if it had an effect.

Example:
    ```turtle
    film:moloch-1999
        sh:shapesGraph <https://example.org/shapes> ;
    .
    ```

Instead:
    Put shapes into `shapes/`. To have a finding passed over, say so in a comment:

    ```turtle
    film:moloch-1999
        schema:name "Moloch"@de ;       # filmld: ok repeated-title both are on the poster
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import Use
from filmld.check.wording import terms_of
from filmld.diagnostics import Diagnostic, Severity, Span
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Term
from filmld.vocab import SH, local_name

CODE = "shape-in-record"
NAME = "Shape in a record"
SEVERITY = Severity.WARNING

_IMPORTS = "http://www.w3.org/2002/07/owl#imports"


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each statement that a record cannot make."""
    del index
    if not any(map(_is_foreign, terms_of(document))):
        return
    seen: set[Span] = set()
    for triple, _, property_span, _ in document.places():
        if property_span not in seen and (_is_foreign(triple.predicate) or _is_foreign(triple.object)):
            seen.add(property_span)
            words = Words(
                message=f"‘{local_name(triple.predicate.value)}’ has no effect in a record",
                label="records are judged by the files in shapes/ alone, and nothing is fetched",
                hint="delete it, or put it into a file in shapes/",
            )
            yield finding(CODE, SEVERITY, document, triple, words, span=property_span)


def _is_foreign(term: Term) -> bool:
    return isinstance(term, IRI) and (term.value.startswith(SH) or term.value == _IMPORTS)


def _can_concern(use: Use, index: Index) -> bool:
    del index
    return any(_is_foreign(IRI(name)) for name in (use.predicate, use.detail))


WATCHES = _can_concern
