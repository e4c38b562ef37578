"""Digests: what tells whether a text is still the same.

:mod:`hashlib` offers the same function, but loads OpenSSL for others that are not needed here: that takes
longer than all the digests of a check of one record. Where Python lacks the module behind it,
:mod:`hashlib` does.
"""

from collections.abc import Iterable

from filmld.check.stored.wire import UnreadableError

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover  not part of the language
    from hashlib import blake2b

_BYTES = 32


def digest_of(data: bytes) -> bytes:
    """What tells a text from any other: 32 bytes of BLAKE2b (RFC 7693)."""
    return blake2b(data, digest_size=_BYTES).digest()


def hex_digest(text: str) -> str:
    """The same of a text, whatever its characters, in hexadecimal."""
    return digest_of(text.encode("utf-8", "surrogatepass")).hex()


def short_digests(texts: Iterable[bytes | memoryview]) -> bytes:
    """Eight bytes for each text, one after the other."""
    return b"".join([blake2b(text, digest_size=8).digest() for text in texts])


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
