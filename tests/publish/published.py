"""Archives that are published once, and copied for every test that begins with one."""

import shutil
from dataclasses import replace
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeAlias

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.completing import Built
from filmld.publish.snapshot import build

_Content: TypeAlias = frozenset[tuple[str, bytes]]


class Published:
    """Does what a first build of an archive does, by a copy if one with the same files has been built.

    Args:
        folder: Where the snapshots to copy are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[_Content, tuple[Built, Path]] = {}

    def __call__(self, made: Archive | Catalog, output: Path) -> Built:
        """Publish an archive to a folder that is not there yet."""
        archive = made if isinstance(made, Archive) else made.archive
        content = _content(archive.root)
        if content not in self._known:
            kept = Path(mkdtemp(dir=self._folder)) / "site"
            self._known[content] = build(made, kept), kept
        built, kept = self._known[content]
        shutil.copytree(kept, output, symlinks=True)
        return replace(built, folder=output / built.folder.relative_to(kept))


def _content(root: Path) -> _Content:
    """All that a build may depend on: what the archive says of itself, and its records."""
    files = [root / "filmld.toml", *(path for path in (root / "records").rglob("*") if path.is_file())]
    return frozenset((str(path.relative_to(root)), path.read_bytes()) for path in files)
