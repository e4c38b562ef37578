"""Listening, and ending when asked to."""

import contextlib
import os
import socket
from collections.abc import Callable, Generator
from types import FrameType

import uvicorn

from filmld.archive.config import Limits
from filmld.serve.deadlines import punctual
from filmld.serve.errors import AddressError
from filmld.serve.exchange import Exchange

HEAD_ROOM = 2
"""Heads are read up to this many times their limits, so that larger ones get an answer that says so."""

BACKLOG = 1024
KEEP_ALIVE_SECONDS = 5
GRACE_SECONDS = 3
"""How long a request that is being answered may go on when the server is to end."""


def listen(host: str, port: int) -> socket.socket:
    """Open the address, before anything else is started; port 0 picks a free one.

    Raises:
        AddressError: It is in use, or not ours to use.
    """
    try:
        found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP, flags=socket.AI_PASSIVE)
        return _bound(found[0][0], (host, port))
    except socket.gaierror as error:
        raise AddressError(host, port, "there is no such address") from error
    except OSError as error:
        problem = os.strerror(error.errno) if error.errno else str(error)
        raise AddressError(host, port, problem[:1].lower() + problem[1:]) from error


def _bound(family: int, place: tuple[str, int]) -> socket.socket:
    # Only where the protocol is named does asyncio send small pieces at once (TCP_NODELAY);
    # otherwise every answer waits 40 ms for the client's acknowledgement of its head.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def address(listener: socket.socket) -> str:
    """The address of the home page."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"


async def run(
    exchange: Exchange,
    listener: socket.socket,
    ready: Callable[[], None],
    limits: Limits,
    proxy: str | None = None,
    ending: Callable[[], None] = lambda: None,
) -> int | None:
    """Serve until a signal comes, and leave no process behind.

    Args:
        exchange: What is served, started and ended here.
        listener: What :func:`listen` gave; closed here.
        ready: Called when requests are answered.
        limits: What visitors may cost.
        proxy: The address of a web server in front, which is believed when it says whom it asks for.
        ending: Called when no more requests are taken, for whoever has answers that never end.

    Returns:
        The signal that ended it.
    """
    config = uvicorn.Config(
        exchange,
        http=punctual(limits),
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=proxy is not None,
        forwarded_allow_ips=proxy or "",
        limit_concurrency=limits.connections,
        h11_max_incomplete_event_size=HEAD_ROOM * (limits.url_kib + limits.header_kib) * 1024,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=GRACE_SECONDS,
    )
    server = Server(config, ready, ending)
    with listener:
        try:
            await exchange.start()
            await server.serve(sockets=[listener])
        finally:
            await exchange.close()
    return server.signal


class Server(uvicorn.Server):
    """A server that reports the signal that ended it, instead of raising it again.

    Attributes:
        signal: The first signal received.
    """

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None], ending: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready
        self._ending = ending
        self.signal: int | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell whoever waits for it."""
        await super().startup(sockets)
        self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Take no more requests, and let go of what never ends by itself."""
        self._ending()
        await super().shutdown(sockets)

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Handle the signals that end a server, and put their handlers back afterwards."""
        with super().capture_signals():
            yield
            self._captured_signals.clear()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End soon; at the second ^C, end now."""
        self.signal = self.signal or sig
        super().handle_exit(sig, frame)
