"""What every part of a site is made from, and the files that come of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, TypeAlias

from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic
from filmld.publish.addresses import Addresses
from filmld.publish.concepts import Concepts
from filmld.publish.examples import Example
from filmld.publish.noted import Note, NotedCatalog, NotedMapping, unnoted
from filmld.publish.orders import Orders
from filmld.publish.overview import Overview
from filmld.publish.pages.desk import Desk, prefix
from filmld.publish.remembered import NOTHING, Remembered
from filmld.publish.render import Page, render
from filmld.publish.results import Asked
from filmld.publish.search_entries import PAGE, SearchEntries
from filmld.publish.words import ENGLISH, Words, page_languages, words_in
from filmld.tuples import NamedTuple

HTML: Final = "text/html; charset=utf-8"
JSON: Final = "application/json"
LINK_SET: Final = "application/linkset+json"
JSON_LD: Final = "application/ld+json"
TURTLE: Final = "text/turtle; charset=utf-8"
N_TRIPLES: Final = "application/n-triples"
N_QUADS: Final = "application/n-quads"
SPARQL: Final = "application/sparql-query"
GZIP: Final = "application/gzip"
XML: Final = "application/xml"
CSV: Final = "text/csv; charset=utf-8; header=present"
JSON_LINES: Final = "application/x-ndjson"
PARQUET: Final = "application/vnd.apache.parquet"
SCRIPT: Final = "text/javascript; charset=utf-8"
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
        sha256: The SHA-256 of its content, if it was worked out when the file was written.
    """

    path: Path
    media_type: str
    owner: object = None
    sha256: str | None = None

    @property
    def body(self) -> bytes:
        """All of it, for who knows that it is small."""
        return self.path.read_bytes()


File: TypeAlias = Document | Stored


@dataclass(frozen=True, slots=True)
class Plan:
    """What is published, where it lies, and in which words pages speak.

    Attributes:
        whole: All records.
        catalog: The same, taking note of what is asked, if that is wanted.
        addresses: Where each lies on the site.
        overview: What is known of all of them together.
        concepts: What shapes and ontology say of properties and concepts.
        words: The language of the pages.
        languages: All languages that the site has pages in, the one of plain addresses first.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
        examples: Questions that researchers may ask.
        scratch: A folder for large files while the site is made; otherwise a temporary one.
        note: Takes note of what a file depends on.
        remembered: What still is as it was at the last build.
    """

    whole: Catalog
    catalog: Catalog
    addresses: Addresses
    overview: Overview
    concepts: Concepts
    words: Words = ENGLISH
    languages: tuple[str, ...] = ("en",)
    examples: tuple[Example, ...] = ()
    scratch: Path | None = None
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None
    note: Note = unnoted
    remembered: Remembered = NOTHING

    @classmethod
    def of(
        cls,
        catalog: Catalog,
        examples: tuple[Example, ...] = (),
        scratch: Path | None = None,
        findings: Mapping[str, tuple[Diagnostic, ...]] | None = None,
        note: Note = unnoted,
        remembered: Remembered = NOTHING,
    ) -> "Plan":
        """Plan the site of a catalogue, in its first language.

        What is worked out once for many files asks the catalogue itself; what is asked for one file
        is noted.
        """
        languages = page_languages(catalog.archive.config.languages)
        addresses, concepts = Addresses(catalog), Concepts(catalog.archive)
        overview = Overview(catalog, addresses, concepts, remembered.facets, remembered.roles)

        is_noted = note is not unnoted
        return cls(
            whole=catalog,
            catalog=NotedCatalog(catalog, note) if is_noted else catalog,
            addresses=addresses.noted(note) if is_noted else addresses,
            overview=overview.noted(note),
            concepts=concepts,
            words=words_in(languages[0]),
            languages=languages,
            examples=examples,
            scratch=scratch,
            findings=NotedMapping(findings, note, "findings", "all-findings")
            if findings is not None
            else None,
            note=note,
            remembered=remembered,
        )

    @property
    def base(self) -> str:
        """The address of the site."""
        return self.catalog.archive.config.base

    @property
    def questions(self) -> tuple[Asked, ...]:
        """The examples that have a page of their own, since whoever asked them has handed them in."""
        return tuple(example for example in self.examples if isinstance(example, Asked))

    @property
    def prefix(self) -> str:
        """What the addresses of pages in this language begin with: nothing in the first one."""
        return prefix(self.words.language, self.languages)

    @property
    def orders(self) -> Orders:
        """In which order lists have the records."""
        return Orders(self.whole, self.overview.noted(unnoted), self._desk_for_all, self.note)

    @property
    def entries(self) -> SearchEntries:
        """What the search finds."""
        if not self.overview.entries:
            known = self.remembered.entries
            made = SearchEntries(self.whole, lambda: self._desk_for_all(self.languages[0]), self.note, known)
            self.overview.entries.append(made)
        return self.overview.entries[0]

    def _desk_for_all(self, language: str) -> Desk:
        """A desk for what is worked out once for many files, and so is not noted for one."""
        return Desk(
            self.whole,
            self.addresses.noted(unnoted),
            words_in(language),
            prefix(language, self.languages) + PAGE,
            overview=self.overview.noted(unnoted),
            concepts=self.concepts,
            tongues=self.languages,
        )

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
            concepts=self.concepts,
            tongues=self.languages,
            has_questions=bool(self.questions),
            findings=self.findings,
        )

    def html(self, page: Page) -> Document:
        """Lay out a page."""
        return Document(render(page, self.words), HTML)
