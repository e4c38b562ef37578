"""Which files there are, seen as fast as the file system tells.

To ask for the date of a file takes the system longer than all that is done here. So nothing is made of it
that could be left out: of each folder the names are kept, and the dates as numbers in one long row. Files are
parted in two halves by their inodes; where there are many, another process asks for those of one half.
"""

import os
import stat
import sys
import threading
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import IO, Final, NamedTuple, TypeAlias

from filmld.archive.records import MAX_BYTES, SUFFIX
from filmld.check.stored.stamps import stamp_of

_LEFT_BY_EDITORS: Final = (".", "#")
_BY_NAME: Final = "/"
"""Stands between names: no name can hold it."""
NUMBERS: Final = 4
"""So many numbers stand for a file: size, dates of its content and of its entry, inode."""
_HALF: Final = 2**63
"""Inodes are numbers without a sign."""
_STRETCH: Final = 256
_BOTH: Final = (0, 1)
WORTHWHILE: Final = 20_000
"""Fewer files than this are listed before another process has come back."""
_END: Final = b"\xff" * 8
"""What a second process says when it has told all."""


class OddError(Exception):
    """Something under ``records/`` is no plain record: :func:`filmld.archive.records.walk` says what."""


class Folder(NamedTuple):
    """Half of the records in one folder, in the order in which the system lists them.

    Attributes:
        names: Their names, joined by slashes.
        numbers: What tells in passing that they have not changed, :data:`NUMBERS` for each.
    """

    names: str
    numbers: "array[int]"

    def stamps(self) -> Iterator[tuple[str, str]]:
        """The stamp of each record, by its name."""
        sizes, changed, entered, inodes = (self.numbers[nth::NUMBERS] for nth in range(NUMBERS))
        for name, size, first, second, inode in zip(
            self.list(), sizes, changed, entered, inodes, strict=True
        ):
            yield name, f"{size} {first} {second} {inode + _HALF}"

    def list(self) -> list[str]:
        """The names."""
        return self.names.split(_BY_NAME) if self.names else []


Key: TypeAlias = tuple[str, int]
"""The place of a folder below the archive's root, and which half of its records."""
Listing: TypeAlias = Mapping[Key, Folder]
"""All folders with records."""


def listing(folder: Path, root: Path, *, are_many: bool = False) -> Listing:
    """List all records.

    Args:
        folder: Where they are.
        root: The archive.
        are_many: Whether a second process is worth it, as where there are more than :data:`WORTHWHILE`.

    Raises:
        OddError: There is something to be said about what lies there.
    """
    top, start = os.fspath(folder), folder.relative_to(root).as_posix()
    try:
        return _together(top, start) if are_many and _can_fork() else dict(_folders(top, start, _BOTH))
    except (OSError, OverflowError, EOFError) as error:
        raise OddError from error


def _can_fork() -> bool:
    """Whether a second process can be had at once, and has a core to itself.

    Where other threads are at work, one of them may hold what the second process would wait for.
    """
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(os.sched_getaffinity(0)) > 1


def _together(top: str, start: str) -> Listing:
    """List one half here, and one in another process."""
    here, there = os.pipe()
    ours = os.getpid()
    try:
        process = os.fork()
        if not process:
            with open(there, "wb") as pipe:  # noqa: PTH123  it has no path
                _tell_half(top, start, pipe)
            os._exit(0)
    finally:
        if os.getpid() != ours:
            os._exit(1)
        os.close(there)
    try:
        with open(here, "rb") as pipe:  # noqa: PTH123  as above
            mine = dict(_folders(top, start, (0,)))
            return mine | dict(_told_half(pipe))
    finally:
        os.waitpid(process, 0)


def _tell_half(top: str, start: str, pipe: IO[bytes]) -> None:
    for (place, _), half in _folders(top, start, (1,)):
        for part in (place.encode(), half.names.encode(), half.numbers.tobytes()):
            pipe.write(len(part).to_bytes(8, "little") + part)
    pipe.write(_END)


