"""The pages of a built snapshot: files that somebody else has made and checked."""

import mimetypes
from pathlib import Path

from filmld.serve.errors import NoSnapshotError
from filmld.tuples import NamedTuple

LARGEST_HELD = 1024 * 1024
"""Bytes of a file that is read whole to be sent; a larger one is sent piece by piece."""

_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".ttl": "text/turtle; charset=utf-8",
    ".nt": "application/n-triples",
    ".nq": "application/n-quads",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".jsonl": "application/x-ndjson",
    ".csv": "text/csv; charset=utf-8; header=present",
    ".parquet": "application/vnd.apache.parquet",
    ".rq": "application/sparql-query",
    ".xml": "application/xml",
}


class SnapshotFile(NamedTuple):
    """One file."""

    body: bytes
    media_type: str


class LargeFile(NamedTuple):
    """One file that is sent from where it lies."""

    path: Path
    media_type: str


class Snapshot:
    """The folder ``www`` of a snapshot, as it was when it was opened.

    Attributes:
        store: The folder of the store, which is only ever read.
    """

    def __init__(self, folder: Path) -> None:
        resolved = folder.resolve()  # `current` may be swapped; what is being served stays
        self._www = resolved / "www"
        self.store = resolved / "store"
        if not (self._www.is_dir() and self.store.is_dir()):
            raise NoSnapshotError(folder)
        self._paths = tuple(
            sorted(
                path.relative_to(self._www).as_posix()
                for path in self._www.rglob("*")
                if path.is_file() and path.resolve().is_relative_to(self._www)
            )
        )
        self._known = frozenset(self._paths)

    def paths(self) -> tuple[str, ...]:
        """The paths of all files; a link that leads out of the folder is none."""
        return self._paths

    def render(self, path: str) -> SnapshotFile | LargeFile | None:
        """Read one of them."""
        if path not in self._known:
            return None
        file = self._www / path
        try:
            if file.stat().st_size > LARGEST_HELD:
                return LargeFile(file, _media_type(path))
            return SnapshotFile(file.read_bytes(), _media_type(path))
        except OSError:  # taken away since
            return None


def _media_type(path: str) -> str:
    if path.endswith(".linkset.json"):
        return "application/linkset+json"
    if path.endswith(".gz"):
        return "application/gzip"
    if path == ".well-known/void":
        return _TYPES[".ttl"]
    return _TYPES.get(Path(path).suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
