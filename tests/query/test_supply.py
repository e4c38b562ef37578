"""Workers are forked from a process that holds the data."""

import asyncio
import dataclasses
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive.config import Limits
from filmld.query import nursery, supply
from filmld.query.errors import DataUnreadableError, ServiceRefusedError, WorkerStartError
from filmld.query.frames import Question
from filmld.query.nursery import Nursery
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.process import Worker
from filmld.query.source import DataFiles, Spool, StoreFolder, data_files, identity
from filmld.query.spawning import socket_pair, spawn
from filmld.query.supply import Supply, room_mib
from tests.canary import Canary
from tests.query.conftest import linux_only
from tests.query.test_pool import parent, until
from tests.query.test_worker import gone

pytestmark = pytest.mark.skipif(not nursery.POSSIBLE, reason="workers cannot be forked on this system")

SMALL = Limits(query_workers=2, query_memory_mib=512, query_seconds=5)


@pytest.fixture
def folder(tmp_path: Path, films: Path) -> StoreFolder:
    """The films as a store on disk."""
    store = ox.Store(str(tmp_path / "store"))
    store.bulk_load(path=films, format=ox.RdfFormat.TURTLE)
    store.flush()
    return StoreFolder(tmp_path / "store")


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(30):
            await test()

    asyncio.run(whole())


async def asked(worker: Worker, text: str = "ASK { ?film a ?kind }") -> bytes:
    question = Question(text=text, solutions="csv", triples="ntriples")
    answer = await worker.ask(question, seconds=5)
    return b"".join([chunk async for chunk in answer.chunks()])


def holds_store_open(pid: int) -> bool:
    files = Path(f"/proc/{pid}/fd").iterdir()
    return any("/store/" in str(file.readlink()) for file in files if file.is_symlink())


def told(pid: int, name: str) -> str:
    """What the kernel tells of a process."""
    return Path(f"/proc/{pid}/{name}").read_text(encoding="ascii")


def test_a_store_is_asked_on_disk_until_it_is_in_memory(folder: StoreFolder) -> None:
    async def test() -> None:
        pool = Pool(folder, SMALL)
        await pool.start()
        try:
            assert not pool.in_memory
            assert holds_store_open(pool.workers[0].pid)
            before = {worker.pid for worker in pool.workers}
            await until(lambda: pool.in_memory)
            for _ in range(4):  # each worker is replaced after its next answer
                async with pool.query(Request(text=f"SELECT * {{ ?film schema:name ?n{_} }}")) as answer:
                    assert len(b"".join([chunk async for chunk in answer.chunks()])) > 300
            await until(lambda: before.isdisjoint(worker.pid for worker in pool.workers))
            await until(lambda: len(pool.workers) == 2)
            assert not any(holds_store_open(worker.pid) for worker in pool.workers)
        finally:
            await pool.close()

    run(test)


def test_a_store_that_does_not_fit_stays_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = ox.Store(str(tmp_path / "store"))
    store.extend(
        ox.Quad(ox.NamedNode(f"a:{number}"), ox.NamedNode("a:p"), ox.Literal(number), ox.DefaultGraph())
        for number in range(2000)  # which take 1.2 MB
    )
    store.flush()
    source = StoreFolder(tmp_path / "store")
    monkeypatch.setattr(supply, "room_mib", lambda limits: 1)

    async def test() -> None:
        with pytest.raises(DataUnreadableError, match="does not fit"):
            await Nursery.start(source, memory_mib=512, room_mib=1)
        pool = Pool(source, SMALL)
        await pool.start()
        try:
            await until(lambda: pool.settled)
            assert not pool.in_memory
            async with pool.query(Request(text="ASK { <a:7> ?p 7 }")) as answer:
                assert b"true" in b"".join([chunk async for chunk in answer.chunks()])
        finally:
            await pool.close()

    run(test)


def test_the_share_of_memory_counts_what_workers_copy() -> None:
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**20
    few = room_mib(Limits(query_workers=1, long_queries=1, long_queue=1, memory_percent=50))
    many = room_mib(Limits(query_workers=20, memory_percent=50))

    assert many < few <= whole / 2 / (1 + 3 * 0.6) + 1


def test_the_memory_of_a_container_counts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    allowed = tmp_path / "memory.max"
    monkeypatch.setattr(supply, "CONTROL_GROUP", allowed)
    limits = Limits(query_workers=1, long_queries=1, long_queue=1, memory_percent=28)
    allowed.write_text(f"{1000 * 2**20}\n", encoding="ascii")
    assert room_mib(limits) == 100
    allowed.write_text("max\n", encoding="ascii")
    assert room_mib(limits) > 100


def test_a_store_on_disk_that_is_none_is_told(tmp_path: Path) -> None:
    async def test() -> None:
        with pytest.raises(DataUnreadableError):
            await Nursery.start(StoreFolder(tmp_path), memory_mib=512, room_mib=100)
        place = await Nursery.start(StoreFolder(tmp_path), memory_mib=512)
        with pytest.raises(DataUnreadableError):
            await place.worker()
        await place.end()

    run(test)
    assert list(tmp_path.iterdir()) == []


