"""Edits of a store, with what they come to, so that another store of the same can be edited alike."""

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from filmld.tuples import NamedTuple


class Edit(NamedTuple):
    """What edits come to. A statement is in one of the two at most.

    Attributes:
        removed: The statements that are gone, each as N-Quads without the dot.
        added: Those that have come.
    """

    removed: frozenset[str]
    added: frozenset[str]

    @property
    def predicates(self) -> frozenset[str]:
        """The IRIs of all properties that something has come or gone of."""
        return frozenset(quad.split(" ", 2)[1][1:-1] for each in self for quad in each)

    def then(self, later: "Edit") -> "Edit":
        """This edit and a later one, as one."""
        return Edit(
            removed=(self.removed - later.added) | (later.removed - self.added),
            added=(self.added - later.removed) | (later.added - self.removed),
        )


NO_EDIT: Final = Edit(frozenset(), frozenset())


class Edits:
    """Edits a store and takes note of it. Whoever edits the store otherwise leaves the others behind.

    Attributes:
        balance: How many statements it holds more than at first.
    """

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._were: dict[str, bool] = {}
        self._are: dict[str, bool] = {}
        self.balance = 0

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add statements, in the form that a store gives them: ``"01"^^xsd:integer`` becomes ``"1"``."""
        kept = ox.Store()
        kept.extend(quads)
        for quad in kept:
            self.balance += quad not in self._store
            self._note(quad, is_there=True)
            self._store.add(quad)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Remove statements, listed from the store itself."""
        for quad in list(quads):
            self.balance -= quad in self._store
            self._note(quad, is_there=False)
            self._store.remove(quad)

    def remove_graph(self, graph: ox.NamedNode) -> None:
        """Remove a graph with all that it states."""
        self.remove(self._store.quads_for_pattern(None, None, None, graph))
        self._store.remove_graph(graph)

    def take(self) -> Edit:
        """What all edits come to since this was called last."""
        were, are = self._were, self._are
        self._were, self._are = {}, {}
        changed = [quad for quad, is_there in are.items() if is_there != were[quad]]
        return Edit(
            removed=frozenset(quad for quad in changed if were[quad]),
            added=frozenset(quad for quad in changed if are[quad]),
        )

    def _note(self, quad: ox.Quad, *, is_there: bool) -> None:
        text = str(quad)
        if text not in self._are:
            self._were[text] = quad in self._store
        self._are[text] = is_there
