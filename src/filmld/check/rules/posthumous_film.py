"""A film is dated more than two years after its director died.

What it does:
    Compares the year of a film with the year in which its director died.

Why it matters:
    A film may come out after its director's death, but seldom much later: a restoration is dated as the
    film, or a namesake is meant.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "2014"^^xsd:gYear ;
        schema:director person:alexander-sokurov ;
    .

    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
        schema:deathDate "2009"^^xsd:gYear ;
    .
    ```

Instead:
    Date the film by when it was made; a later cut or restoration is a variant of its own:

    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:director person:alexander-sokurov ;
    .

    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
        schema:deathDate "2009"^^xsd:gYear ;
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

CODE = "posthumous-film"
NAME = "Film long after its director's death"
SEVERITY = Severity.WARNING

LATEST = 2
WATCHES = properties(DIRECTOR)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each director who had certainly died years before."""
    for film in directed(document, index):
        made, died = film.made, film.died
        if made.start is not None and died.end is not None and made.start - died.end > LATEST:
            words = Words(
                message=f"{called(film.director, index)} died in {died.end}, {made.start - died.end} years "
                "before this film was made",
                label="dead by then",
                hint="date the film by when it was made, or link to another person of that name",
            )
            yield told(CODE, SEVERITY, film.statement, words)
