"""What every part of a site is made from, and the files that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic
from filmld.publish.addresses import Addresses
from filmld.publish.overview import Overview
from filmld.publish.pages.desk import Desk, prefix
from filmld.publish.render import Page, render
from filmld.publish.vocabulary import Vocabulary
from filmld.publish.words import ENGLISH, Words, page_languages, words_in

HTML: Final = "text/html; charset=utf-8"
JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle; charset=utf-8"
N_TRIPLES: Final = "application/n-triples"
N_QUADS: Final = "application/n-quads"
GZIP: Final = "application/gzip"
XML: Final = "application/xml"
CSV: Final = "text/csv; charset=utf-8"
JSON: Final = "application/json"
SCRIPT: Final = "text/javascript; charset=utf-8"
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
        overview: What is known of all of them together.
        vocabulary: What shapes and ontology say of properties and concepts.
        words: The language of the pages.
        languages: All languages that the site has pages in, the one of plain addresses first.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
    """

    catalog: Catalog
    addresses: Addresses
    overview: Overview
    vocabulary: Vocabulary
    words: Words = ENGLISH
    languages: tuple[str, ...] = ("en",)
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None

    @classmethod
    def of(cls, catalog: Catalog, findings: Mapping[str, tuple[Diagnostic, ...]] | None = None) -> "Plan":
        """Plan the site of a catalogue, in its first language."""
        languages = page_languages(catalog.archive.config.languages)
        addresses, vocabulary = Addresses(catalog), Vocabulary(catalog.archive)
        overview = Overview(catalog, addresses, vocabulary)
        return cls(catalog, addresses, overview, vocabulary, words_in(languages[0]), languages, findings)

    @property
    def base(self) -> str:
        """The address of the site."""
        return self.catalog.archive.config.base

    @property
    def prefix(self) -> str:
        """What the addresses of pages in this language begin with: nothing in the first one."""
        return prefix(self.words.language, self.languages)

    def in_language(self, language: str) -> "Plan":
        """The same in the words of another language."""
        return replace(self, words=words_in(language))

    def desk(self, path: str, root: str | None = None) -> Desk:
        """What is needed to write the page at a plain path; for ``root`` see :class:`Desk`."""
        return Desk(
            self.catalog,
            self.addresses,
            self.words,
            self.prefix + path,
            root,
            overview=self.overview,
            vocabulary=self.vocabulary,
            tongues=self.languages,
            findings=self.findings,
        )

    def html(self, page: Page) -> Document:
        """Lay out a page."""
        return Document(render(page, self.words), HTML)
