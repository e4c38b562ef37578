"""The folder that the files of a snapshot are in, given to the next one.

Nearly all files of a new snapshot are those of the one before, under another name. To give and to remove
hundreds of thousands of names takes many times as long as to look at them, and the snapshot that goes when
the new one is there has nearly all of them already: its folder can become that of the new one.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from filmld.archive.folders import opened_folder
from filmld.catalog.linking import link_or_copy
from filmld.publish.listing import Listing
from filmld.tuples import NamedTuple


class Held(NamedTuple):
    """Files of a snapshot.

    Attributes:
        folder: The folder of the snapshot.
        files: They, by their paths in it.
        written_at: When all of them were there, in nanoseconds; what is younger was changed since.
    """

    folder: Path
    files: Listing
    written_at: int


def take_over(held: Held, target: Path, name: str, spare: Held | None = None) -> frozenset[str]:
    """Have the files of a snapshot in a new one; this can be done once more if it did not come to its end.

    Args:
        held: The snapshot with the files.
        target: The folder of the new one.
        name: The folder below both that they are in.
        spare: A snapshot that nobody needs any more, whose folder of that name becomes the new one.

    Returns:
        The paths of files that are not as they were written, which are not taken.

    Raises:
        OSError: A file cannot be had.
    """
    sizes = held.files.sizes()
    there = _found_in(spare, held.files, sizes, target / name) if spare else set[str]()
    missing = sizes.keys() - there
    for folder in sorted({path.rpartition("/")[0] for path in (missing or [f"{name}/"])}):
        (target / folder).mkdir(parents=True, exist_ok=True)
    return frozenset(path for path in missing if not _linked(held, path, sizes[path], target))


def remove(folder: Path, paths: Iterable[str]) -> None:
    """Remove files below a folder, and folders that hold nothing then.

    Raises:
        OSError: A file cannot be removed.
    """
    above: set[str] = set()
    for path in paths:
        with suppress(FileNotFoundError):
            os.unlink(f"{folder}/{path}")  # noqa: PTH108  there can be hundreds of thousands
        above.add(path.rpartition("/")[0])
    while above:  # from the inner ones outwards
        inner = max(above, key=len)
        above.remove(inner)
        with suppress(OSError):  # there is something in it
            if inner:
                (folder / inner).rmdir()
                above.add(inner.rpartition("/")[0])


def _found_in(spare: Held, files: Listing, sizes: dict[str, int], target: Path) -> set[str]:
    """Have the folder of a spare snapshot, without what does not belong there, and say what there is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):  # it was moved before
        (spare.folder / target.name).rename(target)
    target.mkdir(exist_ok=True)
    different = files.differing(spare.files)
    there, strange, folders = set[str](), list[str](), list[str]()
    for path, status in below(target.parent, target.name, folders):
        size = None if path in different else sizes.get(path)
        if size is not None and is_as_written(status, size, spare.written_at):
            there.add(path)
        else:
            strange.append(path)
    remove(target.parent, strange)
    for folder in reversed(folders):
        with suppress(OSError):  # there is something in it
            (target.parent / folder).rmdir()
    return there


def below(folder: Path, name: str, folders: list[str] | None = None) -> Iterator[tuple[str, os.stat_result]]:
    """All that is below a name in a folder and is no folder, by its path; the name itself if it is none.

    Args:
        folder: The folder.
        name: The name.
        folders: Is given the paths of all folders, the outer ones first.

    Raises:
        OSError: There is nothing of that name, or a folder cannot be read.
    """
    status = os.lstat(f"{folder}/{name}")
    if not stat.S_ISDIR(status.st_mode):
        yield name, status
        return
    waiting = [name]
    while waiting:
        within = waiting.pop()
        with opened_folder(f"{folder}/{within}") as (opened, _), os.scandir(opened) as entries:
            for entry in entries:
                path = f"{within}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(path)
                    if folders is not None:
                        folders.append(path)
                else:
                    yield path, entry.stat(follow_symlinks=False)


def _linked(held: Held, path: str, size: int, target: Path) -> bool:
    source = f"{held.folder}/{path}"
    try:
        status = os.lstat(source)
    except OSError:
        return False
    if not is_as_written(status, size, held.written_at):
        return False
    link_or_copy(source, f"{target}/{path}")
    return True


def is_as_written(status: os.stat_result, size: int, written_at: int) -> bool:
    """Say whether a file is plain, has its size, and was not changed since all were there."""
    return stat.S_ISREG(status.st_mode) and status.st_size == size and status.st_mtime_ns <= written_at
