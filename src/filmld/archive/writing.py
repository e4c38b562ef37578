"""Writing a file, whole or not at all."""

import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

from filmld.errors import FileNotReplacedError


def write_whole(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file; what was there before stays until all of the new is on the disk.

    The content is written beside the file, flushed to the disk, and then takes the file's name
    in one step: whatever happens in between, the file is as it was or as it should be. A file that was
    there keeps its mode.

    Raises:
        OSError: The file cannot be written.
    """
    mode = stat.S_IMODE(path.stat().st_mode) if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(descriptor)
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in place of a record's, keeping its mode.

    Raises:
        FileNotReplacedError: It is a link, is not a plain file, may not be written, or the
            disk does not take it.
    """
    try:
        problem = _problem(path.lstat())
        if problem is None:
            write_whole(path, (data,))
            return
    except OSError as error:
        raise FileNotReplacedError(path, error.strerror or "unknown reason") from error
    raise FileNotReplacedError(path, problem)


def _problem(status: os.stat_result) -> str | None:
    if stat.S_ISLNK(status.st_mode):
        return "it is a link to another place"
    if not stat.S_ISREG(status.st_mode):
        return "it is not a plain file"
    return None if status.st_mode & stat.S_IWUSR else "it is marked read-only"


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
