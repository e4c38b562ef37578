"""Another person has the same name.

What it does:
    Finds people with records of their own who share a name, whatever its spelling, unless their years
    of birth or death differ.

Why it matters:
    Two records of one person part the films between them.

Example:
    ```turtle
    # in records/person/a-sokurov.ttl
    person:a-sokurov
        schema:name "Alexander Sokurov" ;
    .
    ```

Instead:
    Move what the second record knows into the first. If they are two people, say so in one of them, or
    record what tells them apart:

    ```turtle
    # in records/person/a-sokurov.ttl
    person:a-sokurov
        schema:name "Alexander Sokurov" ; # filmld: ok possible-duplicate-person a namesake
        schema:birthDate "1987"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.accepted import is_told_here
from filmld.check.facts import span_of
from filmld.check.findings import Words, finding
from filmld.check.index import Index, Named
from filmld.check.watching import literals
from filmld.check.wording import written
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA

CODE = "possible-duplicate-person"
NAME = "Possible duplicate person"
SEVERITY = Severity.WARNING

_PERSON = frozenset({"Person"})
_LIFE = (IRI(SCHEMA + "birthDate"), IRI(SCHEMA + "deathDate"))
WATCHES = literals(SCHEMA + "name")


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for the first name that a person with a record shares with another."""
    home = index.homes.get(document.filename)
    if home is None or not index.is_kind(IRI(home), _PERSON):
        return
    person = IRI(home)
    seen: set[IRI] = set()
    for name in index.graph(document).literals(person, SCHEMA + "name"):
        for other in index.called(name.lexical):
            if other.node not in seen and _may_be(person, other, index):
                seen.add(other.node)
                if is_told_here(CODE, document, other.document):
                    triple = Triple(person, IRI(SCHEMA + "name"), name)
                    yield finding(CODE, SEVERITY, document, triple, _words(other, document, name))


def _may_be(person: IRI, other: Named, index: Index) -> bool:
    """Say whether two people can be one; those described only inside a film's record are not looked at."""
    if other.node == person or other.node.value != index.homes.get(other.document.filename):
        return False
    if not index.is_kind(other.node, _PERSON):
        return False
    lives = ((span_of(index, person, date), span_of(index, other.node, date)) for date in _LIFE)
    return not any(
        one.start is not None
        and two.start is not None
        and one.end is not None
        and two.end is not None
        and (one.end < two.start or two.end < one.start)
        for one, two in lives
    )


def _words(other: Named, document: Document, name: Literal) -> Words:
    there = other.document.span(other.node, IRI(SCHEMA + "name"))
    row = f":{there.start.row}" if there else ""
    known = written(other.node, document)
    return Words(
        message=f"Another person is called “{name.lexical}”: {known}",
        label=f"also at {other.document.filename}{row}",
        hint="if it is the same person, move what the other record knows into this one",
        notes=(f"if it is not, say so in this record: # filmld: ok {CODE} {known}",),
        related=(Related(message="the other person", filename=other.document.filename, span=there),),
    )
