"""Where an index is kept, and what belongs to it."""

from pathlib import Path
from typing import Final

from filmld.archive import Profile

FOLDER: Final = ".filmld"
"""What can always be deleted, below an archive's root."""


def index_of(root: Path, profile: Profile) -> Path:
    """The index of an archive, as judged by a profile.

    Args:
        root: Of the archive.
        profile: By whose wishes records are judged.
    """
    return root / FOLDER / f"check-{profile}.sqlite"


def lock_of(index: Path) -> Path:
    """The file that whoever writes an index holds a lock on."""
    return index.with_suffix(".lock")


def dates_of(index: Path) -> Path:
    """The list of files with their dates that git compares with what there is, beside an index."""
    return index.with_suffix(".dates")
