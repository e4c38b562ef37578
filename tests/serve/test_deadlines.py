"""The deadlines of a connection, with shorter times than people get."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import suppress

import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from filmld.serve.deadlines import PunctualProtocol


class Hasty(PunctualProtocol):
    header_seconds = 0.3
    body_seconds = 0.5


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    body = await Request(scope, receive).body()
    await PlainTextResponse(body.decode())(scope, receive, send)


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    config = uvicorn.Config(echo, http=Hasty, lifespan="off", log_config=None, port=0, timeout_keep_alive=2)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        threading.Event().wait(0.01)
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    thread.join()


def talk(port: int, *sent: bytes, pause: float = 0) -> tuple[bytes, float]:
    """Send pieces with pauses; give what came until the end, and when that was."""

    async def conversation() -> tuple[bytes, float]:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        loop = asyncio.get_running_loop()
        started = loop.time()
        sending = asyncio.create_task(send(writer))
        received = b""
        with suppress(ConnectionResetError):  # it was cut off while a piece was on its way
            while chunk := await reader.read(2**16):
                received += chunk
        ended = loop.time() - started
        sending.cancel()
        await asyncio.wait([sending])
        writer.close()
        return received, ended

    async def send(writer: asyncio.StreamWriter) -> None:
        for piece in sent:
            writer.write(piece)
            await asyncio.sleep(pause)

    return asyncio.run(conversation())


HEAD = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\n"


def test_a_head_that_drips_in_is_cut_off(port: int) -> None:
    received, seconds = talk(
        port, *(b"GET / HTTP/1.1\r\nHost: x\r\n"[i : i + 1] for i in range(24)), pause=0.1
    )

    assert received == b""
    assert 0.25 < seconds < 2


def test_silence_is_cut_off(port: int) -> None:
    received, seconds = talk(port)

    assert received == b""
    assert 0.25 < seconds < 2


def test_a_body_that_drips_in_is_cut_off(port: int) -> None:
    received, seconds = talk(port, HEAD, b"a", b"b", b"c", pause=0.2)

    assert received == b""
    assert 0.45 < seconds < 2


def test_a_slow_but_punctual_request_is_answered(port: int) -> None:
    received, _ = talk(port, HEAD[:10], HEAD[10:], b"ab", b"cd", pause=0.1)

    assert received.endswith(b"\r\n\r\nabcd")


def test_the_next_request_of_a_connection_has_its_own_deadline(port: int) -> None:
    received, seconds = talk(port, HEAD + b"abcd", HEAD + b"efgh", b"GET / H", pause=0.2)

    assert received.count(b"200 OK") == 2
    assert 0.4 < seconds < 2
