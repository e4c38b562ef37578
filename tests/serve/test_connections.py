"""Connections that misbehave (the faults H01 to H08)."""

import contextlib
import http.client
import socket
import time
from collections.abc import Iterator

import pytest

from filmld.serve.deadlines import PunctualProtocol
from tests.serve.running import Running


@contextlib.contextmanager
def connected(server: Running) -> Iterator[socket.socket]:
    with socket.create_connection(server.address, timeout=30) as client:
        yield client


def everything(client: socket.socket) -> bytes:
    """Read until the server closes the connection."""
    received = b""
    with contextlib.suppress(ConnectionResetError):
        while piece := client.recv(65536):
            received += piece
    return received


def status(received: bytes) -> int:
    return int(received.split(b" ", 2)[1])


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\r\n b: c\r\nnonsense\r\n\r\n",
        b"nonsense\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nASK{}",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 200_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_http_is_answered_with_400_and_closed(server: Running, sent: bytes) -> None:
    with connected(server) as client:
        with contextlib.suppress(OSError):  # the server may have closed the connection already
            client.sendall(sent)
            client.shutdown(socket.SHUT_WR)
        received = everything(client)

    assert received == b"" or status(received) in {400, 431}
    assert server.ask("/healthz").status == 200


def test_a_bad_chunk_gets_no_answer_to_the_query(server: Running) -> None:
    with connected(server) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Transfer-Encoding: chunked\r\n\r\nnonsense\r\n"
        )
        received = everything(client)

    assert received == b"" or status(received) >= 400


def test_a_long_address_and_large_headers_are_refused(server: Running) -> None:
    assert server.ask("/" + "x" * 70_000).status == 414
    assert server.ask("/sparql?query=" + "x" * 70_000).status == 414
    assert server.ask("/", headers={"X": "x" * 40_000}).status == 431
    assert server.ask("/", headers={f"X-{number}": "x" for number in range(150)}).status == 431


@pytest.mark.parametrize("declared", [True, False])
def test_a_huge_body_is_refused_before_it_is_held(server: Running, *, declared: bool) -> None:
    length = b"Content-Length: 209715200\r\n" if declared else b"Transfer-Encoding: chunked\r\n"
    with connected(server) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            + length
            + b"\r\n"
        )
        with contextlib.suppress(ConnectionError):
            for _ in range(8):
                client.sendall(b"10000\r\n" + b"x" * 65536 + b"\r\n")
        assert status(client.recv(65536)) == 413


def test_a_compressed_body_is_refused(server: Running) -> None:
    headers = {"Content-Type": "application/sparql-query", "Content-Encoding": "gzip"}

    assert server.ask("/sparql", "POST", headers, b"\x1f\x8b").status == 415


def test_a_part_of_a_file_is_given(server: Running) -> None:
    path = "/film/the-voice-of-sokurov-2014.ttl"
    whole = server.ask(path)
    etag, size = whole.headers["ETag"], len(whole.body)
    for asked, expected in {
        "bytes=0-9": whole.body[:10],
        "bytes=5-": whole.body[5:],
        "bytes=-7": whole.body[-7:],
        f"bytes=0-{size * 9}": whole.body,
    }.items():
        reply = server.ask(path, headers={"Range": asked, "If-Range": etag})
        assert (reply.status, reply.body) == (206, expected)
        start = whole.body.index(expected)
        assert reply.headers["Content-Range"] == f"bytes {start}-{start + len(expected) - 1}/{size}"
    for asked in (f"bytes={size}-", "bytes=-0", "bytes=-"):
        reply = server.ask(path, headers={"Range": asked})
        assert (reply.status, reply.headers["Content-Range"]) == (416, f"bytes */{size}")
    many = ",".join(f"{number}-{number}" for number in range(1000))
    for headers in (
        {"Range": "bytes=0-1", "If-Range": '"other"'},
        {"Range": "bytes=nonsense"},
        {"Range": f"bytes={many}"},
    ):
        assert server.ask(path, headers=headers).body == whole.body


def test_a_declared_length_and_chunks_together_are_refused(server: Running) -> None:
    """A server in front might count otherwise (RFC 9112 §6.1)."""
    with connected(server) as client:
        client.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nASK {}\r\n0\r\n\r\n"
        )
        received = everything(client)

    assert received == b"" or status(received) == 400


def test_a_connection_is_kept_for_the_next_request(server: Running) -> None:
    with contextlib.closing(http.client.HTTPConnection(*server.address)) as connection:
        connection.connect()
        socket_before = connection.sock
        for _ in range(3):
            connection.request("GET", "/healthz")
            assert connection.getresponse().read() == b"ok\n"
        assert connection.sock is socket_before


@pytest.mark.slow
def test_half_a_request_is_not_waited_for_for_ever(server: Running) -> None:
    started = time.monotonic()
    with contextlib.ExitStack() as stack:
        clients = [stack.enter_context(connected(server)) for _ in range(100)]
        for client in clients:
            client.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX: ")
        late = stack.enter_context(connected(server))
        late.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        answer = b""
        while not answer.endswith(b"ok\n"):
            answer += late.recv(65536)
        assert status(answer) == 200
        late.sendall(b"GET / HT")
        body = stack.enter_context(connected(server))
        body.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK"
        )
        assert [everything(client) for client in (*clients, late)] == [b""] * 101
        assert time.monotonic() - started < PunctualProtocol.header_seconds + 3
        assert everything(body) == b""
        assert time.monotonic() - started < PunctualProtocol.body_seconds + 3
