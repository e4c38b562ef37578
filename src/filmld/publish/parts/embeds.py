"""What other sites put into their pages: blocks of JSON-LD, cards, and what oEmbed wants to know of them."""

from collections.abc import Iterator
from html import escape
from importlib import resources
from typing import Final

from filmld.archive import Record
from filmld.publish.embed import embed_document, has_embed
from filmld.publish.jsontext import Json, pretty
from filmld.publish.pages.card import card_page
from filmld.publish.plan import HTML, JSON, JSON_LD, Document, Plan

_FOLDER: Final = "embed/"
_BLOCK, _CARD, _OEMBED = ".jsonld", ".card.html", ".oembed.json"
_ENDINGS: Final = (_BLOCK, _CARD, _OEMBED)
_LOADER: Final = "embed.js"
_STYLE: Final = "assets/card.css"
_SCRIPT, _SHEET = "text/javascript; charset=utf-8", "text/css; charset=utf-8"
WIDTH, HEIGHT = 480, 240


class Embeds:
    """The embed kit: the loader, and three files for each record that schema.org has a class for."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    def paths(self) -> Iterator[str]:
        """The paths of all files."""
        yield from (_LOADER, _STYLE)
        for record in self._plan.catalog.records.values():
            if has_embed(self._plan.catalog, record):
                place = self._plan.addresses.stem(record.iri)
                yield from (f"{_FOLDER}{place}{ending}" for ending in _ENDINGS)

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        if path in {_LOADER, _STYLE}:
            body = resources.files("filmld.publish").joinpath("assets", path.removeprefix("assets/"))
            return Document(body.read_bytes(), _SCRIPT if path == _LOADER else _SHEET)
        ending = next((known for known in _ENDINGS if path.endswith(known)), None)
        if ending is None or not path.startswith(_FOLDER):
            return None
        iri = self._plan.addresses.iri(path.removeprefix(_FOLDER).removesuffix(ending))
        record = self._plan.catalog.records[iri] if iri else None
        if record is None or not has_embed(self._plan.catalog, record):
            return None
        return self._make(record, path, ending)

    def _make(self, record: Record, path: str, ending: str) -> Document:
        if ending == _CARD:
            return Document(self._plan.html(card_page(self._plan.desk(path), record)).body, HTML)
        if ending == _OEMBED:
            return Document(pretty(self._oembed(record)).encode(), JSON)
        return Document(pretty(embed_document(self._plan.catalog, record)).encode(), JSON_LD)

    def _oembed(self, record: Record) -> dict[str, Json]:
        """Describe the card as oEmbed does (oembed.com §2.3.4.4, the rich type)."""
        config = self._plan.catalog.archive.config
        place = self._plan.addresses.stem(record.iri)
        page = card_page(self._plan.desk(f"{place}.html"), record)
        title = f"{page.heading.text} ({page.year.text})" if page.year else page.heading.text
        frame = (
            f'<iframe src="{escape(f"{self._plan.base}{_FOLDER}{place}{_CARD}")}" title="{escape(title)}" '
            f'width="{WIDTH}" height="{HEIGHT}" loading="lazy" '
            'sandbox="allow-top-navigation-by-user-activation"></iframe>'
        )
        return {
            "version": "1.0",
            "type": "rich",
            "title": title,
            "provider_name": config.title,
            "provider_url": self._plan.base,
            "width": WIDTH,
            "height": HEIGHT,
            "html": frame,
        }
