"""What tells in passing whether a file is the one that the index knows."""

import os
from pathlib import Path
from typing import Final

from filmld.tuples import NamedTuple

UNSETTLED: Final = ""
"""The stamp of a file that must be looked at again: so fresh that another change would not show."""


class Sheet(NamedTuple):
    """A file to read.

    Attributes:
        place: Its place below the archive's root.
        filename: As shown to people.
        iri: Of its main entity.
        digest: Of its bytes as the index knows them; empty if it does not.
    """

    place: str
    filename: str
    iri: str
    digest: bytes = b""


def full_stamp(path: Path) -> str | None:
    """What tells in passing that a file or folder has not changed; nothing of what is not there."""
    try:
        return full_stamp_of(os.lstat(path))
    except OSError:
        return None


def full_stamp_of(status: os.stat_result) -> str:
    """What tells in passing that something has not changed, nor what it is and who may do what with it."""
    return f"{status.st_mode} {stamp_of(status)}"


def stamp_of(status: os.stat_result) -> str:
    """What tells in passing that a file has not changed."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
