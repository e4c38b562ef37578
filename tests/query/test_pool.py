import asyncio
import os
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pytest

from filmld.archive.config import Limits
from filmld.query import nursery
from filmld.query.errors import DataUnreadableError, DeadlineError, PoolBusyError, WorkerDiedError
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.sandbox import NICENESS
from filmld.query.source import data_files
from tests.query.test_worker import ENDLESS, gone

LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r . ?s ?t ?u }"
SMALL = Limits(query_quick_ms=500, query_workers=2, query_memory_mib=512, query_queue=2, query_seconds=2)


@asynccontextmanager
async def pool_over(path: Path, limits: Limits = SMALL) -> AsyncIterator[Pool]:
    pool = Pool(data_files((path,)), limits)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


async def ask(pool: Pool, text: str = "ASK {}", seconds: float = 15) -> bytes:
    async with pool.query(Request(text=text, seconds=seconds)) as answer:
        return b"".join([chunk async for chunk in answer.chunks()])


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110  a process that ends sets no Event
            await asyncio.sleep(0.01)


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def resident() -> int:
    """The memory that this process holds, in bytes."""
    pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    return int(pages) * os.sysconf("SC_PAGE_SIZE")


def parent(pid: int) -> int:
    """The process that started another."""
    return int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[1])


def children() -> frozenset[int]:
    """The processes of which this one is the parent, also those that only wait to be noticed (Linux)."""
    ours, found = os.getpid(), set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):  # it has just ended
            fields = status.read_text(encoding="utf-8").rpartition(")")[2].split()
            if int(fields[1]) == ours:
                found.add(int(status.parent.name))
    return frozenset(found)


