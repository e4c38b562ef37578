"""The process that forks workers, seen from the process that wants them."""

import asyncio
import json
import os
import signal
import socket
import sys
from typing import Self

from filmld.query import frames
from filmld.query.errors import DataUnreadableError, WorkerStartError, WorkerStartTimeoutError
from filmld.query.handles import Child, Descendant, readable
from filmld.query.process import LOAD_SECONDS, Worker
from filmld.query.source import Source
from filmld.query.spawning import socket_pair, spawn

FORK_SECONDS = 30.0
"""How long a fork may take: milliseconds, unless the computer is at its limits."""

EDIT_SECONDS = 300.0
"""How long an edit may take: milliseconds for a record, longer for thousands that are moved at once."""

POSSIBLE = sys.platform == "linux" and hasattr(os, "pidfd_open")
"""Whether workers can be forked here; elsewhere each reads its data itself."""


class Nursery:
    """Gives workers that share one copy of the data.

    Attributes:
        missing: What the sandbox of its workers lacks, in words.
    """

    def __init__(self, handle: Child, link: socket.socket) -> None:
        self._handle = handle
        self._link = link
        self.missing: tuple[str, ...] = ()

    @classmethod
    async def start(cls, source: Source, *, memory_mib: int, room_mib: int = 0) -> Self:
        """Start the process and wait until it has read the data.

        Like a worker, it ends with the thread that called this.

        Args:
            source: The data.
            memory_mib: What a query may take beyond the data.
            room_mib: How much memory a store on disk may take when it is read into memory; 0
                leaves it on disk.

        Raises:
            DataUnreadableError: It cannot read the data, or they do not fit.
            WorkerStartError: It cannot even start.
        """
        ours, theirs = socket_pair(socket.SOCK_SEQPACKET)
        try:
            with theirs:
                process = spawn("forks", theirs, source, memory_mib, room_mib)
        except OSError as error:
            ours.close()
            raise WorkerStartError(error.strerror or str(error)) from error
        nursery = cls(Child(process), ours)
        try:
            await nursery._begin()
        except BaseException:
            await nursery.end()
            raise
        return nursery

    @property
    def alive(self) -> bool:
        """Whether it can fork."""
        return self._handle.runs

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._handle.pid

    async def _begin(self) -> None:
        self._link.setblocking(False)  # noqa: FBT003  the library's own signature
        try:
            async with asyncio.timeout(LOAD_SECONDS):
                await readable(self._link.fileno())
        except TimeoutError as error:
            raise WorkerStartTimeoutError from error
        body = self._link.recv(frames.MAX_NOTE)
        if not body:
            raise WorkerStartError
        if "trouble" in json.loads(body):
            fault = frames.decode_fault(body)
            raise DataUnreadableError(fault.name, fault.message, fault.row, fault.column)
        self.missing = frames.decode_ready(body).missing

    async def worker(self) -> Worker:
        """Fork a worker.

        Raises:
            DataUnreadableError: It cannot read its data.
            WorkerStartError: It cannot even start.
        """
        ours, theirs = socket_pair()
        try:
            with theirs:
                socket.send_fds(self._link, [frames.FORK], [theirs.fileno()])
            ours.setblocking(False)  # noqa: FBT003  the library's own signature
            handle = await _introduced(ours)
        except OSError as error:
            ours.close()
            raise WorkerStartError(error.strerror or str(error)) from error
        except BaseException:  # nobody is there to ask it, so a worker that starts ends by itself
            ours.close()
            raise
        return await Worker.attach(handle, ours)

    async def edit(self, length: int) -> None:
        """Let the data be as they are with so many bytes of the file of edits, for workers to come.

        Raises:
            WorkerStartError: It does not do so; it is of no more use.
        """
        message = frames.NUMBER.pack(length)
        try:
            self._link.sendall(frames.EDIT + message)
            async with asyncio.timeout(EDIT_SECONDS):
                await readable(self._link.fileno())
            answer = self._link.recv(frames.MAX_NOTE)
        except (OSError, TimeoutError) as error:
            raise WorkerStartError(str(error)) from error
        if answer != message:
            raise WorkerStartError

    async def end(self) -> None:
        """End the process, and with it, on Linux, all workers that it has forked."""
        self._link.close()
        self._handle.signal(signal.SIGKILL)
        await self._handle.ended()


async def _introduced(link: socket.socket) -> Descendant:
    """Wait for a worker to say who it is."""
    try:
        async with asyncio.timeout(FORK_SECONDS):
            await readable(link.fileno())
    except TimeoutError as error:
        raise WorkerStartTimeoutError from error
    body, descriptors, _, _ = socket.recv_fds(link, frames.NUMBER.size, 1)
    if len(body) < frames.NUMBER.size or not descriptors:
        raise WorkerStartError
    return Descendant(int(frames.NUMBER.unpack(body)[0]), descriptors[0])
