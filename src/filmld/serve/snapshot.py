"""The pages of a built snapshot: files that somebody else has made and checked."""

import mimetypes
from pathlib import Path
from typing import NamedTuple

from filmld.serve.errors import NoSnapshotError

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
    ".rq": "application/sparql-query",
    ".xml": "application/xml",
}


class SnapshotFile(NamedTuple):
    """One file."""

    body: bytes
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

    def render(self, path: str) -> SnapshotFile | None:
        """Read one of them."""
        if path not in self._known:
            return None
        try:
            body = (self._www / path).read_bytes()
        except OSError:  # taken away since
            return None
        return SnapshotFile(body, _media_type(path))


def _media_type(path: str) -> str:
    if path.endswith(".linkset.json"):
        return "application/linkset+json"
    return _TYPES.get(Path(path).suffix) or _guess(path)


def _guess(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
