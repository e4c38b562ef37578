"""The JSON-LD inside a web page, whoever made the page (JSON-LD 1.1 §7)."""

import re
from html.parser import HTMLParser
from typing import Final

from filmld.tuples import NamedTuple

_CHARSET: Final = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
_SNIFFED: Final = 1024
"""Where a page must say how it is written (HTML, 4.2.5.4)."""


class Block(NamedTuple):
    """One ``script`` element of type ``application/ld+json``.

    Attributes:
        text: What is in it.
        row: The line of the page it starts in, the first being 1.
        etag: The ``data-etag`` that filmld gave it, if it still has one.
    """

    text: str
    row: int
    etag: str | None


def blocks(page: bytes, charset: str | None = None) -> list[Block]:
    """Find the blocks of a page, in its order.

    Args:
        page: The HTML.
        charset: How it is written, where that is known from elsewhere.
    """
    reader = _Reader()
    reader.feed(decoded(page, charset))
    reader.close()
    return reader.blocks


def decoded(page: bytes, charset: str | None = None) -> str:
    """Read the bytes of a page by its mark, by what is known, by what it says of itself, or as UTF-8."""
    declared = _CHARSET.search(page[:_SNIFFED])
    named = charset or (declared[1].decode("ascii", "replace") if declared else "utf-8")
    if page.startswith(b"\xef\xbb\xbf"):
        named = "utf-8-sig"
    try:
        return page.decode(named, "replace")
    except LookupError:  # no such encoding
        return page.decode("utf-8", "replace")


class _Reader(HTMLParser):
    """Collects the data blocks of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: Block | None = None
        self._parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "script":
            return
        attributes = dict(attrs)
        media_type = (attributes.get("type") or "").partition(";")[0].strip().lower()
        if media_type == "application/ld+json":
            self._open = Block("", self.getpos()[0], attributes.get("data-etag"))
            self._parts = []

    def handle_data(self, data: str) -> None:
        if self._open:
            self._parts.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._open:
            self.blocks.append(self._open._replace(text="".join(self._parts)))
            self._open = None
