"""Reading a request as the SPARQL 1.1 Protocol has it, or saying what is wrong with it."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.datastructures import Headers
from starlette.requests import Request

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
MAX_PARAMETERS = 200

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:[^\x00-\x20<>\"{}|^`\\]*")


class ProtocolError(Exception):
    """A request that is answered with a status instead of a result.

    Attributes:
        status: The status code.
        message: What is wrong, for a person.
    """

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request of the protocol's query operation (§2.1).

    Attributes:
        query: The query; none if the request names none and has no other parameter either.
        default_graphs: ``default-graph-uri``.
        named_graphs: ``named-graph-uri``.
        formats: ``format``, which is not of the standard: names or media types of formats,
            of which the first known one counts (SPARQLWrapper sends several).
        timeout: ``timeout``, likewise: fewer seconds than the limit.
    """

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    formats: tuple[str, ...] = ()
    timeout: float | None = None


async def read(request: Request, *, max_bytes: int) -> Asked:
    """Read a GET, HEAD or POST request.

    Raises:
        ProtocolError: It is not a query operation.
    """
    parameters = _parameters(request.scope["query_string"])
    if request.method == "POST":
        body = await _body(request, max_bytes)
        kind = _media_type(request.headers)
        parameters += _parameters(body) if kind == FORM else [("query", _decoded(body))]
    elif not parameters:
        return Asked(query=None)
    return _asked(parameters)


def _media_type(headers: Headers) -> str:
    """The type of the body, which the protocol leaves two choices for (§2.1.2, §2.1.3)."""
    kind, _, parameters = headers.get("content-type", "").lower().partition(";")
    kind = kind.strip()
    if kind == UPDATE:
        raise ProtocolError(405, "this endpoint answers queries; it takes no updates")
    charset = re.search(r'charset\s*=\s*"?([^";\s]+)', parameters)
    if kind not in {FORM, QUERY} or (charset and charset[1] != "utf-8"):
        raise ProtocolError(415, f"send the query as {QUERY} or {FORM}, in UTF-8")
    if headers.get("content-encoding", "identity").lower() != "identity":
        raise ProtocolError(415, "send the query as it is, without Content-Encoding")
    return kind


async def _body(request: Request, max_bytes: int) -> bytes:
    """Read the body, and stop where it is too large (RFC 9110 §15.5.14)."""
    _media_type(request.headers)
    too_large = ProtocolError(413, f"the body is larger than {max_bytes // 1024} KiB")
    declared = request.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > max_bytes:
        raise too_large
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > max_bytes:
            raise too_large
    return bytes(body)


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ProtocolError(400, "the query is not UTF-8") from None


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(
            encoded.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS
        )
    except UnicodeDecodeError:
        raise ProtocolError(400, "the parameters are not percent-encoded UTF-8") from None
    except ValueError:
        raise ProtocolError(400, f"there are more than {MAX_PARAMETERS} parameters") from None


def _asked(parameters: list[tuple[str, str]]) -> Asked:
    if any(name == "update" for name, _ in parameters):
        raise ProtocolError(405, "this endpoint answers queries; it takes no updates")
    queries = [value for name, value in parameters if name == "query"]
    if len(queries) != 1:
        count = "more than one" if queries else "no"
        raise ProtocolError(400, f"the request has {count} query= parameter; it needs exactly one")
    return Asked(
        query=queries[0],
        default_graphs=_graphs(parameters, "default-graph-uri"),
        named_graphs=_graphs(parameters, "named-graph-uri"),
        formats=tuple(part for text in _values(parameters, "format") for part in text.split(",")),
        timeout=_seconds(_values(parameters, "timeout")),
    )


def _graphs(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    graphs = _values(parameters, wanted)
    for graph in graphs:
        if not _IRI.fullmatch(graph):
            raise ProtocolError(400, f"{wanted} is not an absolute IRI")
    return graphs


def _values(parameters: list[tuple[str, str]], wanted: str) -> tuple[str, ...]:
    return tuple(value for name, value in parameters if name == wanted)


def _seconds(values: tuple[str, ...]) -> float | None:
    if not values:
        return None
    text = values[-1]
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", text) or float(text) == 0:
        raise ProtocolError(400, "timeout is a number of seconds above zero")
    return float(text)
