"""Another film has the same title and year.

What it does:
    Finds films that share a title, whatever its language or spelling, and the year with another film,
    unless both have directors and none in common. With a director in common, a year more or less does
    not count.

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

from collections.abc import Iterator

from filmld.check.accepted import is_told_here
from filmld.check.facts import MADE, span_of
from filmld.check.findings import Words, finding
from filmld.check.index import Index, Named
from filmld.check.watching import literals
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.edtf import Years
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import FLD, SCHEMA

_MOVIE = SCHEMA + "Movie"
_TITLES = frozenset({SCHEMA + "name", SCHEMA + "alternateName", FLD + "transcribedForm"})

CODE = "possible-duplicate"
NAME = "Possible duplicate"
SEVERITY = Severity.WARNING
WATCHES = literals(*_TITLES)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for the first title that a film shares with another film of its year."""
    seen: set[IRI] = set()
    for triple in document.triples:
        subject, predicate, title = triple
        if predicate.value not in _TITLES or not isinstance(title, Literal):
            continue
        if isinstance(subject, IRI) and _MOVIE in index.types(subject):
            for other in index.called(title.lexical):
                if other.node not in seen and same_film(subject, other, document, index):
                    seen.add(other.node)
                    if is_told_here(CODE, document, other.document):
                        yield finding(CODE, SEVERITY, document, triple, _words(triple, other, document))


def same_film(film: IRI, other: Named, document: Document, index: Index) -> bool:
    """Say whether two films of one title can be one by their years and directors."""
    if film == other.node or _MOVIE not in index.types(film) or _MOVIE not in index.types(other.node):
        return False
    mine, theirs = index.graph(document), index.graph(other.document)
    years = (span_of(index, film, *MADE), span_of(index, other.node, *MADE))
    directors = (
        set(mine.objects(film, SCHEMA + "director")),
        set(theirs.objects(other.node, SCHEMA + "director")),
    )
    shared_directors = bool(directors[0] & directors[1])
    if years[0] == years[1]:
        return not all(directors) or shared_directors
    return shared_directors and _are_close(*years)


def _are_close(one: Years, other: Years) -> bool:
    """Say whether two films can be one year apart or less: catalogues differ in what they date."""
    if None in {*one, *other}:
        return False
    starts, ends = (one.start or 0, other.start or 0), (one.end or 0, other.end or 0)
    return max(starts) - min(ends) <= 1


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
