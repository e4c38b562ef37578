"""Answers to the questions of the gallery that were worked out when the snapshot was built.

The page that the build has written holds the answer, laid out, between two marks. A server puts that part
into a page of its own, which has a form and an endpoint, and keeps the result: a snapshot never changes.
"""

import asyncio
import gzip
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from filmld.publish.pages.question import FOLDER
from filmld.serve.pages import PageServer
from filmld.tuples import NamedTuple

SUFFIX: Final = ".json"
BEGIN: Final = b"<!--answer-->"
END: Final = b"<!--/answer-->"
"""Between these, the page of a question has its answer."""

MOST_KEPT: Final = 200
"""Pages kept at hand, compressed; one takes some hundred KiB at most."""
LEVEL: Final = 6

_TOTAL: Final = re.compile(rb'<section id="answer"[^>]* data-rows="([0-9]+)"')


def path_of(name: str, suffix: str = SUFFIX) -> str:
    """Where the answer to a question lies, relative to the top of the site."""
    return f"{FOLDER}{name}{suffix}"


class Ready(NamedTuple):
    """A page that only has to be sent."""

    packed: bytes

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Send it, compressed to whoever takes that (RFC 9110 §12.5.3)."""
        kind = "text/html; charset=utf-8"
        if "gzip" in request.headers.get("accept-encoding", "").lower():
            varied = {"Vary": f"{headers.get('Vary', '')}, Accept-Encoding".lstrip(", ")}
            return Response(
                self.packed, 200, {**headers, **varied, "Content-Encoding": "gzip"}, media_type=kind
            )
        return Response(gzip.decompress(self.packed), 200, dict(headers), media_type=kind)


class BuiltPages:
    """The pages with answers that a build has worked out."""

    def __init__(self, pages: PageServer) -> None:
        self._pages = pages
        self._kept: dict[str, Ready] = {}

    async def page(self, path: str, frame: Callable[[int | None], Awaitable[bytes]]) -> Ready | None:
        """Give a page, made anew the first time only.

        Args:
            path: Where the build has put its page of the question.
            frame: Makes the server's page of it, for so many rows in all; its own answer gives way.
        """
        kept = self._kept.get(path)
        if kept is None:
            found = await asyncio.to_thread(self._pages.text, path)
            answer = answer_in(found.encode()) if found else None
            if answer is None:
                return None
            total = _TOTAL.search(answer)
            whole = put_into(await frame(int(total[1]) if total else None), answer)
            kept = Ready(await asyncio.to_thread(gzip.compress, whole, LEVEL, mtime=0))
            if len(self._kept) < MOST_KEPT:
                self._kept[path] = kept
        return kept


def answer_in(page: bytes) -> bytes | None:
    """The part of a page that is its answer; ``None`` of a page without one."""
    _, begin, rest = page.partition(BEGIN)
    answer, end, _ = rest.partition(END)
    return answer if begin and end else None


def put_into(page: bytes, answer: bytes) -> bytes:
    """Put an answer in the place of a page's own."""
    before, begin, rest = page.partition(BEGIN)
    return before + begin + answer + END + rest.partition(END)[2]
