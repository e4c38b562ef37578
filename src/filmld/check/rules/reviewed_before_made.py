"""A review is dated before its film.

What it does:
    Compares the date of a review with the year of the film.

Why it matters:
    The review is of another film of that title, or one of the dates is wrong.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :review
        schema:itemReviewed film:moloch-1999 ;
        schema:datePublished "1989-05-13"^^xsd:date ;
    .
    ```

Instead:
    Compare both with the source:

    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :review
        schema:itemReviewed film:moloch-1999 ;
        schema:datePublished "1999-05-13"^^xsd:date ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import before_film, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

CODE = "reviewed-before-made"
NAME = "Reviewed before it was made"
SEVERITY = Severity.WARNING

_OF = IRI(SCHEMA + "itemReviewed")
_WHEN = IRI(SCHEMA + "datePublished")
WATCHES = properties(_WHEN)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each review that was certainly before the film."""
    for date, made in before_film(document, index, "Review", _OF, _WHEN):
        words = Words(
            message=f"This review of {date.date.lexical} is before the film’s year, {made}",
            label="not made yet",
            hint="compare both with the source; perhaps it is about another film of that title",
        )
        yield told(CODE, SEVERITY, date.statement, words)
