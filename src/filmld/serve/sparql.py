"""``/sparql``: the SPARQL 1.1 Protocol's query operation over HTTP.

The query goes to a worker process; here is only the conversation about it. A status can be
changed until the first byte of the answer is sent. What goes wrong later breaks the transfer
off, so that no one takes a part for the whole.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Coroutine, Iterable
from contextlib import aclosing
from dataclasses import dataclass

from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from filmld.archive.config import Config
from filmld.query import errors, formats, prepare
from filmld.query.formats import Format
from filmld.query.frames import Question
from filmld.query.pool import Pool
from filmld.query.process import Answer
from filmld.serve.clients import Clients
from filmld.serve.description import service_description
from filmld.serve.faults import advise, status_of
from filmld.serve.form import Form, Shown
from filmld.serve.negotiation import choose
from filmld.serve.pages import matches
from filmld.serve.protocol import Asked, ProtocolError, read

METHODS = "GET, HEAD, POST, OPTIONS"
HELD_BYTES = 32 * 1024
"""So much of an answer is held back: a fault within it still gets a status of its own."""

_HTML = "text/html"
_LOG = logging.getLogger(__name__)

_PREFLIGHT = {
    "Allow": METHODS,
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Max-Age": "86400",
}


@dataclass(frozen=True, slots=True)
class _Wish:
    """The form in which a client wants its answer.

    Attributes:
        page: Whether it wants a web page about the answer.
        solutions: The format and media type for SELECT and ASK.
        triples: The same for CONSTRUCT and DESCRIBE.
    """

    page: bool
    solutions: tuple[Format, str] | None
    triples: tuple[Format, str] | None

    def media_type(self, answer: Answer) -> str:
        """The media type to send an answer as: the one that was asked for."""
        for choice in (self.solutions, self.triples):
            if choice and choice[0] is answer.format and answer.format in formats.formats_for(answer.kind):
                return choice[1]
        return answer.format.media_type


class Endpoint:
    """An ASGI application for one path."""

    def __init__(self, pool: Pool, config: Config, form: Form) -> None:
        self._pool = pool
        self._limits = config.limits
        self._base = config.base
        self._form = form
        self.clients = Clients(config.limits)
        self._description = service_description()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, as long as the client is there."""
        request = Request(scope, receive)
        try:
            asked = await self._read(request)
        except ProtocolError as error:
            response: Response | None = _problem(error.status, error.message)
        except ClientDisconnect:
            return
        else:
            response = asked if isinstance(asked, Response) else None
        if response is None and isinstance(asked, Asked):
            await _unless_gone(request, self._answer(request, asked, send))
        elif response is not None:
            await response(scope, receive, send)

    async def _read(self, request: Request) -> Asked | Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=_PREFLIGHT)
        if request.method not in METHODS.split(", "):
            raise ProtocolError(405, f"this endpoint answers {METHODS}")
        asked = await read(request, max_bytes=self._limits.request_kib * 1024)
        return self._about(request) if asked.query is None else asked

    def _about(self, request: Request) -> Response:
        """Answer who asks nothing: people get the form, programs the service description."""
        kind = choose(request.headers.get("accept"), (formats.TURTLE.media_type, _HTML))
        if kind is None:
            return _problem(406, f"here are {formats.TURTLE.media_type} and {_HTML}")
        if kind == _HTML:
            return self._form.page(request, Shown(query=""), 200)
        return Response(self._description, media_type=formats.TURTLE.content_type, headers={"Vary": "Accept"})

    async def _answer(self, request: Request, asked: Asked, send: Send) -> None:
        """Answer a query; every error becomes a response, or a broken one."""
        scope, receive = request.scope, request.receive
        wish: _Wish | None = None
        try:
            wish = _wish(request, asked)
            with self.clients.admit(request.client.host if request.client else ""):
                if wish.page:
                    page = await self._form.answer(request, asked, self._pool, self._request(asked, wish))
                    await page(scope, receive, send)
                else:
                    await self._stream(request, asked, wish, send)
        except ProtocolError as error:
            await _problem(error.status, error.message)(scope, receive, send)
        except errors.QueryError as error:
            status = status_of(error)
            if wish and wish.page:
                shown = Shown(query=asked.query or "", error=error.message, hint=error.hint)
                response: Response = self._form.page(request, shown, status)
            else:
                response = _problem(status, error.message, error.hint)
            advise(response, error)
            await response(scope, receive, send)

    def _request(self, asked: Asked, wish: _Wish) -> prepare.Request:
        limit = self._limits.query_seconds
        return prepare.Request(
            text=asked.query or "",
            solutions=wish.solutions[0] if wish.solutions else None,
            triples=wish.triples[0] if wish.triples else None,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            max_bytes=self._limits.result_mib * 2**20,
            seconds=min(asked.timeout or limit, limit),
            base=self._base,
        )

    async def _stream(self, request: Request, asked: Asked, wish: _Wish, send: Send) -> None:
        wanted = self._request(asked, wish)
        question = self._pool.question(wanted)
        headers = self._validators(question)
        # Whoever knows the name of an answer had it from us, so there is no need to ask again.
        if request.method != "POST" and matches(request.headers.get("if-none-match"), headers.get("ETag")):
            await Response(status_code=304, headers=headers)(request.scope, request.receive, send)
            return
        async with (
            self._pool.ask(question, seconds=wanted.seconds) as answer,
            aclosing(answer.chunks()) as chunks,
        ):
            held, whole = await _hold(chunks)
            response = Response(held, media_type=wish.media_type(answer), headers=headers)
            if whole:
                await response(request.scope, request.receive, send)
                return
            del response.headers["Content-Length"]
            await send({"type": "http.response.start", "status": 200, "headers": response.raw_headers})
            if request.method == "HEAD":
                await send({"type": "http.response.body"})
                return
            await self._send_rest(held, chunks, send)

    def _validators(self, question: Question) -> dict[str, str]:
        """What says when an answer can be used again: as long as the data is the same.

        The name is weak (RFC 9110 §8.8.1): rows without ORDER BY may come in another order, and
        compressed or not it is the same answer.
        """
        tag = self._pool.tag(question)
        headers = {"Vary": "Accept", "Cache-Control": "no-cache"}
        return headers | ({"ETag": f'W/"{tag}"'} if tag else {})

    async def _send_rest(self, held: bytes, chunks: AsyncGenerator[bytes], send: Send) -> None:
        """Send the answer as it comes; broken off, it ends without its last chunk (RFC 9112 §7.1)."""
        try:
            async with asyncio.timeout(self._limits.transfer_seconds):
                await self._send(send, held)
                async for chunk in chunks:
                    await self._send(send, chunk)
        except errors.QueryError as error:
            _LOG.warning("an answer was broken off: %s", error.message)
        except TimeoutError:
            _LOG.warning("an answer was broken off: its reader is too slow")
        else:
            await send({"type": "http.response.body"})

    async def _send(self, send: Send, body: bytes) -> None:
        """Send a piece; a client that does not take it in good time has gone away."""
        async with asyncio.timeout(self._limits.write_seconds):
            await send({"type": "http.response.body", "body": body, "more_body": True})


