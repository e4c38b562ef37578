"""What is served can be exchanged while it is served: a new snapshot takes over, and no request fails."""

import asyncio
import contextlib
from collections.abc import Callable
from typing import Protocol

from starlette.types import ASGIApp, Receive, Scope, Send

from filmld.archive.config import Limits
from filmld.errors import FilmldError

LOOK_SECONDS = 1.0
"""How often it is looked whether there is something new: that costs the reading of one link."""


class Workers(Protocol):
    """Who answers the queries of an application."""

    async def start(self) -> None:
        """Begin, or raise an error if nothing can be answered."""

    async def close(self) -> None:
        """End, whatever is being done."""


class Served:
    """An application with its workers, and how many requests it is answering."""

    def __init__(self, app: ASGIApp, workers: Workers) -> None:
        self.app = app
        self.workers = workers
        self._requests = 0
        self._idle = asyncio.Event()
        self._idle.set()

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        self._requests += 1
        self._idle.clear()
        try:
            await self.app(scope, receive, send)
        finally:
            self._requests -= 1
            if not self._requests:
                self._idle.set()

    async def done(self, seconds: float) -> None:
        """Wait until no request is being answered, but no longer than that."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._idle.wait()


class Exchange:
    """An ASGI application that passes each request to what is served at the time.

    A request is answered to its end by whatever it came to. The new workers have opened their
    data before the first request comes to them, and the old ones end after their last. What
    cannot be served does not replace what is.
    """

    def __init__(
        self,
        served: Served,
        limits: Limits,
        *,
        newer: Callable[[], Served | None] = lambda: None,
        tell: Callable[[FilmldError | None], None] = lambda _: None,
    ) -> None:
        """Make the application.

        Args:
            served: What is served at first.
            limits: How long the last request to an old one may take.
            newer: Makes what is to be served instead, its workers not started, or ``None`` if that
                is nothing new. It is called in a thread of its own, and may raise an error.
            tell: Called after each exchange, or with the error why there was none.
        """
        self._served = served
        self._patience = limits.query_seconds + limits.transfer_seconds
        self._newer = newer
        self._tell = tell
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        await self._served.answer(scope, receive, send)

    async def start(self) -> None:
        """Start the workers of what is served at first.

        Raises:
            FilmldError: Nothing can be answered.
        """
        await self._served.workers.start()
        self._later(asyncio.create_task(self._watch()))

    async def close(self) -> None:
        """End everything."""
        tasks = tuple(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._served.workers.close()

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            try:
                if served := await asyncio.to_thread(self._newer):
                    await self._take_over(served)
                    self._tell(None)
            except FilmldError as error:
                self._tell(error)

    async def _take_over(self, served: Served) -> None:
        try:
            await served.workers.start()
        except BaseException:
            await served.workers.close()
            raise
        former, self._served = self._served, served
        self._later(asyncio.create_task(self._let_go(former)))

    async def _let_go(self, former: Served) -> None:
        try:
            await former.done(self._patience)
        finally:
            await former.workers.close()

    def _later(self, task: asyncio.Task[None]) -> None:
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
