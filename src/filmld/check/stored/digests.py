"""Digests: what tells whether a text is still the same.

:mod:`hashlib` offers the same function, but loads OpenSSL for others that are not needed here: that takes
longer than all the digests of a check of one record. Where Python lacks the module behind it,
:mod:`hashlib` does.
"""

from array import array
from collections.abc import Iterable

from filmld.check.stored.wire import UnreadableError

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover  not part of the language
    from hashlib import blake2b
try:
    from _md5 import md5  # type: ignore[import-not-found]  # stubs leave it out
except ImportError:  # pragma: no cover  likewise; some systems build Python without
    from functools import partial
    from hashlib import md5 as _md5

    md5 = partial(_md5, usedforsecurity=False)

_BYTES = 32


def digest_of(data: bytes) -> bytes:
    """What tells a text from any other: 32 bytes of BLAKE2b (RFC 7693)."""
    return blake2b(data, digest_size=_BYTES).digest()


def hex_digest(text: str) -> str:
    """The same of a text, whatever its characters, in hexadecimal."""
    return digest_of(text.encode("utf-8", "surrogatepass")).hex()


def short_digests(texts: Iterable[bytes]) -> "array[int]":
    """A number of 64 bits for each text: half of its MD5 (RFC 1321), as this machine reads bytes.

    They tell apart what nobody gains by confusing. Of short texts it takes half the time of BLAKE2b.
    """
    return array("q", b"".join([md5(text).digest() for text in texts]))[::2]


def sealed(text: str) -> str:
    """A text with what tells whether it is still whole."""
    return f"{hex_digest(text)} {text}"


def unsealed(text: str) -> str:
    """A text that was sealed, without its seal.

    Raises:
        UnreadableError: It is not what it was.
    """
    seal, _, said = text.partition(" ")
    if not said.isascii() or seal != hex_digest(said):
        raise UnreadableError(text[:80])
    return said
