"""A film was shown before it was made.

What it does:
    Compares the date of a screening with the year of the film.

Why it matters:
    The film has the wrong year, or another film of that title was shown. One year too early is only a
    warning: festivals show films before they are released, and catalogues differ in what they date.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :screening
        schema:workPresented film:moloch-1999 ;
        schema:startDate "1989-05-13"^^xsd:date ;
    .
    ```

Instead:
    Compare both with the source:

    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .

    :screening
        schema:workPresented film:moloch-1999 ;
        schema:startDate "1999-05-13"^^xsd:date ;
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

CODE = "shown-before-made"
NAME = "Shown before it was made"
SEVERITY = Severity.ERROR

_SHOWN = IRI(SCHEMA + "workPresented")
_WHEN = IRI(SCHEMA + "startDate")
WATCHES = properties(_WHEN)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each screening that was certainly before the film."""
    for date, made in before_film(document, index, "ScreeningEvent", _SHOWN, _WHEN):
        words = Words(
            message=f"This screening of {date.date.lexical} is before the film’s year, {made}",
            label="not made yet",
            hint="compare both with the source; perhaps another film of that title was shown",
        )
        is_far = made - (date.years.end or made) > 1
        yield told(CODE, SEVERITY if is_far else Severity.WARNING, date.statement, words)
