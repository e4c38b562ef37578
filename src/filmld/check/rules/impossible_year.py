"""A film is dated before there was film, or far in the future.

What it does:
    Finds films dated before 1874, when the first moving pictures were taken, or more than ten years
    after all that the archive itself dates: its reviews, screenings and records, and the release of
    schema.org that filmld knows.

Why it matters:
    It is a slip of the keyboard, and stands at the end of every list.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "2999"^^xsd:gYear ;
    .
    ```

Instead:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import MADE, dates, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document

CODE = "impossible-year"
NAME = "Impossible year"
SEVERITY = Severity.ERROR

FIRST = 1874
AHEAD = 10
WATCHES = properties(*MADE)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each year of a film that cannot be."""
    for film in things(document, index, "Movie"):
        for date in dates(index, film, *MADE):
            if date.statement.document is not document:
                continue
            if date.years.end is not None and date.years.end < FIRST:
                what = f"before the first moving pictures of {FIRST}"
            elif date.years.start is not None and index.is_to_come(date.years.start, AHEAD):
                what = f"more than {AHEAD} years after anything else that this archive dates"
            else:
                continue
            words = Words(
                message=f"The year {date.date.lexical} is {what}",
                label="no film is of this year",
                hint="compare it with the source",
            )
            yield told(CODE, SEVERITY, date.statement, words)
