"""Where workers come from: the quickest source of them that there is at the time."""

import asyncio
import contextlib
import os
from dataclasses import replace
from pathlib import Path
from typing import Final

from filmld.archive.config import Limits
from filmld.query import edits, nursery
from filmld.query.errors import QueryError, WorkerStartError
from filmld.query.nursery import Nursery
from filmld.query.process import Worker
from filmld.query.source import EditedSpool, Source, StoreFolder

UNSHARED: Final = "sharing the data among workers, so that each reads it for itself"
"""What is missing where workers cannot be forked."""

COPIED: Final = 0.6
"""The part of the data that a worker copies if it looks at all of it: reading counts references."""

MOST_MOVES: Final = 3
"""How often it is tried to bring a store into memory, should the process that holds it die."""

CONTROL_GROUP = Path("/sys/fs/cgroup/memory.max")


class Supply:
    """Starts workers over one source of data. Belongs to one event loop.

    On Linux they are forked from a process that holds the data in memory. A store on disk is
    asked where it lies at first, while a second such process reads it into memory, if it fits
    there; from then on workers come from that one. Elsewhere each worker starts on its own.

    Attributes:
        in_memory: Whether new workers have the data in memory.
        generation: Counts up whenever workers come from a better place than before, or have other data.
    """

    def __init__(self, source: Source, limits: Limits) -> None:
        self._source = source
        self._limits = limits
        self._nursery: Nursery | None = None
        self._spare: Nursery | None = None
        self._starting = asyncio.Lock()
        self._moving: asyncio.Task[None] | None = None
        self._moves = 0
        self.in_memory = not isinstance(source, StoreFolder)
        self.generation = 0

    @property
    def lacks(self) -> tuple[str, ...]:
        """What this system does not offer, in words."""
        return () if nursery.POSSIBLE else (UNSHARED,)

    @property
    def settled(self) -> bool:
        """Whether the place that workers come from is the last."""
        return self._moving is None or self._moving.done()

    async def worker(self) -> Worker:
        """Start a worker.

        Raises:
            DataUnreadableError: The data cannot be read.
            WorkerStartError: No process can be started.
        """
        if not nursery.POSSIBLE:
            return await Worker.start(self._source, memory_mib=self._limits.query_memory_mib)
        async with self._starting:
            place = self._nursery
            if place is None or not place.alive:
                place = await self._begin()
        return await place.worker()

    async def edit(self, edit: bytes) -> None:
        """Let workers to come have data that are edited; see :mod:`filmld.query.edits`.

        Where the edit cannot be made in place, the data are read again.

        Raises:
            OSError: The disk refuses; nothing has changed.
        """
        async with self._starting:
            source = self._source
            if not isinstance(source, EditedSpool):
                raise TypeError(source)
            length = edits.append(source.edits, source.length, edit)
            self._source = replace(source, length=length)
            self.generation += 1
            if self._nursery and self._nursery.alive:
                try:
                    await self._nursery.edit(length)
                except WorkerStartError:
                    await self._nursery.end()

    async def close(self) -> None:
        """End the processes that hold data; on Linux their workers end with them."""
        if self._moving:
            self._moving.cancel()
            await asyncio.wait([self._moving])
        for place in filter(None, (self._nursery, self._spare)):
            await place.end()
        self._nursery = self._spare = None

    async def _begin(self) -> Nursery:
        """Start the first process, or find one in the place of one that has died."""
        if self._nursery:
            await self._nursery.end()
        self._nursery, self._spare = self._spare, None
        if self._nursery is None or not self._nursery.alive:
            self._nursery = await Nursery.start(self._source, memory_mib=self._limits.query_memory_mib)
        if isinstance(self._source, StoreFolder):
            self.in_memory = False
            if self._moves < MOST_MOVES:
                self._moves += 1
                self._moving = asyncio.create_task(self._move_to_memory())
        return self._nursery

    async def _move_to_memory(self) -> None:
        """Read the store into memory, if it fits, and let workers come from there.

        The former process is kept: its workers still answer, and it is there should the new one
        die.
        """
        with contextlib.suppress(QueryError):  # then it stays on disk
            better = await Nursery.start(
                self._source, memory_mib=self._limits.query_memory_mib, room_mib=room_mib(self._limits)
            )
            self._spare, self._nursery = self._nursery, better
            self.in_memory = True
            self.generation += 1


def room_mib(limits: Limits) -> int:
    """How much memory data may take, so that with what workers copy of it the share is not exceeded."""
    workers = limits.query_workers + limits.long_queries + limits.long_queue
    return round(_memory_mib() * limits.memory_percent / 100 / (1 + COPIED * workers))


def _memory_mib() -> float:
    """The memory that there is, or that this process is allowed."""
    physical = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    try:
        allowed = int(CONTROL_GROUP.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no limit is written as a word
        allowed = physical
    return min(physical, allowed) / 2**20
