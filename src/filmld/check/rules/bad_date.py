"""A date is a plain text or number; the page of the rule is the reader's, which judges typed dates."""

from collections.abc import Iterator, Sequence

from filmld.check.dates import Reading, understand
from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.watching import Use
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal
from filmld.vocab import SCHEMA, XSD

CODE = "bad-date"
NAME = "Bad date"
SEVERITY = Severity.ERROR
"""Of a date that can be read in two ways or is not one; a warning where it is only in words."""

_DATES = frozenset({"Date", "DateTime", "Time"})
_UNDATED = frozenset({XSD_STRING, RDF_LANG_STRING, XSD + "integer", XSD + "int", XSD + "decimal"})


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each value of a date property that is no date."""
    for triple in document.triples:
        value = triple.object
        if (
            isinstance(value, Literal)
            and value.datatype in _UNDATED
            and _takes_dates(triple.predicate, index)
        ):
            readings = understand(value.lexical)
            severity = SEVERITY if _is_of_two_minds(readings) else Severity.WARNING
            yield finding(CODE, severity, document, triple, _words(value.lexical, readings, document))


def _is_of_two_minds(readings: Sequence[Reading]) -> bool:
    """Say whether a day and a month can be taken for each other, and a wrong day be published.

    Other dates in words are the daily bread of old catalogues. They are shown as they are and only
    found in no list, which is no reason to refuse a record.
    """
    return any(reading.meaning for reading in readings)


def _takes_dates(predicate: IRI, index: Index) -> bool:
    ranges = index.terms.ranges(predicate.value.removeprefix(SCHEMA))
    return predicate.value.startswith(SCHEMA) and bool(ranges) and _DATES.issuperset(ranges)


def _words(text: str, understood: Sequence[Reading], document: Document) -> Words:
    message = f"‘{text}’ is not a date filmld understands"
    label = "dates are written year-month-day"
    readings = [(reading, _written(reading, document)) for reading in understood]
    if not readings:
        hint = f"write what is known, such as {_written(Reading('2014', XSD + 'gYear'), document)}"
        return Words(message=message, label=label, hint=hint)
    reading, better = readings[0]
    if reading.meaning is None and len(readings) == 1:
        return Words(message=message, label=label, hint=f"write {better}", replace=better)
    ways = "; ".join(f"{better} if you mean {reading.meaning}" for reading, better in readings)
    year = _written(Reading(reading.lexical[:4], XSD + "gYear"), document)
    return Words(message=message, label=label, hint=f"write {ways}; or {year} for the year only")


def _written(reading: Reading, document: Document) -> str:
    """The date as Turtle; its datatype is written in full where the record has no prefix for it."""
    datatype = written(IRI(reading.datatype), document)
    is_declared = datatype.partition(":")[0] in document.prefixes
    return f'"{reading.lexical}"^^{datatype if is_declared else IRI(reading.datatype)}'


def _can_concern(use: Use, index: Index) -> bool:
    return use.sort is Literal and use.detail in _UNDATED and _takes_dates(IRI(use.predicate), index)


WATCHES = _can_concern
