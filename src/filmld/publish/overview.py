"""What is known of all records together: the facets of films, the credit roles in use."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, TypeAlias

from filmld.archive import Record
from filmld.archive.transliteration import romanized
from filmld.catalog import Catalog
from filmld.catalog.folding import folded
from filmld.publish.addresses import LONGEST, Addresses
from filmld.publish.concepts import Concepts
from filmld.publish.noted import Note, NotedMapping, counted, unnoted
from filmld.tuples import NamedTuple
from filmld.turtle.dates import years
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import FLD, ROLE, SCHEMA, local_name

if TYPE_CHECKING:
    from filmld.publish.pages.lists import Ordered
    from filmld.publish.search_entries import SearchEntries

FACETS: Final = ("decade", "genre", "country", "festival")
"""By what films are divided, in the order of pages."""

_WIDEST: Final = 3
"""The most decades that a film of an uncertain year is listed under."""

_CAPACITIES: Final = MappingProxyType(
    {
        ROLE + role: tuple(predicates)
        for role, *predicates in (
            ("director", SCHEMA + "director"),
            ("writer", SCHEMA + "author"),
            ("producer", SCHEMA + "producer"),
            ("actor", SCHEMA + "actor"),
            ("editor", SCHEMA + "editor"),
            ("composer", SCHEMA + "musicBy"),
            ("production-company", SCHEMA + "productionCompany"),
            ("co-production-company", FLD + "coProductionCompany"),
            ("sales-agent", FLD + "salesAgent"),
        )
    }
)
"""Roles that a plain property can stand for, without a credit that names them."""

_FOUR_DIGITS: Final = 1000


class Facet(NamedTuple):
    """The films that have something in common.

    Attributes:
        name: By what they are divided.
        slug: The last part of its address.
        value: What they have in common; of a decade, its first year.
        films: The IRIs of their records.
    """

    name: str
    slug: str
    value: IRI | Literal
    films: tuple[str, ...]


Facets: TypeAlias = Mapping[str, Mapping[str, Facet]]
"""All facets by what divides films and by their slugs, in the order of slugs."""


RoleFilms: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The roles of the vocabulary that are used: for each, its agents with their films, all as IRIs."""


class Overview:
    """What lists and facets are made of, the same for every language.

    Attributes:
        orders: The records of lists in their order, by language and list, once it is worked out.
        role_orders: The agents of roles in their order, by role and language, likewise.
        entries: The index of the search, once it is made.
    """

    def __init__(
        self,
        catalog: Catalog,
        addresses: Addresses,
        concepts: Concepts,
        facets: Facets | None = None,
        roles: RoleFilms | None = None,
    ) -> None:
        """Take note of what it is made of.

        Args:
            catalog: All records.
            addresses: Where they lie on the site.
            concepts: What concepts are called.
            facets: All facets, if they are known.
            roles: All roles, if they are known.
        """
        self._found = _Found(catalog, addresses, concepts, facets, roles)
        self.orders: dict[tuple[str, str], Ordered[Record]] = {}
        self.role_orders: dict[tuple[str, str], Ordered[str]] = {}
        self.entries: list[SearchEntries] = []
        self._note: Note = unnoted

    def noted(self, note: Note) -> "Overview":
        """The same, taking note of what is looked up."""
        other = copy(self)
        other._note = note  # noqa: SLF001  it is one of us
        return other

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """All records of a kind, in the order of IRIs."""
        self._note("of-kind", kind)
        return self._found.of_kind(kind)

    @property
    def facets(self) -> Facets:
        """All facets."""
        return NotedMapping(self._found.facets, self._note, "facets", "all-facets")

    @property
    def places(self) -> Mapping[str, Facet]:
        """All facets by the paths of their lists."""
        self._note("all-facets", "")
        return self._found.by_place

    @property
    def concept_pages(self) -> Mapping[str, str]:
        """The paths of the pages of all concepts that have one."""
        self._note("concepts", "")
        countries = (iri for name, iri in self._found.by_value if name == "country")
        found = ((iri, self.concept_page(iri)) for iri in (*self._found.roles, *countries))
        return {iri: page for iri, page in found if page}

    def facet_at(self, place: str) -> Facet | None:
        """The facet whose films are listed at a path."""
        self._note("facet", place)
        return self._found.by_place.get(place)

    @property
    def roles(self) -> RoleFilms:
        """All roles that are used."""
        return counted(self._found.roles, self._note, "role", "roles")

    def role_place(self, role: str) -> str:
        """The path of the page of a role of the vocabulary, without its ending."""
        self._note("role-place", role)
        return self._found.role_place(role)

    @property
    def role_places(self) -> Mapping[str, str]:
        """The roles that have a page, by its path."""
        return NotedMapping(self._found.role_places, self._note, "role-at", "roles")

    def role_of(self, predicate: str) -> str | None:
        """The role of the vocabulary that a plain property stands for."""
        return next((role for role, names in _CAPACITIES.items() if predicate in names), None)

    def concept_page(self, iri: str) -> str | None:
        """The path of the page about a concept of the vocabulary; ``None`` if there is none."""
        self._note("concept", iri)
        if iri in self._found.roles:
            return f"{self._found.role_place(iri)}.html"
        country = self._found.by_value.get(("country", iri))
        return f"{facet_place(country)}.html" if country else None


