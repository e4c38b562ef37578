"""A few workers that answer everybody's queries, each of which may be the last it answers."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager

from filmld.archive.config import Limits
from filmld.query.errors import DataUnreadableError, PoolBusyError, WorkerStartError
from filmld.query.prepare import Request, prepare
from filmld.query.process import Answer, Worker
from filmld.query.source import Source

FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 30.0


class Pool:
    """Workers over one source of data. Belongs to one event loop.

    A worker that has given its whole answer is asked again. One that was too slow, died, or
    whose reader went away is ended and replaced; while no new one can be started, the pauses
    between the attempts grow.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._closed = False
        self._missing: tuple[str, ...] = ()

    @property
    def missing(self) -> tuple[str, ...]:
        """What the workers' sandbox lacks on this system, in words."""
        return self._missing

    @property
    def workers(self) -> tuple[Worker, ...]:
        """The workers that run now, idle or not."""
        return tuple(self._workers)

    @property
    def healthy(self) -> bool:
        """Whether any query could be answered."""
        return any(worker.alive for worker in self._workers)

    async def start(self) -> None:
        """Start all workers.

        Raises:
            DataUnreadableError: The data cannot be read.
            WorkerStartError: No process can be started.
        """
        await self._add()  # alone, so that a mistake in the data is told once
        for _ in range(self._limits.query_workers - 1):
            self._later(self._refill())

    @asynccontextmanager
    async def query(self, request: Request) -> AsyncIterator[Answer]:
        """Ask one of the workers.

        The answer is read inside the ``async with`` block; leaving it early ends the work.

        Raises:
            QueryRefusedError: The query is at fault.
            PoolBusyError: No worker became free in time.
            QueryError: There is no answer for another reason.
        """
        offline = all(worker.offline for worker in self._workers)
        question = prepare(request, limits=self._limits, offline=offline)
        worker = await self._take()
        try:
            yield await worker.ask(question, seconds=request.seconds)
        finally:
            self._give_back(worker)

    async def close(self) -> None:
        """End all workers, whatever they do, and wait until they are gone."""
        self._closed = True
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await asyncio.gather(*(worker.end() for worker in self._workers))
        self._workers.clear()

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
        if worker.idle:
            self._idle.put_nowait(worker)
        elif not self._closed:
            self._later(self._replace(worker))

    async def _replace(self, worker: Worker) -> None:
        await worker.end()
        self._workers.discard(worker)
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
        worker = await Worker.start(self._source, memory_mib=self._limits.query_memory_mib)
        self._missing = worker.missing
        self._workers.add(worker)
        self._idle.put_nowait(worker)

    def _later(self, work: Coroutine[object, object, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
