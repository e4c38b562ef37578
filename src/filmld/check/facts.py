"""What records say of one thing, whichever file says it: dates, and people behind credits."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from filmld.check.findings import Words, finding
from filmld.check.index import Index, Statement
from filmld.check.nodes import own, own_node, shared_node
from filmld.diagnostics import Diagnostic, Severity
from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.turtle.dates import years
from filmld.turtle.document import Document
from filmld.turtle.edtf import Years
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Triple
from filmld.vocab import SCHEMA

MADE: Final = (IRI(SCHEMA + "dateCreated"), IRI(SCHEMA + "datePublished"))
"""What dates a film."""

_CALENDAR = regex(r"\d{4}(?:-\d\d){0,2}", re.ASCII)

_UNBOUNDED = Years(None, None)


class Dated(NamedTuple):
    """A date that is stated, and the years that it can mean."""

    statement: Statement
    date: Literal
    years: Years


class Agent(NamedTuple):
    """Somebody who is credited, and the film's statement that leads to them."""

    node: Resource
    statement: Statement


def things(document: Document, index: Index, *classes: str) -> Sequence[Resource]:
    """The things of some classes that a file describes, by their names in the graph of all files."""

    def found() -> Sequence[Resource]:
        wanted, number = frozenset(classes), index.number(document)
        nodes = (shared_node(subject, number) for subject in index.graph(document).subjects())
        return tuple(node for node in nodes if index.is_kind(node, wanted))

    return index.remember((things, document, classes), found)


def stating(document: Document, index: Index, *properties: IRI) -> Iterator[Resource]:
    """The things of which a file states any of some properties, by their names in the graph of all files."""
    graph, number = index.graph(document), index.number(document)
    for subject in graph.subjects():
        stated = graph.properties(subject)
        if any(property_ in stated for property_ in properties):
            yield shared_node(subject, number)


def dates(index: Index, node: Resource, *properties: IRI) -> list[Dated]:
    """All dates that are stated of a thing and can be read."""
    return [
        Dated(statement, value, found)
        for property_ in properties
        for statement in index.statements(node, property_)
        if isinstance(value := statement.triple.object, Literal) and (found := years(value))
    ]


def span_of(index: Index, node: Resource, *properties: IRI) -> Years:
    """The first and the last year that any of some dates can mean; open where nothing is known."""
    stated = [value for property_ in properties for value in index.values(node, property_)]
    if not stated:
        return _UNBOUNDED
    found = [known for value in stated if isinstance(value, Literal) and (known := years(value))]
    if not found:
        return _UNBOUNDED
    starts = [each.start for each in found if each.start is not None]
    ends = [each.end for each in found if each.end is not None]
    start = min(starts) if len(starts) == len(found) else None
    return Years(start, max(ends) if len(ends) == len(found) else None)


def agents(index: Index, film: Resource, property_: IRI) -> Iterator[Agent]:
    """The people and companies that a property leads to, straight or over a credit that repeats it."""
    for statement in index.statements(film, property_):
        value = statement.triple.object
        if isinstance(value, Literal):
            continue
        behind = index.values(value, property_)
        for agent in behind or [value]:
            if not isinstance(agent, Literal):
                yield Agent(agent, statement)


def is_before(one: Dated, other: Dated) -> bool:
    """Say whether a date is certainly earlier than another.

    Of dates in one year, months and days are compared as far as both state them.
    """
    if one.years.end is None or other.years.start is None:
        return False
    if one.years.end != other.years.start:
        return one.years.end < other.years.start
    first, second = one.date.lexical[:10], other.date.lexical[:10]
    shorter = min(len(first), len(second))
    both_plain = _CALENDAR.fullmatch(first) and _CALENDAR.fullmatch(second)
    return bool(both_plain) and first[:shorter] < second[:shorter]


def before_film(
    document: Document, index: Index, kind: str, of: IRI, when: IRI
) -> Iterator[tuple[Dated, int]]:
    """Dates of screenings or reviews, from this file, that are certainly before their film's year.

    Args:
        document: The file.
        index: All records.
        kind: The class of the things that are dated.
        of: The property that leads from them to their films.
        when: The property that dates them.

    Yields:
        The date, and the first year that the film can be of.
    """
    dated = set(stating(document, index, when))
    for thing in (thing for thing in things(document, index, kind) if thing in dated):
        films = (found.triple.object for found in index.statements(thing, of))
        for film in films:
            made = None if isinstance(film, Literal) else span_of(index, film, *MADE).start
            for date in dates(index, thing, when):
                is_early = made is not None and date.years.end is not None and date.years.end < made
                if made is not None and is_early and date.statement.document is document:
                    yield date, made


def reversed_dates(document: Document, index: Index, first: IRI, last: IRI) -> Iterator[tuple[Dated, Dated]]:
    """Pairs of a first and a last date of one thing, the last from this file, in the wrong order."""
    for node in stating(document, index, last):
        for end in dates(index, node, last):
            starts = [start for start in dates(index, node, first) if is_before(end, start)]
            if starts and end.statement.document is document:
                yield starts[0], end


def told(code: str, severity: Severity, statement: Statement, words: Words) -> Diagnostic:
    """Make a finding at the value of a statement."""
    subject, predicate, value = statement.triple
    return finding(
        code, severity, statement.document, Triple(own_node(subject), predicate, own(value)), words
    )


def called(node: Resource, index: Index) -> str:
    """What a thing is called in a sentence: its name, else its identifier."""
    name = index.name(node) if not isinstance(node, BlankNode) else None
    return f"“{name}”" if name else str(own_node(node)).strip("<>")
