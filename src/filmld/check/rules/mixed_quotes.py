"""A text has both straight and curly quotation marks.

What it does:
    Finds texts in which some quotations stand between straight marks, and others between curly ones.

Why it matters:
    It was put together from two sources, and perhaps one of them was meant to be cited verbatim.

Example:
    ```turtle
    film:moloch-1999
        schema:description 'Moloch follows “Taurus” and "The Sun".'@en ;
    .
    ```

Instead:
    Use one kind throughout:

    ```turtle
    film:moloch-1999
        schema:description "Moloch follows “Taurus” and “The Sun”."@en ;
    .
    ```
"""

import re
from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import RDF_LANG_STRING, XSD_STRING, Literal
from filmld.vocab import FLD

CODE = "mixed-quotes"
NAME = "Mixed quotation marks"
SEVERITY = Severity.WARNING

_VERBATIM = frozenset({FLD + "transcribedForm", FLD + "asPrinted"})
"""What is copied letter by letter keeps its oddities."""


_CURLY = re.compile("[“”„«»]")
_STRAIGHT = re.compile(r'(?<![0-9])"')
"""After a digit it may stand for inches or seconds."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text with both kinds of quotation marks."""
    del index
    for triple in document.triples:
        text = triple.object
        if (
            isinstance(text, Literal)
            and text.datatype in {XSD_STRING, RDF_LANG_STRING}
            and triple.predicate.value not in _VERBATIM
        ):
            words = _words(text.lexical)
            if words:
                yield finding(CODE, SEVERITY, document, triple, words)


def _words(text: str) -> Words | None:
    if not (_CURLY.search(text) and _STRAIGHT.search(text)):
        return None
    message = "This text has both straight and curly quotation marks"
    return Words(message=message, hint="use one kind throughout")
