"""A film has two directors of the same name.

What it does:
    Compares the names of the directors of a film.

Why it matters:
    The same person was recorded twice: half of the films are on the one page, half on the other.

Example:
    ```turtle
    film:moloch-1999
        schema:director person:alexander-sokurov ;
        schema:director person:aleksandr-sokurov ;
    .
    ```

Instead:
    Link to one of them, and make the other name an alternative name of that record:

    ```turtle
    film:moloch-1999
        schema:director person:alexander-sokurov ;
    .

    person:alexander-sokurov
        schema:alternateName "Aleksandr Sokurov" ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import agents, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Resource
from filmld.vocab import SCHEMA

CODE = "director-twice"
NAME = "Director under two records"
SEVERITY = Severity.INFO

_DIRECTOR = IRI(SCHEMA + "director")
WATCHES = properties(_DIRECTOR)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each director who goes by a name of another director of the film."""
    for film in things(document, index, "Movie"):
        seen: list[Resource] = []
        for director, statement in agents(index, film, _DIRECTOR):
            if director in seen or not isinstance(director, IRI):
                continue
            same = next((other for other in seen if index.share_a_name(director, other)), None)
            seen.append(director)
            if isinstance(same, IRI) and statement.document is document:
                words = Words(
                    message=f"{written(director, document)} and {written(same, document)} have the same name",
                    label="perhaps one person",
                    hint="if it is one person, link to one record and move what the other knows into it",
                )
                yield told(CODE, SEVERITY, statement, words)
