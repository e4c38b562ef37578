"""Who does what is to be done for many files: other processes, where it is worth it to start them."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filmld.archive import Archive, Profile
from filmld.check.stored.database import IN_MEMORY

if TYPE_CHECKING:
    from filmld.check.stored.processes import Pool

WORTHWHILE: Final = 600
"""Fewer files than this are done before another process has started."""
_FEW: Final = 20
"""More files than this are handed over where processes are there already."""


class Hands:
    """Processes for many files, started when there are many for the first time.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        path: The file of its index.
    """

    def __init__(self, archive: Archive, profile: Profile, path: Path) -> None:
        self._archive = archive
        self._profile = profile
        self._path = path
        self._pool: Pool | None = None

    def __call__(self, files: int) -> "Pool | None":
        """The processes for so many files; none if this one does them as soon, or no other can."""
        if self._pool is None and files > WORTHWHILE:
            self._pool = self._started()
        return self._pool if files > _FEW else None

    def prepare(self) -> None:
        """Have processes begin to make what it takes to read very many files."""
        self._pool = self._pool or self._started()
        if self._pool:
            self._pool.prepare()

    def close(self) -> None:
        """End all processes."""
        if self._pool:
            self._pool.close()

    def _started(self) -> "Pool | None":
        from filmld.check.stored.processes import Order, Pool, cores  # noqa: PLC0415  for many files

        if self._path == IN_MEMORY or cores() < 2 or sys.platform == "win32":  # noqa: PLR2004  one is this one
            return None
        return Pool(Order(root=self._archive.root, profile=self._profile, index=self._path), cores())
