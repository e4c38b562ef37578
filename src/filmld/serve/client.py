"""Asking a web server, for the commands that people use to look at what they have published.

Nothing is asked but the address that was named: redirects are told, not followed, and no proxy is used.
"""

import http.client
import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from filmld import __version__
from filmld.serve.errors import NotLoopbackError, UnreachableError
from filmld.tuples import NamedTuple

SECONDS: Final = 10
MAX_BYTES: Final = 16 * 1024 * 1024


class Answer(NamedTuple):
    """What a server answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes


def fetch(url: str, headers: Mapping[str, str] | None = None, method: str = "GET") -> Answer:
    """Ask for one address, once.

    Raises:
        UnreachableError: There is no answer, or none that is HTTP, or it is too large.
    """
    try:
        connection, target = _connection(url)
    except ValueError as error:
        raise UnreachableError(url, "this is no http(s) address") from error
    try:
        connection.request(
            method,
            target,
            headers={"User-Agent": f"filmld/{__version__}", "Accept": "*/*", **(headers or {})},
        )
        with connection.getresponse() as response:
            body = response.read(MAX_BYTES + 1)
    except OSError as error:
        raise UnreachableError(url, error.strerror or str(error)) from error
    except http.client.HTTPException as error:
        raise UnreachableError(url, f"this is no HTTP ({type(error).__name__})") from error
    finally:
        connection.close()
    if len(body) > MAX_BYTES:
        raise UnreachableError(url, f"the answer is larger than {MAX_BYTES // 1024**2} MiB")
    return Answer(response.status, response.headers, body)


def _connection(url: str) -> tuple[http.client.HTTPConnection, str]:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname or not url.isascii() or " " in url:
        raise ValueError(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return kind(parts.hostname, parts.port, timeout=SECONDS), target


def require_loopback(url: str) -> None:
    """Refuse an address that is not on this computer, without asking anybody for a name.

    Raises:
        NotLoopbackError: It is somewhere else, or nowhere.
    """
    try:
        parts = urlsplit(url)
        is_near = parts.hostname == "localhost" or ipaddress.ip_address(parts.hostname or "").is_loopback
    except ValueError as error:
        raise NotLoopbackError(url) from error
    if not is_near:
        raise NotLoopbackError(url)
