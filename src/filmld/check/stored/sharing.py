"""Which files there are, seen by two processes.

To ask for the dates of hundreds of thousands of files takes longer than all else that a check does after an
edit, so another process asks for some of them. It begins at once, with the names that were there the last
time: while it is asking, the folders are listed here. Where names have come or gone since, both begin anew.
"""

import mmap
import os
import sys
import threading
from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import accumulate
from pathlib import Path
from types import TracebackType
from typing import Final, NoReturn, Self

from filmld.check.stored.listing import (
    NUMBERS,
    Folder,
    Listing,
    Names,
    OddError,
    count_in,
    names_in,
    numbers_of,
)

_WIDTH: Final = NUMBERS * array("q").itemsize
_NUMBER: Final = "H"
_PIECES: Final = 100
"""Into so many pieces the files are parted: each process takes the next one when it can."""


def can_share() -> bool:
    """Whether a second process can be had at once, and has a core to itself.

    Where other threads are at work, one of them may hold what the second process would wait for.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def shared_listing(
    folder: Path, root: Path, before: Mapping[str, str], meanwhile: Callable[[], object] = lambda: None
) -> Listing:
    """List all records.

    Args:
        folder: Where they are.
        root: The archive.
        before: The names of the files, joined, that were in each folder the last time; perhaps none.
        meanwhile: What else is to be done here.

    Raises:
        OddError: There is something to be said about what lies there.
    """
    try:
        with _Helper(root, before) as helper:
            found = {one.place: one for one in names_in(folder, root)}
            now = {place: one.joined for place, one in found.items()}
            if now == before:
                meanwhile()
                return helper.finish([found[place] for place in before])
        with _Helper(root, now) as helper:
            meanwhile()
            return helper.finish(list(found.values()))
    except (OSError, OverflowError) as error:
        raise OddError from error


class _Helper:
    """Another process that asks for the numbers of files, from its making on.

    Both write into memory that both have. It counts once the other has ended well.

    Args:
        root: The archive.
        names: The names of the files in each folder, joined.
    """

    def __init__(self, root: Path, names: Mapping[str, str]) -> None:
        self._ends = list(accumulate(map(count_in, names.values())))
        self._count = self._ends[-1] if self._ends else 0
        self._size = self._count // _PIECES + 1
        self._memory = mmap.mmap(-1, _WIDTH * self._count + 1)
        self._queue = _queue(-(-self._count // self._size))
        self._process = 0
        ours = os.getpid()
        try:
            self._process = os.fork()
            if not self._process:
                self._help(root, names)
        finally:
            if os.getpid() != ours:
                os._exit(1)

    def _help(self, root: Path, names: Mapping[str, str]) -> NoReturn:
        above = os.fspath(root)
        folders = [Names(f"{above}/{place}", place, joined) for place, joined in names.items()]
        self._work(folders)
        os._exit(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for _ in _taken(self._queue):  # what nobody wants any more is not done
            pass
        self._wait()
        os.close(self._queue)
        self._memory.close()

    def finish(self, folders: Sequence[Names]) -> Listing:
        """Do what is left to do, and put together what both have found.

        Args:
            folders: The folders with the same names, in the same order.

        Raises:
            OSError: The other process has met with trouble.
        """
        self._work(folders)
        if self._wait():
            raise ChildProcessError
        found: dict[str, Folder] = {}
        for one, start, end in zip(folders, [0, *self._ends], self._ends, strict=False):
            found[one.place] = Folder(one.joined, array("q", self._memory[_WIDTH * start : _WIDTH * end]))
        return found

    def _wait(self) -> int:
        process, self._process = self._process, 0
        return os.waitpid(process, 0)[1] if process else 0

    def _work(self, folders: Sequence[Names]) -> None:
        """Ask for the numbers of one piece after the other, until none is left."""
        lists = [one.list() for one in folders]
        for piece in _taken(self._queue):
            start, last = piece * self._size, min((piece + 1) * self._size, self._count)
            nth = bisect_right(self._ends, start)
            while start < last:
                end = min(last, self._ends[nth])
                above = self._ends[nth] - len(lists[nth])
                numbers = numbers_of(folders[nth].folder, lists[nth][start - above : end - above])
                self._memory[_WIDTH * start : _WIDTH * end] = numbers.tobytes()
                start, nth = end, nth + 1


def _queue(length: int) -> int:
    """A pipe with a number for each piece of work: what one process has read no other does."""
    reading, writing = os.pipe()
    try:
        os.write(writing, array(_NUMBER, range(length)).tobytes())
    finally:
        os.close(writing)
    return reading


def _taken(queue: int) -> Iterator[int]:
    while token := os.read(queue, array(_NUMBER).itemsize):
        yield array(_NUMBER, token)[0]
