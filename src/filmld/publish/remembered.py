"""What a build has worked out of all records, told to the next: it serves while nothing of that changes."""

import json
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog
from filmld.publish.examples import Example
from filmld.publish.listing import Listing
from filmld.publish.manifest import PAGES
from filmld.publish.overview import Facet, Facets, Overview, RoleFilms
from filmld.publish.pages.backlinks import LINKED
from filmld.publish.pages.question import FOLDER as QUESTIONS
from filmld.publish.pages.sparql import SLIM_DUMP
from filmld.publish.results import Asked
from filmld.publish.search_index import FOLDER as SEARCH
from filmld.publish.search_index import Entry, Findable
from filmld.publish.slim import is_large
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import RDF

if TYPE_CHECKING:
    from filmld.publish.search_entries import SearchEntries

_Row: TypeAlias = tuple[str, str, str, str, list[list[str]], list[str], str, list[str]]
"""The IRI of a record, the parts of its entry, and the words that it is found by."""

_FACETS: Final = "facets"
_ROLES: Final = "roles"
_ENTRIES: Final = "entries"


class Remembered(NamedTuple):
    """What still is as it was at the last build; ``None`` where something may be otherwise.

    Attributes:
        facets: All facets of films.
        roles: All credit roles.
        stay: Whether all files have the paths that they had, but those of the index of names.
        linked: The pages of the first language that list what names an entity.
        names: The files of the index of names.
        entries: What the search finds of some records, by their IRIs.
    """

    facets: Facets | None = None
    roles: RoleFilms | None = None
    stay: bool = False
    linked: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None
    entries: Mapping[str, Findable] | None = None

    @classmethod
    def of(
        cls, catalog: Catalog, files: Listing, texts: Mapping[str, str], examples: Iterable[Example]
    ) -> Self:
        """Choose what still is as it was.

        Args:
            catalog: All records, and which of them have changed.
            files: The files of the last snapshot.
            texts: What its build has left besides.
            examples: The same questions as then, with their answers.
        """
        if not isinstance(catalog, FormerCatalog) or catalog.has_moved:
            return cls()
        facets, roles = texts.get(_FACETS), texts.get(_ROLES)
        is_alike = are_named_alike(catalog)
        return cls(
            facets=_read_facets(facets) if facets and not catalog.is_divided_anew else None,
            roles=_read_roles(roles) if roles and not catalog.is_linked_anew else None,
            stay=_stay(catalog, files, examples),
            linked=None if catalog.pointed_at else _below(files, LINKED),
            names=_below(files, SEARCH) if is_alike else None,
            entries=None if is_alike else _entries(catalog, texts),
        )

    def texts(self, overview: Overview, entries: "SearchEntries") -> dict[str, str]:
        """What the next build is to be told otherwise than this one was.

        Args:
            overview: What has been worked out of all records.
            entries: What the search finds.
        """
        found = {}
        if self.facets is None:
            found[_FACETS] = _facets_text(overview.facets)
        if self.roles is None:
            roles = {role: dict(agents) for role, agents in overview.roles.items()}
            found[_ROLES] = _text(roles)
        if self.names is None:
            rows = [[iri, *entry, words] for iri, (entry, words) in entries.all.items()]
            found[_ENTRIES] = _text(rows)
        return found


NOTHING: Final = Remembered()


def are_named_alike(catalog: FormerCatalog) -> bool:
    """Say whether all records are found by the names that they were found by."""
    return not (catalog.has_moved or catalog.renamed or catalog.is_credited_anew)


def _stay(catalog: FormerCatalog, files: Listing, examples: Iterable[Example]) -> bool:
    """Say whether all files have the paths that they had, where no record has moved."""
    if catalog.is_divided_anew or catalog.is_linked_anew or RDF + "type" in catalog.edit.predicates:
        return False
    wanted = {f"{QUESTIONS}{one.name}.csv": bool(one.results) for one in examples if isinstance(one, Asked)}
    wanted[SLIM_DUMP] = is_large(catalog)
    return all((f"{PAGES}/{path}" in files) == is_wanted for path, is_wanted in wanted.items())


def _entries(catalog: FormerCatalog, texts: Mapping[str, str]) -> Mapping[str, Findable] | None:
    """The entries of all records but those that have other names now; credits can name anybody otherwise."""
    text = texts.get(_ENTRIES)
    if text is None or catalog.is_credited_anew:
        return None
    rows: list[_Row] = json.loads(text)
    return {row[0]: _findable(row) for row in rows if row[0] not in catalog.renamed}


def _findable(row: _Row) -> Findable:
    _, path, kind, year, names, forms, place, words = row
    entry = Entry(path, kind, year, tuple((text, language) for text, language in names), tuple(forms), place)
    return Findable(entry, tuple(words))


def _facets_text(facets: Facets) -> str:
    return _text(
        {
            name: [[facet.slug, _term(facet.value), facet.films] for facet in by_slug.values()]
            for name, by_slug in facets.items()
        }
    )


def _read_facets(text: str) -> Facets:
    found: dict[str, list[tuple[str, list[str], list[str]]]] = json.loads(text)
    return MappingProxyType(
        {
            name: MappingProxyType(
                {slug: Facet(name, slug, _value(term), tuple(films)) for slug, term, films in each}
            )
            for name, each in found.items()
        }
    )


def _read_roles(text: str) -> RoleFilms:
    found: dict[str, dict[str, list[str]]] = json.loads(text)
    return MappingProxyType(
        {
            role: MappingProxyType({agent: tuple(films) for agent, films in agents.items()})
            for role, agents in found.items()
        }
    )


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _below(files: Listing, folder: str) -> tuple[str, ...]:
    return tuple(path.partition("/")[2] for path in files.below(f"{PAGES}/{folder}"))


def _term(value: IRI | Literal) -> list[str | None]:
    if isinstance(value, IRI):
        return [value.value]
    return [value.lexical, value.datatype, value.language]


def _value(term: list[str]) -> IRI | Literal:
    return IRI(term[0]) if len(term) == 1 else Literal(*term)
