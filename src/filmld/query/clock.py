"""Limits how long something takes, where pauses do not count."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator


class Clock:
    """Limits how long something takes, the pauses not counted.

    Attributes:
        paused_seconds: All pauses so far, a present one not included.
    """

    def __init__(self) -> None:
        self._timer: asyncio.Timeout | None = None
        self._left = 0.0
        self._stopped_at: float | None = None
        self.paused_seconds = 0.0

    @contextlib.asynccontextmanager
    async def limit(self, seconds: float) -> AsyncGenerator[None]:
        """Cut off what is inside after so many seconds.

        Raises:
            TimeoutError: They have passed.
        """
        stopped = self._stopped_at is not None
        self._left = seconds
        async with asyncio.timeout(None if stopped else seconds) as timer:
            self._timer = timer
            try:
                yield
            finally:
                self._timer = None

    def stop(self) -> None:
        """Begin a pause."""
        now = asyncio.get_running_loop().time()
        self._stopped_at = now
        if self._timer and (when := self._timer.when()) is not None:
            self._left = when - now
            self._timer.reschedule(None)

    def go_on(self) -> None:
        """End the pause."""
        now = asyncio.get_running_loop().time()
        if self._stopped_at is not None:
            self.paused_seconds += now - self._stopped_at
        self._stopped_at = None
        if self._timer:
            self._timer.reschedule(now + self._left)
