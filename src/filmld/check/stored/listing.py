"""Which files there are, seen as fast as the file system tells.

To ask for the date of a file takes the system longer than all that is done here. So nothing is made of it
that could be left out: of each folder the names are kept, and the dates as numbers in one long row.
"""

import os
import stat
from array import array
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias

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


class OddError(Exception):
    """Something under ``records/`` is no plain record: :func:`filmld.archive.records.walk` says what."""


class Folder(NamedTuple):
    """The records in one folder, in the order in which the system lists them.

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


Listing: TypeAlias = Mapping[str, Folder]
"""All folders with records, by their places below the archive's root."""


def listing(folder: Path, root: Path) -> Listing:
    """List all records.

    Raises:
        OddError: There is something to be said about what lies there.
    """
    start = folder.relative_to(root).as_posix()
    try:
        return dict(_folders(os.fspath(folder), start))
    except (OSError, OverflowError) as error:
        raise OddError from error


def stamps(found: Listing) -> dict[str, str]:
    """The stamp of every record, by its place below the archive's root."""
    return {f"{place}/{name}": stamp for place, each in found.items() for name, stamp in each.stamps()}


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


def _folders(folder: str, place: str) -> Iterator[tuple[str, Folder]]:
    folders: list[tuple[str, str]] = []
    names: list[str] = []
    numbers = array("q")
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                if name.endswith(SUFFIX) and not name.startswith(_LEFT_BY_EDITORS):
                    status = entry.stat(follow_symlinks=False)
                    names.append(name)
                    numbers.extend(
                        (status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino - _HALF)
                    )
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{place}/{name}"))
            elif name.endswith(SUFFIX) or (entry.is_symlink() and entry.is_dir()):
                raise OddError
    joined = _BY_NAME.join(names)
    if not _is_unicode(joined) or max(numbers[::NUMBERS], default=0) > MAX_BYTES:
        raise OddError
    yield place, Folder(joined, numbers)
    for below, its_place in folders:
        yield from _folders(below, its_place)


def _is_unicode(name: str) -> bool:
    """Say whether a name came from bytes that were UTF-8; Python smuggles others in as surrogates."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)
