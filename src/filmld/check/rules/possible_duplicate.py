"""Another film has the same title and year.

What it does:
    Finds films that share a title, whatever its language or spelling, and the year with another film,
    unless both have directors and none in common.

Why it matters:
    Two records of one film part what is known about it.

Example:
    ```turtle
    film:voice-of-sokurov
        schema:name "The voice of Sokurov"@en ;
        schema:dateCreated "2014"^^xsd:gYear ;
    .
    ```

Instead:
    Move what the second record knows into the first. If they are two films, say so in one of them:

    ```turtle
    film:voice-of-sokurov
        schema:name "The voice of Sokurov"@en ;     # filmld: ok possible-duplicate a student film
        schema:dateCreated "2014"^^xsd:gYear ;
    .
    ```
"""

import re
from collections.abc import Iterator

from filmld.check.findings import Words, finding
from filmld.check.index import Index, Named
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA

CODE = "possible-duplicate"
NAME = "Possible duplicate"
SEVERITY = Severity.WARNING

_ACCEPTED = re.compile(rf"#+\s*filmld:\s*ok\s+{CODE}\b")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for the first title that a film shares with another film of its year."""
    seen: set[IRI] = set()
    for triple in document.triples:
        subject, predicate, title = triple
        if predicate.value == SCHEMA + "name" and isinstance(subject, IRI) and isinstance(title, Literal):
            for other in index.called(title.lexical):
                if other.node not in seen and _same_film(subject, other, document, index):
                    seen.add(other.node)
                    if _is_told_here(document, other.document):
                        yield finding(CODE, SEVERITY, document, triple, _words(triple, other, document))


def _is_told_here(here: Document, there: Document) -> bool:
    """One finding a pair: in the record that says it is right so, else in the later one."""
    if _is_accepted(here) or _is_accepted(there):
        return _is_accepted(here)
    return here.filename >= there.filename


def _is_accepted(document: Document) -> bool:
    return any(_ACCEPTED.match(comment.text) for comment in document.comments)


def _same_film(film: IRI, other: Named, document: Document, index: Index) -> bool:
    movie = SCHEMA + "Movie"
    if film == other.node or movie not in index.types(film) or movie not in index.types(other.node):
        return False
    mine, theirs = index.graph(document), index.graph(other.document)
    years = {
        _year(mine.value(film, SCHEMA + "dateCreated")),
        _year(theirs.value(other.node, SCHEMA + "dateCreated")),
    }
    directors = (
        set(mine.objects(film, SCHEMA + "director")),
        set(theirs.objects(other.node, SCHEMA + "director")),
    )
    return len(years) == 1 and (not all(directors) or bool(directors[0] & directors[1]))


def _year(value: object) -> str | None:
    return value.lexical[:4] if isinstance(value, Literal) else None


def _words(triple: Triple, other: Named, document: Document) -> Words:
    there = other.document.span(other.node, IRI(SCHEMA + "name"), triple.object)
    row = f":{there.start.row}" if there else ""
    name = written(other.node, document)
    return Words(
        message=f"Another film has the same title and year: {name}",
        label=f"also at {other.document.filename}{row}",
        hint="if it is the same film, move what the other record knows into this one",
        notes=(f"if it is not, say so in this record: # filmld: ok {CODE} {name}",),
        related=(Related(message="the other film", filename=other.document.filename, span=there),),
    )
