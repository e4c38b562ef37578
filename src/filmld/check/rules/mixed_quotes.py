"""A text has both straight and curly marks of quotation, or one that is never closed.

What it does:
    Finds texts in which some quotations stand between straight marks and others between curly ones, some
    apostrophes are straight and others curly, or a straight mark has no partner. Straight marks alone are
    left as they are: they are what keyboards write, and what sources have.

Why it matters:
    “Woman’s” and “Woman's” are two words to a search. Two kinds of marks show that a text was put together
    from two sources; a mark without partner, that its end is lost, or nobody can tell where a quotation ends.

Example:
    ```turtle
    film:moloch-1999
        schema:description 'Moloch follows “Taurus” and "The Sun".'@en ;
    .
    ```

Instead:
    Use one kind throughout, and close what you open:

    ```turtle
    film:moloch-1999
        schema:description "Moloch follows “Taurus” and “The Sun”."@en ;
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

CODE = "mixed-quotes"
NAME = "Mixed quotation marks"
SEVERITY = Severity.WARNING

_KINDS = (
    ("quotation marks", regex("[“”„«»]"), regex(r'(?<![0-9])"')),
    ("apostrophes", regex("[‘’]"), regex(r"(?<![0-9'])'(?!')")),
)
"""Curly and straight ones; after a digit they may be inches or minutes, and two make a wiki's italics."""

_INCHES = regex(r'[0-9]"')
WATCHES = prose


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text with both kinds of quotation marks."""
    del index
    for triple, text in texts(document):
        words = _words(text)
        if words:
            yield finding(CODE, SEVERITY, document, triple, words)


def _words(text: str) -> Words | None:
    if "'" not in text and '"' not in text:  # as in most texts
        return None
    for kind, curly, straight in _KINDS:
        if curly.search(text) and straight.search(text):
            return Words(
                message=f"This text has both straight and curly {kind}", hint="use one kind throughout"
            )
    if text.count('"') % 2 and not _INCHES.search(text):
        message = "A quotation mark in this text has no partner"
        return Words(message=message, hint="close the quotation, or take out the mark that is too many")
    return None
