"""Which files there are, seen as fast as the file system tells.

To ask for the date of a file takes the system longer than all that is done here. So nothing is made of it
that could be left out: of each folder the names are kept, and the dates as numbers in one long row. Of very
many files another process asks for about one half (:mod:`filmld.check.stored.sharing`).
"""

import os
import stat
from array import array
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from operator import attrgetter
from pathlib import Path
from typing import Final, TypeAlias

from filmld.archive.folders import opened_folder
from filmld.archive.records import MAX_BYTES, SUFFIX
from filmld.check.stored.stamps import stamp_of
from filmld.tuples import NamedTuple

_LEFT_BY_EDITORS: Final = (".", "#")
BY_NAME: Final = "/"
"""Stands between names: no name can hold it."""
_numbers_of: Final = attrgetter("st_mode", "st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
NUMBERS: Final = 5
"""So many numbers stand for a file: mode, size, dates of its content and of its entry, inode."""
_MODES: Final = slice(0, None, NUMBERS)
_SIZES: Final = slice(1, None, NUMBERS)
_WRAP: Final = 2**64
"""Inodes are numbers without a sign; those above half of this are kept as negative ones."""
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
        _, *columns = (self.numbers[nth::NUMBERS] for nth in range(NUMBERS))
        for name, size, first, second, inode in zip(self.list(), *columns, strict=True):
            yield name, f"{size} {first} {second} {inode % _WRAP}"

    def list(self) -> list[str]:
        """The names."""
        return self.names.split(BY_NAME) if self.names else []


Listing: TypeAlias = Mapping[str, Folder]
"""All folders with records, by their places below the archive's root."""


class Names(NamedTuple):
    """The names of the records in one folder, of which nothing else is known yet.

    Attributes:
        folder: The folder.
        place: Its place below the archive's root.
        joined: The names, joined by slashes.
    """

    folder: str
    place: str
    joined: str

    def list(self) -> list[str]:
        """The names."""
        return self.joined.split(BY_NAME) if self.joined else []


def count_in(joined: str) -> int:
    """How many names there are, joined by slashes."""
    return joined.count(BY_NAME) + 1 if joined else 0


def count_of(found: Listing) -> int:
    """How many records there are."""
    return sum(len(one.numbers) for one in found.values()) // NUMBERS


def listing(folder: Path, root: Path) -> Listing:
    """List all records.

    Args:
        folder: Where they are.
        root: The archive.

    Raises:
        OddError: There is something to be said about what lies there.
    """
    try:
        return {
            one.place: Folder(one.joined, numbers_of(one.folder, one.list()))
            for one in names_in(folder, root)
        }
    except (OSError, OverflowError) as error:
        raise OddError from error


def names_in(folder: Path, root: Path) -> Iterator[Names]:
    """The records of a folder and of those below it, by name alone: what each is will be seen by its mode.

    Raises:
        OddError: There is something to be said about what lies there.
        OSError: A folder cannot be read.
    """
    return _names_in(os.fspath(folder), folder.relative_to(root).as_posix())


def names_at(folder: Path, root: Path) -> tuple[Names, list[str]]:
    """The records of a folder by name alone, and the names of the folders in it.

    Raises:
        OddError: There is something to be said about what lies there.
        OSError: The folder cannot be read.
    """
    return _names_at(os.fspath(folder), folder.relative_to(root).as_posix())


def stamps(found: Listing) -> Iterator[tuple[str, str]]:
    """The place of every record below the archive's root, with its stamp."""
    return ((f"{place}/{name}", stamp) for place, one in found.items() for name, stamp in one.stamps())


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
    if before.names != after.names:
        gone, come = (
            set(one.list()).difference(other.list()) for one, other in ((before, after), (after, before))
        )
        yield from gone | come
        if len(gone) + len(come) <= _STRETCH:
            before, after = _without(before, gone), _without(after, come)
    if before.names == after.names:
        names: list[str] = []
        for nth in _differing(before.numbers, after.numbers):
            names = names or after.list()
            yield names[nth]
        return
    first, second = _by_name(before), _by_name(after)
    yield from (name for name in first.keys() & second.keys() if first[name] != second[name])


def _without(folder: Folder, unwanted: AbstractSet[str]) -> Folder:
    names, numbers = folder.list(), folder.numbers[:]
    for nth in reversed([nth for nth, name in enumerate(names) if name in unwanted]):
        del names[nth], numbers[nth * NUMBERS : (nth + 1) * NUMBERS]
    return Folder(BY_NAME.join(names), numbers)


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


def _names_in(folder: str, place: str) -> Iterator[Names]:
    found, below = _names_at(folder, place)
    yield found
    for name in below:
        yield from _names_in(f"{folder}/{name}", f"{place}/{name}")


def _names_at(folder: str, place: str) -> tuple[Names, list[str]]:
    with opened_folder(folder) as (opened, _):
        names = os.listdir(opened)  # noqa: PTH208  an open folder has no path
        joined, below = BY_NAME.join(names), list[str]()
        if not _are_records(joined, len(names)):
            records = [
                name for name in names if name.endswith(SUFFIX) and not name.startswith(_LEFT_BY_EDITORS)
            ]
            joined, below = BY_NAME.join(records), list(_folders_in(opened, set(records)))
    if not _is_unicode(joined):
        raise OddError
    return Names(folder, place, joined), below


def _are_records(joined: str, count: int) -> bool:
    """Whether all names are those of records, asked of all at once."""
    is_left = any(joined.startswith(sign) or BY_NAME + sign in joined for sign in _LEFT_BY_EDITORS)
    return not is_left and f"{joined}{BY_NAME}".count(SUFFIX + BY_NAME) == count


def _folders_in(opened: int | str, records: AbstractSet[str]) -> Iterator[str]:
    """The names of the folders in a folder, where there is nothing else to be said of."""
    with os.scandir(opened) as entries:
        for entry in entries:
            name = entry.name
            if name in records or name.startswith(".") or entry.is_file(follow_symlinks=False):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield name
            elif name.endswith(SUFFIX) or (entry.is_symlink() and entry.is_dir()):
                raise OddError


def numbers_of(folder: str, names: Sequence[str]) -> "array[int]":
    """Ask for the numbers of some records of a folder.

    Raises:
        OSError: One cannot be looked at.
        OddError: One is no plain file, or too large.
    """
    with opened_folder(folder) as (_, status_of):
        try:
            numbers = array("q", chain.from_iterable(map(_numbers_of, map(status_of, names))))
        except OverflowError:
            numbers = array("q", chain.from_iterable(map(_with_a_sign, map(status_of, names))))
    are_plain = all(map(stat.S_ISREG, set(numbers[_MODES])))
    if not are_plain or max(numbers[_SIZES], default=0) > MAX_BYTES:
        raise OddError
    return numbers


def _with_a_sign(status: os.stat_result) -> tuple[int, ...]:
    *numbers, inode = _numbers_of(status)
    return (*numbers, inode - _WRAP if inode >= _WRAP // 2 else inode)


def _is_unicode(name: str) -> bool:
    """Say whether a name came from bytes that were UTF-8; Python smuggles others in as surrogates."""
    return name.isascii() or not any("\ud800" <= char <= "\udfff" for char in name)
