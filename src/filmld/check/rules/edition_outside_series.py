"""An edition of a festival, or a screening, took place before the festival began, or after its end.

What it does:
    Compares the first and the last day of an edition with the life of the festival that it belongs to, and
    those of a screening with the edition or festival that it was part of. Years are compared, not days.

Why it matters:
    It belongs to another festival of that name, or one of the dates is wrong.

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

from filmld.check.facts import Dated, called, dates, span_of, stating, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Resource
from filmld.vocab import SCHEMA

CODE = "edition-outside-series"
NAME = "Edition outside the life of its festival"
SEVERITY = Severity.WARNING

_UP, _DOWN = IRI(SCHEMA + "superEvent"), IRI(SCHEMA + "subEvent")
_WHEN = (IRI(SCHEMA + "startDate"), IRI(SCHEMA + "endDate"))
_BEGAN = (IRI(SCHEMA + "foundingDate"), IRI(SCHEMA + "startDate"))
_ENDED = (IRI(SCHEMA + "dissolutionDate"), IRI(SCHEMA + "endDate"))
WATCHES = properties(*_WHEN)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each event that was certainly outside the life of the festival it belongs to."""
    dated = set(stating(document, index, *_WHEN))
    for event in things(document, index, "Festival", "ScreeningEvent"):
        if event not in dated:
            continue
        for whole in _wholes(event, index):
            outside = (
                found for date in dates(index, event, *_WHEN) if (found := _outside(date, whole, index))
            )
            for date, when in outside:
                if date.statement.document is document:
                    yield _told(date, when)
                    break


def _wholes(event: Resource, index: Index) -> list[Resource]:
    """The festivals that an event belongs to, whichever side says so."""
    upwards = (found.triple.object for found in index.statements(event, _UP))
    listing = [found.triple.subject for found in index.statements_to(event, _DOWN)]
    return list(dict.fromkeys([*(whole for whole in upwards if not isinstance(whole, Literal)), *listing]))


def _outside(date: Dated, whole: Resource, index: Index) -> tuple[Dated, str] | None:
    """Say in words where a date lies, if it is certainly outside the life of a festival."""
    first, last = span_of(index, whole, *_BEGAN).start, span_of(index, whole, *_ENDED).end
    if first is not None and date.years.end is not None and date.years.end < first:
        return date, f"before {called(whole, index)} began in {first}"
    if last is not None and date.years.start is not None and date.years.start > last:
        return date, f"after {called(whole, index)} ended in {last}"
    return None


def _told(date: Dated, when: str) -> Diagnostic:
    words = Words(
        message=f"The date {date.date.lexical} is {when}",
        label="outside the life of the festival",
        hint="compare both dates with the source, or link to another festival of that name",
    )
    return told(CODE, SEVERITY, date.statement, words)
