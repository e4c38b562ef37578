"""The texts that findings speak of, read when somebody wants to see them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from filmld.check.stored.digests import digest_of
from filmld.check.stored.texts import text_of
from filmld.tuples import NamedTuple


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
        try:
            data = Path(self._root, source.place).read_bytes()
        except OSError as error:
            raise KeyError(filename) from error
        text = text_of(data, filename) if digest_of(data) == source.digest else None
        if text is None:
            raise KeyError(filename)
        return text

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)
