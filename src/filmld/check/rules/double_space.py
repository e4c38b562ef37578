"""A text has two blanks together, or a blank at its end.

What it does:
    Finds two blanks within a line, and blanks before the first and after the last word of a text.

Why it matters:
    Two spellings of one name are two names to a machine, and the difference cannot be seen.

Example:
    ```turtle
    person:alexander-sokurov
        schema:name "Alexander  Sokurov" ;
    .
    ```

Instead:
    ```turtle
    person:alexander-sokurov
        schema:name "Alexander Sokurov" ;
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

CODE = "double-space"
NAME = "Superfluous blanks"
SEVERITY = Severity.WARNING

_VERBATIM = frozenset({FLD + "transcribedForm", FLD + "asPrinted"})
"""What is copied letter by letter keeps its oddities."""


_SUPERFLUOUS = re.compile(r"(?<=\S) {2,}(?=\S)|^ +| +$")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text with superfluous blanks."""
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
    if not _SUPERFLUOUS.search(text):
        return None
    where = "at its end" if text != text.strip(" ") else "together"
    message = (
        "This text has a blank at its beginning or end"
        if where == "at its end"
        else "This text has two blanks together"
    )
    return Words(message=message, hint="take out the blanks that are not needed")
