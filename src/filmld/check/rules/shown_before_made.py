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

from filmld.check.facts import MADE, dates, span_of, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import SCHEMA

CODE = "shown-before-made"
NAME = "Shown before it was made"
SEVERITY = Severity.ERROR

_SHOWN = IRI(SCHEMA + "workPresented")
_WHEN = IRI(SCHEMA + "startDate")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each screening that was certainly before the film."""
    for screening in things(document, index, "ScreeningEvent"):
        films = [found.triple.object for found in index.statements(screening, _SHOWN)]
        for film in films:
            made = None if isinstance(film, Literal) else span_of(index, film, *MADE).start
            for date in dates(index, screening, _WHEN):
                shown = date.years.end
                if made is None or shown is None or shown >= made or date.statement.document is not document:
                    continue
                words = Words(
                    message=f"This screening of {date.date.lexical} is before the film’s year, {made}",
                    label="not made yet",
                    hint="compare both with the source; perhaps another film of that title was shown",
                )
                yield told(CODE, SEVERITY if made - shown > 1 else Severity.WARNING, date.statement, words)
