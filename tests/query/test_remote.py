"""Asking other endpoints, of which some misbehave."""

import asyncio
import json
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from filmld.query import formats
from filmld.query.errors import BadEndpointError, DeadlineError, EndpointError, FormatKindError, ResultKind
from filmld.query.prepare import Request
from filmld.query.remote import ask_endpoint
from tests.query.test_command import query

JSON_WITH_BLANKS = (
    b'{ "head" : { "vars" : [ "n" ] } , "results" : { "bindings" : [ { "n" : { "value" : "1", '
    b'"type" : "literal", "datatype" : "http://www.w3.org/2001/XMLSchema#integer" } } ] } }'
)
XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    b'<variable name="n"/></head><results><result><binding name="n"><literal>\xd0\xaf</literal>'
    b"</binding></result></results></sparql>"
)
ANSWERS = {
    "/json": ("application/sparql-results+json", JSON_WITH_BLANKS),
    "/plain-json": ("application/json;charset=utf-8", JSON_WITH_BLANKS),
    "/xml": ("application/sparql-results+xml", XML),
    "/tsv": ("text/tab-separated-values", b'?n\n"a"@en\n'),
    "/csv": ("text/csv", b"n\r\n1\r\n"),
    "/turtle": ("text/turtle", b"@prefix a: <a:> . a:a a:b a:c ."),
    "/html": ("text/html", b"<p>hello"),
    "/nothing": ("", b""),
    "/broken": ("application/sparql-results+json", b'{"head":'),
}


class Handler(BaseHTTPRequestHandler):
    """Gives one answer for each path, and tells what was asked."""

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.server.asked = parse_qs(parts.query)  # type: ignore[attr-defined]
        self._answer(parts.path)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked = parse_qs(body) | {"method": ["POST"]}  # type: ignore[attr-defined]
        self._answer(urlsplit(self.path).path)

    def _answer(self, path: str) -> None:
        self.server.accept = self.headers["Accept"]  # type: ignore[attr-defined]
        if path == "/moved":
            self._send(302, "text/plain", b"", Location="/json")
        elif path == "/refuse":
            self._send(400, "text/plain", b"\x1b[31mno such thing\nat all")
        else:
            media, body = ANSWERS[path]
            self._send(200, media, body)

    def _send(self, status: int, media: str, body: bytes, **headers: str) -> None:
        self.send_response(status)
        if media:
            self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join(10)


def home(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_address[1]}"


def ask(url: str, request: Request, *, rewrite: bool = False) -> tuple[ResultKind, bytes]:
    async def asked() -> tuple[ResultKind, bytes]:
        async with ask_endpoint(url, request, rewrite=rewrite) as answer:
            return answer.kind, b"".join([chunk async for chunk in answer.chunks()])

    return asyncio.run(asked())


@pytest.mark.parametrize(
    ("path", "wanted", "answer"),
    [
        ("/json", formats.CSV, b"n\r\n1\r\n"),
        ("/json", formats.JSON, JSON_WITH_BLANKS),
        ("/plain-json", formats.TSV, b"?n\n1\n"),
        ("/xml", formats.CSV, b"n\r\n\xd0\xaf\r\n"),
        ("/tsv", formats.TSV, b'?n\n"a"@en\n'),
        ("/csv", formats.CSV, b"n\r\n1\r\n"),
        ("/moved", formats.CSV, b"n\r\n1\r\n"),
    ],
)
def test_whatever_is_sent_comes_in_the_format_wanted(
    elsewhere: ThreadingHTTPServer, path: str, wanted: formats.Format, answer: bytes
) -> None:
    assert ask(home(elsewhere) + path, Request(text="SELECT", solutions=wanted)) == (
        ResultKind.SOLUTIONS,
        answer,
    )


