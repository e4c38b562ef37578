"""The lists of records: a kind each, the films of each facet, and the lists of facets."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Final

from filmld.publish.addresses import LISTS
from filmld.publish.jsontext import pretty
from filmld.publish.list_data import as_csv, as_json, as_turtle
from filmld.publish.orders import KINDS
from filmld.publish.overview import FACETS, facet_place
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.lists import (
    Listing,
    Ordered,
    facet_link,
    facet_name,
    facet_rows,
    facet_title,
    films_crumb,
    in_order,
    list_page,
    numbered,
    page_count,
    record_entry,
    sliced,
)
from filmld.publish.pages.model import Item
from filmld.publish.plan import CSV, JSON, TURTLE, Document, Plan
from filmld.turtle.terms import lang_string

_PATH: Final = re.compile(
    rf"(?P<place>{'|'.join(LISTS.values())}|films/[a-z]+(?:/[a-z0-9-]+)?)(?:[-/](?P<number>[1-9]\d{{0,8}}))?"
    r"\.(?P<ending>html|csv|json|ttl)",
    re.ASCII,
)
_WHOLE: Final = re.compile(
    r"(?P<place>films/[a-z]+(?:/[a-z0-9-]+)?)\.(?P<ending>html|csv|json|ttl)", re.ASCII
)
"""The same without a number: the address of a genre may end in one."""

_DATA: Final = ("csv", "json", "ttl")


class Lists:
    """All pages of all lists."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> Iterator[str]:
        """The paths of all pages, and of the lists as data."""
        counts = {name: self._plan.addresses.kinds.get(kind, 0) for name, kind in KINDS.items()}
        every = (facet for found in self._plan.overview.facets.values() for facet in found.values())
        counts |= {facet_place(facet): len(facet.films) for facet in every}
        for place, count in counts.items():
            if count:
                yield from (f"{place}.{ending}" for ending in _DATA)
                yield from (numbered(place, number + 1) for number in range(page_count(count)))
        for name in FACETS:
            count = len(self._plan.overview.facets[name])
            if count:
                yield from (numbered(f"films/{name}", number + 1) for number in range(page_count(count)))

    def render(self, path: str) -> Document | None:
        """Make one of them, or say that there is none."""
        for match in self._readings(path):
            place, number, ending = match
            if ending != "html":
                return self._data(place, ending)
            if place.count("/") == 1:
                return self._divisions(path, place, number)
            return self._page(path, place, number)
        return None

    def _readings(self, path: str) -> Iterator[tuple[str, int, str]]:
        """What a path can mean: the name of a genre may end in a number."""
        for pattern in (_PATH, _WHOLE):
            match = pattern.fullmatch(path)
            if match is None:
                continue
            place, number = match["place"], int(match.groupdict().get("number") or 1)
            ending = match["ending"]
            own = numbered(place, number) if ending == "html" else f"{place}.{ending}"
            count = self._count(place)
            is_list = place in KINDS or ending == "html" or self._plan.overview.facet_at(place)
            if own == path and is_list and count and number <= page_count(count):
                yield place, number, ending

    def _count(self, place: str) -> int:
        if place in KINDS:
            return self._plan.addresses.kinds.get(KINDS[place], 0)
        facet = self._plan.overview.facet_at(place)
        if facet:
            return len(facet.films)
        return len(self._plan.overview.facets.get(place.removeprefix("films/"), ()))

    def _listing(self, desk: Desk, place: str, number: int = 1) -> Listing:
        if place in KINDS:
            kind = KINDS[place]
            return Listing(
                place=place,
                heading=Item(text=desk.words.kinds[kind].many),
                section=kind,
                facets=facet_rows(desk) if kind == "film" and number == 1 else (),
                has_data=True,
            )
        facet = self._plan.overview.facet_at(place)
        if facet is None:
            raise KeyError(place)
        by = Item(text=facet_title(desk, facet.name), href=desk.page(f"films/{facet.name}.html"))
        return Listing(
            place=place,
            heading=facet_name(desk, facet),
            section="film",
            above=(films_crumb(desk), by),
            has_data=True,
        )

    def _page(self, path: str, place: str, number: int) -> Document:
        desk = self._plan.desk(path)
        listed = self._plan.orders.slice(place, desk.words.language, number)
        listing = self._listing(desk, place, number)
        return self._plan.html(list_page(desk, listing, listed, partial(record_entry, desk)))

    def _divisions(self, path: str, place: str, number: int) -> Document:
        """The page that lists all decades, genres, countries or festivals."""
        desk, name = self._plan.desk(path), place.removeprefix("films/")
        facets = in_order(desk, list(self._plan.overview.facets[name].values()))
        ordered = Ordered(tuple(facet_name(desk, facet).text for facet in facets), tuple(facets))
        title = Item(text=facet_title(desk, name))
        films = {film for facet in facets for film in facet.films}
        listing = Listing(
            place=place, heading=title, section="film", above=(films_crumb(desk),), divided=len(films)
        )
        listed = sliced(ordered, number, desk.words.language)
        return self._plan.html(list_page(desk, listing, listed, partial(facet_link, desk)))

    def _data(self, place: str, ending: str) -> Document:
        desk = self._plan.desk(f"{place}.{ending}")
        catalog, address = self._plan.catalog, self._plan.base + numbered(place)
        records = self._plan.orders.of(place, desk.words.language).things
        heading = self._listing(desk, place).heading
        match ending:
            case "csv":
                return Document(as_csv(catalog, records), CSV)
            case "json":
                return Document(pretty(as_json(catalog, address, heading.text, records)).encode(), JSON)
            case _:
                title = lang_string(heading.text, heading.language or desk.words.language)
                return Document(as_turtle(catalog, address, title, records), TURTLE)
