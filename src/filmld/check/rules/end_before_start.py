"""Something ends before it begins.

What it does:
    Compares the first and the last date of events, companies and countries.

Why it matters:
    One of the dates is wrong, and every list by time will be.

Example:
    ```turtle
    festival:cannes-1999
        schema:startDate "1999-05-12"^^xsd:date ;
        schema:endDate "1999-05-02"^^xsd:date ;
    .
    ```

Instead:
    Compare both with the source:

    ```turtle
    festival:cannes-1999
        schema:startDate "1999-05-12"^^xsd:date ;
        schema:endDate "1999-05-23"^^xsd:date ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import reversed_dates, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

CODE = "end-before-start"
NAME = "End before beginning"
SEVERITY = Severity.ERROR

_PAIRS = (
    (IRI(SCHEMA + "startDate"), IRI(SCHEMA + "endDate")),
    (IRI(SCHEMA + "foundingDate"), IRI(SCHEMA + "dissolutionDate")),
    (IRI(FLD + "existedFrom"), IRI(FLD + "existedUntil")),
)
WATCHES = properties(*(last for _, last in _PAIRS))


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each last date before the first one."""
    for first, last in _PAIRS:
        for start, end in reversed_dates(document, index, first, last):
            words = Words(
                message=f"The end, {end.date.lexical}, is before the beginning, {start.date.lexical}",
                label="earlier than the beginning",
                hint="compare both dates with the source",
            )
            yield told(CODE, SEVERITY, end.statement, words)
