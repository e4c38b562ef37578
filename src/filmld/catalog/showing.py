"""At which festivals films were shown, worked out for the films alone that an edit concerns.

One record says that a film was shown at an event, perhaps another one which festival the event belongs to
(:mod:`filmld.catalog.festivals`). So an edit of the second concerns films that only the first names: those
that were shown at the event, or at one below it. All of this is looked up in the store.
"""

from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from filmld.catalog.festivals import Festivals
from filmld.tuples import NamedTuple
from filmld.vocab import DERIVED, FLD, RDF, SCHEMA

Node: TypeAlias = ox.NamedNode | ox.BlankNode

SHOWN: Final = ox.NamedNode(FLD + "shownAt")

_FACTS: Final = ox.NamedNode(DERIVED)
_TYPE: Final = ox.NamedNode(RDF + "type")
_PRESENTED: Final = ox.NamedNode(SCHEMA + "workPresented")
_PART_OF: Final = ox.NamedNode(SCHEMA + "superEvent")
_VARIANT_OF: Final = ox.NamedNode(FLD + "variantOf")


class Link(NamedTuple):
    """A statement about two things."""

    subject: object
    predicate: object
    object: object


class Showing:
    """Looks into a store for screenings."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store

    def concerned(self, links: Iterable[Link]) -> set[Node]:
        """The films of which it may be said anew where they were shown, once links have come or gone."""
        films: set[Node] = set()
        for link in links:
            if link.predicate == _PRESENTED:
                films.update(self._with_works(link.object, None))
            elif link.predicate == _VARIANT_OF:
                films.update(_nodes(link.object))
            elif link.predicate in {_PART_OF, _TYPE}:
                films.update(self._films_at(link.subject))
        return films

    def facts(self, film: Node) -> set[ox.Quad]:
        """What the store should say of a film."""
        festivals = Festivals(self._store)
        return {
            ox.Quad(film, SHOWN, ox.NamedNode(festival), _FACTS)
            for event in self._events(film)
            for festival in festivals(event)
        }

    def _films_at(self, event: object) -> Iterator[Node]:
        """The films that were shown at an event, or at others that belong to it; a screening is one, too."""
        for node in self._below(event):
            for shown in self._store.quads_for_pattern(node, _PRESENTED, None, None):
                yield from self._with_works(shown.object, shown.graph_name)

    def _with_works(self, shown: object, graph: object) -> Iterator[Node]:
        """What was shown, and the works that it is a variant of, by one record or by any."""
        name = graph if isinstance(graph, ox.NamedNode) else None
        for node in _nodes(shown):
            yield node
            for quad in self._store.quads_for_pattern(node, _VARIANT_OF, None, name):
                yield from _nodes(quad.object)

    def _events(self, film: Node) -> Iterator[str]:
        """The events that records say the film was shown at."""
        for shown in self._screenings(film):
            for quad in self._store.quads_for_pattern(shown.subject, _PART_OF, None, shown.graph_name):
                if isinstance(quad.object, ox.NamedNode):
                    yield quad.object.value

    def _screenings(self, film: Node) -> Iterator[ox.Quad]:
        yield from self._store.quads_for_pattern(None, _PRESENTED, film, None)
        for quad in self._store.quads_for_pattern(None, _VARIANT_OF, film, None):
            yield from self._store.quads_for_pattern(None, _PRESENTED, quad.subject, quad.graph_name)

    def _below(self, event: object) -> set[Node]:
        """An event, and all that say they are part of it."""
        waiting = list(_nodes(event))
        seen = set(waiting)
        while waiting:
            for quad in self._store.quads_for_pattern(None, _PART_OF, waiting.pop(), None):
                for node in _nodes(quad.subject):
                    if node not in seen:
                        seen.add(node)
                        waiting.append(node)
        return seen


def _nodes(term: object) -> Iterator[Node]:
    """A thing that something can be said of, or nothing."""
    if isinstance(term, ox.NamedNode | ox.BlankNode):
        yield term
