"""Writing a file whole or not at all."""

from collections.abc import Iterable
from pathlib import Path

from filmld.archive.writing import write_whole
from filmld.errors import OutputError


def replace(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file; what was there before stays until all of the new is on the disk.

    Raises:
        OutputError: The file cannot be written.
    """
    try:
        # A device or a pipe cannot be replaced, only written to.
        if path.exists() and not path.is_file():
            with path.open("wb") as file:
                file.writelines(pieces)
        else:
            write_whole(path.resolve(), pieces)
    except OSError as error:
        raise OutputError(path, error.strerror or str(error)) from error
