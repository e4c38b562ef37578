"""An edition of a festival took place before the festival began, or after its end.

What it does:
    Compares the dates of an edition with those of the festival that it belongs to.

Why it matters:
    The edition belongs to another festival of that name, or one of the dates is wrong.

Example:
    ```turtle
    festival:cannes
        schema:foundingDate "1946"^^xsd:gYear ;
    .

    festival:cannes-1936
        schema:superEvent festival:cannes ;
        schema:startDate "1936"^^xsd:gYear ;
    .
    ```

Instead:
    ```turtle
    festival:cannes
        schema:foundingDate "1946"^^xsd:gYear ;
    .

    festival:cannes-1946
        schema:superEvent festival:cannes ;
        schema:startDate "1946"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import called, dates, span_of, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import SCHEMA

CODE = "edition-outside-series"
NAME = "Edition outside the life of its festival"
SEVERITY = Severity.WARNING

_OF = IRI(SCHEMA + "superEvent")
_WHEN = IRI(SCHEMA + "startDate")
_BEGAN = (IRI(SCHEMA + "foundingDate"), IRI(SCHEMA + "startDate"))
_ENDED = (IRI(SCHEMA + "dissolutionDate"), IRI(SCHEMA + "endDate"))


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each edition that was certainly outside the life of its festival."""
    for edition in things(document, index, "Festival"):
        for link in index.statements(edition, _OF):
            series = link.triple.object
            if isinstance(series, Literal):
                continue
            first, last = span_of(index, series, *_BEGAN).start, span_of(index, series, *_ENDED).end
            for date in dates(index, edition, _WHEN):
                start, end = date.years
                is_early = first is not None and end is not None and end < first
                is_late = last is not None and start is not None and start > last
                if (is_early or is_late) and date.statement.document is document:
                    when = f"before {called(series, index)} began in {first}"
                    if is_late:
                        when = f"after {called(series, index)} ended in {last}"
                    words = Words(
                        message=f"This edition of {date.date.lexical} is {when}",
                        label="outside the life of the festival",
                        hint="compare both dates with the source, or link to another festival of that name",
                    )
                    yield told(CODE, SEVERITY, date.statement, words)
