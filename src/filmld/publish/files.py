"""Writing a file whole or not at all."""

import os
import tempfile
from pathlib import Path

from filmld.errors import OutputError


def replace(path: Path, data: bytes) -> None:
    """Write a file; what was there before stays until all of the new is on the disk.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        # A device or a pipe cannot be replaced, only written to.
        if path.exists() and not path.is_file():
            path.write_bytes(data)
        else:
            _replace(path.resolve(), data)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error


def _replace(path: Path, data: bytes) -> None:
    mode = path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask()
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name[:40]}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        temporary.chmod(mode)
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    """The process's mask for new files; it can only be read by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
