"""The JSON-LD inside pages, read by others than who wrote it."""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from pyld import jsonld

from filmld.archive import Record
from filmld.publish.embed import Engine, embed_document
from filmld.publish.site import Site
from filmld.turtle.canonical import labelled

ADDRESS = "https://blog.example/a"


class Difference(NamedTuple):
    """A page whose block is not what it should be, and how."""

    iri: str
    what: str


class Blocks(HTMLParser):
    """The texts of all elements of JSON-LD in a page, taken apart by Python's own parser."""

    def __init__(self, page: bytes) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._is_inside = False
        self.feed(page.decode())
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"
        if self._is_inside:
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        del tag
        self._is_inside = False

    def handle_data(self, data: str) -> None:
        if self._is_inside:
            self.texts[-1] += data


def differences(site: Site, records: Sequence[Record], shared: Path, every: int) -> Iterator[Difference]:
    """Hold the block inside each page, rendered as a build renders it, against the one published by itself.

    Args:
        site: The site.
        records: The records whose pages are looked at.
        shared: Where the official context of schema.org is.
        every: Of so many pages one is read by PyLD too, and its graph compared with that of the document that
            PyLD, the reference, has framed.
    """
    for number, record in enumerate(records):
        place = site.addresses.stem(record.iri)
        page, alone = site.render(f"{place}.html"), site.render(f"embed/{place}.jsonld")
        if page is None or alone is None:
            yield Difference(record.iri, "is not published")
            continue
        found = [json.loads(text) for text in Blocks(page.body).texts]
        if found != [json.loads(alone.body)]:
            yield Difference(record.iri, f"has {len(found)} blocks, or another")
        if number % every == 0:
            wanted = embed_document(site.catalog, record, Engine.PYLD)
            if read_by_pyld(page.body.decode(), context(shared)) != normal(wanted, context(shared)):
                yield Difference(record.iri, "is another graph")


@cache
def context(shared: Path) -> object:
    """The official context of schema.org."""
    return json.loads((shared / "vocab" / "schemaorgcontext.jsonld").read_text(encoding="utf-8"))


def normal(document: object, context: object, url: str | None = None) -> str:
    """The canonical N-Triples of a document, read under the official context of schema.org."""

    def load(asked: str, _options: object) -> dict[str, object]:
        is_page = asked == url
        assert is_page or asked.rstrip("/") == "https://schema.org"
        return {
            "contentType": "text/html" if is_page else "application/ld+json",
            "contextUrl": None,
            "documentUrl": asked,
            "document": document if is_page else context,
        }

    nquads: str = jsonld.to_rdf(url or document, {"format": "application/n-quads", "documentLoader": load})
    return "\n".join(labelled(nquads.encode()))


def read_by_pyld(page: str, context: object) -> str:
    """What PyLD's own loader finds in a page."""
    return normal(page, context, ADDRESS)
