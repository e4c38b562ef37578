"""Records as N-Triples, as many at a time as declare the same prefixes.

A seventh of the time in which pyoxigraph reads a record goes into the lines at its head, which are those of
the record before. So records are put into one text, behind the lines that all of them share.

Before each stands a statement of three IRIs that nobody can know. A record may leave a statement, a text or
a bracket open, which then goes on into that one: either the grammar forbids that, or that statement is not
among those that are written. So where all of them are found again, whatever stands between two is what one
record says by itself. Elsewhere each record is read alone.
"""

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from pyoxigraph import RdfFormat, parse, serialize

from filmld.tuples import NamedTuple
from filmld.turtle.bulk import with_line_feeds
from filmld.turtle.screen import Declared

_MOST: Final = 16
"""So many records make a text at most; where one has a fault, all are read once more."""

_Shared: TypeAlias = tuple[bytes, tuple[str, ...]]
"""The lines that records share, and all prefixes of each of these records."""


class Headed(NamedTuple):
    """A record of which the head has been read, and which declares nothing below it.

    Attributes:
        place: Its place among all.
        data: The bytes of its file.
        declared: The declarations at its head, of which none is a base.
    """

    place: int
    data: bytes
    declared: Declared


class LineWriter:
    """Writes records as N-Triples."""

    def __init__(self) -> None:
        name = f"<urn:x-filmld:{os.urandom(16).hex()}>"
        self._mark = f"{name} {name} {name} .\n".encode()
        self._most = _MOST

    def written(self, records: Iterable[Headed]) -> Iterator[tuple[Headed, bytes]]:
        """Say what each record states, in any order; of what is not Turtle, nothing."""
        alike: defaultdict[_Shared, list[Headed]] = defaultdict(list)
        for record in records:
            shared = _shared(record)
            if shared is None:
                yield record, _alone(record.data)
            else:
                alike[shared].append(record)
        for (shared_lines, _), group in alike.items():
            start = 0
            while part := group[start : start + self._most]:
                start += len(part)
                yield from zip(part, self._together(shared_lines, part), strict=True)

    def _together(self, shared: bytes, records: Sequence[Headed]) -> list[bytes]:
        """Read records as one text; where many have faults, fewer of them make the next one."""
        pieces = [shared]
        for _, data, declared in records:
            pieces += (self._mark, data[: declared.start], data[declared.end :], b"\n")
        nothing, *written = _in_lines(b"".join(pieces)).split(self._mark)
        if len(written) == len(records) and not nothing:
            self._most = min(_MOST, 2 * self._most)
            return written
        self._most = max(1, len(records) // 2)
        return [_alone(record.data) for record in records]


def _shared(record: Headed) -> _Shared | None:
    """What a record can share with others; ``None`` if it is to be read alone.

    As long as all is ASCII, a character is a byte.
    """
    data, declared = record.data, record.declared
    if b"\r" in data or not data[: declared.end].isascii():
        return None
    return data[declared.start : declared.end], tuple(declared.prefixes)


def _alone(data: bytes) -> bytes:
    return _in_lines(with_line_feeds(data))


def _in_lines(data: bytes) -> bytes:
    """Turtle as N-Triples; empty if it is none."""
    try:
        return serialize(parse(data, format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES) or b""
    except (SyntaxError, ValueError):
        return b""
