"""The lane of long queries: they go on behind the short ones, only a few at a time."""

import asyncio
from collections.abc import Callable

from filmld.archive.config import Limits
from filmld.query.process import Worker


class LongLane:
    """Where a query goes, with its worker, that turns out not to be short.

    Nobody can tell beforehand how long a query takes, so all begin alike. One that is not done
    in time keeps its worker, which steps back behind the others; if there are enough long
    queries already, it stands still until one of them is done. Nothing is done twice, and an
    answer that has begun goes on.
    """

    def __init__(self, limits: Limits) -> None:
        self._seconds = limits.query_short_ms / 1000
        self._patience = limits.query_seconds
        self._places = asyncio.Semaphore(limits.long_queries)
        self._queue = limits.long_queue
        self._waiting = 0
        self._workers: set[Worker] = set()

    async def overtime(self, worker: Worker, *, make_room: Callable[[], None]) -> None:
        """Watch over one query; whoever asked cancels this when the query is done.

        Args:
            worker: Who works on it.
            make_room: Called when the worker has left the short lane.
        """
        await asyncio.sleep(self._seconds)
        self._workers.add(worker)
        make_room()
        worker.step_back()
        if not self._places.locked():
            async with self._places:
                await _for_ever()
        if self._waiting >= self._queue:
            worker.turn_away()
            return
        await self._wait(worker)

    def leave(self, worker: Worker) -> bool:
        """Say whether a worker had come here; it has stepped back for good, so it is of no more use."""
        if worker not in self._workers:
            return False
        self._workers.discard(worker)
        return True

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
