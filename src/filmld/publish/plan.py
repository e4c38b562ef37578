"""What every part of a site is made from, and the files that come of it."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

from filmld.catalog import Catalog
from filmld.publish.addresses import Addresses
from filmld.publish.examples import Example
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
CSV: Final = "text/csv; charset=utf-8; header=present"
JSON_LINES: Final = "application/x-ndjson"
PARQUET: Final = "application/vnd.apache.parquet"
TEXT: Final = "text/plain; charset=utf-8"


class Document(NamedTuple):
    """One file of the site."""

    body: bytes
    media_type: str


class Stored(NamedTuple):
    """One file of the site that may be too large to hold: it lies on disk until it is sent or copied.

    Attributes:
        path: Where it lies.
        media_type: Its media type.
        owner: Whoever removes it when nobody refers to the owner any more.
    """

    path: Path
    media_type: str
    owner: object = None

    @property
    def body(self) -> bytes:
        """All of it, for who knows that it is small."""
        return self.path.read_bytes()


File: TypeAlias = Document | Stored


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published, where it lies, and in which words pages speak.

    Attributes:
        catalog: All records.
        addresses: Where each lies on the site.
        words: The language of the pages.
        examples: Questions that researchers may ask.
        scratch: A folder for large files while the site is made; otherwise a temporary one.
    """

    catalog: Catalog
    addresses: Addresses
    words: Words = ENGLISH
    examples: tuple[Example, ...] = ()
    scratch: Path | None = None

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
