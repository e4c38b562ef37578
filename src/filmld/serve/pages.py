"""The pages of an archive, and the one address of each thing that has several forms."""

import asyncio
import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response

from filmld.errors import FilmldError
from filmld.publish.addresses import LISTS
from filmld.serve.negotiation import choose
from filmld.serve.ranges import part
from filmld.serve.retired import GONE, LIST, RetiredAddresses
from filmld.serve.turns import SEARCH, Turns
from filmld.tuples import NamedTuple

HTML = "text/html"
FORMS = (
    (HTML, ".html"),
    ("text/turtle", ".ttl"),
    ("application/ld+json", ".jsonld"),
    ("application/n-triples", ".nt"),
)
"""What a thing can be had as, and what the name of that file ends in; the first suits everybody."""

LINK_SET = ".linkset.json"
"""What the name of the file ends in that says how the forms belong together (signposting.org)."""

Made = TypeVar("Made")

_SUFFIXES = dict(FORMS) | {"application/json": ".jsonld"}


class Document(Protocol):
    """One file of a site."""

    @property
    def body(self) -> bytes:
        """Its bytes."""

    @property
    def media_type(self) -> str:
        """Its media type."""


@runtime_checkable
class OnDisk(Protocol):
    """One file of a site that is too large to hold, such as a dump."""

    @property
    def path(self) -> Path:
        """Where it lies; nobody changes it."""

    @property
    def media_type(self) -> str:
        """Its media type."""


class Pages(Protocol):
    """Whatever can give the files of a site: an archive that renders them, or a built snapshot."""

    def paths(self) -> tuple[str, ...]:
        """The paths of all files; those of the index of names may be missing."""

    def render(self, path: str) -> Document | OnDisk | None:
        """Make one of them, or say that there is none."""


class NoPages:
    """No files at all: where there is data to ask and nothing to look at."""

    def paths(self) -> tuple[str, ...]:
        """The paths of all files."""
        return ()

    def render(self, path: str) -> Document | None:
        """Say that there is none."""
        del path
        return None


class Rendered(NamedTuple):
    """A file as it is sent: its bytes, or where a large one lies."""

    body: bytes | Path
    media_type: str
    etag: str

    def response(self, status: int, headers: dict[str, str] | None = None) -> Response:
        """Send it; a large one piece by piece."""
        if isinstance(self.body, Path):
            return FileResponse(self.body, status, headers, self.media_type)
        return Response(self.body, status, headers, self.media_type)


