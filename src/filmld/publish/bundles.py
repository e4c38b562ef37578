"""Bundles: compressed parts in one file that knows when it is damaged.

The first line is the check sum of the second, which is JSON: what whoever made the bundle says of it, and
the name, length and check sum of each part. The parts follow.
"""

import json
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from filmld.publish.deflate import unpacked
from filmld.publish.jsontext import Json

_FORMAT: Final = 1


class DamagedError(ValueError):
    """A file is no bundle, or not as it was written."""


class Bundle(NamedTuple):
    """What is in a bundle.

    Attributes:
        about: What is said of it.
        parts: The parts by their names, compressed.
    """

    about: Json
    parts: Mapping[str, bytes]

    def part(self, name: str) -> str:
        """The text of a part; empty if there is none."""
        return unpacked(self.parts.get(name, b"")).decode()

    def encoded(self) -> bytes:
        """Write the bundle; the same parts give the same bytes."""
        listed = [[name, len(part), zlib.crc32(part)] for name, part in self.parts.items()]
        head = json.dumps(
            {"format": _FORMAT, "about": self.about, "parts": listed}, separators=(",", ":")
        ).encode()
        return b"%08x\n%s\n%s" % (zlib.crc32(head), head, b"".join(self.parts.values()))


def read(path: Path) -> Bundle:
    """Read a bundle.

    Raises:
        DamagedError: It is not there, or not as it was written.
    """
    try:
        check, head, rest = path.read_bytes().split(b"\n", 2)
        if int(check, 16) != zlib.crc32(head):
            raise DamagedError(path)
        found = json.loads(head)
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
    return Bundle(found["about"], parts)
