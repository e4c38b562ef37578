"""Pages that show an edit as soon as it is saved, for whoever edits the records and looks at them."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import Future
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route

from filmld.serve.pages import HTML, Document, Made, OnDisk, Pages, PageServer
from filmld.tuples import NamedTuple

CHANGES: Final = "/.live/changes"
SCRIPT: Final = "/.live/script.js"
"""No record can have such an address: the names of records begin with letters and digits."""

RETRY_MS: Final = 500
"""How soon a page asks again when the server was away."""
QUIET_SECONDS: Final = 15.0
"""A connection that says nothing for longer may be taken for dead."""

_HEAD: Final = b"</head>"


class MarkedPage(NamedTuple):
    """A page that hears of changes."""

    body: bytes
    media_type: str


class LivePages:
    """Pages, each with the small script that listens for changes, and the version that it shows."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def paths(self) -> tuple[str, ...]:
        """The paths of all files."""
        return self._pages.paths()

    def render(self, path: str) -> Document | OnDisk | None:
        """Make one of them."""
        document = self._pages.render(path)
        is_page = document is not None and document.media_type.startswith(HTML)
        # What others embed is made for other sites, which know nothing of this.
        if document is None or not is_page or isinstance(document, OnDisk) or path.startswith("embed/"):
            return document
        version = hashlib.sha256(document.body).hexdigest()[:16]
        script = f'<script src="{SCRIPT}" data-changes="{CHANGES}" data-version="{version}" defer></script>\n'
        return MarkedPage(document.body.replace(_HEAD, script.encode() + _HEAD, 1), document.media_type)


class Live:
    """Lets pages change while they are served, and tells those that are open (server-sent events)."""

    def __init__(self, most: int) -> None:
        """Begin, with nobody listening.

        Args:
            most: How many pages may listen at the same time; each holds a connection.
        """
        self._most = most
        self._server: PageServer | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._version = 0
        self._listening: set[asyncio.Event] = set()
        self._is_over = False

    def routes(self, server: PageServer) -> list[Route]:
        """What is answered besides the pages of a server, which is the one that changes."""
        self._server = server
        return [Route(CHANGES, self._changes), Route(SCRIPT, _script)]

    def begin(self) -> None:
        """Take note of the event loop, inside it."""
        self._loop = asyncio.get_running_loop()

    def show(self, make: Callable[[], tuple[Pages, Iterable[str]]], *, tell: bool = True) -> None:
        """Let other pages take the place of these, and tell the open ones; from any thread.

        Args:
            make: Makes the pages, while nobody looks at any, and says which paths they have.
            tell: Whether an open page may show something else than before.
        """
        if self._server is None or self._loop is None:
            raise RuntimeError

        def marked() -> tuple[Pages, Iterable[str]]:
            pages, paths = make()
            return LivePages(pages), paths

        self._server.renew(marked)
        if tell and not self._is_over:
            self._loop.call_soon_threadsafe(self._tell)

    def begin_in_loop(self, work: Callable[[], Coroutine[object, object, None]]) -> Future[None] | None:
        """Begin something in the event loop, from another thread; ``None`` if it is over."""
        if self._loop is None or self._is_over:
            return None
        return asyncio.run_coroutine_threadsafe(work(), self._loop)

    def at_rest(self, work: Callable[[], Made]) -> Made:
        """Do something with what pages are made from while nobody looks at any; from any thread."""
        if self._server is None:
            raise RuntimeError
        return self._server.at_rest(work)

    def end(self) -> None:
        """Let go of all who listen, inside the event loop."""
        self._is_over = True
        self._tell()

    def _tell(self) -> None:
        self._version += 1
        for listener in self._listening:
            listener.set()

    async def _changes(self, request: Request) -> Response:
        """Tell of changes until the page is closed (HTML Living Standard §9.2)."""
        del request
        if len(self._listening) >= self._most:
            return PlainTextResponse("too many pages are open\n", 503, headers={"Retry-After": "5"})
        headers = {"Cache-Control": "no-store"}
        return StreamingResponse(self._events(), media_type="text/event-stream", headers=headers)

    async def _events(self) -> AsyncIterator[str]:
        listener = asyncio.Event()
        self._listening.add(listener)
        try:
            yield f"retry: {RETRY_MS}\n"
            while not self._is_over:
                # The first one, too: something may have changed since the page was made.
                yield f"id: {self._version}\ndata: {self._version}\n\n"
                listener.clear()
                while not await _happened(listener):
                    yield ":\n\n"
        finally:
            self._listening.discard(listener)


async def _happened(event: asyncio.Event) -> bool:
    """Wait for something, but not for so long that the connection seems dead."""
    try:
        async with asyncio.timeout(QUIET_SECONDS):
            return await event.wait()
    except TimeoutError:
        return False


async def _script(request: Request) -> Response:
    del request
    body = resources.files("filmld.publish").joinpath("assets", "live.js").read_bytes()
    return Response(body, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
