"""A process that can be ended, whoever started it: a child of this one, or a child of a child."""

import asyncio
import contextlib
import os
import select
import signal
import subprocess
from typing import Protocol

END_SECONDS = 60.0
"""How long the end of a killed process is waited for; freeing gigabytes takes the kernel a while."""

LONGEST_PAUSE_SECONDS = 0.05


class Handle(Protocol):
    """What a worker's process can be told."""

    @property
    def pid(self) -> int:
        """The number of the process."""

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet, as far as is known."""

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; to a process that has ended, nothing happens."""

    async def ended(self) -> None:
        """Wait until it has ended, and let go of it."""


class Child:
    """A process that this one has started."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet."""
        return self._process.poll() is None

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; a child that nobody has waited for keeps its number, so it hits no other."""
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    async def ended(self) -> None:
        """Look again and again, at first after a millisecond: a thread could not be had at our own end."""
        pause = 0.001
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(END_SECONDS):
                while self._process.poll() is None:
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, LONGEST_PAUSE_SECONDS)


class Descendant:
    """A process that a child of this one has started, held by a descriptor of it (pidfd_open(2)).

    Its number may be given to another process as soon as it ends; the descriptor never is.
    """

    def __init__(self, pid: int, descriptor: int) -> None:
        self._pid = pid
        self._descriptor = descriptor

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._pid

    @property
    def runs(self) -> bool:
        """Whether it has not ended yet; a descriptor of an ended process can be read."""
        if self._descriptor < 0:
            return False
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        return not poll.poll(0)

    def signal(self, number: signal.Signals) -> None:
        """Send a signal."""
        if self._descriptor >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._descriptor, number)

    async def ended(self) -> None:
        """Wait without a thread."""
        descriptor, self._descriptor = self._descriptor, -1
        if descriptor < 0:
            return
        try:
            async with asyncio.timeout(END_SECONDS):
                await readable(descriptor)
        except TimeoutError:
            pass
        finally:
            os.close(descriptor)


async def readable(descriptor: int) -> None:
    """Wait until a descriptor can be read."""
    loop = asyncio.get_running_loop()
    ready = loop.create_future()

    def note() -> None:
        if not ready.done():
            ready.set_result(None)

    loop.add_reader(descriptor, note)
    try:
        await ready
    finally:
        loop.remove_reader(descriptor)
