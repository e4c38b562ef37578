"""Facts that take all records to work out: counts, and what many statements far apart say together.

Questions about a whole catalogue would go through all of it each time. What they count is counted once,
when the records are laid down for queries, and stands in the graph of derived facts as small nodes:

    ?tally fld:counts tally:co-productions ; fld:byDecade ?decade ; fld:byCountry ?a ; fld:byOtherCountry ?b ;
        fld:films ?films

What is counted is said by the queries beside this file; each column of one is a property of that name.
The file gives the kind (``co-productions.rq`` makes ``tally:co-productions``). A query with a column
``?of`` makes no nodes: its other columns are said of that thing. Pairs of people are not counted by a
query, for there are too many of them (:mod:`filmld.catalog.tallies.collaborations`). Rows of which there
may be very many have a place, by which they are read a page at a time (:mod:`filmld.catalog.tallies.places`).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, TypeAlias

import pyoxigraph as ox

from filmld.catalog.tallies.collaborations import collaborations
from filmld.catalog.tallies.places import Order, in_order, order_in
from filmld.patterns import regex
from filmld.vocab import DERIVED, FLD, RDF, TALLY

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal
Row: TypeAlias = Mapping[str, Term]
"""The columns of a row that hold something."""

NODE: Final = "urn:filmld:tally:"
OF: Final = "of"
SUFFIX: Final = ".rq"

_PREFIX: Final = regex(r"^PREFIX (\w+): <([^>]+)>$", re.MULTILINE)
_NAME: Final = regex(r"\b(\w+):(\w+)")
_PAIRS: Final = "collaborations"

_GRAPH: Final = ox.NamedNode(DERIVED)
_COUNTS: Final = ox.NamedNode(FLD + "counts")


@cache
def kinds() -> Mapping[str, frozenset[str]]:
    """All kinds of tallies, and the properties that each goes by.

    No query has a variable in the place of a property; so one of whose properties no statement has come
    or gone answers as before. More than the properties may be named, which does no harm.
    """
    found = {path.stem: _properties(path.read_text(encoding="utf-8")) for path in _queries()}
    found[_PAIRS] = frozenset({FLD + "agent", RDF + "type"})
    return MappingProxyType(dict(sorted(found.items())))


def concerned(properties: Collection[str]) -> frozenset[str]:
    """The kinds that may be others once statements of some properties have come or gone."""
    return frozenset(kind for kind, names in kinds().items() if not names.isdisjoint(properties))


@cache
def about_things() -> frozenset[ox.NamedNode]:
    """The properties of tallies that are said of the things of records; all others are said of nodes."""
    return frozenset(ox.NamedNode(FLD + column) for columns in _columns().values() for column in columns)


def stated(store: ox.Store, wanted: Collection[str]) -> Iterator[ox.Quad]:
    """What a store holds of some kinds of tallies."""
    for kind in wanted:
        for node in store.quads_for_pattern(None, _COUNTS, ox.NamedNode(TALLY + kind), _GRAPH):
            if isinstance(node.subject, ox.NamedNode):
                yield from store.quads_for_pattern(node.subject, None, None, _GRAPH)
        for column in _columns().get(kind, ()):
            yield from store.quads_for_pattern(None, ox.NamedNode(FLD + column), None, _GRAPH)


@cache
def _columns() -> Mapping[str, tuple[str, ...]]:
    """What the queries say of things, by kind; asked of no data they tell their columns all the same."""
    found: dict[str, tuple[str, ...]] = {}
    for path in _queries():
        query = path.read_text(encoding="utf-8")
        solutions = ox.Store().query(query)
        if isinstance(solutions, ox.QuerySolutions):
            names = [variable.value for variable in solutions.variables]
            order = order_in(query)
            said = (order.place,) if order else tuple(name for name in names if name != OF)
            found[path.stem] = said if OF in names else ()
    return MappingProxyType(found)


def tallies(store: ox.Store, wanted: Collection[str] | None = None) -> ox.Store:
    """Work out what follows from all records together.

    Args:
        store: All statements of records, and what follows from each of them.
        wanted: The kinds; all of them if none are given.

    Returns:
        A store of its own, so that the other goes on to hold what follows from each record alone.
    """
    made = ox.Store()
    for path in _queries():
        if wanted is None or path.stem in wanted:
            query = path.read_text(encoding="utf-8")
            made.bulk_extend(_quads(path.stem, _rows(store, query), order_in(query)))
    if wanted is None or _PAIRS in wanted:
        made.bulk_extend(_quads(_PAIRS, collaborations(store)))
    return made


def _queries() -> list[Path]:
    return sorted(Path(__file__).parent.glob(f"*{SUFFIX}"))


def _properties(query: str) -> frozenset[str]:
    """All names in a query, as IRIs; ``a`` is one (SPARQL 1.1 §4.2.4)."""
    prefixes = dict(_PREFIX.findall(query))
    return frozenset({RDF + "type"} | {prefixes[prefix] + name for prefix, name in _NAME.findall(query)})


def _rows(store: ox.Store, query: str) -> Iterator[Row]:
    solutions = store.query(query, use_default_graph_as_union=True)
    if not isinstance(solutions, ox.QuerySolutions):  # unreachable: all files beside this one are SELECT
        raise TypeError
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        columns = zip(names, solution, strict=True)
        yield {name: term for name, term in columns if term is not None and not isinstance(term, ox.Triple)}


def _quads(name: str, rows: Iterable[Row], order: Order | None = None) -> Iterator[ox.Quad]:
    if order:
        yield from _placed(name, rows, order)
        return
    for row in rows:
        yield from _said(name, row, row.get(OF) or _node(name, row))


def _placed(name: str, rows: Iterable[Row], order: Order) -> Iterator[ox.Quad]:
    """Rows with their places; of a thing itself nothing else is said."""
    place = ox.NamedNode(FLD + order.place)
    for number, called, row in in_order(rows, order):
        subject = row.get(OF)
        if subject is None:
            subject = _node(name, row, f"{called}/")
            yield from _said(name, row, subject)
        if not isinstance(subject, ox.Literal):
            yield ox.Quad(subject, place, ox.Literal(number), _GRAPH)


def _said(name: str, row: Row, subject: Term) -> Iterator[ox.Quad]:
    if isinstance(subject, ox.Literal):
        return
    if OF not in row:
        yield ox.Quad(subject, _COUNTS, ox.NamedNode(TALLY + name), _GRAPH)
    for column, term in row.items():
        if column != OF:
            yield ox.Quad(subject, ox.NamedNode(FLD + column), term, _GRAPH)


def _node(name: str, row: Row, called: str = "") -> ox.NamedNode:
    """A node that is called by what it says: the same records give the same names."""
    said = "\n".join([name, *(f"{column} {term}" for column, term in row.items())])
    return ox.NamedNode(f"{NODE}{called}{hashlib.sha256(said.encode()).hexdigest()[:20]}")
