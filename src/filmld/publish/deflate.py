"""Compressed files that are put together from parts, each compressed by itself.

A part ends at a byte, and nothing after it refers to what is in it (a "full flush" of zlib), so that parts
can be put one after the other, as RFC 1951 §3.2 has blocks follow each other. What comes of it is one member
of gzip (RFC 1952), not several: browsers refuse what follows a first one (Compression Streams §5).
"""

import hashlib
import struct
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from filmld.tuples import NamedTuple

LEVEL: Final = 6
"""How hard texts are compressed; to save the last hundredth would take three times as long."""

_HEAD: Final = bytes.fromhex("1f8b08000000000000ff")
"""Deflate, no name and no time, so that the same data gives the same bytes."""
_END: Final = b"\x03\x00"
"""A last block with nothing in it."""
_MODULO: Final = 1 << 32


class Sums(NamedTuple):
    """The SHA-256 of a file, and of the same file compressed."""

    plain: str
    packed: str


def packed(data: bytes) -> bytes:
    """Compress a part; nothing remains nothing."""
    if not data:
        return b""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)


def unpacked(part: bytes) -> bytes:
    """Read a part.

    Raises:
        zlib.error: It is none.
    """
    return zlib.decompressobj(-zlib.MAX_WBITS).decompress(part)


def write_both(plain: Path, gzip: Path, parts: Iterable[bytes]) -> Sums:
    """Write a file that is given as compressed parts, and beside it the same file compressed."""
    with plain.open("wb") as one, gzip.open("wb") as other:
        clear, dense = _Summed(one), _Summed(other)
        for text in _compressed(dense, parts):
            clear.write(text)
    return Sums(clear.digest, dense.digest)


def write_gzip(path: Path, parts: Iterable[bytes]) -> str:
    """Write a compressed file that is given as compressed parts; return its SHA-256."""
    with path.open("wb") as file:
        dense = _Summed(file)
        for _ in _compressed(dense, parts):
            pass
    return dense.digest


def _compressed(dense: "_Summed", parts: Iterable[bytes]) -> Iterator[bytes]:
    """Write parts as one compressed file, and give the text of each."""
    check = size = 0
    dense.write(_HEAD)
    for part in parts:
        text = unpacked(part)
        check, size = zlib.crc32(text, check), size + len(text)
        dense.write(part)
        yield text
    dense.write(_END + struct.pack("<LL", check, size % _MODULO))


class _Summed:
    """A file that is hashed while it is written."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._sum = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._file.write(data)
        self._sum.update(data)

    @property
    def digest(self) -> str:
        return self._sum.hexdigest()


def write(path: Path, parts: Iterable[bytes]) -> str:
    """Write a file that is given as compressed parts; return its SHA-256."""
    with path.open("wb") as file:
        summed = _Summed(file)
        for part in parts:
            summed.write(unpacked(part))
    return summed.digest
