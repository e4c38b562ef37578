"""What many records state, a part of them at a time.

What is compared in an archive of a hundred thousand films takes some hundred megabytes. Nobody needs all of
it at once, so it is put aside, into a file that has no name and is gone with the process.
"""

from collections.abc import Iterator
from io import BytesIO
from tempfile import TemporaryFile
from typing import IO, Final, TypeAlias

import polars as pl

from filmld.tuples import NamedTuple

ENOUGH: Final = 60_000
"""So many rows make a part, some two thousand records."""


class Part(NamedTuple):
    """What some records state, all of each.

    Attributes:
        links: As :class:`filmld.check.columns.slim.Slim` has them.
        sums: Likewise.
        types: Likewise.
    """

    links: pl.DataFrame
    sums: pl.DataFrame
    types: pl.DataFrame


_Lengths: TypeAlias = tuple[int, ...]
"""The lengths of the frames of a part, in bytes, one after the other in the file."""


class Parts:
    """Parts of records that have been put aside, to be looked at one after the other as often as need be."""

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._lengths: list[_Lengths] = []
        self._kept: list[Part] = []
        self._waiting: list[Part] = []
        self._count = 0

    def add(self, part: Part) -> None:
        """Add what some more records state."""
        self._waiting.append(part)
        self._count += part.links.height + part.sums.height
        if self._count >= ENOUGH:
            whole = self._take_waiting()
            try:
                self._put_aside(whole)
            except OSError:  # no room on the disk: memory has to do
                self._kept.append(whole)

    def __iter__(self) -> Iterator[Part]:
        if self._waiting:
            self._kept.append(self._take_waiting())
        yield from self._kept
        start = 0
        for lengths in self._lengths:
            yield self._read(start, lengths)
            start += sum(lengths)

    def close(self) -> None:
        """Let go of what was put aside."""
        if self._file is not None:
            self._file.close()

    def _take_waiting(self) -> Part:
        parts, self._waiting, self._count = self._waiting, [], 0
        return Part(*(pl.concat(frames, rechunk=True) for frames in zip(*parts, strict=True)))

    def _put_aside(self, part: Part) -> None:
        if self._file is None:
            self._file = TemporaryFile(prefix="filmld-")  # noqa: SIM115  closed with this object
        end = sum(map(sum, self._lengths))
        self._file.seek(end)
        lengths = []
        for frame in part:
            data = frame.write_ipc(None).getbuffer()
            self._file.write(data)
            lengths.append(len(data))
        self._file.flush()
        self._lengths.append(tuple(lengths))

    def _read(self, start: int, lengths: _Lengths) -> Part:
        if self._file is None:
            raise AssertionError  # pragma: no cover  what has lengths has been written
        self._file.seek(start)
        return Part(*(pl.read_ipc(BytesIO(self._file.read(length))) for length in lengths))
