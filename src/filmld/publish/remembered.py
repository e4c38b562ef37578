"""What a build has worked out of all records, told to the next: it serves while nothing of that changes."""

import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple, Self

from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog
from filmld.publish.listing import Listing
from filmld.publish.manifest import PAGES
from filmld.publish.overview import Facet, Facets
from filmld.publish.pages.backlinks import LINKED
from filmld.publish.search_index import FOLDER as SEARCH
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import FLD

FACETS: Final = "facets"


class Remembered(NamedTuple):
    """What still is as it was at the last build; ``None`` where something may be otherwise.

    Attributes:
        facets: All facets of films.
        linked: The pages of the first language that list what names an entity.
        names: The files of the index of names.
    """

    facets: Facets | None = None
    linked: tuple[str, ...] | None = None
    names: tuple[str, ...] | None = None

    @classmethod
    def of(cls, catalog: Catalog, files: Listing, texts: Mapping[str, str]) -> Self:
        """Choose what still is as it was.

        Args:
            catalog: All records, and which of them have changed.
            files: The files of the last snapshot.
            texts: What its build has left besides.
        """
        if not isinstance(catalog, FormerCatalog) or catalog.has_moved:
            return cls()
        facets = texts.get(FACETS)
        return cls(
            facets=read_facets(facets) if facets and not catalog.is_divided_anew else None,
            linked=None if catalog.pointed_at else _below(files, LINKED),
            names=_below(files, SEARCH) if are_named_alike(catalog) else None,
        )


NOTHING: Final = Remembered()


def are_named_alike(catalog: FormerCatalog) -> bool:
    """Say whether all records are found by the names that they were found by."""
    is_one_renamed = catalog.renamed or FLD + "creditedAs" in catalog.edit.predicates
    return not (catalog.has_moved or is_one_renamed)


def facets_text(facets: Facets) -> str:
    """Write facets."""
    found = {
        name: [[facet.slug, _term(facet.value), facet.films] for facet in by_slug.values()]
        for name, by_slug in facets.items()
    }
    return json.dumps(found, ensure_ascii=False, separators=(",", ":"))


def read_facets(text: str) -> Facets:
    """Read what :func:`facets_text` has written."""
    found: dict[str, list[tuple[str, list[str], list[str]]]] = json.loads(text)
    return MappingProxyType(
        {
            name: MappingProxyType(
                {slug: Facet(name, slug, _value(term), tuple(films)) for slug, term, films in each}
            )
            for name, each in found.items()
        }
    )


def _below(files: Listing, folder: str) -> tuple[str, ...]:
    return tuple(path.partition("/")[2] for path in files.below(f"{PAGES}/{folder}"))


def _term(value: IRI | Literal) -> list[str | None]:
    if isinstance(value, IRI):
        return [value.value]
    return [value.lexical, value.datatype, value.language]


def _value(term: list[str]) -> IRI | Literal:
    return IRI(term[0]) if len(term) == 1 else Literal(*term)
