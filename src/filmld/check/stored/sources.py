"""The texts that findings speak of, read when somebody wants to see them."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from filmld.check.stored.reading import load


class Source(NamedTuple):
    """A file as it was when it was checked."""

    place: str
    digest: bytes


class Sources(Mapping[str, str]):
    """Texts by the shown names of their files, as long as the files are what was checked.

    Args:
        root: The archive.
        files: The files.
    """

    def __init__(self, root: Path, files: Mapping[str, Source]) -> None:
        self._root = root
        self._files = files

    def __getitem__(self, filename: str) -> str:
        source = self._files[filename]
        content = load(self._root, source.place, filename)
        text = content.document.text if content.document else content.draft
        if text is None or content.digest != source.digest:
            raise KeyError(filename)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
