"""An organization is credited on a film before it was founded, or after it was dissolved.

What it does:
    Compares the year of a film with the dates of the organizations that made or paid for it, and the dates
    of a distribution with those of the distributor. A distributor may be younger than the film: where a
    distribution has no date, it is found only if it was gone before the film was made.

Why it matters:
    A predecessor or successor was meant, or one of the dates is wrong.

Example:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:productionCompany organization:lenfilm ;
    .

    organization:lenfilm
        schema:foundingDate "2009"^^xsd:gYear ;
    .
    ```

Instead:
    ```turtle
    film:moloch-1999
        schema:dateCreated "1999"^^xsd:gYear ;
        schema:productionCompany organization:lenfilm ;
    .

    organization:lenfilm
        schema:foundingDate "1918"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Collection, Iterator

from filmld.check.facts import MADE, Agent, agents, called, dates, span_of, things, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.nodes import own_node
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.edtf import Years
from filmld.turtle.terms import IRI, Literal, Resource
from filmld.vocab import FLD, SCHEMA

CODE = "credited-outside-life"
NAME = "Organization outside its life"
SEVERITY = Severity.WARNING

_MAKERS = (
    *(
        IRI(SCHEMA + name)
        for name in (
            "productionCompany",
            "producer",
            "director",
            "author",
            "creator",
            "contributor",
            "editor",
            "musicBy",
            "actor",
            "funder",
            "sponsor",
        )
    ),
    IRI(FLD + "coProductionCompany"),
)
"""Who was there when the film was made; :func:`agents` follows credits."""

_SELLERS = (IRI(SCHEMA + "provider"), IRI(SCHEMA + "publisher"), IRI(FLD + "salesAgent"))
_DISTRIBUTION = IRI(SCHEMA + "publication")
_DISTRIBUTOR = IRI(SCHEMA + "publishedBy")
_WHEN = (IRI(SCHEMA + "startDate"), IRI(SCHEMA + "endDate"))
_FOUNDED = IRI(SCHEMA + "foundingDate")
_DISSOLVED = IRI(SCHEMA + "dissolutionDate")
CREDITED = tuple(name.value for name in (*_MAKERS, *_SELLERS))
"""The properties by which somebody is credited."""
DISTRIBUTOR = _DISTRIBUTOR.value
WATCHES = properties(*_MAKERS, *_SELLERS, _DISTRIBUTOR)


class _Credit(NamedTuple):
    """Who is credited where, and the years in which they must have been there."""

    agent: Agent
    years: Years
    what: str


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each organization that certainly was not there at the time."""
    graph = index.graph(document)
    for film in things(document, index, "Movie"):
        for credit in _credits(film, graph.properties(own_node(film)), index):
            if credit.agent.statement.document is document:
                yield from _told(credit, index)


def _credits(film: Resource, stated: Collection[IRI], index: Index) -> Iterator[_Credit]:
    """The credits of a film, by properties that are stated in the file at hand."""
    made = span_of(index, film, *MADE)
    since = Years(made.start, None)
    for property_ in [name for name in _MAKERS if name in stated]:
        yield from (_Credit(agent, made, "this film") for agent in agents(index, film, property_))
    for property_ in [name for name in _SELLERS if name in stated]:
        yield from (_Credit(agent, since, "this film") for agent in agents(index, film, property_))
    for event in index.statements(film, _DISTRIBUTION):
        if not isinstance(event.triple.object, Literal):
            yield from _distributors(event.triple.object, since, index)


def _distributors(event: Resource, since: Years, index: Index) -> Iterator[_Credit]:
    """Who distributed, at the dates that are stated, or else at any time after the film was made."""
    spans = [date.years for date in dates(index, event, *_WHEN)] or [since]
    what = "this film" if spans == [since] else "this distribution"
    for agent in agents(index, event, _DISTRIBUTOR):
        yield from (_Credit(agent, years, what) for years in spans)


def _told(credit: _Credit, index: Index) -> Iterator[Diagnostic]:
    agent, years, what = credit
    first = span_of(index, agent.node, _FOUNDED).start
    last = span_of(index, agent.node, _DISSOLVED).end
    if years.end is not None and first is not None and years.end < first:
        when = f"was founded in {first}, after {what} of {years.end}"
    elif years.start is not None and last is not None and years.start > last:
        when = f"was dissolved in {last}, before {what} of {years.start}"
    else:
        return
    words = Words(
        message=f"{called(agent.node, index)} {when}",
        label="not there at the time",
        hint="link to the organization that came before or after, or correct the dates",
    )
    yield told(CODE, SEVERITY, agent.statement, words)
