"""Which files there are, seen as fast as the file system tells."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from filmld.archive.records import MAX_BYTES, SUFFIX
from filmld.check.stored.stamps import stamp_of

_LEFT_BY_EDITORS: Final = (".", "#")


class OddError(Exception):
    """Something under ``records/`` is no plain record: :func:`filmld.archive.records.walk` says what."""


def stamps(folder: Path, root: Path) -> dict[str, str]:
    """The stamp of every record, by its place below the archive's root.

    Raises:
        OddError: There is something to be said about what lies there.
    """
    start = folder.relative_to(root).as_posix()
    try:
        return dict(_stamps(os.fspath(folder), start))
    except OSError as error:
        raise OddError from error


def stamp_at(path: Path) -> str | None:
    """The stamp of one record; ``None`` if there is anything else than a plain record in its place."""
    try:
        status = path.lstat()
    except OSError:
        return None
    is_record = stat.S_ISREG(status.st_mode) and status.st_size <= MAX_BYTES
    return stamp_of(status) if is_record else None


def _stamps(folder: str, place: str) -> Iterator[tuple[str, str]]:
    folders: list[tuple[str, str]] = []
    with os.scandir(folder) as entries:
        for entry in entries:
            name = entry.name
            if name.startswith("."):
                continue
            if entry.is_file(follow_symlinks=False):
                if name.endswith(SUFFIX) and not name.startswith(_LEFT_BY_EDITORS):
                    status = entry.stat(follow_symlinks=False)
                    if status.st_size > MAX_BYTES or not (name.isascii() or _is_unicode(name)):
                        raise OddError
                    yield f"{place}/{name}", stamp_of(status)
            elif entry.is_dir(follow_symlinks=False):
                folders.append((entry.path, f"{place}/{name}"))
            elif name.endswith(SUFFIX) or (entry.is_symlink() and entry.is_dir()):
                raise OddError
    for below, its_place in folders:
        yield from _stamps(below, its_place)


def _is_unicode(name: str) -> bool:
    """Say whether a name came from bytes that were UTF-8; Python smuggles others in as surrogates."""
    return not any("\ud800" <= char <= "\udfff" for char in name)
