"""A text holds marks of a web page or a wiki.

What it does:
    Finds HTML tags and entities, and the brackets, braces and quotes of wikis, in texts.

Why it matters:
    Pages show the marks as they are written, and a search for the words fails.

Example:
    ```turtle
    film:moloch-1999
        schema:description "Set in the <i>Kehlsteinhaus</i> &amp; around it."@en ;
    .
    ```

Instead:
    Write what a reader should see:

    ```turtle
    film:moloch-1999
        schema:description "Set in the Kehlsteinhaus & around it."@en ;
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

CODE = "markup-in-text"
NAME = "Markup in a text"
SEVERITY = Severity.WARNING

_MARKS = regex(
    r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>|&(?:[A-Za-z]{2,8}|#\d{1,6}|#x[0-9A-Fa-f]{1,6});|\[\[|\]\]|\{\{|\}\}|'{2,}"
)
_SIGNS = frozenset("<&[]{}'")
"""One of these is in each mark."""
WATCHES = prose


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text with marks in it."""
    del index
    for triple, text in texts(document):
        words = _words(text)
        if words:
            yield finding(CODE, SEVERITY, document, triple, words)


def _words(text: str) -> Words | None:
    found = None if _SIGNS.isdisjoint(text) else _MARKS.search(text)
    if found is None:
        return None
    return Words(
        message=f"‘{found[0]}’ in this text is a mark of a web page or wiki",
        label="shown as it is written",
        hint="write what a reader should see",
    )
