"""The whole site as a function: which files there are, and what each holds."""

import re
from importlib import resources
from typing import NamedTuple
from urllib.parse import urlsplit

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish import dumps, sitemap
from filmld.publish.addresses import LISTS, Addresses
from filmld.publish.embed import embed_document, has_embed
from filmld.publish.jsonld import CONTEXT_FILE, context, record_document
from filmld.publish.jsontext import Json, pretty, script_element
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.entity import entity_page
from filmld.publish.pages.lists import home_page, list_page, list_path, missing_page, page_count
from filmld.publish.render import Page, render
from filmld.publish.words import ENGLISH, Words

HTML = "text/html; charset=utf-8"
JSON_LD = "application/ld+json"
TURTLE = "text/turtle; charset=utf-8"
N_TRIPLES = "application/n-triples"
N_QUADS = "application/n-quads"

_ASSETS = (("filmld.css", "text/css; charset=utf-8"), ("filmld.svg", "image/svg+xml"))
_FIXED = (
    "404.html",
    CONTEXT_FILE,
    "data/all.nq",
    "data/all.nq.gz",
    "index.html",
    "robots.txt",
    "sitemap.xml",
    *(f"assets/{name}" for name, _ in _ASSETS),
)
_LIST = re.compile(rf"({'|'.join(LISTS.values())})(?:-([1-9]\d{{0,8}}))?\.html")
_SITEMAP = re.compile(r"sitemap-([1-9]\d{0,8})\.xml")


class Document(NamedTuple):
    """One file of the site."""

    body: bytes
    media_type: str


class Site:
    """The site of a catalogue: ``build`` writes every file of it, ``serve`` makes one when asked."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.addresses = Addresses(catalog)
        self._words: Words = ENGLISH

    def paths(self) -> tuple[str, ...]:
        """The path of every file, sorted."""
        found = set(_FIXED)
        if self._sitemaps() > 1:
            found.update(f"sitemap-{number}.xml" for number in range(1, self._sitemaps() + 1))
        for kind in set(self.addresses.kinds) & set(LISTS):
            found.update(list_path(kind, number) for number in range(1, self._pages(kind) + 1))
        for record in self.catalog.records.values():
            place = self.addresses.stem(record.iri)
            found.update(f"{place}{ending}" for ending in (".html", ".jsonld", ".nt", ".ttl"))
            if has_embed(self.catalog, record):
                found.add(f"embed/{place}.html")
        return tuple(sorted(found))

    def render(self, path: str) -> Document | None:
        """Make one file; ``None`` if the site has no file of that path."""
        if path in _FIXED:
            return self._fixed(path)
        list_match, map_match = _LIST.fullmatch(path), _SITEMAP.fullmatch(path)
        if list_match:
            return self._list(list_match[1], int(list_match[2] or 1), path)
        if map_match:
            return self._numbered_sitemap(int(map_match[1]))
        return self._record_file(path)

    def page(self, record: Record) -> Document:
        """Make the page of a record."""
        path = f"{self.addresses.stem(record.iri)}.html"
        return self._html(entity_page(self._desk(path), record))

    def embed(self, record: Record) -> Document | None:
        """Make the ready ``script`` block of a record; ``None`` where schema.org has no class for it."""
        document = embed_document(self.catalog, record)
        return Document(script_element(document).encode(), HTML) if document else None

    def _record_file(self, path: str) -> Document | None:
        place, _, ending = path.rpartition(".")
        embedded = place.startswith("embed/") and ending == "html"
        iri = self.addresses.iri(place.removeprefix("embed/") if embedded else place)
        if iri is None:
            return None
        record = self.catalog.records[iri]
        if embedded:
            return self.embed(record)
        if ending == "html":
            return self.page(record)
        if ending == "ttl":
            return Document(self.catalog.source(record), TURTLE)
        if ending == "nt":
            return Document(dumps.ntriples(self.catalog, record).encode(), N_TRIPLES)
        return self._jsonld(record) if ending == "jsonld" else None

    def _jsonld(self, record: Record) -> Document:
        address: Json = self.catalog.archive.config.base + CONTEXT_FILE
        document = record_document([dumps.stable_graph(self.catalog, record)], address)
        return Document(pretty(document).encode(), JSON_LD)

    def _fixed(self, path: str) -> Document:
        if path == "index.html":
            return self._html(home_page(self._desk(path)))
        if path == "404.html":
            return self._html(missing_page(self._desk(path)))
        if path == CONTEXT_FILE:
            return Document(pretty({"@context": context()}).encode(), JSON_LD)
        if path == "sitemap.xml":
            return self._sitemap()
        return self._dump(path) if path.startswith("data/") else self._text_or_asset(path)

    def _text_or_asset(self, path: str) -> Document:
        if path == "robots.txt":
            return Document(sitemap.robots(self.catalog.archive.config.base), "text/plain; charset=utf-8")
        return _asset(path.removeprefix("assets/"))

    def _dump(self, path: str) -> Document:
        quads = dumps.all_nquads(self.catalog)
        if path.endswith(".gz"):
            return Document(dumps.compressed(quads), "application/gzip")
        return Document(quads, N_QUADS)

    def _list(self, name: str, number: int, path: str) -> Document | None:
        kind = next(kind for kind, list_name in LISTS.items() if list_name == name)
        if kind not in self.addresses.kinds or number > self._pages(kind) or path != list_path(kind, number):
            return None
        return self._html(list_page(self._desk(path), kind, number))

    def _sitemap(self) -> Document:
        base = self.catalog.archive.config.base
        count = self._sitemaps()
        if count == 1:
            return Document(sitemap.sitemap([base, *self.catalog.records]), "application/xml")
        parts = (f"{base}sitemap-{number}.xml" for number in range(1, count + 1))
        return Document(sitemap.sitemap_index(parts), "application/xml")

    def _numbered_sitemap(self, number: int) -> Document | None:
        if not 1 <= number <= self._sitemaps() or self._sitemaps() == 1:
            return None
        addresses = [self.catalog.archive.config.base, *self.catalog.records]
        return Document(sitemap.sitemap(addresses, number), "application/xml")

    def _sitemaps(self) -> int:
        return sitemap.sitemap_count(len(self.catalog.records) + 1)

    def _pages(self, kind: str) -> int:
        return page_count(self.addresses.kinds[kind])

    def _desk(self, path: str) -> Desk:
        # The page for what is missing is sent for addresses at any depth, so it cannot refer relatively.
        root = urlsplit(self.catalog.archive.config.base).path if path == "404.html" else None
        return Desk(self.catalog, self.addresses, self._words, path, root)

    def _html(self, page: Page) -> Document:
        return Document(render(page, self._words), HTML)


def _asset(name: str) -> Document:
    body = resources.files("filmld.publish").joinpath("assets", name).read_bytes()
    return Document(body, dict(_ASSETS)[name])
