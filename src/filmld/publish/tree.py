"""The folder that the files of a snapshot are written to.

Nearly all files of a new snapshot are those of the one before, under another name. To give and to remove
hundreds of thousands of names takes many times as long as to look at them, and the snapshot that goes when
the new one is there has nearly all of them already: its folder can become that of the new one.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from filmld.catalog.linking import link_or_copy


class Tree:
    """A folder, and what is in it that is not known to belong there."""

    def __init__(self, folder: Path, spare: Path | None = None) -> None:
        """Begin with an empty folder, or with one that nobody needs any more.

        Args:
            folder: The folder; it does not exist.
            spare: A folder on the same file system that becomes this one.

        Raises:
            OSError: It cannot be written.
        """
        self.folder = folder
        self._strange: set[str] = set()
        self._folders: list[str] = []
        if spare is None:
            folder.mkdir()
        else:
            spare.rename(folder)
            self._strange.update(self._found(""))

    def make_folders(self, paths: Iterable[str]) -> None:
        """Make the folders that files are in.

        Raises:
            OSError: One cannot be made.
        """
        wanted = {path.rpartition("/")[0] for path in paths}
        for name in sorted(wanted.difference(self._folders)):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        self._folders = [name for name in self._folders if name not in wanted]

    def take(self, path: str, source: str, status: os.stat_result) -> None:
        """Have a file that has another name elsewhere, if it has not this one already.

        Args:
            path: Its path here; its folder exists.
            source: Its other name.
            status: What the system says of that.

        Raises:
            OSError: It cannot be had.
        """
        target = f"{self.folder}/{path}"
        if path in self._strange:
            self._strange.remove(path)
            if os.path.samestat(os.lstat(target), status):
                return
            os.unlink(target)  # noqa: PTH108  there are hundreds of thousands
        link_or_copy(source, target)

    def clear(self) -> None:
        """Remove whatever was not taken: a name may be written to only if it is nobody's.

        Raises:
            OSError: Something cannot be removed.
        """
        for path in self._strange:
            os.unlink(f"{self.folder}/{path}")  # noqa: PTH108
        self._strange.clear()
        for name in reversed(self._folders):
            with suppress(OSError):  # there is something in it
                (self.folder / name).rmdir()

    def _found(self, folder: str) -> Iterator[str]:
        """The paths of all files below a folder; the folders are remembered, the outer ones first."""
        inner = []
        with os.scandir(self.folder / folder) as entries:
            for entry in entries:
                path = f"{folder}/{entry.name}" if folder else entry.name
                if entry.is_dir(follow_symlinks=False):
                    inner.append(path)
                else:
                    yield path
        for path in inner:
            self._folders.append(path)
            yield from self._found(path)
