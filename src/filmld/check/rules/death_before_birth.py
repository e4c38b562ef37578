"""Somebody is said to have died before being born.

What it does:
    Compares the dates of birth and death of a person, as exactly as both are given.

Why it matters:
    One of the dates is wrong, or two people were taken for one.

Example:
    ```turtle
    person:elena-rufanova
        schema:birthDate "1961"^^xsd:gYear ;
        schema:deathDate "1916"^^xsd:gYear ;
    .
    ```

Instead:
    Compare both with the source:

    ```turtle
    person:elena-rufanova
        schema:birthDate "1916"^^xsd:gYear ;
        schema:deathDate "1961"^^xsd:gYear ;
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
from filmld.vocab import SCHEMA

CODE = "death-before-birth"
NAME = "Death before birth"
SEVERITY = Severity.ERROR

_BORN = IRI(SCHEMA + "birthDate")
_DIED = IRI(SCHEMA + "deathDate")
WATCHES = properties(_DIED)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each date of death before the date of birth."""
    for born, died in reversed_dates(document, index, _BORN, _DIED):
        words = Words(
            message=f"The death, {died.date.lexical}, is before the birth, {born.date.lexical}",
            label="earlier than the birth",
            hint="compare both dates with the source; perhaps two people were taken for one",
        )
        yield told(CODE, SEVERITY, died.statement, words)
