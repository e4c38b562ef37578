"""A film is dated when its director was under ten.

What it does:
    Compares the year of a film with the year of birth of its director.

Why it matters:
    It happens in amateur film, and much more often a namesake is meant, or the year is wrong.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1959"^^xsd:gYear ;
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

CODE = "director-too-young"
NAME = "Director under ten"
SEVERITY = Severity.WARNING

YOUNGEST = 10
WATCHES = properties(DIRECTOR)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each director who was certainly a small child."""
    for film in directed(document, index):
        made, born = film.made, film.born
        if made.end is None or born.start is None or born.end is None or made.end < born.start:
            continue
        if made.end - born.start < YOUNGEST:
            words = Words(
                message=f"{called(film.director, index)}, born in {born.start}, was under {YOUNGEST} "
                f"when this film of {made.end} was made",
                label="a child then",
                hint="compare the year of the film with its source, or link to another person of that name",
            )
            yield told(CODE, SEVERITY, film.statement, words)
