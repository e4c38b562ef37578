"""Connections that must say what they want in good time."""

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from filmld.archive.config import Limits


class PunctualProtocol(H11Protocol):
    """Closes a connection whose request, or the body of it, does not arrive in time.

    uvicorn waits for ever for the rest of a request, so a few hundred half-sent ones would
    keep everybody else out. Time counts for the whole head and for the whole body, from the
    moment when it is waited for, however busily single bytes arrive.
    """

    header_seconds: float = Limits().header_seconds
    body_seconds: float = Limits().body_seconds

    _timer: asyncio.TimerHandle | None = None
    _watched: type[h11.Event] | object = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for the first request."""
        super().connection_made(transport)
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Take what arrives, and see what is to be waited for now."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Begin to wait for the next request."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._stop()
        super().connection_lost(exc)

    def _watch(self) -> None:
        state = self.conn.their_state
        if state is self._watched:
            return
        self._stop()
        self._watched = state
        if state is h11.IDLE:
            self._timer = self.loop.call_later(self.header_seconds, self._too_late)
        elif state is h11.SEND_BODY:
            self._timer = self.loop.call_later(self.body_seconds, self._too_late)

    def _stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _too_late(self) -> None:
        self.transport.close()


def punctual(limits: Limits) -> type[PunctualProtocol]:
    """Make the protocol with the times of an archive; uvicorn wants a class."""

    class Protocol(PunctualProtocol):
        header_seconds = limits.header_seconds
        body_seconds = limits.body_seconds

    return Protocol
