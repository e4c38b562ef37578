"""Which festivals an event belongs to: a screening to its edition, an edition to its series."""

from collections.abc import Iterator

import pyoxigraph as ox

from filmld.vocab import FLD, RDF, SCHEMA

_TYPE = ox.NamedNode(RDF + "type")
_FESTIVAL = ox.NamedNode(FLD + "FilmFestival")
_PART_OF = ox.NamedNode(SCHEMA + "superEvent")


class Festivals:
    """Finds festivals in a store; many screenings share an event, so each is looked up once."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._known: dict[str, tuple[str, ...]] = {}

    def __call__(self, event: str) -> tuple[str, ...]:
        """List the festivals that an event is or belongs to, in the order of IRIs."""
        if event not in self._known:
            self._known[event] = tuple(sorted(self._above(ox.NamedNode(event))))
        return self._known[event]

    def _above(self, event: ox.NamedNode) -> Iterator[str]:
        seen = {event}  # a record may say, by mistake, that two events are part of each other
        waiting = [event]
        while waiting:
            node = waiting.pop()
            if next(self._store.quads_for_pattern(node, _TYPE, _FESTIVAL, None), None):
                yield node.value
            for quad in self._store.quads_for_pattern(node, _PART_OF, None, None):
                if isinstance(quad.object, ox.NamedNode) and quad.object not in seen:
                    seen.add(quad.object)
                    waiting.append(quad.object)