@pytest.fixture(params=["forked", "started"], autouse=True)
def origin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where workers come from: forked on Linux, started one by one elsewhere; both must do."""
    forked = request.param == "forked"
    if forked and not nursery.POSSIBLE:
        pytest.skip("workers cannot be forked on this system")
    monkeypatch.setattr(nursery, "POSSIBLE", forked)


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
            await until(lambda: not worker.alive)
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
            await until(lambda: not worker.alive)
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
        before, others = open_files(), children()
        async with pool_over(films) as pool:
            for _ in range(10):
                with pytest.raises(DeadlineError):
                    await ask(pool, ENDLESS, 0.05)
            await until(lambda: len(pool.workers) == 2)
            pids = [worker.pid for worker in pool.workers]
            assert await ask(pool)
        assert all(gone(pid) for pid in pids)
        assert open_files() == before
        assert children() <= others

    run(test)


@pytest.mark.slow
def test_a_thousand_kills_leak_nothing(films: Path) -> None:
    kills = 1000 if nursery.POSSIBLE else 100  # where each worker is started anew, it takes ten times as long

    async def test() -> None:
        others = children()
        async with pool_over(films, Limits(query_workers=4, query_memory_mib=512)) as pool:
            await until(lambda: len(pool.workers) == 4)
            files, memory = open_files(), resident()
            for _ in range(kills // 4):
                ends = await asyncio.gather(
                    *(ask(pool, ENDLESS, 0.02) for _ in range(4)), return_exceptions=True
                )
                assert [type(end) for end in ends] == [DeadlineError] * 4
            await until(lambda: len(pool.workers) == 4, seconds=30)
            assert await ask(pool)
            assert open_files() <= files + 4
            assert resident() < memory + 20 * 2**20
        assert children() <= others

    run(test)


def test_while_no_worker_can_start_the_pool_says_so_and_recovers(tmp_path: Path) -> None:
    path = tmp_path / "films.nt"
    path.write_text("<a:b> <a:c> <a:d> .\n", encoding="utf-8")

    async def test() -> None:
        async with pool_over(path, Limits(query_workers=1, query_memory_mib=512, query_seconds=1)) as pool:
            path.rename(tmp_path / "elsewhere")
            holder = parent(pool.workers[0].pid)
            os.kill(pool.workers[0].pid if holder == os.getpid() else holder, signal.SIGKILL)
            await until(lambda: not pool.healthy)
            started = time.monotonic()
            with pytest.raises(PoolBusyError):
                await ask(pool)
            assert time.monotonic() - started < 4
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


def test_a_long_query_leaves_the_lane_of_the_short_ones(films: Path) -> None:
    limits = Limits(query_workers=1, query_memory_mib=512, query_short_ms=50, long_queries=1, long_queue=1)

    async def test() -> None:
        async with pool_over(films, limits) as pool:
            long = asyncio.create_task(ask(pool, ENDLESS, 1.5))
            await until(lambda: len(pool.workers) == 2)
            started = time.monotonic()
            for _ in range(10):
                assert await ask(pool)
            assert time.monotonic() - started < 2
            with pytest.raises(DeadlineError):
                await long
            await until(lambda: len(pool.workers) == 1)

    run(test)


def test_a_query_that_is_not_quick_yields_and_gives_up_its_place(films: Path) -> None:
    limits = Limits(
        query_workers=1,
        query_memory_mib=512,
        query_quick_ms=20,
        query_short_ms=60_000,
        long_queries=1,
        long_queue=0,
    )

    async def test() -> None:
        async with pool_over(films, limits) as pool:
            (first,) = pool.workers
            slow = asyncio.create_task(ask(pool, ENDLESS, 1.5))
            await asyncio.sleep(0.1)
            assert [niceness(worker.pid) for worker in pool.workers] == [own()]  # nobody else is here
            assert await ask(pool)
            assert niceness(first.pid) == polite()
            other = asyncio.create_task(
                ask(pool, ENDLESS, 1)
            )  # there is no second place, so it keeps its own
            await until(lambda: all(niceness(worker.pid) == polite() for worker in pool.workers))
            assert len(pool.workers) == 2
            for each in (slow, other):
                with pytest.raises(DeadlineError):
                    await each
            await until(lambda: [niceness(worker.pid) for worker in pool.workers] == [own()])
            assert await ask(pool)

    run(test)


def niceness(pid: int) -> int | None:
    """How nice the thread that evaluates queries is: the last that was started."""
    try:
        threads = sorted(int(task.name) for task in Path(f"/proc/{pid}/task").iterdir())
        return os.getpriority(os.PRIO_PROCESS, threads[-1])
    except OSError:  # it has ended
        return None


def own() -> int:
    return os.getpriority(os.PRIO_PROCESS, 0)


def polite() -> int:
    return min(own() + NICENESS, 19)


def test_a_long_query_stands_still_until_there_is_a_place_and_loses_no_time(films: Path) -> None:
    limits = Limits(query_workers=1, query_memory_mib=512, query_short_ms=50, long_queries=1, long_queue=1)

    async def test() -> None:
        async with pool_over(films, limits) as pool:
            first = asyncio.create_task(ask(pool, ENDLESS, 2))
            await until(lambda: len(pool.workers) == 2)
            second = asyncio.create_task(ask(pool, ENDLESS, 1))
            await until(lambda: len(pool.workers) == 3)
            await until(lambda: any(state(worker.pid) == "T" for worker in pool.workers))
            with pytest.raises(PoolBusyError):  # there is room for one to wait
                await ask(pool, ENDLESS, 3)
            with pytest.raises(DeadlineError):
                await first
            await until(lambda: all(state(worker.pid) != "T" for worker in pool.workers))
            started = time.monotonic()
            with pytest.raises(DeadlineError):
                await second
            assert time.monotonic() - started > 0.5  # it had a second, of which it had used a little
            await until(lambda: len(pool.workers) == 1)
            assert await ask(pool)

    run(test)


def test_who_waits_too_long_for_a_place_is_turned_away(films: Path) -> None:
    limits = Limits(
        query_workers=1,
        query_memory_mib=512,
        query_short_ms=50,
        long_queries=1,
        long_queue=1,
        query_seconds=1,
    )

    async def test() -> None:
        async with pool_over(films, limits) as pool:
            first = asyncio.create_task(ask(pool, ENDLESS, 2))
            await until(lambda: len(pool.workers) == 2)
            with pytest.raises(PoolBusyError):
                await ask(pool, ENDLESS, 3)
            with pytest.raises(DeadlineError):
                await first

    run(test)


def test_an_answer_goes_on_in_the_other_lane(films: Path) -> None:
    limits = Limits(query_workers=1, query_memory_mib=512, query_short_ms=20)
    text = LONG.replace("{", "{ BIND(RAND() AS ?random)")

    async def test() -> None:
        async with pool_over(films, limits) as pool:
            async with pool.query(Request(text=text, seconds=30)) as answer:
                size = sum([len(chunk) async for chunk in answer.chunks()])
            assert size > 10_000_000
            await until(lambda: len(pool.workers) == 1)

    run(test)


def test_who_asks_the_same_again_gets_the_same_answer_without_work(films: Path) -> None:
    async def test() -> None:
        async with pool_over(
            films, Limits(query_workers=1, query_memory_mib=512, query_short_ms=60_000)
        ) as pool:
            text = "SELECT (COUNT(*) AS ?count) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
            first = await ask(pool, text, 10)
            await asyncio.to_thread(stop, [worker.pid for worker in pool.workers])  # nobody works
            assert await ask(pool, text, 0.1) == first
            async with pool.query(Request(text=text, seconds=0.1)) as answer:
                assert (answer.kind.value, answer.format.name) == ("solutions", "json")
                assert answer.seconds_taken == 0
            with pytest.raises(DeadlineError):
                await ask(pool, text.replace("count", "other"), 0.1)

    run(test)


@pytest.mark.parametrize("function", ["RAND()", "STRUUID()", "struuid()", "NOW()", "UUID()"])
def test_what_changes_without_the_data_is_not_kept(films: Path, function: str) -> None:
    async def test() -> None:
        async with pool_over(films, Limits(query_workers=1, query_memory_mib=512)) as pool:
            text = f"SELECT ({function} AS ?x) {{}}"
            assert await ask(pool, text) != await ask(pool, text)
            assert pool.tag(pool.question(Request(text=text))) is None

    run(test)


def stop(pids: list[int]) -> None:
    """Stop processes, and wait until each stands still: the signal alone only asks for it."""
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    deadline = time.monotonic() + 10
    while not all(state(pid) == "T" for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def state(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except OSError:
        return ""
