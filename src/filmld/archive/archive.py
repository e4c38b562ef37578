"""One archive: where it lies, what it is called, which files it has."""

import os
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

from filmld.archive.config import Config, find_root, read_config
from filmld.archive.records import SUFFIX, Record, Walk, met, record_at, walk
from filmld.archive.resources import resource_folder
from filmld.diagnostics import Diagnostic
from filmld.errors import NoRecordsError
from filmld.tuples import NamedTuple


class Profile(StrEnum):
    """By whose wishes records are judged."""

    ARCHIVE = "archive"
    """What film archives expect of a record: ``shapes/``."""
    GOOGLE = "google"
    """What Google's movie results ask for: ``shapes/google/``."""


class Archive(NamedTuple):
    """An archive on disk.

    Attributes:
        root: Its top folder, absolute.
        config: What it says of itself.
    """

    root: Path
    config: Config

    @classmethod
    def open(cls, root: Path | None = None) -> "Archive":
        """Open the archive at ``root``, or the one that the working directory belongs to.

        Raises:
            NoArchiveError: There is none.
            ConfigError: Its configuration cannot be used.
        """
        found = root.resolve() if root else find_root(Path.cwd())
        return cls(found, read_config(found))

    def walk(self) -> Walk:
        """List the records.

        Raises:
            NoRecordsError: The folder is missing or holds no record at all.
        """
        folder = self.root / self.config.paths.records
        found = walk(folder, root=self.root, base=self.config.base)
        if not found.records and not found.diagnostics:
            raise NoRecordsError(folder)
        return found

    def met(self) -> Iterator[Record | Diagnostic]:
        """The records as they are met, and what is wrong with others.

        Raises:
            NoRecordsError: The folder is missing or holds no record at all; in the end.
        """
        folder = self.root / self.config.paths.records
        is_empty = True
        for one in met(folder, root=self.root, base=self.config.base):
            is_empty = False
            yield one
        if is_empty:
            raise NoRecordsError(folder)

    def record_at(self, path: Path) -> Record | None:
        """The record that one file is; ``None`` if it is gone, or cannot be a record."""
        folder = self.root / self.config.paths.records
        return record_at(path, folder, root=self.root, base=self.config.base)

    def shape_files(self, profile: Profile = Profile.ARCHIVE) -> tuple[Path, ...]:
        """The shapes that ship with filmld, and the archive's own; other profiles are subfolders."""
        subfolder = "" if profile is Profile.ARCHIVE else profile.value
        return self._shipped_and_own("shapes", self.config.paths.shapes, subfolder)

    def ontology_files(self) -> tuple[Path, ...]:
        """The ontology that ships with filmld, and the archive's own."""
        return self._shipped_and_own("ontology", self.config.paths.ontology)

    @property
    def site(self) -> Path:
        """Where ``filmld build`` writes."""
        return self.root / self.config.paths.site

    def _shipped_and_own(self, name: str, own: str, subfolder: str = "") -> tuple[Path, ...]:
        """An own file takes the place of a shipped one of the same name, such as in filmld's repository."""
        chosen: dict[str, Path] = {}
        for top in (resource_folder(name).resolve(), (self.root / own).resolve()):
            folder = top / subfolder
            names = sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208  a tenth of the time
            chosen |= {name: folder / name for name in names if name.endswith(SUFFIX)}
        return tuple(chosen.values())


def matching(records: tuple[Record, ...], paths: tuple[Path, ...]) -> tuple[Record, ...]:
    """Choose the records that lie at or below any of ``paths``; all of them if none is given."""
    if not paths:
        return records
    wanted = [path.resolve() for path in paths]
    return tuple(record for record in records if any(record.path.is_relative_to(path) for path in wanted))