def test_the_process_that_holds_the_data_is_replaced_when_it_dies(films: Path) -> None:
    async def test() -> None:
        source = Supply(data_files((films,)), SMALL)
        worker = await source.worker()
        holder = parent(worker.pid)
        os.kill(holder, signal.SIGKILL)
        assert await asyncio.to_thread(gone, worker.pid)
        assert await asyncio.to_thread(gone, holder)
        other = await source.worker()
        assert await asked(other) == b"true"
        await other.end()
        await worker.end()
        await source.close()

    run(test)


def test_a_forked_worker_has_the_whole_sandbox(films: Path) -> None:
    async def test() -> None:
        with Canary() as canary:
            place = await Nursery.start(data_files((films,)), memory_mib=64)
            worker = await place.worker()
            assert place.missing == ()
            assert worker.missing == ()
            assert "Seccomp:\t2\n" in told(worker.pid, "status")
            assert "Max file size             0 " in told(worker.pid, "limits")
            assert told(worker.pid, "oom_score_adj") == "1000\n"
            with pytest.raises(ServiceRefusedError):
                await asked(worker, f"SELECT * {{ SERVICE <{canary.address}> {{ ?s ?p ?o }} }}")
            assert canary.visits == 0
            place_pid, worker_pid = place.pid, worker.pid
            await place.end()  # and its workers with it
            assert await asyncio.to_thread(gone, worker_pid)
            assert await asyncio.to_thread(gone, place_pid)
            await worker.end()

    run(test)


def test_what_is_forked_shares_the_memory_of_the_data(tmp_path: Path) -> None:
    path = tmp_path / "many.nt"
    path.write_text("".join(f'<a:{n}> <a:p> "{n}" .\n' for n in range(60_000)), encoding="utf-8")

    async def test() -> None:
        place = await Nursery.start(data_files((path,)), memory_mib=512)
        worker = await place.worker()
        assert await asked(worker, "SELECT ?o { <a:5> ?p ?o }") == b"o\r\n5\r\n"
        rollup = told(worker.pid, "smaps_rollup").splitlines()[1:]
        kib = {line.split()[0]: int(line.split()[1]) for line in rollup}
        assert kib["Private_Dirty:"] < kib["Rss:"] / 4
        await worker.end()
        await place.end()

    run(test)


def test_a_nursery_that_cannot_be_started_is_told(films: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def test() -> None:
        monkeypatch.setattr(sys, "executable", "/nonexistent/python")
        for starting in (Nursery.start, Worker.start):
            with pytest.raises(WorkerStartError, match="No such file"):
                await starting(data_files((films,)), memory_mib=512)

    run(test)


def test_the_state_of_a_source_has_a_name(tmp_path: Path, folder: StoreFolder) -> None:
    file = tmp_path / "a.nt"
    names: set[str] = set()
    for text in ("<a:a> <a:b> <a:c> .\n", "<a:a> <a:b> <a:d> .\n"):
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(0, len(names)))
        with file.open("rb") as opened:
            names |= {identity(data_files((file,))), identity(Spool(opened.fileno()))}
            assert opened.tell() == 0
    assert len(names) == 4
    assert identity(folder) == identity(dataclasses.replace(folder))
    assert identity(folder) != identity(StoreFolder(tmp_path))


@linux_only
@pytest.mark.parametrize("command", ["query --format csv", "query --data films.nt --format csv"])
def test_closed_standard_streams_take_nothing_from_the_data(root: Path, tmp_path: Path, command: str) -> None:
    (tmp_path / "films.nt").write_text(
        "<a:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://schema.org/Movie> .\n",
        encoding="utf-8",
    )
    arguments = f"cd {tmp_path}; exec {sys.executable} -m filmld --root {root} {command}"
    ended = subprocess.run(
        ["sh", "-c", f"{arguments} 'SELECT (COUNT(*) AS ?n) {{ ?f a schema:Movie }}' 0<&-"],
        capture_output=True,
        timeout=60,
        check=False,
    )

    assert ended.stdout == b"n\r\n1\r\n"


@linux_only
@pytest.mark.parametrize("given", [None, "glibc.malloc.arena_max=4"])
def test_data_lie_in_large_pages_besides_what_else_is_wanted(
    given: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GLIBC_TUNABLES", raising=False)
    if given:
        monkeypatch.setenv("GLIBC_TUNABLES", given)
    ours, theirs = socket_pair()
    with ours, theirs:
        process = spawn("worker", theirs, DataFiles(()), 64)
        try:
            variables, until = "", time.monotonic() + 10
            while not variables and time.monotonic() < until:  # for a moment a new program has none
                variables = Path(f"/proc/{process.pid}/environ").read_text(encoding="utf-8")
        finally:
            process.kill()
            process.wait()
    for tunable in filter(None, (given, "glibc.malloc.hugetlb=1")):
        name, _, value = tunable.partition("=")
        # glibc ends each in place when it has read it, so that what lies between them differs.
        assert re.search(rf"{name}[=\0]{value}[:\0]", variables), variables
