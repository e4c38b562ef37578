"""What has changed since the list of files was kept, told without a look at every file.

The dates of files are compared by git (:mod:`filmld.check.stored.by_git`). What has come or gone since tell
the dates of folders: as long as these are the same, the names in them are, too.
"""

import json
import os
from collections.abc import Iterator, Mapping
from heapq import merge
from itertools import islice
from typing import Final

from filmld.archive import Archive
from filmld.check.stored.by_git import Dated, Question, can_ask, write
from filmld.check.stored.database import IN_MEMORY, Database
from filmld.check.stored.listing import (
    BY_NAME,
    NUMBERS,
    Folder,
    Listing,
    OddError,
    count_in,
    count_of,
    names_at,
)
from filmld.check.stored.seen import DATES, Seen
from filmld.check.stored.stamps import full_stamp, full_stamp_of
from filmld.check.stored.whereabouts import dates_of
from filmld.check.stored.wire import UnreadableError
from filmld.tuples import NamedTuple

_FRESH: Final = 3_000_000_000
"""Nanoseconds in which another change of a file or folder might not show."""

FEW_FRESH: Final = 100
"""If more files than this are so fresh, their dates are not written down yet."""


class _Kept(NamedTuple):
    """What the index keeps beside the list that git reads.

    Attributes:
        stamp: Of that list.
        files: How many there were.
        folders: The stamp of each folder.
        fresh: The places of the files that are not in the list.
    """

    stamp: str
    files: int
    folders: dict[str, str]
    fresh: list[str]


class Dates:
    """The dates of the files in the list that an index keeps.

    Args:
        archive: The archive.
        database: Its index.
        seen: The list.

    Attributes:
        count: How many files there are, once it has been told what has changed.
    """

    def __init__(self, archive: Archive, database: Database, seen: Seen) -> None:
        self._root = archive.root
        self._folder = archive.root / archive.config.paths.records
        self._database = database
        self._seen = seen
        self._path = dates_of(database.path)
        self.count = 0

    def ask(self, ahead: Question | None = None) -> Question | None:
        """Have git begin to compare; nothing if there is nothing to compare with.

        Args:
            ahead: A question that git is at work on already; it will do if it is about the same list.
        """
        kept = self._kept()
        if kept is None or kept.stamp != full_stamp(self._path):
            return None
        if ahead and ahead.stamp == kept.stamp:
            return ahead
        try:
            return Question(self._root, self._path)
        except OSError:
            return None

    def others(self, question: Question) -> set[str] | None:
        """The places of the files that may not be what the index knows, of those there are or were.

        Args:
            question: From :meth:`ask`.

        Returns:
            None if only a look at all of them can tell.

        Raises:
            UnreadableError: What the index keeps is not what was written.
        """
        kept, unlike = self._kept(), question.places()
        if kept is None or unlike is None:
            return None
        self.count = kept.files
        try:
            renamed = self._renamed(kept.folders)
        except (OddError, OSError):
            return None
        return None if renamed is None else {*unlike, *renamed, *kept.fresh, *self._seen.moved()}

    def _renamed(self, folders: Mapping[str, str]) -> set[str] | None:
        """The places of the files that have come or gone; none can be told where folders have."""
        renamed: set[str] = set()
        for place, stamp in folders.items():
            if full_stamp(self._root / place) == stamp:
                continue
            found, below = names_at(self._root / place, self._root)
            if {f"{place}/{name}" for name in below} != {one for one in folders if _above(one) == place}:
                return None
            before, after = self._seen.names_at(place), found.joined
            self.count += count_in(after) - count_in(before)
            names = set(before.split(BY_NAME)) ^ set(after.split(BY_NAME))
            renamed.update(f"{place}/{name}" for name in names if name)
        return renamed

    def can_keep(self, found: Listing, began: int) -> bool:
        """Whether it is worth while to write down the dates of the files in a list.

        Args:
            found: The files.
            began: When the list was begun to be made, in nanoseconds since 1970.
        """
        if self._database.path == IN_MEMORY or not can_ask():
            return False
        try:
            newest = max(_newest(os.lstat(self._root / place)) for place in found)
            is_straight = os.path.realpath(self._folder) == os.fspath(self._folder)
        except OSError:
            return False
        return is_straight and newest < began - _FRESH

    def keep(self, found: Listing, began: int) -> None:
        """Write down the dates of the files in the list.

        Args:
            found: The list, as it has been kept.
            began: When it was begun to be made, in nanoseconds since 1970.
        """
        settled = began - _FRESH
        fresh = list(islice(_fresh(found, settled), FEW_FRESH + 1))
        if len(fresh) > FEW_FRESH:
            return
        files, left_out = count_of(found), frozenset(fresh)
        try:
            folders = {place: os.lstat(self._root / place) for place in found}
            if max(map(_newest, folders.values())) >= settled:
                return
            owner = self._folder.stat()
            known = (one for one in _dated(found) if one.place not in left_out)
            write(self._path, files - len(fresh), known, (owner.st_uid, owner.st_gid))
        except OSError:  # as if there were no git
            return
        kept = _Kept(
            stamp=full_stamp(self._path) or "",
            files=files,
            folders={place: full_stamp_of(status) for place, status in folders.items()},
            fresh=[os.fsdecode(place) for place in fresh],
        )
        self._database.set_meta(DATES, json.dumps(kept))

    def _kept(self) -> _Kept | None:
        text = self._database.meta(DATES)
        if text is None:
            return None
        try:
            stamp, files, folders, fresh = json.loads(text)
            return _Kept(str(stamp), int(files), dict(folders), list(map(str, fresh)))
        except (AttributeError, TypeError, ValueError) as error:
            raise UnreadableError(str(error)) from error


def _fresh(found: Listing, settled: int) -> Iterator[bytes]:
    """The places of the files that were changed at or after a time."""
    for place, one in found.items():
        _, _, modified, changed, _ = (one.numbers[nth::NUMBERS] for nth in range(NUMBERS))
        for name, *dates in zip(one.list(), modified, changed, strict=True):
            if max(dates) >= settled:
                yield os.fsencode(f"{place}/{name}")


def _dated(found: Listing) -> Iterator[Dated]:
    """All files, in the order of their places; of millions, few are in memory at a time."""
    return merge(*map(_dated_in, found.keys(), found.values()))


def _dated_in(place: str, one: Folder) -> Iterator[Dated]:
    above, names = os.fsencode(f"{place}/"), [os.fsencode(name) for name in one.list()]
    for nth in sorted(range(len(names)), key=names.__getitem__):
        _, size, modified, changed, inode = one.numbers[nth * NUMBERS : (nth + 1) * NUMBERS]
        yield Dated(above + names[nth], size, modified, changed, inode)


def _above(place: str) -> str:
    return place.rpartition("/")[0]


def _newest(status: os.stat_result) -> int:
    return max(status.st_mtime_ns, status.st_ctime_ns)
