"""The credit roles that are used: a list of them, and a page for each with its people and films."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from filmld.publish.folding import sorting
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.lists import (
    Listing,
    Ordered,
    list_page,
    named_item,
    numbered,
    page_count,
    record_entry,
    sliced,
)
from filmld.publish.pages.model import Item
from filmld.publish.plan import Document, Plan
from filmld.publish.texts import showable
from filmld.turtle.terms import IRI

MOST_FILMS: Final = 12
"""How many films of one person the page of a role names; the person's page has all of them."""

_PLACE: Final = "roles"
_PATH: Final = re.compile(
    r"(?P<place>roles|role/[a-z0-9-]+)(?:[-/](?P<number>[1-9]\d{0,8}))?\.html", re.ASCII
)


class Roles:
    """The list of roles, and the page of every role of the vocabulary."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._overview = plan.overview

    def paths(self) -> Iterator[str]:
        """The paths of all pages."""
        places = {_PLACE: self._count(_PLACE)}
        places |= {place: self._count(place) for place in self._overview.role_places}
        for place, count in places.items():
            if count:
                yield from (numbered(place, number + 1) for number in range(page_count(count)))

    def render(self, path: str) -> Document | None:
        """Make one page, or say that there is none."""
        match = _PATH.fullmatch(path)
        place, number = (match["place"], int(match["number"] or 1)) if match else (path[:-5], 1)
        if match and path != numbered(place, number):
            place, number = path.removesuffix(".html"), 1
        count = self._count(place)
        if not count or number > page_count(count) or path != numbered(place, number):
            return None
        desk = self._plan.desk(path)
        return self._roles(desk, number) if place == _PLACE else self._role(desk, place, number)

    def _count(self, place: str) -> int:
        if place == _PLACE:
            return len(self._overview.roles) + self._plan.addresses.kinds.get("role", 0)
        role = self._overview.role_places.get(place)
        return len(self._overview.roles[role]) if role else 0

    def _roles(self, desk: Desk, number: int) -> Document:
        own = [record_entry(desk, record) for record in self._overview.of_kind("role")]
        entries = [*(self._link(desk, role) for role in self._overview.roles), *own]
        entries.sort(key=lambda entry: sorting(entry.text, desk.words.language))
        listing = Listing(place=_PLACE, heading=Item(text=desk.words.kinds["role"].many), section="role")
        ordered = Ordered(tuple(entry.text for entry in entries), tuple(entries))
        listed = sliced(ordered, number, desk.words.language)
        return self._plan.html(list_page(desk, listing, listed, lambda entry: entry))

    def _link(self, desk: Desk, role: str) -> Item:
        count = Item(text=str(len(self._overview.roles[role])))
        return replace(self._name(desk, role), href=desk.href(role), remarks=(count,))

    def _name(self, desk: Desk, role: str) -> Item:
        name = self._plan.concepts.name(role, desk.languages)
        return Item(text=showable(name.lexical), language=name.language) if name else Item(text=role)

    def _role(self, desk: Desk, place: str, number: int) -> Document:
        role = self._overview.role_places[place]
        agents = self._overview.roles[role]
        listed = self._plan.orders.slice_of_role(role, desk.words.language, number)

        def entry(agent: str) -> Item:
            return replace(named_item(desk, IRI(agent)), remarks=tuple(self._films(desk, agents[agent])))

        meaning = self._plan.concepts.definition(role, desk.languages)
        listing = Listing(
            place=place,
            heading=self._name(desk, role),
            section="role",
            above=(Item(text=desk.words.kinds["role"].many, href=desk.page("roles.html")),),
            intro=Item(text=showable(meaning.lexical), language=meaning.language) if meaning else None,
        )
        return self._plan.html(list_page(desk, listing, listed, entry))

    def _films(self, desk: Desk, films: tuple[str, ...]) -> Iterator[Item]:
        for film in films[:MOST_FILMS]:
            yield desk.record_link(self._plan.catalog.records[film])
        if len(films) > MOST_FILMS:
            yield Item(text=desk.words.all_of_them.format(len(films)))
