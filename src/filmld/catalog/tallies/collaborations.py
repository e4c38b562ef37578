"""The pairs of people who worked together most.

A film with twelve people has 66 pairs, a large catalogue millions of which nearly all made one film
together. A list of the closest needs no count of the others: nobody has made more films with another
than alone, so that whoever has fewer than the last pair of the list need not be looked at.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from typing import Final

import pyoxigraph as ox

from filmld.tuples import NamedTuple
from filmld.vocab import FLD, RDF, SCHEMA, XSD

MOST: Final = 500
"""So many pairs; a network of more is a blur."""

_TYPE: Final = ox.NamedNode(RDF + "type")
_AGENT: Final = ox.NamedNode(FLD + "agent")
_MOVIE: Final = ox.NamedNode(SCHEMA + "Movie")
_PERSON: Final = ox.NamedNode(SCHEMA + "Person")
_INTEGER: Final = ox.NamedNode(XSD + "integer")
_ROOM: Final = 20 * MOST
"""How many candidates may wait until the list is cut."""


class Pair(NamedTuple):
    """Two people by their places in the order of IRIs; pairs sort as the list does."""

    fewer: int
    """How many films they made together, as a negative number."""
    first: int
    second: int


def collaborations(store: ox.Store, most: int = MOST) -> Iterator[dict[str, ox.NamedNode | ox.Literal]]:
    """Count the films of the closest pairs: by films, and among equals by their IRIs.

    Whoever has no IRI is left out: nobody can say that they are the same in another film.
    """
    people, films = _casts(store)
    for pair in closest(films, len(people), most):
        yield {
            "byPerson": ox.NamedNode(people[pair.first]),
            "byOtherPerson": ox.NamedNode(people[pair.second]),
            "films": ox.Literal(str(-pair.fewer), datatype=_INTEGER),
        }


def closest(films: Sequence[Sequence[int]], people: int, most: int) -> list[Pair]:
    """Find the pairs with the most films in common.

    Args:
        films: The people of each film, everybody once, by their numbers.
        people: How many people there are.
        most: How many pairs are wanted.
    """
    films_of: list[list[int]] = [[] for _ in range(people)]
    for film, cast in enumerate(films):
        for person in cast:
            films_of[person].append(film)
    ranked = sorted(range(people), key=lambda person: (-len(films_of[person]), person))
    rank = {person: place for place, person in enumerate(ranked)}
    found: list[Pair] = []
    least = 1
    for place, person in enumerate(ranked):
        if len(films_of[person]) < least:
            break
        together = Counter[int]()
        for film in films_of[person]:
            together.update(films[film])
        found += [
            Pair(-count, min(person, other), max(person, other))
            for other, count in together.items()
            if count >= least and rank[other] < place
        ]
        if len(found) > max(_ROOM, most):
            found = nsmallest(most, found)
            least = -found[-1].fewer
    return nsmallest(most, found)


def _casts(store: ox.Store) -> tuple[list[str], list[list[int]]]:
    """Everybody in the order of IRIs, and who is in each film."""
    movies, persons = _instances(store, _MOVIE), _instances(store, _PERSON)
    agents: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, _AGENT, None, None):
        film, agent = str(quad.subject), quad.object
        if film in movies and isinstance(agent, ox.NamedNode) and str(agent) in persons:
            agents[film].add(agent.value)
    people = sorted({person for cast in agents.values() for person in cast})
    numbers = {person: number for number, person in enumerate(people)}
    return people, [sorted(numbers[person] for person in cast) for _, cast in sorted(agents.items())]


def _instances(store: ox.Store, kind: ox.NamedNode) -> frozenset[str]:
    return frozenset(str(quad.subject) for quad in store.quads_for_pattern(None, _TYPE, kind, None))
