"""What a snapshot says of itself: every file and every record, with size and hash."""

import hashlib
import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from json.encoder import encode_basestring
from pathlib import Path
from typing import Final, NamedTuple, Protocol

from filmld import __version__
from filmld.errors import SnapshotError
from filmld.publish.jsontext import Json, pretty

MANIFEST: Final = "manifest.json"
PAGES: Final = "www"
STORE: Final = "store"
PIECES: Final = "pieces"
"""What the dumps are put together from."""
TRACES: Final = "traces.sqlite"
"""What each page was made from."""
KEPT: Final = "catalog.sqlite"
"""What is known of records."""

_FOR_LATER: Final = frozenset({TRACES, KEPT})
"""Files that serve the next build, and do not count."""

ENGINE: Final = "pyoxigraph"
"""Whose stores only versions of the same series read."""

_FORMAT = 1
_CHUNK = 1024 * 1024
_HEAD: Final = 4096
_INPUTS: Final = re.compile(r'^  "inputs": "([0-9a-f]+)",$', re.MULTILINE)


class Entry(NamedTuple):
    """One file: its size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str


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

    files: Mapping[str, Entry]
    records: Mapping[str, Entry]
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
        lines = [f"{_FORMAT}\n"]
        lines += [
            f"{entry.sha256} {path}\n"
            for entries in (self.records, self.files)
            for path, entry in sorted(entries.items())
            if not path.startswith((f"{STORE}/", f"{PIECES}/")) and path not in _FOR_LATER
        ]
        return hashlib.sha256("".join(lines).encode()).hexdigest()[:16]

    def text(self, name: str | None = None) -> str:
        """Write ``manifest.json``.

        Args:
            name: The name of the snapshot, if it has been worked out.
        """
        tools: dict[str, Json] = {name: version(name) for name in ("jinja2", "pyld", ENGINE)}
        head = pretty(
            {
                "format": _FORMAT,
                "snapshot": name or self.content_hash,
                "versions": {"filmld": __version__, "python": platform.python_version(), **tools},
                "inputs": self.inputs,
                "in_use": self.in_use,
                "published": list(self.published),
            }
        )
        return "".join(
            [
                head.removesuffix("\n}\n"),
                *_listed("records", self.records),
                *_listed("files", self.files),
                "\n}\n",
            ]
        )


def read_manifest(snapshot: Path) -> Manifest:
    """Read the manifest of a snapshot.

    Raises:
        SnapshotError: It has none, or one that cannot be used.
    """
    try:
        value = json.loads((snapshot / MANIFEST).read_text(encoding="utf-8"))
        published = tuple(map(str, value.get("published", ())))
        versions = {str(name): str(number) for name, number in value.get("versions", {}).items()}
        known = str(value.get("inputs", "")), int(value.get("in_use", 0))
        manifest = Manifest(_read(value["files"]), _read(value["records"]), published, *known, versions)
    except OSError as error:
        raise SnapshotError(snapshot, f"{MANIFEST} cannot be read: {error.strerror}") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SnapshotError(snapshot, f"{MANIFEST} is damaged") from error
    if snapshot.resolve().name != manifest.content_hash:
        raise SnapshotError(snapshot, f"{MANIFEST} does not belong to it, or was edited")
    return manifest


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
    others = (path for path in (snapshot / name for name in sorted(_FOR_LATER)) if path.is_file())
    paths = (*files_below(snapshot / STORE), *files_below(snapshot / PIECES), *others)
    names = ((path, path.relative_to(snapshot).as_posix()) for path in paths)
    return {name: (known and _shared(path, name, known)) or entry_of(path) for path, name in names}


def _shared(path: Path, name: str, known: Known) -> Entry | None:
    """The entry of a file that is one of another snapshot, too."""
    other = known.folder / name
    entry = known.manifest.files.get(name)
    return entry if entry and other.is_file() and other.samefile(path) else None


def _listed(name: str, entries: Mapping[str, Entry]) -> Iterator[str]:
    """Write a member of the manifest as all JSON is written, which takes ten times as long for many files."""
    yield f',\n  "{name}": {{'
    comma = ""
    for path, entry in sorted(entries.items()):
        yield f'{comma}\n    {encode_basestring(path)}: {{\n      "size": {entry.size},'
        yield f'\n      "sha256": "{entry.sha256}"\n    }}'
        comma = ","
    yield "\n  }" if entries else "}"


def _read(value: Mapping[str, Mapping[str, str | int]]) -> dict[str, Entry]:
    return {path: Entry(int(entry["size"]), str(entry["sha256"])) for path, entry in value.items()}
