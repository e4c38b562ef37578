"""What every part of a site is made from, and the files that come of it."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from filmld.catalog import Catalog
from filmld.publish.addresses import Addresses
from filmld.publish.pages.desk import Desk
from filmld.publish.render import Page, render
from filmld.publish.words import ENGLISH, Words

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
LINK_SET: Final = "application/linkset+json"
JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle; charset=utf-8"
N_TRIPLES: Final = "application/n-triples"
N_QUADS: Final = "application/n-quads"
GZIP: Final = "application/gzip"
XML: Final = "application/xml"
TEXT: Final = "text/plain; charset=utf-8"


class Document(NamedTuple):
    """One file of the site."""

    body: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published, where it lies, and in which words pages speak.

    Attributes:
        catalog: All records.
        addresses: Where each lies on the site.
        words: The language of the pages.
    """

    catalog: Catalog
    addresses: Addresses
    words: Words = ENGLISH

    @property
    def base(self) -> str:
        """The address of the site."""
        return self.catalog.archive.config.base

    def desk(self, path: str, root: str | None = None) -> Desk:
        """What is needed to write the page at a path; for ``root`` see :class:`Desk`."""
        return Desk(self.catalog, self.addresses, self.words, path, root)

    def html(self, page: Page) -> Document:
        """Lay out a page."""
        return Document(render(page, self.words), HTML)
