"""A copy of a folder that takes no room for what never changes."""

import os
import shutil
from collections.abc import Callable, Collection
from pathlib import Path


def linked(source: Path, target: Path, is_settled: Callable[[str], bool], without: Collection[str]) -> None:
    """Copy the files of a folder to a new one.

    Args:
        source: The folder.
        target: The new one; it must not exist.
        is_settled: Says of a file's name whether nobody ever writes to it: it gets a second name
            instead, where the file system has such.
        without: The names of files that are left out.
    """
    target.mkdir()
    for path in sorted(source.iterdir()):
        if path.name in without:
            continue
        if is_settled(path.name):
            link_or_copy(path, target / path.name)
        else:
            shutil.copyfile(path, target / path.name)


def link_or_copy(source: str | Path, target: str | Path) -> None:
    """Give a file a second name, or copy it where it cannot have one.

    A name that another file has is given up first: that file can have more names, which keep it as it is.
    """
    try:
        try:
            os.link(source, target)
        except FileExistsError:
            os.unlink(target)  # noqa: PTH108  there can be hundreds of thousands
            os.link(source, target)
    except OSError:  # a file system without links, or a file with too many
        shutil.copyfile(source, target)
