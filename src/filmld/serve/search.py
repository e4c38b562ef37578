"""The search, answered by the server: its page works without a script, from an archive or a snapshot."""

import asyncio
import re
from typing import Final

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from filmld.archive.config import Config
from filmld.errors import FilmldError
from filmld.publish.search import KEYS, Found, Searcher, answered
from filmld.publish.words import page_languages, words_in
from filmld.serve.pages import PageServer

_PAGE: Final = "search.html"
NOTHING: Final = Found((), is_all=True, is_short=False)
_PATH: Final = re.compile(r"/(?:([a-z-]+)/)?search(?:\.html)?")


class Search:
    """Answers what visitors look for; a page that is asked for nothing is a page like any other."""

    def __init__(self, pages: PageServer, config: Config) -> None:
        self._pages = pages
        self._searcher, self._version = Searcher(pages.text), pages.version
        self._languages = page_languages(config.languages)

    def path(self, request: Request) -> str | None:
        """The path of the page that a request wants something found on."""
        match = _PATH.fullmatch(request.url.path)
        if match is None or not request.query_params.get("q", "").strip():
            return None
        return f"{match[1]}/{_PAGE}" if match[1] else _PAGE

    def find(self, query: str) -> Found | None:
        """Look names up, in a thread of one's own; ``None`` where there is no index of them."""
        if not self._pages.has(KEYS):
            return None
        if self._version != self._pages.version:  # what was read of the index is out of date
            self._searcher, self._version = Searcher(self._pages.text), self._pages.version
        return self._searcher.find(query)

    async def answer(self, request: Request) -> Response:
        """Answer with the page, what was found in it; other requests go where all go."""
        path = self.path(request)
        language = path.rpartition("/")[0] or self._languages[0] if path else ""
        if path is None or language not in self._languages:
            return await self._pages.answer(request)
        try:
            page = await asyncio.to_thread(self._page, path, language, request.query_params["q"].strip())
        except FilmldError as error:
            return PlainTextResponse(f"{error.message}\nhelp: start filmld serve again\n", 503)
        if page is None:
            return await self._pages.answer(request)
        return Response(page, media_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})

    def _page(self, path: str, language: str, query: str) -> str | None:
        page = self._pages.text(path)
        if page is None:
            return None
        root = "../" if "/" in path else ""
        found = self.find(query) or NOTHING
        return answered(page, query, found, words_in(language), self._languages, root)