def _told_half(pipe: IO[bytes]) -> Iterator[tuple[Key, Folder]]:
    while (size := pipe.read(8)) != _END:
        if not size:
            raise EOFError
        place = pipe.read(int.from_bytes(size, "little"))
        names, numbers = (pipe.read(int.from_bytes(pipe.read(8), "little")) for _ in range(2))
        yield (place.decode(), 1), Folder(names.decode(), array("q", numbers))


def stamps(found: Listing) -> dict[str, str]:
    """The stamp of every record, by its place below the archive's root."""
    return {f"{place}/{name}": stamp for (place, _), half in found.items() for name, stamp in half.stamps()}


def stamp_at(path: Path) -> str | None:
    """The stamp of one record; ``None`` if there is anything else than a plain record in its place."""
    try:
        status = path.lstat()
    except OSError:
        return None
    is_record = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
    return stamp_of(status) if is_record else None


def unlike(before: Folder, after: Folder) -> Iterator[str]:
    """The names of the records that are in one of two states of a folder only, or not the same in both."""
    if before.names == after.names:
        names: list[str] = []
        for nth in _differing(before.numbers, after.numbers):
            names = names or after.list()
            yield names[nth]
        return
    first, second = _by_name(before), _by_name(after)
    yield from (name for name in {**first, **second} if first.get(name) != second.get(name))


def _differing(before: "array[int]", after: "array[int]") -> Iterator[int]:
    """Where two rows of numbers differ, by files; long stretches are compared at once."""
    if before == after:
        return
    step = _STRETCH * NUMBERS
    for start in range(0, len(after), step):
        if before[start : start + step] != after[start : start + step]:
            for place in range(start, min(start + step, len(after)), NUMBERS):
                if before[place : place + NUMBERS] != after[place : place + NUMBERS]:
                    yield place // NUMBERS


def _by_name(folder: Folder) -> dict[str, tuple[int, ...]]:
    return dict(zip(folder.list(), zip(*[iter(folder.numbers)] * NUMBERS, strict=True), strict=True))


def _folders(folder: str, place: str, halves: tuple[int, ...]) -> Iterator[tuple[Key, Folder]]:
    folders: list[str] = []
    names: tuple[list[str], list[str]] = [], []
    with _opened(folder) as (opened, status_of):
        with os.scandir(opened) as entries:
            for entry in entries:
                name = entry.name
                if name.startswith("."):
                    continue
                if entry.is_file(follow_symlinks=False):
                    if name.endswith(SUFFIX) and not name.startswith(_LEFT_BY_EDITORS):
                        names[entry.inode() & 1].append(name)
                elif entry.is_dir(follow_symlinks=False):
                    folders.append(name)
                elif name.endswith(SUFFIX) or (entry.is_symlink() and entry.is_dir()):
                    raise OddError
        for half in halves:
            yield (place, half), _half(names[half], status_of)
    for below in folders:
        yield from _folders(f"{folder}/{below}", f"{place}/{below}", halves)


@contextmanager
def _opened(folder: str) -> Iterator[tuple[int | str, Callable[[str], os.stat_result]]]:
    """A folder to list, and what asks for the status of a file in it.

    Where the system can, files are asked for by their names in the open folder: to find each by its whole
    path takes a quarter of the time.
    """
    if os.stat not in os.supports_dir_fd or os.scandir not in os.supports_fd:  # pragma: no cover  Windows
        yield folder, lambda name: os.lstat(f"{folder}/{name}")
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor, partial(os.stat, dir_fd=descriptor, follow_symlinks=False)
    finally:
        os.close(descriptor)


def _half(names: list[str], status_of: Callable[[str], os.stat_result]) -> Folder:
    joined, numbers = _BY_NAME.join(names), array("q")
    for status in map(status_of, names):
        numbers.extend((status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino - _HALF))
    if not _is_unicode(joined) or max(numbers[::NUMBERS], default=0) > MAX_BYTES:
        raise OddError
    return Folder(joined, numbers)


def _is_unicode(name: str) -> bool:
    """Say whether a name came from bytes that were UTF-8; Python smuggles others in as surrogates."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)
