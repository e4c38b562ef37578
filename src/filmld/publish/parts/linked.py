"""All records that name an entity, where they are too many for its own page."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from filmld.archive import Record
from filmld.publish.pages import backlinks
from filmld.publish.pages.backlinks import LINKED, linked_entry, linked_place, linking
from filmld.publish.pages.lists import (
    Listing,
    Ordered,
    list_page,
    numbered,
    page_count,
    sliced,
    sorted_records,
)
from filmld.publish.pages.model import Item
from filmld.publish.plan import Document, Plan

_PATH: Final = re.compile(rf"{LINKED}/(?P<stem>.+)/all(?:/(?P<number>[1-9]\d{{0,8}}))?\.html", re.ASCII)


class Linked:
    """The lists of what names an entity."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._sorted: tuple[str, Ordered[Record]] = ("", Ordered((), ()))

    def paths(self) -> Iterator[str]:
        """The paths of all pages."""
        known = self._plan.remembered.linked
        if known is not None:
            yield from known
            return
        for record in self._plan.catalog.records.values():
            count = self._plan.catalog.mentions(record.iri)
            if count > backlinks.MOST:
                place = linked_place(self._plan.addresses.stem(record.iri))
                yield from (numbered(place, number + 1) for number in range(page_count(count)))

    def render(self, path: str) -> Document | None:
        """Make one page, or say that there is none."""
        match = _PATH.fullmatch(path)
        iri = self._plan.addresses.iri(match["stem"]) if match else None
        if match is None or iri is None:
            return None
        number, count = int(match["number"] or 1), self._plan.catalog.mentions(iri)
        is_one = number <= page_count(count) and path == numbered(linked_place(match["stem"]), number)
        return self._page(path, iri, number) if is_one and count > backlinks.MOST else None

    def _page(self, path: str, iri: str, number: int) -> Document:
        desk, record = self._plan.desk(path), self._plan.catalog.records[iri]
        others = sliced(self._others(path, record), number, desk.words.language)
        name = desk.record_link(record)
        here = Item(text=desk.words.linked)
        listing = Listing(
            place=linked_place(desk.addresses.stem(iri)),
            heading=here,
            section=record.kind,
            above=(name,),
            intro=name,
        )
        return self._plan.html(list_page(desk, listing, others, partial(linked_entry, desk, record)))

    def _others(self, path: str, record: Record) -> Ordered[Record]:
        """The records in their order; those of the last list that was asked for are remembered.

        Every page of the list depends on the names of all of them.
        """
        desk = self._plan.desk(path)
        others = linking(desk, record)
        for other in others:
            desk.catalog.brief(other)
        if self._sorted[0] != record.iri:
            self._sorted = (record.iri, sorted_records(desk, others))
        return self._sorted[1]