def test_triples_come_in_the_format_wanted(elsewhere: ThreadingHTTPServer) -> None:
    request = Request(text="CONSTRUCT", solutions=None, triples=formats.NTRIPLES)

    assert ask(home(elsewhere) + "/turtle", request) == (ResultKind.TRIPLES, b"<a:a> <a:b> <a:c> .\n")
    assert elsewhere.accept.startswith("application/n-triples, text/turtle;q=0.5")  # type: ignore[attr-defined]


def test_our_prefixes_need_no_declaration_anywhere(elsewhere: ThreadingHTTPServer) -> None:
    text = "PREFIX x: <x:>\nSELECT * { ?s schema:name ?o ; x:y ?z ; other:z 1 }"
    ask(home(elsewhere) + "/json", Request(text=text))

    (sent,) = elsewhere.asked["query"]  # type: ignore[attr-defined]
    assert sent == "PREFIX schema: <https://schema.org/> " + text


def test_a_long_query_is_posted(elsewhere: ThreadingHTTPServer) -> None:
    text = "SELECT * {} #" + "x" * 3000
    ask(home(elsewhere) + "/json", Request(text=text, default_graphs=("a:b", "a:c")))

    assert elsewhere.asked == {  # type: ignore[attr-defined]
        "method": ["POST"],
        "query": [text],
        "default-graph-uri": ["a:b", "a:c"],
    }


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/refuse", "/refuse: it answers 400: \\x1b[31mno such thing"),
        ("/html", "/html: it answers in text/html"),
        ("/nothing", "/nothing: it answers in no known format"),
        ("/broken", "its answer is not JSON"),
        ("/csv", "its answer is not CSV"),
    ],
)
def test_why_there_is_no_answer_is_told(elsewhere: ThreadingHTTPServer, path: str, said: str) -> None:
    with pytest.raises(EndpointError) as caught:
        ask(home(elsewhere) + path, Request(text="SELECT"), rewrite=True)
    assert said in caught.value.message


@pytest.mark.parametrize(
    ("path", "request_"),
    [
        ("/turtle", Request(text="X", triples=None, solutions=formats.CSV)),
        ("/xml", Request(text="X", triples=formats.TURTLE, solutions=None)),
    ],
)
def test_an_answer_of_another_kind_is_told(
    elsewhere: ThreadingHTTPServer, path: str, request_: Request
) -> None:
    with pytest.raises(FormatKindError):
        ask(home(elsewhere) + path, request_)


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a.example/", "sparql", "http://", "http:///x"])
def test_only_addresses_of_the_web_are_asked(url: str) -> None:
    with pytest.raises(BadEndpointError):
        ask(url, Request(text="ASK {}"))


def test_nobody_there_is_told() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(EndpointError, match=r"127\.0\.0\.1"):
        ask(f"http://127.0.0.1:{port}/sparql", Request(text="ASK {}"))


def test_who_never_answers_is_not_waited_for() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener, pytest.raises(DeadlineError):
        ask(f"http://127.0.0.1:{listener.getsockname()[1]}/", Request(text="ASK {}", seconds=0.2))


def test_the_command_asks_and_shows_a_table(elsewhere: ThreadingHTTPServer, tmp_path: Path) -> None:
    ended = query("query", "--endpoint", home(elsewhere) + "/json", "SELECT ?n {}", cwd=tmp_path)

    assert ended.stdout.decode() == "n\n─\n1\n"
    assert ended.stderr.decode().startswith("1 row in ")
    ended = query("query", "--endpoint", home(elsewhere) + "/xml", "--format", "json", "SELECT ?n {}")
    assert json.loads(ended.stdout)["results"]["bindings"] == [{"n": {"type": "literal", "value": "Я"}}]


def test_the_command_says_why_not(elsewhere: ThreadingHTTPServer) -> None:
    ended = query("query", "--endpoint", home(elsewhere) + "/refuse", "SELECT ?n {}")
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith("filmld: http://127.0.0.1")
    ended = query("query", "--endpoint", "a:b", "--data", __file__, "ASK {}")
    assert b"--endpoint and --data exclude each other" in ended.stderr
