"""Somebody is credited whom only the film's own record describes.

What it does:
    Counts the people credited on a film who are described inside its record, as `#cast-1` or the like,
    and have none of their own.

Why it matters:
    The same person on another film is somebody else, and nobody's filmography is complete. It is no
    fault: a record comes in time, for those who matter.

Example:
    ```turtle
    film:moloch-1999
        schema:actor :cast-1 ;
    .

    :cast-1
        a schema:Person ;
        schema:name "Elena Rufanova" ;
    .
    ```

Instead:
    Give those a record whom you want to find on other films, too:

    ```turtle
    film:moloch-1999
        schema:actor person:elena-rufanova ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.catalog.derived import CAPACITIES
from filmld.check.facts import Agent, agents, called, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Position, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI

CODE = "person-without-record"
NAME = "Person without a record"
SEVERITY = Severity.INFO

_PERSON = frozenset({"Person"})
WATCHES = properties(*CAPACITIES)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield one finding for each film with such people, at the first of them."""
    for film in things(document, index, "Movie"):
        found = [
            agent
            for capacity in _stated(document, index)
            for agent in agents(index, film, IRI(capacity))
            if agent.statement.document is document and _is_inside(agent, index)
        ]
        if found:
            first = min(found, key=lambda agent: _start(agent, document))
            people = len({agent.node for agent in found})
            more = f" and {people - 1} more have" if people > 1 else " has"
            words = Words(
                message=f"{called(first.node, index)}{more} no record of their own",
                label="described in this record only",
                hint="make records for those whom you want to find on other films, too, and link to these",
            )
            yield told(CODE, SEVERITY, first.statement, words)


def _stated(document: Document, index: Index) -> list[str]:
    """The capacities in which this file credits anybody, in their order."""
    graph = index.graph(document)
    names = {name.value for subject in graph.subjects() for name in graph.properties(subject)}
    return sorted(CAPACITIES.keys() & names)


def _is_inside(agent: Agent, index: Index) -> bool:
    return isinstance(agent.node, IRI) and "#" in agent.node.value and index.is_kind(agent.node, _PERSON)


def _start(agent: Agent, document: Document) -> Position:
    """Where the film's record mentions somebody."""
    span = document.span(*agent.statement.triple)
    return span.start if span else Position(0, 0)
