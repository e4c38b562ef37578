"""The lane of long queries: they go on behind the short ones, only a few at a time."""

import asyncio
from collections.abc import Callable

from filmld.archive.config import Limits
from filmld.query.process import Worker


class LongLane:
    """Where a query goes, with its worker, that turns out not to be quick.

    Nobody can tell beforehand how long a query takes, so all begin alike. One that is not done
    quickly yields to the others, which then have nearly all of the processor, and its worker
    gives up its place in the short lane if there is one here. If it is not done in short time
    either, it is a long one; if there are enough of those already, it stands still until one of
    them is done. Nothing is done twice, and an answer that has begun goes on.
    """

    def __init__(self, limits: Limits) -> None:
        self._short = limits.query_short_ms / 1000
        self._quick = min(limits.query_quick_ms / 1000, self._short)
        self._patience = limits.query_seconds
        self._room = limits.long_queries + limits.long_queue
        self._places = asyncio.Semaphore(limits.long_queries)
        self._queue = limits.long_queue
        self._waiting = 0
        self._slow: set[Worker] = set()
        self._here: set[Worker] = set()

    async def overtime(self, worker: Worker, *, make_room: Callable[[], None]) -> None:
        """Watch over one query; whoever asked cancels this when the query is done.

        Args:
            worker: Who works on it.
            make_room: Called when the worker has left the short lane.
        """
        await asyncio.sleep(self._quick)
        worker.step_back()
        self._slow.add(worker)
        moved = len(self._here) < self._room
        if moved:
            self._here.add(worker)
            make_room()
        await asyncio.sleep(self._short - self._quick)
        if not moved:
            self._here.add(worker)
            make_room()
        if not self._places.locked():
            async with self._places:
                await _for_ever()
        if self._waiting >= self._queue:
            worker.turn_away()
            return
        await self._wait(worker)

    def leave(self, worker: Worker) -> bool:
        """Say whether a worker had left the short lane, so that nobody waits for it there."""
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
