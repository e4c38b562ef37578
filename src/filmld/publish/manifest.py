"""What a snapshot says of itself: every file and every record, with size and hash.

``manifest.json`` says what it was made by and from, and what there is for the next build; two lists beside
it, whose hashes it has, name all other files, and the records.
"""

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Final, Protocol

from filmld import __version__
from filmld.errors import SnapshotError
from filmld.publish.jsontext import Json, pretty
from filmld.publish.listing import Entry, Listing

MANIFEST: Final = "manifest.json"
FILES: Final = "files.tsv"
RECORDS: Final = "records.tsv"
PAGES: Final = "www"
STORE: Final = "store"
PIECES: Final = "pieces"
"""What the dumps are put together from."""
TRACES: Final = "traces.sqlite"
"""What each page was made from."""
KEPT: Final = "catalog.sqlite"
"""What is known of records."""

_FOR_LATER: Final = (KEPT, TRACES)
"""Files that serve the next build, and do not count."""

ENGINE: Final = "pyoxigraph"
"""Whose stores only versions of the same series read."""

_FORMAT: Final = 2
_CHUNK = 1024 * 1024
_HEAD: Final = 4096
_INPUTS: Final = re.compile(r'^  "inputs": "([0-9a-f]+)",$', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The contents of a snapshot.

    Attributes:
        files: Every file by its path in the snapshot: ``www/…``, ``store/…``, ``pieces/…``,
            ``traces.sqlite`` and ``catalog.sqlite``.
        records: Every record read, by the name of its file.
        published: Every address of a record that was ever published here, sorted.
        inputs: The hash of all that it was made from; empty if that is not known.
        in_use: How many of the records are in use.
        versions: Of a manifest that was read, what it was written by.
    """

    files: Listing
    records: Listing
    published: tuple[str, ...] = ()
    inputs: str = ""
    in_use: int = 0
    versions: Mapping[str, str] = field(default_factory=dict)

    @property
    def content_hash(self) -> str:
        """The name of the snapshot: the same for the same records and pages.

        The files of the store do not count. A store of the same statements has other bytes
        each time; what it holds follows from the records, which do count. Nor do traces, pieces and
        what is kept of records, which serve the next build.
        """
        digest = hashlib.sha256(f"{_FORMAT}\n".encode())
        digest.update(self.records.text)
        digest.update(self.files.below(PAGES).text)
        return digest.hexdigest()[:16]

    def write(self, folder: Path, name: str | None = None) -> None:
        """Write ``manifest.json`` and the lists, which come first.

        Args:
            folder: Where.
            name: The name of the snapshot, if it has been worked out.

        Raises:
            OSError: The folder cannot be written.
        """
        for path, text in self._lists().items():
            (folder / path).write_bytes(text)
        self.write_head(folder, name)

    def write_head(self, folder: Path, name: str | None = None) -> None:
        """Write ``manifest.json`` alone, where the lists are as they were."""
        tools: dict[str, Json] = {name: version(name) for name in ("jinja2", "pyld", ENGINE)}
        later = ((path, self.files[path]) for path in _FOR_LATER if path in self.files)
        head = pretty(
            {
                "format": _FORMAT,
                "snapshot": name or self.content_hash,
                "versions": {"filmld": __version__, "python": platform.python_version(), **tools},
                "inputs": self.inputs,
                "in_use": self.in_use,
                "lists": {path: _sha256(text) for path, text in self._lists().items()},
                "for_later": {path: [entry.size, entry.sha256] for path, entry in later},
                "published": list(self.published),
            }
        )
        (folder / MANIFEST).write_text(head, encoding="utf-8")

    def _lists(self) -> dict[str, bytes]:
        return {FILES: self.files.edited(dict.fromkeys(_FOR_LATER)).text, RECORDS: self.records.text}


def read_manifest(snapshot: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises:
        SnapshotError: It has none, or one that cannot be used.
    """
    manifest = read_draft(snapshot)
    if snapshot.resolve().name != manifest.content_hash:
        raise SnapshotError(snapshot, f"{MANIFEST} does not belong to it, or was edited")
    return manifest


def read_draft(snapshot: Path) -> Manifest:
    """Read the manifest of a snapshot whose folder has another name for the moment.

    Raises:
        SnapshotError: As :func:`read_manifest`.
    """
    try:
        value = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
        if value["format"] != _FORMAT:
            raise SnapshotError(snapshot, f"{MANIFEST} was written by another version of filmld")
        files, records = (_list(snapshot, name, str(value["lists"][name])) for name in (FILES, RECORDS))
        later = {path: Entry(int(size), str(sha256)) for path, (size, sha256) in value["for_later"].items()}
        published = tuple(map(str, value["published"]))
        versions = {str(name): str(number) for name, number in value["versions"].items()}
        return Manifest(
            files.edited(later), records, published, str(value["inputs"]), int(value["in_use"]), versions
        )
    except OSError as error:
        name = Path(error.filename or MANIFEST).name
        raise SnapshotError(snapshot, f"{name} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError(snapshot, f"{MANIFEST} is damaged") from error


def inputs_of(snapshot: Path) -> str:
    """What a snapshot says it was made from, without reading all that it lists; empty if it does not say.

    Raises:
        OSError: Its manifest cannot be read.
    """
    with (snapshot / MANIFEST).open(encoding="utf-8", errors="replace") as file:
        found = _INPUTS.search(file.read(_HEAD))
    return found[1] if found else ""


def files_below(folder: Path) -> Iterable[Path]:
    """Every regular file below a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def entry_of(path: Path) -> Entry:
    """Measure a file."""
    digest = hashlib.sha256()
    size = 0
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return Entry(size, digest.hexdigest())


class Known(Protocol):
    """A snapshot that has just been compared with its manifest."""

    @property
    def folder(self) -> Path:
        """Where it lies."""

    @property
    def manifest(self) -> Manifest:
        """What it holds."""


def measured(snapshot: Path, known: Known | None = None) -> dict[str, Entry]:
    """Measure everything in a snapshot but its manifest and its pages, which are measured when written.

    Args:
        snapshot: The snapshot.
        known: Another one; files that both have under the same name are not read again.
    """
    others = (path for path in (snapshot / name for name in _FOR_LATER) if path.is_file())
    paths = (*files_below(snapshot / STORE), *files_below(snapshot / PIECES), *others)
    names = ((path, path.relative_to(snapshot).as_posix()) for path in paths)
    return {name: (known and _shared(path, name, known)) or entry_of(path) for path, name in names}


def _shared(path: Path, name: str, known: Known) -> Entry | None:
    """The entry of a file that is one of another snapshot, too."""
    other = known.folder / name
    entry = known.manifest.files.get(name)
    return entry if entry and other.is_file() and other.samefile(path) else None


def _list(snapshot: Path, name: str, sha256: str) -> Listing:
    """Read a list whose hash is known.

    Raises:
        OSError: It cannot be read.
        SnapshotError: It is another one.
    """
    text = (snapshot / name).read_bytes()
    if _sha256(text) != sha256:
        raise SnapshotError(snapshot, f"{name} does not belong to {MANIFEST}, or was edited")
    return Listing(text)


def _sha256(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()
