"""The lists of records, whole and divided, a page at a time."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from filmld.archive import Record
from filmld.publish.addresses import LISTS
from filmld.publish.folding import initial, sorting, without_article
from filmld.publish.overview import FACETS, Facet, facet_place
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, Item, ListPage, Pager, Row
from filmld.publish.pages.shell import in_every_language, shell
from filmld.publish.texts import showable
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal

PER_PAGE = 200
"""Entries on one page of a list: what stays below 100 kB."""

NARROWED = 12
"""Facets of one sort that a list names; a page of their own has all of them."""

LETTERS_FROM: Final = 30
"""A shorter list needs no register of first letters."""

MOST_DIRECTORS: Final = 4
"""How many of a film's directors a list names."""

_NOTHING: Final = Graph()

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A list, before it is laid out.

    Attributes:
        place: The path of its first page, without the ending.
        heading: What is listed.
        section: The kind of record whose list it belongs to.
        above: The lists it is a part of, as breadcrumbs.
        intro: A sentence about it.
        facets: Ways to parts of it.
        has_data: Whether it is published as data, too.
        divided: How many films it divides, for a list of what they have in common.
    """

    place: str
    heading: Item
    section: str
    above: tuple[Item, ...] = ()
    intro: Item | None = None
    facets: tuple[Row, ...] = ()
    has_data: bool = False
    divided: int | None = None


class Ordered(NamedTuple, Generic[_T]):
    """What a list names, in its order.

    Attributes:
        keys: What each is sorted by.
        things: The records, or the IRIs of agents, or what else it names.
    """

    keys: tuple[str, ...]
    things: tuple[_T, ...]


class Slice(NamedTuple, Generic[_T]):
    """What one page has of a list.

    Attributes:
        number: The number of the page, counted from 1.
        total: How many entries the whole list has.
        letters: The places in the whole list of the first entry under each letter; none of a short list.
        things: What it names.
    """

    number: int
    total: int
    letters: Mapping[str, int]
    things: tuple[_T, ...]


def sliced(ordered: Ordered[_T], number: int, language: str) -> Slice[_T]:
    """Cut a page out of a list, which is in the order of a language."""
    keys, things = ordered
    letters = _letters(keys, language) if len(keys) >= LETTERS_FROM else {}
    return Slice(number, len(keys), letters, things[(number - 1) * PER_PAGE : number * PER_PAGE])


def page_count(entries: int) -> int:
    """How many pages a list of so many entries has."""
    return max(1, -(-entries // PER_PAGE))


def numbered(place: str, number: int = 1) -> str:
    """The path of one page of a list.

    >>> numbered("films"), numbered("films", 2), numbered("films/genre/drama", 2)
    ('films.html', 'films-2.html', 'films/genre/drama/2.html')
    """
    if number == 1:
        return f"{place}.html"
    return f"{place}/{number}.html" if "/" in place else f"{place}-{number}.html"


def list_page(desk: Desk, listing: Listing, part: Slice[_T], entry: Callable[[_T], Item]) -> ListPage:
    """Lay out one page of a list.

    Args:
        desk: The page that is being written.
        listing: The list.
        part: What the page has of it.
        entry: Makes one entry.
    """
    number, count = part.number, page_count(part.total)
    marks = {place: _letter_anchor(letter) for letter, place in part.letters.items()}
    entries = tuple(
        replace(entry(thing), anchor=marks.get(place))
        for place, thing in enumerate(part.things, (number - 1) * PER_PAGE)
    )
    title = listing.heading.text
    kicker = _counted(desk, listing, part.total)
    canonical = desk.catalog.archive.config.base + numbered(listing.place, number)
    frame = shell(
        desk,
        title=title if number == 1 else f"{title} – {desk.words.page_of.format(number, count)}",
        description=f"{title}: {kicker}",
        crumbs=(*listing.above, replace(listing.heading, href=None)),
        section=listing.section,
        canonical=canonical,
    )
    return ListPage(
        shell=in_every_language(desk, frame, canonical),
        kicker=kicker,
        heading=listing.heading,
        intro=listing.intro,
        entries=entries,
        letters=tuple(_to_letter(desk, listing, letter, place) for letter, place in part.letters.items()),
        pager=_pager(desk, listing.place, number, count),
        facets=listing.facets if number == 1 else (),
        downloads=list_downloads(desk, listing.place) if listing.has_data else (),
    )


def _counted(desk: Desk, listing: Listing, entries: int) -> str:
    """How much is in a list: films where it lists or divides films, else records."""
    is_of_films = listing.section == "film" and (listing.has_data or listing.divided is not None)
    label = desk.words.labels["film"] if is_of_films else desk.words.records
    count = entries if listing.divided is None else listing.divided
    return f"{count} {label.of(count)}"


@lru_cache(maxsize=8)  # all pages of a list have the same
def _letters(keys: tuple[str, ...], language: str) -> Mapping[str, int]:
    """The first entry under each letter; letters come in the order of the list."""
    found: dict[str, int] = {}
    for place, key in enumerate(keys):
        found.setdefault(initial(key, language), place)
    return MappingProxyType(found)


def _letter_anchor(letter: str) -> str:
    return f"page-letter-{ord(letter[:1]):x}"


def _to_letter(desk: Desk, listing: Listing, letter: str, place: int) -> Item:
    path = numbered(listing.place, place // PER_PAGE + 1)
    return Item(text=letter, href=desk.page(f"{path}#{_letter_anchor(letter)}"))


def _pager(desk: Desk, place: str, number: int, total: int) -> Pager:
    def to(other: int) -> str | None:
        return desk.page(numbered(place, other)) if 1 <= other <= total and other != number else None

    return Pager(
        previous=to(number - 1),
        following=to(number + 1),
        first=to(1),
        last=to(total),
        number=number,
        total=total,
    )


def list_downloads(desk: Desk, place: str) -> tuple[Download, ...]:
    """A list as data."""
    words = desk.words
    forms = (
        ("CSV", "csv", "text/csv", words.csv_note),
        ("JSON", "json", "application/json", words.json_note),
        ("Turtle", "ttl", "text/turtle", words.ttl_note),
    )
    return tuple(
        Download(name=name, href=desk.to(f"{place}.{ending}"), media_type=kind, note=note)
        for name, ending, kind, note in forms
    )


def sorted_records(desk: Desk, records: Sequence[Record]) -> Ordered[Record]:
    """Records in the order of their names in the language of the page."""
    unmarked = desk.catalog.archive.config.languages[0]
    named = []
    for record in records:
        name = desk.record_name(record)
        named.append((without_article(name.lexical, name.language or unmarked), record))
    named.sort(key=lambda pair: (sorting(pair[0], desk.words.language), pair[1].iri))
    return _ordered(named)


def sorted_agents(desk: Desk, agents: Iterable[str]) -> Ordered[str]:
    """The IRIs of people and organizations in the order of their names."""
    named = [(showable(_thing_name(desk, IRI(agent)).lexical), agent) for agent in agents]
    named.sort(key=lambda pair: (sorting(pair[0], desk.words.language), pair[1]))
    return _ordered(named)


def _ordered(pairs: Sequence[tuple[str, _T]]) -> Ordered[_T]:
    return Ordered(tuple(key for key, _ in pairs), tuple(thing for _, thing in pairs))


def record_entry(desk: Desk, record: Record) -> Item:
    """A record in a list: its name, its year, and of a film who directed it."""
    link = desk.record_link(record)
    directors = desk.catalog.brief(record).directors[:MOST_DIRECTORS]
    return replace(link, remarks=(*link.remarks, *(named_item(desk, value) for value in directors)))


def named_item(desk: Desk, value: IRI | Literal) -> Item:
    """A thing that a list names, and the way to it."""
    if isinstance(value, Literal):
        return desk.item(value, _NOTHING)
    name = _thing_name(desk, value)
    return Item(text=showable(name.lexical), language=name.language, href=desk.href(value.value))


def _thing_name(desk: Desk, iri: IRI) -> Literal:
    record = desk.catalog.records.get(iri.value)
    return desk.record_name(record) if record else desk.name(iri, _NOTHING)


def facet_name(desk: Desk, facet: Facet) -> Item:
    """What the films of a facet have in common, in words."""
    if facet.name == "decade":
        year = facet.slug.removesuffix("s")
        return Item(text=desk.words.decade.format(year))
    return replace(named_item(desk, facet.value), href=None)


def facet_link(desk: Desk, facet: Facet) -> Item:
    """The way to the films of a facet, and how many they are."""
    count = Item(text=str(len(facet.films)))
    return replace(facet_name(desk, facet), href=desk.page(f"{facet_place(facet)}.html"), remarks=(count,))


def facet_title(desk: Desk, name: str) -> str:
    """By what films are divided, in words."""
    words = desk.words
    titles = (words.by_decade, words.by_genre, words.by_country, words.by_festival)
    return dict(zip(FACETS, titles, strict=True))[name]


def facet_rows(desk: Desk) -> tuple[Row, ...]:
    """The ways to narrow down the list of all films: the largest parts, and the way to all of them."""
    return tuple(_facet_row(desk, name) for name in FACETS if desk.overview.facets[name])


def _facet_row(desk: Desk, name: str) -> Row:
    every = list(desk.overview.facets[name].values())
    largest = sorted(every, key=lambda facet: (-len(facet.films), facet.slug))[:NARROWED]
    links = [facet_link(desk, facet) for facet in in_order(desk, largest)]
    if len(every) > len(largest):
        links.append(
            Item(text=desk.words.all_of_them.format(len(every)), href=desk.page(f"films/{name}.html"))
        )
    return Row(label=facet_title(desk, name), items=tuple(links))


def in_order(desk: Desk, facets: Sequence[Facet]) -> list[Facet]:
    """Facets in the order of their names, decades in that of time."""

    def key(facet: Facet) -> tuple[int, tuple[str, str, str]]:
        year = int(facet.slug.removesuffix("s")) if facet.name == "decade" else 0
        return year, sorting(facet_name(desk, facet).text, desk.words.language)

    return sorted(facets, key=key)


def films_crumb(desk: Desk) -> Item:
    """The step of the list of all films."""
    return Item(text=desk.words.kinds["film"].many, href=desk.page(f"{LISTS['film']}.html"))
