"""A text has two blanks together, or a blank at its end.

What it does:
    Finds two blanks within a line, and blanks before the first and after the last word of a text. Tabs and
    no-break spaces are blanks, too.

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

from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.texts import texts
from filmld.check.watching import prose
from filmld.diagnostics import Diagnostic, Severity
from filmld.patterns import regex
from filmld.turtle.document import Document

CODE = "double-space"
NAME = "Superfluous blanks"
SEVERITY = Severity.WARNING

_BLANK = r"[^\S\r\n]"
_OUTSIDE = regex(rf"\A{_BLANK}|{_BLANK}\Z")
_TOGETHER = regex(rf"(?<=\S){_BLANK}{{2,}}(?=\S)")
"""Not what sets a line in."""
WATCHES = prose


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text with superfluous blanks."""
    del index
    for triple, text in texts(document):
        words = _words(text)
        if words:
            yield finding(CODE, SEVERITY, document, triple, words)


def _words(text: str) -> Words | None:
    if " ".join(text.split()) == text:  # as nearly all are
        return None
    if _OUTSIDE.search(text):
        where = "a blank at its beginning or end"
    elif _TOGETHER.search(text):
        where = "two blanks together"
    else:
        return None
    return Words(message=f"This text has {where}", hint="take out the blanks that are not needed")
