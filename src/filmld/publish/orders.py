"""The order of lists, worked out once for each language: all pages of a list go by it."""

from collections.abc import Callable, Sequence
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.addresses import LISTS
from filmld.publish.noted import Note, unnoted
from filmld.publish.overview import Overview
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.lists import Ordered, Slice, sliced, sorted_agents, sorted_records

KINDS: Final = {name: kind for kind, name in LISTS.items() if kind != "role"}
"""The kind of record of each list that has all of a kind."""


class Orders:
    """The records of every list in their order."""

    def __init__(
        self,
        catalog: Catalog,
        overview: Overview,
        desk_in: Callable[[str], Desk],
        note: Note = unnoted,
    ) -> None:
        """Take note of what lists are made from.

        Args:
            catalog: All records.
            overview: The lists.
            desk_in: Makes a desk for a language.
            note: Takes note of what is asked.
        """
        self._catalog = catalog
        self._overview = overview
        self._desk_in = desk_in
        self._note = note
        self._known = overview.orders
        self._known_of_roles = overview.role_orders

    def of(self, place: str, language: str) -> Ordered[Record]:
        """The records of a list."""
        self._note("order", f"{language} {place}")
        return self._of(place, language)

    def slice(self, place: str, language: str, number: int) -> Slice[Record]:
        """The records on a page of a list."""
        self._note("slice", f"{language} {number} {place}")
        return sliced(self._of(place, language), number, language)

    def slice_of_role(self, role: str, language: str, number: int) -> Slice[str]:
        """The agents on a page of a role, as IRIs."""
        self._note("role-slice", f"{language} {number} {role}")
        return sliced(self._of_role(role, language), number, language)

    def _of(self, place: str, language: str) -> Ordered[Record]:
        known = self._known.get((place, language))
        if known is None:
            records = self._unsorted(place)
            known = self._known[place, language] = sorted_records(self._desk_in(language), records)
        return known

    def _of_role(self, role: str, language: str) -> Ordered[str]:
        known = self._known_of_roles.get((role, language))
        if known is None:
            agents = self._overview.roles.get(role, ())
            known = self._known_of_roles[role, language] = sorted_agents(self._desk_in(language), agents)
        return known

    def _unsorted(self, place: str) -> Sequence[Record]:
        if place in KINDS:
            return self._overview.of_kind(KINDS[place])
        facet = self._overview.facet_at(place)
        return [self._catalog.records[iri] for iri in facet.films] if facet else ()
