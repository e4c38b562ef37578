"""Data that are edited while they are asked."""

import asyncio
import os
import signal
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive.config import Limits
from filmld.query import edits, nursery
from filmld.query.errors import QueryError
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.source import EditedSpool, data_files, decode, encode, identity, open_store
from tests.query.test_pool import parent, until

LIMITS = Limits(query_workers=2, query_memory_mib=512, query_seconds=50)
GRAPH = "<a:record>"
ONE, TWO, THREE = (f"<a:film> <a:name> {name} {GRAPH}" for name in ('"one"@en', '"two\\n\\"2\\""', "_:bx"))
NAMES = "SELECT ?name { <a:film> <a:name> ?name } ORDER BY ?name"


@pytest.fixture(params=["forked", "started"])
def origin(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where workers come from, as in the tests of the pool."""
    forked = request.param == "forked"
    if forked and not nursery.POSSIBLE:
        pytest.skip("workers cannot be forked on this system")
    monkeypatch.setattr(nursery, "POSSIBLE", forked)


@pytest.fixture
def source() -> Iterator[EditedSpool]:
    with tempfile.TemporaryFile() as spool, tempfile.TemporaryFile() as log:
        spool.write(f"{ONE} .\n{THREE} .\n".encode())
        spool.flush()
        yield EditedSpool(spool.fileno(), log.fileno())


@asynccontextmanager
async def started(source: EditedSpool) -> AsyncIterator[Pool]:
    pool = Pool(source, LIMITS)
    await pool.start()
    try:
        yield pool
    finally:
        await pool.close()


async def ask(pool: Pool, text: str = NAMES) -> list[str]:
    async with pool.query(Request(text=text)) as answer:
        body = b"".join([chunk async for chunk in answer.chunks()])
    return body.decode().splitlines()


def run(test: Callable[[], Awaitable[None]]) -> None:
    async def whole() -> None:
        async with asyncio.timeout(60):
            await test()

    asyncio.run(whole())


def stated(store: ox.Store) -> set[str]:
    return {str(quad) for quad in store}


def test_an_edit_read_back_is_what_was_written(source: EditedSpool) -> None:
    first = edits.append(source.edits, 0, edits.lines([ONE], [TWO]))
    second = edits.append(source.edits, first, edits.lines([TWO], [ONE]))

    assert stated(open_store(source)) == {ONE, THREE}
    assert stated(open_store(EditedSpool(source.descriptor, source.edits, first))) == {TWO, THREE}
    assert stated(open_store(EditedSpool(source.descriptor, source.edits, second))) == {ONE, THREE}
    with pytest.raises(EOFError):
        edits.read(source.edits, 0, second + 1)


def test_a_nameless_thing_is_removed_and_an_empty_graph_is_none(source: EditedSpool) -> None:
    store = open_store(source)
    edits.apply(store, edits.lines([THREE], []))
    assert list(store.named_graphs()) == [ox.NamedNode("a:record")]
    edits.apply(store, edits.lines([ONE], []))
    assert list(store.named_graphs()) == []


def test_each_state_has_a_name_of_its_own(source: EditedSpool) -> None:
    length = edits.append(source.edits, 0, edits.lines([ONE], [TWO]))
    later = EditedSpool(source.descriptor, source.edits, length)
    assert decode(encode(later)) == later
    assert len({identity(source), identity(later)}) == 2


@pytest.mark.usefixtures("origin")
def test_queries_are_answered_from_the_edit_and_the_cache_is_not(source: EditedSpool) -> None:
    async def test() -> None:
        async with started(source) as pool:
            question = pool.question(Request(text=NAMES))
            before, tag = await ask(pool), pool.tag(question)
            assert await ask(pool) == before
            await pool.edit(edits.lines([ONE], [TWO]))
            after = await ask(pool)
            assert "one" not in "".join(after)
            assert "two" in "".join(after)
            assert pool.tag(question) != tag
            await pool.edit(edits.lines([TWO], [ONE]))
            assert len(await ask(pool)) == len(before)
            assert "two" not in "".join(await ask(pool))

    run(test)


@pytest.mark.usefixtures("origin")
def test_a_query_that_has_begun_is_answered_from_the_state_it_began_with(source: EditedSpool) -> None:
    many = [f"<a:film{number}> <a:p> <a:q> {GRAPH}" for number in range(3000)]

    async def test() -> None:
        async with started(source) as pool:
            await pool.edit(edits.lines([], many))
            everything = Request(text="SELECT ?film { ?film <a:p> <a:q> . ?other <a:p> <a:q> } LIMIT 50000")
            async with pool.query(everything) as answer:
                chunks = answer.chunks()
                read = len(await anext(chunks))
                await pool.edit(edits.lines(many, []))
                assert "film" not in "".join((await ask(pool, "SELECT ?f { ?f <a:p> <a:q> }"))[2:])
                read += sum([len(chunk) async for chunk in chunks])
            assert read > 50_000 * 10

    run(test)


@pytest.mark.skipif(not nursery.POSSIBLE, reason="workers cannot be forked on this system")
def test_the_edit_is_there_when_the_process_that_holds_the_data_has_died(source: EditedSpool) -> None:
    async def test() -> None:
        async with started(source) as pool:
            await pool.edit(edits.lines([ONE], [TWO]))
            os.kill(parent(pool.workers[0].pid), signal.SIGKILL)
            await until(lambda: not pool.healthy)
            await pool.edit(edits.lines([THREE], []))
            found = "".join(await ask(pool))
            assert "two" in found
            assert "one" not in found
            assert "bnode" not in found

    run(test)


@pytest.mark.skipif(not nursery.POSSIBLE, reason="workers cannot be forked on this system")
def test_it_may_die_while_it_edits(source: EditedSpool) -> None:
    async def test() -> None:
        async with started(source) as pool:
            holder = parent(pool.workers[0].pid)
            os.kill(holder, signal.SIGSTOP)
            edit = asyncio.create_task(pool.edit(edits.lines([ONE], [TWO])))
            await asyncio.sleep(0.05)
            os.kill(holder, signal.SIGKILL)
            await edit
            assert "two" in "".join(await ask(pool))

    run(test)


@pytest.mark.usefixtures("origin")
def test_many_edits_beside_many_queries(source: EditedSpool) -> None:
    """Each answer is that of one state, never of an earlier one than the edit that was made before."""
    values = [f'<a:film> <a:number> "{number}" {GRAPH}' for number in range(40)]

    async def test() -> None:
        async with started(source) as pool:
            made = 0

            async def look() -> None:
                while made < 39:
                    await asyncio.sleep(0.001)  # who is refused at once lets the others go on
                    least = made
                    with suppress(QueryError):  # too many at once
                        found = await ask(pool, "SELECT ?n { <a:film> <a:number> ?n }")
                        numbers = [int(word) for word in "".join(found).split('"') if word.isdigit()]
                        assert len(numbers) == 1
                        assert numbers[0] >= least

            await pool.edit(edits.lines([], values[:1]))
            looking = [asyncio.create_task(look()) for _ in range(3)]
            for number in range(1, 40):
                await pool.edit(edits.lines([values[number - 1]], [values[number]]))
                made = number
                await asyncio.sleep(0.01)
            await asyncio.gather(*looking)

    run(test)


@pytest.mark.usefixtures("origin")
def test_an_edit_that_the_disk_refuses_changes_nothing(
    source: EditedSpool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def test() -> None:
        async with started(source) as pool:
            with monkeypatch.context() as full:

                def refuse(_descriptor: int, _data: bytes, _at: int) -> int:
                    raise OSError(28, "No space left on device")

                full.setattr(os, "pwrite", refuse)
                with pytest.raises(OSError, match="No space"):
                    await pool.edit(edits.lines([ONE], [TWO]))
            assert "one" in "".join(await ask(pool))
            await pool.edit(edits.lines([ONE], [TWO]))
            assert "two" in "".join(await ask(pool))

    run(test)


def test_only_data_with_a_file_of_edits_are_edited(films: Path) -> None:
    async def test() -> None:
        pool = Pool(data_files((films,)), LIMITS)
        with pytest.raises(TypeError):
            await pool.edit(b"")

    run(test)
