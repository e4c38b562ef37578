"""The lane of long queries: they go on behind the short ones, only a few at a time."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from filmld.archive.config import Limits
from filmld.query.process import Worker


class LongLane:
    """Where a query goes, with its worker, that turns out not to be quick.

    Nobody can tell beforehand how long a query takes, so all begin alike. One that is not done
    quickly yields as soon as there are others, which then have nearly all of the processor, and
    its worker gives up its place in the short lane if there is one here. If it is not done in
    short time either, it is a long one; if there are enough of those already, it stands still
    until one of them is done. Nothing is done twice, and an answer that has begun goes on.
    """

    def __init__(self, limits: Limits, *, make_room: Callable[[], None]) -> None:
        """Make a lane.

        Args:
            limits: How long is long, and how many may be here.
            make_room: Called whenever a worker has left the short lane.
        """
        self._short = limits.query_short_ms / 1000
        self._quick = min(limits.query_quick_ms / 1000, self._short)
        self._patience = limits.query_seconds
        self._room = limits.long_queries + limits.long_queue
        self._places = asyncio.Semaphore(limits.long_queries)
        self._queue = limits.long_queue
        self._make_room = make_room
        self._waiting = 0
        self._present = 0
        self._overdue: set[Worker] = set()
        self._slow: set[Worker] = set()
        self._here: set[Worker] = set()

    @contextmanager
    def present(self) -> Iterator[None]:
        """Count a query, from its arrival to its end; who is overdue makes way for it."""
        self._present += 1
        for worker in tuple(self._overdue):
            self._yield(worker)
        try:
            yield
        finally:
            self._present -= 1

    async def overtime(self, worker: Worker) -> None:
        """Watch over one query; whoever asked cancels this when the query is done."""
        await asyncio.sleep(self._quick)
        self._overdue.add(worker)
        if self._present > 1:
            self._yield(worker)
        await asyncio.sleep(self._short - self._quick)
        self._yield(worker)
        self._move(worker)
        if not self._places.locked():
            async with self._places:
                await _for_ever()
        if self._waiting >= self._queue:
            worker.turn_away()
            return
        await self._wait(worker)

    def _yield(self, worker: Worker) -> None:
        self._overdue.discard(worker)
        if worker not in self._slow:
            self._slow.add(worker)
            worker.step_back()
            if len(self._here) < self._room:
                self._move(worker)

    def _move(self, worker: Worker) -> None:
        if worker not in self._here:
            self._here.add(worker)
            self._make_room()

    def leave(self, worker: Worker) -> bool:
        """Say whether a worker had left the short lane, so that nobody waits for it there."""
        self._overdue.discard(worker)
        self._slow.discard(worker)
        left = worker in self._here
        self._here.discard(worker)
        return left

    def is_slow(self, worker: Worker) -> bool:
        """Say whether a worker has stepped back, which is for good, so that it is of no more use."""
        return worker in self._slow

    async def _wait(self, worker: Worker) -> None:
        """Let a worker stand still until there is a place, but not for too long."""
        self._waiting += 1
        worker.pause()
        try:
            async with asyncio.timeout(self._patience):
                await self._places.acquire()
        except TimeoutError:
            worker.turn_away()
            return
        finally:
            self._waiting -= 1
        try:
            worker.resume()
            await _for_ever()
        finally:
            self._places.release()


async def _for_ever() -> None:
    await asyncio.get_running_loop().create_future()
