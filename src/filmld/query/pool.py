"""A few workers that answer everybody's queries, each of which may be the last it answers."""

import asyncio
import hashlib
import json
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from filmld.archive.config import Limits
from filmld.query import frames
from filmld.query.cache import Cache
from filmld.query.errors import DataUnreadableError, PoolBusyError, WorkerStartError
from filmld.query.frames import Question
from filmld.query.lanes import LongLane
from filmld.query.prepare import Request, prepare
from filmld.query.process import Answer, Worker
from filmld.query.source import Source, identity
from filmld.query.supply import Supply

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 30.0
LOOK_SECONDS = 1.0


class Pool:
    """Workers over one source of data. Belongs to one event loop.

    A worker that has given its whole answer is asked again. One that was too slow, died, or
    whose reader went away is ended and replaced; while no new one can be started, the pauses
    between the attempts grow. A query that is not short leaves, with its worker, for the long
    lane, and a new worker takes its place, so that short queries never wait for long ones.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self._limits = limits
        self._supply = Supply(source, limits)
        self._lane = LongLane(limits, make_room=self._make_room)
        self._cache = Cache(limits.cache_mib * 2**20)
        self._snapshot = identity(source)
        # Who worked last is asked first: it has the most of the data at hand.
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._workers: dict[Worker, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = False
        self._missing: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the workers lack on this system, in words."""
        return self._missing

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The workers that run now, idle or not."""
        return tuple(self._workers)

    @property
    def healthy(self) -> bool:
        """Whether any query could be answered."""
        return any(worker.alive for worker in self._workers)

    @property
    def in_memory(self) -> bool:
        """Whether new workers have the data in memory, and not on disk."""
        return self._supply.in_memory

    @property
    def settled(self) -> bool:
        """Whether it is decided where the data will be."""
        return self._supply.settled

    async def start(self) -> None:
        """Start all workers.

        Raises:
            DataUnreadableError: The data cannot be read.
            WorkerStartError: No process can be started.
        """
        await self._add()  # alone, so that a mistake in the data is told once
        for _ in range(self._limits.query_workers - 1):
            self._later(self._refill())
        self._later(self._look_after())

    def question(self, request: Request) -> Question:
        """Make a question of a request.

        Raises:
            QueryRefusedError: The query is at fault.
        """
        offline = all(worker.offline for worker in self._workers)
        return prepare(request, limits=self._limits, offline=offline)

    def tag(self, question: Question) -> str | None:
        """Name the answer to a question: whoever holds it under this name need not ask again.

        There is no name if the answer changes without the data.
        """
        if not question.repeatable:
            return None
        named = frames.fields(question) | {"cpu_seconds": 0, "snapshot": self._snapshot}
        return hashlib.sha256(json.dumps(named).encode()).hexdigest()[:32]

    @asynccontextmanager
    async def query(self, request: Request) -> AsyncIterator[Answer]:
        """Ask one of the workers, unless the answer is known.

        The answer is read inside the ``async with`` block; leaving it early ends the work.

        Raises:
            QueryRefusedError: The query is at fault.
            PoolBusyError: No worker became free in time.
            QueryError: There is no answer for another reason.
        """
        async with self.ask(self.question(request), seconds=request.seconds) as answer:
            yield answer

    @asynccontextmanager
    async def ask(self, question: Question, *, seconds: float) -> AsyncIterator[Answer]:
        """Ask one of the workers a question made before; otherwise as :meth:`query`."""
        cache = self._cache  # an answer from what is outdated by then must not get into a later one
        known = cache.find(question)
        if known:
            yield known
            return
        with self._lane.present():
            worker = await self._take()
            overtime = self._task(self._lane.overtime(worker))
            try:
                answer = await worker.ask(question, seconds=seconds)
                yield cache.kept(question, answer)
            finally:
                overtime.cancel()
                self._give_back(worker)

    async def edit(self, edit: bytes) -> None:
        """Let every query that comes from now on be answered from edited data.

        Queries that are being answered go on with the data as they were: a worker never changes.

        Args:
            edit: What has changed, as :func:`filmld.query.edits.lines` writes it.

        Raises:
            OSError: The disk refuses; nothing has changed.
        """
        await self._supply.edit(edit)
        self._snapshot = hashlib.sha256(self._snapshot.encode() + edit).hexdigest()
        self._cache = Cache(self._limits.cache_mib * 2**20)
        for worker in [self._idle.get_nowait() for _ in range(self._idle.qsize())]:
            self._later(self._replace(worker))

    async def close(self) -> None:
        """End all workers, whatever they do, and wait until they are gone."""
        self._closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()
        await self._supply.close()

    async def _take(self) -> Worker:
        if self._waiting >= self._limits.query_queue:
            raise PoolBusyError
        self._waiting += 1
        try:
            async with asyncio.timeout(self._limits.query_seconds):
                while not (worker := await self._idle.get()).alive:
                    self._later(self._replace(worker))
                return worker
        except TimeoutError:
            raise PoolBusyError from None
        finally:
            self._waiting -= 1

    def _give_back(self, worker: Worker) -> None:
        slow = self._lane.is_slow(worker)
        if self._lane.leave(worker):
            self._later(self._dismiss(worker))
        elif worker.idle and not slow and self._workers.get(worker) == self._supply.generation:
            self._idle.put_nowait(worker)
        elif not self._closed:
            self._later(self._replace(worker))

    def _make_room(self) -> None:
        """A worker has left for the long lane."""
        if not self._closed:
            self._later(self._refill())

    async def _look_after(self) -> None:
        """Replace workers that die while nobody asks them."""
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            resting = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
            for worker in reversed(resting):
                if worker.alive:
                    self._idle.put_nowait(worker)
                else:
                    self._later(self._replace(worker))

    async def _dismiss(self, worker: Worker) -> None:
        await worker.end()
        self._workers.pop(worker, None)

    async def _replace(self, worker: Worker) -> None:
        await self._dismiss(worker)
        await self._refill()

    async def _refill(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                await self._add()
            except (DataUnreadableError, WorkerStartError):
                await asyncio.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE_SECONDS)
            else:
                return

    async def _add(self) -> None:
        worker, generation = await self._newest()
        self._missing = (*worker.missing, *self._supply.lacks)
        self._workers[worker] = generation
        self._idle.put_nowait(worker)

    async def _newest(self) -> tuple[Worker, int]:
        """Start a worker, and another one if the data have changed while it started."""
        while True:
            generation = self._supply.generation
            worker = await self._supply.worker()
            if generation == self._supply.generation:
                return worker, generation
            await worker.end()

    def _later(self, work: Coroutine[object, object, None]) -> None:
        _ = self._task(work)

    def _task(self, work: Coroutine[object, object, None]) -> asyncio.Task[None]:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task
