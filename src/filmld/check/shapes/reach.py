"""How far from its focus node a query inside a shape looks."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TypeVar

from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.plugins.sparql.sparql import Query
from rdflib.term import BNode, Identifier, Variable

_THIS = Variable("this")
_Part = TypeVar("_Part")


def steps(query: Query) -> int | None:
    """Count the statements that lead from ``$this`` to the farthest that a query asks for.

    Returns:
        The count; ``None`` if the query asks for something that hangs together with ``$this`` in
        another way than by statements, or by any number of them.
    """
    patterns = list(_patterns(query.algebra))
    distance: dict[object, int] = {_THIS: 0}
    is_growing = True
    while is_growing:
        is_growing = False
        for subject, _, value in patterns:
            for start, end in ((subject, value), (value, subject)):
                if start in distance and isinstance(end, Variable | BNode):
                    farther = distance[start] + 1
                    if farther < distance.get(end, farther + 1):
                        distance[end] = farther
                        is_growing = True
    if any(not isinstance(predicate, Identifier) for _, predicate, _ in patterns):
        return None
    nearest = [
        min(distance[end] for end in (subject, value) if end in distance)
        for subject, _, value in patterns
        if subject in distance or value in distance
    ]
    return max(nearest, default=-1) + 1 if len(nearest) == len(patterns) else None


def in_threes(triples: Iterable[Sequence[_Part]]) -> Iterator[tuple[_Part, _Part, _Part]]:
    """Triple patterns one by one; inside ``EXISTS`` rdflib has those of one sentence in a row."""
    for sentence in triples:
        yield from zip(sentence[::3], sentence[1::3], sentence[2::3], strict=True)


def _patterns(part: object) -> Iterator[tuple[object, object, object]]:
    """All triple patterns of a query, however deep."""
    if isinstance(part, CompValue):
        for name, inner in dict.items(part):
            yield from in_threes(inner) if name == "triples" else _patterns(inner)
    elif isinstance(part, Iterable) and not isinstance(part, str):
        for inner in part:
            yield from _patterns(inner)
