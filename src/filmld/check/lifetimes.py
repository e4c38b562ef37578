"""Who directed which film, and when both lived: what the rules about directors' lives compare."""

from collections.abc import Iterator, Sequence
from typing import Final

from filmld.check.facts import MADE, agents, span_of, things
from filmld.check.index import Index, Statement
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.edtf import Years
from filmld.turtle.terms import IRI, Resource
from filmld.vocab import SCHEMA

DIRECTOR: Final = IRI(SCHEMA + "director")
_BORN: Final = IRI(SCHEMA + "birthDate")
_DIED: Final = IRI(SCHEMA + "deathDate")


class Directed(NamedTuple):
    """That somebody directed a film, and the years that count.

    Attributes:
        statement: What the film's record says of it.
        director: The person.
        made: The years that the film can be of.
        born: The years in which the person can have been born.
        died: The years in which the person can have died.
    """

    statement: Statement
    director: Resource
    made: Years
    born: Years
    died: Years


def directed(document: Document, index: Index) -> Sequence[Directed]:
    """List what this file says of who directed a film."""
    return index.remember((directed, document), lambda: tuple(_directed(document, index)))


def _directed(document: Document, index: Index) -> Iterator[Directed]:
    for film in things(document, index, "Movie"):
        made = span_of(index, film, *MADE)
        for person, statement in agents(index, film, DIRECTOR):
            if statement.document is document:
                born, died = span_of(index, person, _BORN), span_of(index, person, _DIED)
                yield Directed(statement, person, made, born, died)
