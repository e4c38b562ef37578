import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from filmld.archive.config import Limits
from filmld.query.errors import DataUnreadableError, DeadlineError, PoolBusyError, WorkerDiedError
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.source import data_files
from tests.query.test_worker import ENDLESS, gone

LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u }"
SMALL = Limits(query_workers=2, query_memory_mib=512, query_queue=2, query_seconds=2)


@asynccontextmanager
async def pool_over(path: Path, limits: Limits = SMALL) -> AsyncIterator[Pool]:
    pool = Pool(data_files((path,)), limits)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


async def ask(pool: Pool, text: str = "ASK {}", seconds: float = 2) -> bytes:
    async with pool.query(Request(text=text, seconds=seconds)) as answer:
        return b"".join([chunk async for chunk in answer.chunks()])


async def until(condition: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  a process that ends sets no Event
            await asyncio.sleep(0.01)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def children() -> bool:
    """Whether this process has any child left, even one that only waits to be noticed."""
    try:
        os.waitpid(-1, os.WNOHANG)
    except ChildProcessError:
        return False
    return True


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        await test()

    asyncio.run(whole())


def test_queries_beyond_the_workers_wait_for_their_turn(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films) as pool:
            await until(lambda: len(pool.workers) == 2)
            answers = await asyncio.gather(*(ask(pool) for _ in range(4)))
            assert answers == [b'{"head":{},"boolean":true}'] * 4

    run(test)


def test_queries_beyond_the_queue_are_turned_away(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films) as pool:
            await until(lambda: len(pool.workers) == 2)
            slow = [asyncio.create_task(ask(pool, ENDLESS, 0.5)) for _ in range(4)]
            await asyncio.sleep(0.1)
            with pytest.raises(PoolBusyError):
                await ask(pool)
            ends = await asyncio.gather(*slow, return_exceptions=True)
            assert [type(end) for end in ends] == [DeadlineError] * 4

    run(test)


def test_a_worker_killed_in_a_query_is_replaced(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films) as pool:
            await until(lambda: len(pool.workers) == 2)
            before = {worker.pid for worker in pool.workers}
            slow = asyncio.create_task(ask(pool, ENDLESS))
            await asyncio.sleep(0.1)
            for pid in before:
                os.kill(pid, signal.SIGKILL)
            with pytest.raises(WorkerDiedError):
                await slow
            await until(lambda: not any(worker.alive for worker in pool.workers if worker.pid in before))
            assert await ask(pool)
            await until(lambda: len(pool.workers) == 2 and all(worker.alive for worker in pool.workers))
            assert before.isdisjoint(worker.pid for worker in pool.workers)

    run(test)


def test_a_query_whose_reader_leaves_is_ended(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films, Limits(query_workers=1, query_memory_mib=512)) as pool:
            (worker,) = pool.workers
            reader = asyncio.create_task(ask(pool, ENDLESS, 60))
            await asyncio.sleep(0.1)
            reader.cancel()
            await asyncio.wait([reader])
            await until(lambda: not worker.alive, 1)
            assert await ask(pool)

    run(test)


def test_an_answer_that_is_not_read_to_its_end_is_ended(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films, Limits(query_workers=1, query_memory_mib=512)) as pool:
            (worker,) = pool.workers
            request = Request(text=LONG)
            async with pool.query(request) as answer:
                chunks = answer.chunks()
                assert await anext(chunks)
                await chunks.aclose()
            await until(lambda: not worker.alive, 1)
            assert await ask(pool)

    run(test)


def test_time_in_which_nobody_reads_does_not_count(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films) as pool:
            request = Request(
                text=LONG,
                seconds=1,
                max_bytes=2**20,
            )
            async with pool.query(request) as answer:
                chunks = answer.chunks()
                await anext(chunks)
                await asyncio.sleep(1.2)
                assert await anext(chunks)
                await chunks.aclose()

    run(test)


def test_deadlines_in_a_row_leave_nothing_behind(films: Path) -> None:
    async def test() -> None:
        before = open_files()
        async with pool_over(films) as pool:
            for _ in range(10):
                with pytest.raises(DeadlineError):
                    await ask(pool, ENDLESS, 0.05)
            await until(lambda: len(pool.workers) == 2)
            pids = [worker.pid for worker in pool.workers]
            assert await ask(pool)
        assert all(gone(pid) for pid in pids)
        assert open_files() == before
        assert not children()

    run(test)


@pytest.mark.slow
def test_a_thousand_kills_leak_nothing(films: Path) -> None:
    async def test() -> None:
        async with pool_over(films, Limits(query_workers=4, query_memory_mib=512)) as pool:
            before = open_files()
            for _ in range(250):
                await asyncio.gather(*(ask(pool, ENDLESS, 0.02) for _ in range(4)), return_exceptions=True)
            await until(lambda: len(pool.workers) == 4)
            assert open_files() <= before + 4
            assert await ask(pool)

    run(test)


def test_while_no_worker_can_start_the_pool_says_so_and_recovers(tmp_path: Path) -> None:
    path = tmp_path / "films.nt"
    path.write_text("<a:b> <a:c> <a:d> .\n", encoding="utf-8")

    async def test() -> None:
        async with pool_over(path, Limits(query_workers=1, query_memory_mib=512, query_seconds=1)) as pool:
            path.rename(tmp_path / "elsewhere")
            os.kill(pool.workers[0].pid, signal.SIGKILL)
            await until(lambda: not pool.healthy)
            started = time.monotonic()
            with pytest.raises(PoolBusyError):
                await ask(pool)
            assert time.monotonic() - started < 2
            (tmp_path / "elsewhere").rename(path)
            await until(lambda: pool.healthy)
            assert await ask(pool)

    run(test)


def test_data_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    path = tmp_path / "films.ttl"
    path.write_text("no Turtle", encoding="utf-8")

    async def test() -> None:
        pool = Pool(data_files((path,)), SMALL)
        with pytest.raises(DataUnreadableError):
            await pool.start()
        await pool.close()
        assert pool.workers == ()

    run(test)
