"""Asking another SPARQL 1.1 endpoint: the one thing of this package that goes out to the network.

It is asked only by a person's own command, never for a visitor. The answer looks like that of
our own workers, so that it is shown and written in the same ways.
"""

import asyncio
import io
import time
from collections.abc import AsyncGenerator, AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from http import HTTPStatus
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox

from filmld.query import guard
from filmld.query.display import harmless
from filmld.query.errors import (
    BadEndpointError,
    DeadlineError,
    EndpointError,
    FormatKindError,
    ResultKind,
)
from filmld.query.formats import CSV, JSON, SOLUTION_FORMATS, TRIPLE_FORMATS, TSV, XML, Format
from filmld.query.prepare import Request
from filmld.query.process import Answer
from filmld.vocab import PREFIXES

LONGEST_ADDRESS = 2000
"""Queries that make a longer address are sent by POST; short ones by GET, which can be cached."""

_TOLD = 300
_SOLUTIONS = {
    JSON: ox.QueryResultsFormat.JSON,
    XML: ox.QueryResultsFormat.XML,
    TSV: ox.QueryResultsFormat.TSV,
    CSV: ox.QueryResultsFormat.CSV,
}
_TRIPLES = {
    "turtle": ox.RdfFormat.TURTLE,
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


class EndpointAnswer:
    """What an endpoint answers, in the format that was wanted.

    Attributes:
        kind: What kind of answer it is.
        format: What it is written in here, whatever the endpoint sends.
        seconds_taken: How long its beginning was waited for.
    """

    def __init__(self, response: httpx.Response, sent: Format, wanted: Format, *, rewrite: bool) -> None:
        self._response = response
        self._sent = sent
        self._rewrite = rewrite or sent is not wanted
        self.format = wanted
        self.kind = ResultKind.TRIPLES if sent in TRIPLE_FORMATS else ResultKind.SOLUTIONS
        self.seconds_taken = 0.0

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The bytes of the answer.

        Raises:
            EndpointError: What the endpoint sends is not what it says.
        """
        if not self._rewrite:
            async for chunk in self._response.aiter_bytes():
                yield chunk
            return
        body = await self._response.aread()
        try:
            yield _rewritten(body, self._sent, self.format)
        except (SyntaxError, ValueError, OSError) as error:
            problem = f"its answer is not {self._sent.title}: {error}"
            raise EndpointError(str(self._response.url), problem) from error


@asynccontextmanager
async def ask_endpoint(url: str, request: Request, *, rewrite: bool) -> AsyncIterator[Answer]:
    """Ask an endpoint, by GET or POST of the SPARQL 1.1 Protocol (§2.1.1, §2.1.2).

    Args:
        url: Its address.
        request: What is asked; its text may use our prefixes without declaring them.
        rewrite: Whether the answer must be laid out as our own workers do it.

    Raises:
        BadEndpointError: That is no address of an endpoint.
        EndpointError: It cannot be reached, or gives no answer.
        FormatKindError: It cannot be written in the format asked for.
        DeadlineError: It takes too long.
    """
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise BadEndpointError(url)
    started = time.monotonic()
    try:
        async with (
            asyncio.timeout(request.seconds),
            httpx.AsyncClient(timeout=request.seconds, follow_redirects=True) as client,
            _response(client, url, request) as response,
        ):
            answer = await _answer(response, request, rewrite=rewrite)
            answer.seconds_taken = time.monotonic() - started
            yield answer
    except TimeoutError as error:
        raise DeadlineError(request.seconds) from error
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise EndpointError(url, str(error) or type(error).__name__) from error


def _response(
    client: httpx.AsyncClient, url: str, request: Request
) -> AbstractAsyncContextManager[httpx.Response]:
    fields = {
        "query": _declared(request.text),
        "default-graph-uri": list(request.default_graphs),
        "named-graph-uri": list(request.named_graphs),
    }
    encoded = urlencode(fields, doseq=True)
    headers = {"Accept": _accept(request)}
    address = f"{url}{'&' if urlsplit(url).query else '?'}{encoded}"
    if len(address) <= LONGEST_ADDRESS:
        return client.stream("GET", address, headers=headers)
    headers["Content-Type"] = "application/x-www-form-urlencoded"
    return client.stream("POST", url, content=encoded.encode(), headers=headers)


def _declared(text: str) -> str:
    """Declare those of our prefixes that a query uses and does not declare, in its first line."""
    declared: dict[str, str] = {}
    known = dict(PREFIXES)
    while (found := guard.undeclared_prefix(text, declared)) and found[0] in known:
        declared[found[0]] = known[found[0]]
    return "".join(f"PREFIX {prefix}: <{namespace}> " for prefix, namespace in declared.items()) + text


def _accept(request: Request) -> str:
    """Ask for the wanted format first, then for whatever can be turned into it."""
    wanted = [known.media_type for known in (request.solutions, request.triples) if known]
    others = [
        *_others(request.solutions, (JSON, XML, TSV)),
        *_others(request.triples, TRIPLE_FORMATS),
    ]
    return ", ".join([*wanted, *(f"{media};q=0.5" for media in others)])


def _others(wanted: Format | None, readable: Iterable[Format]) -> list[str]:
    return [known.media_type for known in readable if wanted and known is not wanted]


async def _answer(response: httpx.Response, request: Request, *, rewrite: bool) -> EndpointAnswer:
    if response.status_code != HTTPStatus.OK:
        told = (await response.aread())[:_TOLD].decode(errors="replace").strip()
        first = harmless(told.splitlines()[0]) if told else ""
        raise EndpointError(
            str(response.url.copy_with(query=None)), f"it answers {response.status_code}: {first}"
        )
    media = response.headers.get("content-type", "").partition(";")[0].strip().lower()
    for known, wanted, kind in (
        (SOLUTION_FORMATS, request.solutions, ResultKind.SOLUTIONS),
        (TRIPLE_FORMATS, request.triples, ResultKind.TRIPLES),
    ):
        sent = next((each for each in known if media in each.media_types), None)
        if sent and wanted:
            return EndpointAnswer(response, sent, wanted, rewrite=rewrite and kind is ResultKind.SOLUTIONS)
        if sent and media == sent.media_type:
            raise FormatKindError(kind, [each.name for each in known])
    raise EndpointError(
        str(response.url.copy_with(query=None)), f"it answers in {harmless(media) or 'no known format'}"
    )


def _rewritten(body: bytes, sent: Format, wanted: Format) -> bytes:
    out = io.BytesIO()
    if sent in TRIPLE_FORMATS:
        found = ox.parse(body, format=_TRIPLES[sent.name], base_iri="urn:answer")
        ox.serialize((quad.triple for quad in found), out, format=_TRIPLES[wanted.name])
        return out.getvalue()
    ox.parse_query_results(body, format=_SOLUTIONS[sent]).serialize(out, format=_SOLUTIONS[wanted])
    return out.getvalue()
