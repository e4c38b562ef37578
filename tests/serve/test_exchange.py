"""A new snapshot takes over while the former is being served."""

import asyncio
import contextlib
import json
import threading
import time
from collections.abc import Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from filmld.archive.config import Limits
from filmld.errors import FilmldError, SnapshotError
from filmld.publish.output import point_to
from filmld.serve import exchange as exchanging
from filmld.serve.exchange import Exchange, Served
from tests.publish.helpers import archive
from tests.serve.running import Running, serving
from tests.serve.test_hostile import children

TEXT = "SELECT ?name { <film/x> schema:name ?name }"


class Staff:
    """Workers that only remember what they were told."""

    def __init__(self, fault: FilmldError | None = None) -> None:
        self.told: list[str] = []
        self._fault = fault

    async def start(self) -> None:
        self.told.append("start")
        if self._fault:
            raise self._fault

    async def close(self) -> None:
        self.told.append("close")


def saying(word: bytes, go_on: asyncio.Event | None = None) -> Callable[..., Awaitable[None]]:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if go_on:
            await go_on.wait()
        await send({"type": "http.response.body", "body": word})

    return app


async def ask(exchange: Exchange) -> bytes:
    said: list[bytes] = []

    async def send(message: Message) -> None:
        said.append(message["body"])

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    await exchange({"type": "http"}, receive, send)
    return b"".join(said)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110  nothing else tells
            await asyncio.sleep(0.005)


@pytest.fixture(autouse=True)
def look_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchanging, "LOOK_SECONDS", 0.01)


def test_a_request_is_answered_by_what_it_came_to() -> None:
    async def test() -> None:
        go_on, old, new = asyncio.Event(), Staff(), Staff()
        coming = [Served(saying(b"new"), new)]
        exchange = Exchange(
            Served(saying(b"old", go_on), old), Limits(), newer=lambda: coming.pop() if coming else None
        )
        early = asyncio.create_task(ask(exchange))
        await exchange.start()
        await until(lambda: new.told == ["start"])
        assert await ask(exchange) == b"new"
        assert old.told == ["start"]
        go_on.set()
        assert await early == b"old"
        await until(lambda: old.told == ["start", "close"])
        await exchange.close()
        assert new.told == ["start", "close"]

    asyncio.run(test())


def test_what_cannot_be_served_replaces_nothing() -> None:
    async def test() -> None:
        told: list[FilmldError | None] = []
        old, broken = Staff(), Staff(SnapshotError(Path("site"), "it is damaged"))
        coming = [Served(saying(b"new"), broken)]
        exchange = Exchange(
            Served(saying(b"old"), old),
            Limits(),
            newer=lambda: coming.pop() if coming else None,
            tell=told.append,
        )
        await exchange.start()
        await until(lambda: bool(told))
        assert broken.told == ["start", "close"]
        assert [type(error) for error in told] == [SnapshotError]
        assert await ask(exchange) == b"old"
        assert old.told == ["start"]
        await exchange.close()

    asyncio.run(test())


def test_who_never_ends_is_not_waited_for() -> None:
    async def test() -> None:
        old, coming = Staff(), [Served(saying(b"new"), Staff())]
        limits = Limits(query_seconds=0, transfer_seconds=0)
        never = Served(saying(b"old", asyncio.Event()), old)
        exchange = Exchange(never, limits, newer=lambda: coming.pop() if coming else None)
        hanging = asyncio.create_task(ask(exchange))
        await exchange.start()
        await until(lambda: "close" in old.told)
        hanging.cancel()
        await exchange.close()

    asyncio.run(test())


def built(root: Path, name: str) -> None:
    from click.testing import CliRunner  # noqa: PLC0415

    from filmld.cli.main import cli  # noqa: PLC0415

    archive(
        root,
        {"film/x": f"<> a schema:Movie ; schema:name '{name}' ."},
        "[limits]\nclient_seconds = 10000\nclient_queries = 50\n",
    )
    assert CliRunner().invoke(cli, ["--root", str(root), "build"]).exit_code == 0


def names(server: Running) -> set[str]:
    reply = server.query(TEXT)
    assert reply.status == 200
    return {row["name"]["value"] for row in json.loads(reply.body)["results"]["bindings"]}


@pytest.mark.slow
def test_a_build_is_served_while_everybody_asks(tmp_path: Path) -> None:
    built(tmp_path, "Before")
    with serving(tmp_path, "--snapshot", str(tmp_path / "site" / "current")) as server:
        etag = server.query(TEXT).headers["ETag"]
        former = children(server.process.pid)
        over, statuses = threading.Event(), set[int]()

        def look() -> None:
            while not over.is_set():
                for path in (
                    "/sparql?query=ASK{}",
                    "/film/x",
                    "/healthz",
                    "/sparql?query=SELECT*{?s%20?p%20?o}",
                ):
                    statuses.add(server.ask(path).status)

        visitors = [threading.Thread(target=look) for _ in range(2)]
        for visitor in visitors:
            visitor.start()
        try:
            for name in ("After", "Later"):
                built(tmp_path, name)
                arrives(partial(calls, server, name))
        finally:
            over.set()
            for visitor in visitors:
                visitor.join(30)
        assert statuses == {200}
        assert "Later" in server.ask("/film/x").text
        assert server.query(TEXT).headers["ETag"] != etag
        arrives(lambda: former.isdisjoint(children(server.process.pid)))
        breaks(tmp_path / "site", server)


def breaks(site: Path, server: Running) -> None:
    """What is not whole is not served, and it is said so."""
    (site / "snapshots" / "broken" / "www").mkdir(parents=True)
    point_to(site, "broken")
    time.sleep(2.5)
    assert names(server) == {"Later"}
    server.process.terminate()
    said, complained = server.process.communicate(timeout=20)
    assert said.count("The new snapshot is served.") == 2
    assert complained.count("the new snapshot is not served, the former is") == 1


def calls(server: Running, name: str) -> bool:
    return names(server) == {name}


def arrives(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while True:
        with contextlib.suppress(ValueError):
            if condition():
                return
        assert time.monotonic() < deadline
        time.sleep(0.1)
