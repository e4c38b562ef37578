"""Bundles: compressed parts in one file that knows when it is damaged.

The first line is the check sum of the next two, which are JSON: the name, length and check sum of each part,
and what whoever made the bundle says of it. The parts follow.
"""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, Self

from filmld.publish.deflate import unpacked
from filmld.publish.jsontext import Json
from filmld.tuples import NamedTuple

_FORMAT: Final = 2


class DamagedError(ValueError):
    """A file is no bundle, or not as it was written."""


class Bundle(NamedTuple):
    """What is in a bundle.

    Attributes:
        said: What is said of it, as JSON: most who read a bundle want a part of it alone.
        parts: The parts by their names, compressed.
    """

    said: bytes
    parts: Mapping[str, bytes]

    @classmethod
    def of(cls, about: Json, parts: Mapping[str, bytes]) -> Self:
        """Put parts into a bundle, and say something of it."""
        return cls(json.dumps(about, separators=(",", ":")).encode(), parts)

    @property
    def about(self) -> Json:
        """What is said of it, read anew each time."""
        said: Json = json.loads(self.said)
        return said

    def part(self, name: str) -> str:
        """The text of a part; empty if there is none."""
        return unpacked(self.parts.get(name, b"")).decode()

    def encoded(self) -> bytes:
        """Write the bundle; the same parts give the same bytes."""
        listed = [[name, len(part), zlib.crc32(part)] for name, part in self.parts.items()]
        layout = json.dumps({"format": _FORMAT, "parts": listed}, separators=(",", ":")).encode()
        head = b"%s\n%s" % (layout, self.said)
        return b"%08x\n%s\n%s" % (zlib.crc32(head), head, b"".join(self.parts.values()))


def read(path: Path) -> Bundle:
    """Read a bundle.

    Raises:
        DamagedError: It is not there, or not as it was written.
    """
    try:
        check, layout, said, rest = path.read_bytes().split(b"\n", 3)
        if int(check, 16) != zlib.crc32(said, zlib.crc32(layout + b"\n")):
            raise DamagedError(path)
        found = json.loads(layout)
        if found["format"] != _FORMAT:
            raise DamagedError(path)
        parts: dict[str, bytes] = {}
        start = 0
        for name, length, part_check in found["parts"]:
            parts[name] = rest[start : start + length]
            start += length
            if zlib.crc32(parts[name]) != part_check:
                raise DamagedError(path)
    except (OSError, ValueError, KeyError) as error:
        raise DamagedError(path) from error
    return Bundle(said, parts)
