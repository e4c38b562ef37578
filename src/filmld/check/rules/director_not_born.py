"""A film is dated before its director was born.

What it does:
    Compares the year of a film with the year of birth of its director.

Why it matters:
    The film has the wrong year, or the director is a namesake.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1949"^^xsd:gYear ;
        schema:director person:alexander-sokurov ;
    .

    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
    .
    ```

Instead:
    Correct the year, or link to the right person:

    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:director person:alexander-sokurov ;
    .

    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import called, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.lifetimes import DIRECTOR, directed
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document

CODE = "director-not-born"
NAME = "Director not yet born"
SEVERITY = Severity.ERROR
WATCHES = properties(DIRECTOR)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each director who was certainly born after the film."""
    for film in directed(document, index):
        if film.made.end is not None and film.born.start is not None and film.made.end < film.born.start:
            words = Words(
                message=f"{called(film.director, index)} was born in {film.born.start}, after this film of "
                f"{film.made.end}",
                label="not born yet",
                hint="compare the year of the film with its source, or link to another person of that name",
            )
            yield told(CODE, SEVERITY, film.statement, words)