class _Found:
    """All that, worked out when first asked for."""

    def __init__(
        self,
        catalog: Catalog,
        addresses: Addresses,
        concepts: Concepts,
        facets: Facets | None,
        roles: RoleFilms | None,
    ) -> None:
        self._catalog = catalog
        self._addresses = addresses
        self._concepts = concepts
        self._known_facets = facets
        self._known_roles = roles

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        return tuple(record for record in self._catalog.records.values() if record.kind == kind)

    @cached_property
    def facets(self) -> Facets:
        if self._known_facets is not None:
            return self._known_facets
        return MappingProxyType({name: MappingProxyType(self._divided(name)) for name in FACETS})

    @cached_property
    def by_place(self) -> Mapping[str, Facet]:
        every = (facet for found in self.facets.values() for facet in found.values())
        return {facet_place(facet): facet for facet in every}

    @cached_property
    def by_value(self) -> Mapping[tuple[str, str], Facet]:
        return {(facet.name, _key(facet.value)): facet for facet in self.by_place.values()}

    @cached_property
    def roles(self) -> RoleFilms:
        if self._known_roles is not None:
            return self._known_roles
        found = {role: self._agents(role) for role in self._concepts.roles}
        return MappingProxyType({role: agents for role, agents in found.items() if agents})

    @cached_property
    def role_places(self) -> Mapping[str, str]:
        return {self.role_place(role): role for role in self.roles}

    def role_place(self, role: str) -> str:
        place = f"role/{local_name(role)}"
        return place if self._addresses.iri(place) is None else f"{place}-{_digest(role)}"

    def _agents(self, role: str) -> Mapping[str, tuple[str, ...]]:
        catalog = self._catalog
        pairs = set(catalog.credited_as(role))
        for predicate in _CAPACITIES.get(role, ()):
            pairs.update(catalog.in_capacity(predicate))
        if role == ROLE + "distributor":
            pairs.update(catalog.agents(FLD + "distributor"))
        by_agent: dict[str, dict[str, None]] = {}
        for film, agent in sorted(pairs):
            record = self._catalog.record_of(film)
            if record and record.kind == "film":
                by_agent.setdefault(agent, {})[record.iri] = None
        return MappingProxyType({agent: tuple(films) for agent, films in by_agent.items()})

    def _divided(self, name: str) -> dict[str, Facet]:
        films: dict[str, dict[str, None]] = {}
        values: dict[str, IRI | Literal] = {}
        for value, film in self._values(name):
            key = _key(value)
            values.setdefault(key, value)
            films.setdefault(key, {})[film] = None
        slugs = self._slugs(values)
        found = {slug: Facet(name, slug, values[key], tuple(films[key])) for key, slug in slugs.items()}
        return dict(sorted(found.items()))

    def _slugs(self, values: Mapping[str, IRI | Literal]) -> dict[str, str]:
        """Name values in addresses; of several with one name, the first by their IRIs has it to itself."""
        taken: set[str] = set()
        slugs: dict[str, str] = {}
        for key in sorted(values):
            slug = self._slug(values[key])
            if not slug or slug.isdigit() or slug in taken:  # a number is a page
                slug = f"{slug}-{_digest(key)}".lstrip("-")
            taken.add(slug)
            slugs[key] = slug
        return slugs

    def _slug(self, value: IRI | Literal) -> str:
        if isinstance(value, Literal):
            return _plain(value.lexical)
        record = self._catalog.records.get(value.value)
        if record:
            return self._addresses.stem(record.iri).rpartition("/")[2]
        name = self._concepts.name(value.value, ["en"])
        return _plain(name.lexical if name else local_name(value.value))

    def _values(self, name: str) -> Iterator[tuple[IRI | Literal, str]]:
        match name:
            case "festival":
                for film, festival in self._catalog.shown_at():
                    record = self._catalog.record_of(film)
                    if record and record.kind == "film":
                        yield IRI(festival), record.iri
            case _:
                for record in self.of_kind("film"):
                    found = self._catalog.brief(record)
                    values: Iterable[IRI | Literal] = (
                        found.genres if name == "genre" else found.countries if name == "country" else ()
                    )
                    for value in values if name != "decade" else _decades(found.dates):
                        yield value, record.iri


def facet_place(facet: Facet) -> str:
    """The path of the first page of a facet's films, without its ending."""
    return f"films/{facet.name}/{facet.slug}"


def _decades(dates: Iterable[Literal]) -> Iterator[Literal]:
    """The decades that a film may be of, by the first date that says a year."""
    for date in dates:
        span = years(date)
        start, end = (span.start or span.end, span.end or span.start) if span else (None, None)
        if start is None or end is None or start < _FOUR_DIGITS:
            continue
        decades = range(start // 10 * 10, end + 1, 10)
        if len(decades) <= _WIDEST:
            yield from (Literal(f"{decade}s") for decade in decades)
        return


def _key(value: IRI | Literal) -> str:
    """What makes two values one: texts that differ in case or accents alone are the same genre."""
    return value.value if isinstance(value, IRI) else folded(value.lexical).strip()


def _plain(text: str) -> str:
    return re.sub("[^a-z0-9]+", "-", romanized(text[:LONGEST])).strip("-")[: LONGEST - 9].strip("-")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
