"""The files that every site has once: the home page, the page for what is missing, style, context."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import resources
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

from filmld.publish import sitemap
from filmld.publish.addresses import LISTS
from filmld.publish.description import dataset_document
from filmld.publish.jsonld import CONTEXT_FILE, context
from filmld.publish.jsontext import pretty, script_element
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.front import home_page, missing_page
from filmld.publish.pages.model import Download
from filmld.publish.plan import JSON_LD, SCRIPT, TEXT, Document, Plan
from filmld.publish.spool import Dumps

_ASSETS: Final = (
    ("filmld.css", "text/css; charset=utf-8"),
    ("sparql.css", "text/css; charset=utf-8"),
    ("filmld.svg", "image/svg+xml"),
    ("filmld.js", SCRIPT),
    ("search.js", SCRIPT),
)
_MISSING: Final = "404.html"


class Front:
    """The single files at the top of the site."""

    def __init__(self, plan: Plan, dumps: Dumps) -> None:
        self._plan = plan
        self._dumps = dumps
        self._makers = MappingProxyType[str, Callable[[], Document]](
            {
                "index.html": self._home,
                _MISSING: self._not_found,
                CONTEXT_FILE: _context,
                "robots.txt": self._robots,
                **{f"assets/{name}": partial(_asset, name, kind) for name, kind in _ASSETS},
            }
        )

    def paths(self) -> tuple[str, ...]:
        """The paths of all files."""
        return tuple(self._makers)

    def render(self, path: str) -> Document | None:
        """Make one file, or say that there is none."""
        make = self._makers.get(path)
        return make() if make else None

    def _home(self) -> Document:
        dataset = script_element(dataset_document(self._plan, self._dumps.names))
        desk = self._plan.desk("index.html")
        films = self._plan.orders.of(LISTS["film"], desk.words.language).things
        page = home_page(desk, films)
        return self._plan.html(replace(page, dataset=dataset, downloads=(*page.downloads, *_more(desk))))

    def _not_found(self) -> Document:
        # It is sent for addresses at any depth, so it cannot refer relatively.
        root = urlsplit(self._plan.base).path
        return self._plan.html(missing_page(self._plan.desk(_MISSING, root)))

    def _robots(self) -> Document:
        return Document(sitemap.robots(self._plan.base), TEXT)


def _more(desk: Desk) -> Iterator[Download]:
    """What else there is, besides the dumps."""
    words = desk.words
    yield _page(words.data, desk.page("data/index.html"), words.files_note)
    yield Download(name="void.ttl", href=desk.to("void.ttl"), media_type="text/turtle", note=words.void_note)
    yield _page(words.ontology, desk.page("ontology/index.html"), words.ontology_note)
    yield _page(words.shapes, desk.page("shapes/index.html"), words.shapes_note)


def _page(name: str, href: str, note: str) -> Download:
    return Download(name=name, href=href, media_type="text/html", note=note)


def _context() -> Document:
    return Document(pretty({"@context": context()}).encode(), JSON_LD)


def _asset(name: str, media_type: str) -> Document:
    body = resources.files("filmld.publish").joinpath("assets", name).read_bytes()
    return Document(body, media_type)
