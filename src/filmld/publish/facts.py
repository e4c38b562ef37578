"""A graph told as facts, each by the way to it, since blank nodes have no name to call them by."""

import json
from collections.abc import Iterator
from typing import Final

from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term
from filmld.vocab import RDF, SCHEMA

MOST: Final = 20_000
"""How many facts are told; knotted blank nodes have ways without number."""
_UNNAMED: Final = "(without address)"


class TooManyFactsError(ValueError):
    """There are more ways through the blank nodes than can be told."""


class Fact(NamedTuple):
    """One thing that is stated.

    Attributes:
        subject: The address of the thing that the way begins at, or ``(without address)``.
        path: The properties on the way, as in ``review``, ``author``, ``name``.
        value: What is at its end: a text, a number, an address.
    """

    subject: str
    path: tuple[str, ...]
    value: str


def facts(graph: Graph) -> list[Fact]:
    """Tell every fact of a graph, those of blank nodes from where they are referred to.

    Raises:
        TooManyFactsError: There is no end of them.
    """
    referred = {triple.object for triple in graph}
    found: list[Fact] = []
    for subject in graph.subjects():
        if isinstance(subject, IRI) or subject not in referred:
            start = subject.value if isinstance(subject, IRI) else _UNNAMED
            for path, value in _ways(graph, subject, (subject,), ()):
                found.append(Fact(start, path, value))
                if len(found) > MOST:
                    raise TooManyFactsError
    return found


def _ways(
    graph: Graph, node: Resource, passed: tuple[Resource, ...], path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], str]]:
    for predicate in graph.predicates(node):
        step = (*path, _word(predicate.value))
        for value in graph.objects(node, predicate.value):
            if not isinstance(value, BlankNode):
                yield step, _shown(value)
            elif value in passed or not any(graph.predicates(value)):
                yield step, _UNNAMED
            else:
                yield from _ways(graph, value, (*passed, value), step)


def _word(predicate: str) -> str:
    return "type" if predicate == RDF + "type" else predicate.removeprefix(SCHEMA)


def _shown(value: Term) -> str:
    if not isinstance(value, Literal):
        return str(value).strip("<>").removeprefix(SCHEMA)
    mark = f"@{value.language}" if value.language else ""
    return json.dumps(value.lexical, ensure_ascii=False) + mark