class PageServer:
    """Answers GET and HEAD for every path of a site.

    Attributes:
        version: Counts up whenever other pages have taken the place of these.
    """

    def __init__(self, pages: Pages, *, base: str, max_age: int) -> None:
        self._pages = pages
        self._paths = frozenset(pages.paths())
        self._base = base
        self._caching = f"public, max-age={max_age}" if max_age else "no-cache"
        self._one_at_a_time = Turns()
        self._retired = _retired(pages)
        self.version = 0

    def renew(self, make: Callable[[], tuple[Pages, Iterable[str]]]) -> None:
        """Let other pages take the place of these, while nobody looks at any; from another thread.

        Args:
            make: Makes the pages, and says which paths they have.
        """
        with self._one_at_a_time:
            self._pages, paths = make()
            self._paths = frozenset(paths)
            self._retired = _retired(self._pages)
            self.version += 1

    def at_rest(self, work: Callable[[], Made]) -> Made:
        """Do something with what the pages are made from while nobody looks at any."""
        with self._one_at_a_time:
            return work()

    def has_page(self, path: str) -> bool:
        """Say whether people can look at something at a path without suffix."""
        return path + ".html" in self._paths

    def has(self, path: str) -> bool:
        """Whether there is a file of this path."""
        return path in self._paths

    def sections(self) -> list[str]:
        """The lists that there are, such as ``films``, in the order of the menu of all other pages."""
        return [name for name in LISTS.values() if f"{name}.html" in self._paths]

    def text(self, path: str) -> str | None:
        """Make a file of text, in a thread of one's own."""
        document = self._made(path) if self._may_have(path) else None
        if document is None:
            return None
        body = document.path.read_bytes() if isinstance(document, OnDisk) else document.body
        return body.decode()

    async def answer(self, request: Request) -> Response:
        """Answer with a file, or choose one of the forms of a thing."""
        try:
            return await self._answer(request)
        except FilmldError as error:  # such as a record that was edited since it was read
            return PlainTextResponse(f"{error.message}\nhelp: start filmld serve again\n", 503)

    async def _answer(self, request: Request) -> Response:
        path = request.url.path.removeprefix("/")
        if not path and not self._paths:
            return RedirectResponse("/sparql", 303)
        if not path or path.endswith("/"):
            path += "index.html"
        retired = self._retired.find(path, dict(FORMS).values())
        if retired is not None:
            return self._retired.moved(retired, path) or await self._gone(retired)
        if self._may_have(path):
            return await self._file(request, path)
        forms = {kind: suffix for kind, suffix in _SUFFIXES.items() if path + suffix in self._paths}
        if forms:
            return await self._negotiated(request, path, forms)
        return await self.not_found()

    def _may_have(self, path: str) -> bool:
        return path in self._paths or path.startswith(SEARCH)

    async def _negotiated(self, request: Request, path: str, forms: dict[str, str]) -> Response:
        """Send the page itself, or the way to another form (Cool URIs §4.3, 303 See Other)."""
        kind = choose(request.headers.get("accept"), forms) if len(forms) > 1 else HTML
        if kind is None:
            listed = "\n".join(f"{kind}  /{quote(path + suffix)}" for kind, suffix in forms.items())
            response: Response = PlainTextResponse(f"none of these is acceptable:\n{listed}\n", 406)
        elif kind == HTML:
            response = await self._file(request, path + ".html")
            response.headers["Content-Location"] = f"/{quote(path)}.html"
        else:
            response = RedirectResponse("/" + quote(path + forms[kind]), 303)
        if len(forms) > 1:
            response.headers["Vary"] = "Accept"
        return response

    async def _file(self, request: Request, path: str) -> Response:
        found = await self._render(path)
        if found is None:
            return await self.not_found()
        headers = {"ETag": found.etag, "Cache-Control": self._caching, "Link": self._links(path)}
        if found.media_type.startswith("text/csv"):
            # A browser must not show as a page what a record says.
            headers["Content-Disposition"] = "attachment"
        headers = {name: value for name, value in headers.items() if value}
        if matches(request.headers.get("if-none-match"), found.etag):
            return Response(status_code=304, headers=headers)
        whole = found.response(200, headers)
        # Starlette gives parts of what lies on the disk itself.
        return whole if isinstance(whole, FileResponse) else part(request, whole)

    async def _gone(self, place: str) -> Response:
        """Say that what was here is out of use (RFC 9110 §15.5.11)."""
        found = await self._render(f"{place}.html")
        if found is None:
            return PlainTextResponse("this record is out of use\n", GONE)
        return found.response(GONE)

    async def not_found(self) -> Response:
        """Say that there is nothing, in the manner of the other pages."""
        found = await self._render("404.html")
        if found is None:
            return PlainTextResponse("there is nothing here\n", 404)
        return found.response(404)

    async def _render(self, path: str) -> Rendered | None:
        """Make a file without holding up others; a catalogue is read by one thread at a time."""
        document = await asyncio.to_thread(self._made, path)
        if document is None:
            return None
        if isinstance(document, OnDisk):
            status = document.path.stat()
            return Rendered(
                document.path, document.media_type, f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
            )
        return Rendered(
            document.body, document.media_type, f'"{hashlib.sha256(document.body).hexdigest()[:32]}"'
        )

    def _made(self, path: str) -> Document | OnDisk | None:
        with self._one_at_a_time.of(path):
            return self._pages.render(path)

    def _links(self, path: str) -> str:
        """The other forms of the same thing (RFC 8288), and its one name."""
        stem, dot, suffix = path.rpartition(".")
        others = [
            (kind, stem + ending)
            for kind, ending in FORMS
            if ending != dot + suffix and stem + ending in self._paths
        ]
        if not others or dot + suffix not in dict(FORMS).values():
            return ""
        # The name of a thing, not of a list: a record has all forms.
        is_record = f"{stem}.jsonld" in self._paths
        named = f"<{self._base}{quote(stem)}>"
        links = [f'{named}; rel="canonical"', f'{named}; rel="cite-as"'] if is_record else []
        if stem + LINK_SET in self._paths:
            links.append(f'</{quote(stem + LINK_SET)}>; rel="linkset"; type="application/linkset+json"')
        for kind, other in others:
            links.append(f'</{quote(other)}>; rel="alternate"; type="{kind}"')
            if suffix == "html":
                links.append(f'</{quote(other)}>; rel="describedby"; type="{kind}"')
        return ", ".join(links)


def _retired(pages: Pages) -> RetiredAddresses:
    listed = pages.render(LIST)
    return RetiredAddresses(None if listed is None or isinstance(listed, OnDisk) else listed.body)


def matches(header: str | None, etag: str | None) -> bool:
    """Compare weakly, as If-None-Match does (RFC 9110 §13.1.2)."""
    if header is None or etag is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in header.split(",")}
    return etag.removeprefix("W/") in tags or "*" in tags
