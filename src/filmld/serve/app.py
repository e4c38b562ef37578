"""The web application: which path is answered by what, and what every answer carries."""

import re
from collections.abc import MutableMapping

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from filmld.archive.config import Config, Limits
from filmld.publish.pages.sparql import NAMES, VOCABULARY
from filmld.publish.words import page_languages
from filmld.query.pool import Pool
from filmld.serve.assets import Assets
from filmld.serve.form import Form
from filmld.serve.live import Live, LivePages
from filmld.serve.naming import Naming
from filmld.serve.oembed import oembed_route
from filmld.serve.pages import Pages, PageServer
from filmld.serve.questions import NO_GALLERY, Gallery, QuestionPages
from filmld.serve.search import Search
from filmld.serve.sparql import Endpoint
from filmld.serve.vocabulary import VocabularyPages

MAX_HEADERS = 100
GZIP_LEVEL = 4
"""Half the time of the highest level, for a tenth more bytes of such answers."""

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    # Everything here is public and read-only, so any page may read it; never with credentials.
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https:; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'self'"
    ),
}

_CARD = re.compile(r"/embed/.+\.card(\.html)?")
_FRAMED = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""A card has no script and is there to be framed by the pages of others."""


_ASKING = re.compile(r"/([a-z-]+/)?(sparql|queries)(/|$)")
"""The pages whose scripts ask this server, and nobody else."""
_ALL = re.compile("/")


def build_app(
    pages: Pages,
    pool: Pool,
    config: Config,
    gallery: Gallery = NO_GALLERY,
    *,
    max_age: int = 0,
    live: Live | None = None,
) -> Starlette:
    """Make the application.

    Args:
        pages: The files of the site.
        pool: The workers that answer queries, started by whoever starts the application.
        config: What the archive says of itself.
        gallery: The questions that have a page, and what the terms in their answers are called.
        max_age: For how many seconds a page may be kept without asking again.
        live: What lets the pages change while they are served.
    """
    page_server = PageServer(LivePages(pages) if live else pages, base=config.base, max_age=max_age)
    naming = Naming(page_server, config.base, tuple(config.languages), gallery.terms)
    endpoint = Endpoint(pool, config, Form(naming, config))
    questions = QuestionPages(naming, pool, config, gallery.questions, endpoint.clients)
    search = Search(page_server, config)
    languages = page_languages(config.languages)
    vocabulary = VocabularyPages(page_server, pool, gallery.terms.get(languages[0], {}), search, languages)

    async def healthz(request: Request) -> Response:
        """Say whether queries can be answered."""
        del request
        return PlainTextResponse("ok\n") if pool.healthy else PlainTextResponse("no worker runs\n", 503)

    return Starlette(
        routes=[
            *(live.routes(page_server) if live else ()),
            Route("/healthz", healthz),
            Route("/assets/{path:path}", Assets(page_server).answer),
            Route("/sparql", endpoint),
            Route("/sparql/", endpoint),
            Route("/sparql/index.html", _to_endpoint),
            Route(f"/{VOCABULARY}", vocabulary.words),
            Route(f"/{NAMES}", vocabulary.things),
            Route("/queries", questions.index),
            Route("/queries/", questions.index),
            Route("/queries/index.html", questions.index),
            Route("/queries/examples.ttl", page_server.answer),
            Route("/queries/{name}", questions.answer),
            *(
                Route(f"/{language}{path}", answer)
                for language in languages[1:]
                for path, answer in (
                    ("/sparql", endpoint),
                    ("/sparql/", endpoint),
                    ("/sparql/index.html", _to_endpoint),
                    ("/queries", questions.index),
                    ("/queries/", questions.index),
                    ("/queries/index.html", questions.index),
                    ("/queries/{name}", questions.answer),
                )
            ),
            oembed_route(page_server, config.base),
            Route("/search", search.answer),
            Route("/search.html", search.answer),
            Route("/{language}/search", search.answer),
            Route("/{language}/search.html", search.answer),
            Route("/{path:path}", page_server.answer),
        ],
        middleware=[
            Middleware(_Everywhere, limits=config.limits, asking=_ALL if live else _ASKING),
            Middleware(GZipMiddleware, compresslevel=GZIP_LEVEL),
        ],
    )


async def _to_endpoint(request: Request) -> Response:
    """Where there is a server, the page that needs none gives way to it."""
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(request.url.path.removesuffix("/index.html") + query, 307)


class _Everywhere:
    """Refuses oversized requests, and adds to every response what all of them carry."""

    def __init__(self, app: ASGIApp, limits: Limits, asking: re.Pattern[str]) -> None:
        self._app = app
        self._asking = asking
        self._max_url = limits.url_kib * 1024
        self._max_headers = limits.header_kib * 1024

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _EVERYWHERE.items():
                    headers[name] = value
                if self._asking.match(scope["path"]):
                    headers["Content-Security-Policy"] += "; connect-src 'self'"
                if _CARD.fullmatch(scope["path"]):
                    headers["Content-Security-Policy"] = _FRAMED
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self._app)(scope, receive, send_with_headers)

    def _refusal(self, scope: MutableMapping[str, object]) -> Response | None:
        """Refuse a head that is larger than any honest one (RFC 9110 §15.5.15, RFC 6585 §5)."""
        request = Request(scope)
        url = len(request.scope["raw_path"]) + len(request.scope["query_string"])
        if url > self._max_url:
            return PlainTextResponse("the address is too long; send a long query by POST\n", 414)
        headers = request.headers.raw
        if {b"content-length", b"transfer-encoding"} <= {name for name, _ in headers}:
            # Somebody between us and the client may have counted otherwise (RFC 9112 §6.1).
            return PlainTextResponse("two lengths of one body\n", 400, headers={"Connection": "close"})
        size = sum(len(name) + len(value) for name, value in headers)
        if len(headers) > MAX_HEADERS or size > self._max_headers:
            return PlainTextResponse("the header fields are too large\n", 431)
        return None
