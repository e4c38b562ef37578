"""The folder that snapshots are written to: who may write, and what belongs there."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from filmld.archive import Archive
from filmld.errors import BuildRunningError, ForeignFolderError, OutputError, OutputInRecordsError

CURRENT: Final = "current"
SNAPSHOTS: Final = "snapshots"
KEPT: Final = 3
"""Snapshots that stay, so that one in use by a server does not vanish under it; while a build is at work,
one less."""

_LOCK = ".lock"
_UNFINISHED = ".tmp-"


@contextmanager
def locked(output: Path, archive: Archive) -> Iterator[Path]:
    """Hold an output folder, so that nobody else builds there; it is made if it does not exist.

    Raises:
        ForeignFolderError: It holds something that filmld did not write; it is left as it is.
        OutputInRecordsError: It lies among the records.
        BuildRunningError: Somebody else holds it.
        OutputError: It cannot be written.
    """
    if output.resolve().is_relative_to((archive.root / archive.config.paths.records).resolve()):
        raise OutputInRecordsError(output)
    _refuse_foreign(output)
    try:
        (output / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        descriptor = os.open(output / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise OutputError(output, error.strerror or str(error)) from error
    try:
        _lock(descriptor, output)
        yield output
    finally:
        os.close(descriptor)


def _lock(descriptor: int, output: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise BuildRunningError(
            output, os.pread(descriptor, 20, 0).decode("ascii", "replace").strip()
        ) from error
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, f"{os.getpid()}\n".encode(), 0)


def _refuse_foreign(output: Path) -> None:
    try:
        found = sorted(os.listdir(output))  # noqa: PTH208  iterdir raises only when used
    except FileNotFoundError:
        return
    except OSError as error:
        raise OutputError(output, error.strerror or str(error)) from error
    strangers = [name for name in found if name not in {CURRENT, SNAPSHOTS, _LOCK}]
    leftovers = [name for name in strangers if name.startswith(_UNFINISHED)]
    if set(strangers) - set(leftovers):
        raise ForeignFolderError(output, next(name for name in strangers if name not in leftovers))
    for name, right in ((SNAPSHOTS, _is_folder), (CURRENT, Path.is_symlink), (_LOCK, _is_plain)):
        if name in found and not right(output / name):
            raise ForeignFolderError(output, name)


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()


def _is_plain(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


@contextmanager
def unfinished(output: Path) -> Iterator[Path]:
    """A new folder to build in, on the same file system; whatever is left of it, and beside it, is removed.

    Call it only while holding the folder: it also removes what a build that was killed left behind.
    """
    _sweep(output)
    folder = output / SNAPSHOTS / f"{_UNFINISHED}{os.getpid()}"
    try:
        folder.mkdir()
        yield folder
    finally:
        _sweep(output)


def _sweep(output: Path) -> None:
    for path in sorted((output / SNAPSHOTS).glob(f"{_UNFINISHED}*")):
        shutil.rmtree(path, ignore_errors=True)
    for path in sorted(output.glob(f"{_UNFINISHED}*")):
        path.unlink(missing_ok=True)


def put_in_place(folder: Path, output: Path, name: str) -> None:
    """Give a finished snapshot its name, and point ``current`` to it in one step."""
    target = output / SNAPSHOTS / name
    if target != folder:
        # A snapshot of that name that is not sound any more makes way.
        if target.exists():
            target.rename(output / SNAPSHOTS / f"{_UNFINISHED}{os.getpid()}-old")
        folder.rename(target)
    _synchronise(output / SNAPSHOTS)
    point_to(output, name)


def point_to(output: Path, name: str) -> None:
    """Let ``current`` mean a snapshot: a visitor finds the old one or the new one, never none."""
    link = output / f"{_UNFINISHED}{os.getpid()}"
    link.unlink(missing_ok=True)
    link.symlink_to(Path(SNAPSHOTS, name))
    link.replace(output / CURRENT)
    _synchronise(output)


def spare(output: Path) -> Path | None:
    """Set the snapshot aside that goes when there is a new one; ``None`` if all of them stay.

    What is not used of it is removed with whatever is unfinished.
    """
    oldest = next(iter(_others(output)[KEPT - 2 :]), None)
    return oldest and oldest.rename(output / SNAPSHOTS / f"{_UNFINISHED}{os.getpid()}-spare")


def forget_old(output: Path) -> None:
    """Remove all snapshots but the current one and the last before it."""
    for path in _others(output)[KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)


def _others(output: Path) -> list[Path]:
    """All snapshots but the current one, the youngest first."""
    current = (output / CURRENT).resolve().name
    found = [path for path in (output / SNAPSHOTS).iterdir() if path.is_dir() and path.name != current]
    others = [path for path in found if not path.name.startswith(_UNFINISHED)]
    return sorted(others, key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def _synchronise(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