def _wish(request: Request, asked: Asked) -> _Wish:
    """Find out which formats a client wants: by ``format=``, else by ``Accept``."""
    if asked.formats:
        solutions = _called(asked.formats, formats.SOLUTION_FORMATS)
        triples = _called(asked.formats, formats.TRIPLE_FORMATS)
        if not solutions and not triples:
            names = ", ".join(known.name for known in formats.FORMATS)
            raise ProtocolError(400, f"format is one of {names}")
        return _Wish(page=False, solutions=solutions, triples=triples)
    accept = request.headers.get("accept")
    solutions = _accepted(accept, formats.SOLUTION_FORMATS)
    triples = _accepted(accept, formats.TRIPLE_FORMATS)
    every = [media for known in formats.FORMATS for media in known.media_types]
    page = choose(accept, [*every, _HTML]) == _HTML
    if not (page or solutions or triples):
        raise ProtocolError(406, "none of the formats asked for is one of " + ", ".join(every))
    if page:
        solutions, triples = (formats.JSON, ""), (formats.TURTLE, "")
    return _Wish(page=page, solutions=solutions, triples=triples)


def _called(names: Iterable[str], known: Iterable[Format]) -> tuple[Format, str] | None:
    return next(((one, one.content_type) for name in names for one in known if one.is_called(name)), None)


def _accepted(accept: str | None, known: Iterable[Format]) -> tuple[Format, str] | None:
    offers = {media: one for one in reversed(list(known)) for media in one.media_types}
    ordered = [media for one in known for media in one.media_types]
    media = choose(accept, ordered)
    if media is None:
        return None
    found = offers[media]
    return found, found.content_type if media == found.media_type else media


def _problem(status: int, message: str, hint: str | None = None) -> Response:
    """Say what is wrong as plain text, in which nothing that was sent can do harm."""
    text = f"{message}\n" + (f"help: {hint}\n" if hint else "")
    response = PlainTextResponse(text, status, headers={"Vary": "Accept"})
    if status == 405:  # noqa: PLR2004  RFC 9110 §15.5.6
        response.headers["Allow"] = METHODS
    return response


async def _hold(chunks: AsyncGenerator[bytes]) -> tuple[bytes, bool]:
    """Take the beginning of an answer, and say whether it is the whole."""
    held = bytearray()
    async for chunk in chunks:
        held += chunk
        if len(held) >= HELD_BYTES:
            return bytes(held), False
    return bytes(held), True


async def _unless_gone(request: Request, work: Coroutine[object, object, None]) -> None:
    """Do something for a client, and drop it at once when the client goes away."""
    job = asyncio.create_task(work)
    gone = asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({job, gone}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in (job, gone):
            task.cancel()
        await asyncio.wait({job, gone})
    if not job.cancelled():
        job.result()


async def _gone(request: Request) -> None:
    """Wait until the client has gone away; the body has been read."""
    while (await request.receive())["type"] != "http.disconnect":
        pass
