"""Replacing a record's file, whole or not at all."""

import os
import stat
import tempfile
from pathlib import Path

from filmld.errors import FileNotReplacedError


def replace_file(path: Path, data: bytes) -> None:
    """Put new content in place of a file's, keeping its mode.

    The content is written beside the file, flushed to the disk, and then takes the file's name
    in one step: whatever happens in between, the file is as it was or as it should be.

    Raises:
        FileNotReplacedError: It is a link, is not a plain file, may not be written, or the
            disk does not take it.
    """
    mode = _replaceable_mode(path)
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    except OSError as error:
        raise FileNotReplacedError(path, error.strerror or "unknown reason") from error
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(descriptor, mode)
            os.fsync(descriptor)
        temporary.replace(path)
    except OSError as error:
        raise FileNotReplacedError(path, error.strerror or "unknown reason") from error
    finally:
        temporary.unlink(missing_ok=True)


def _replaceable_mode(path: Path) -> int:
    try:
        status = path.lstat()
    except OSError as error:
        raise FileNotReplacedError(path, error.strerror or "unknown reason") from error
    if stat.S_ISLNK(status.st_mode):
        raise FileNotReplacedError(path, "it is a link to another place")
    if not stat.S_ISREG(status.st_mode):
        raise FileNotReplacedError(path, "it is not a plain file")
    if not status.st_mode & stat.S_IWUSR:
        raise FileNotReplacedError(path, "it is marked read-only")
    return stat.S_IMODE(status.st_mode)
