"""Where a worker gets its data from.

A worker reads its data itself, so that a mistake in it, or a fault of the parser, ends a
worker and not the server.
"""

import hashlib
import io
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pyoxigraph as ox

from filmld.query.errors import UnknownDataFormatError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
}
DATA_SUFFIXES = tuple(_FORMATS)


@dataclass(frozen=True, slots=True)
class StoreFolder:
    """The store of a built snapshot; it is only ever read."""

    path: Path


@dataclass(frozen=True, slots=True)
class DataFiles:
    """Plain files of data, read into memory together."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Spool:
    """An open file of N-Quads that has no name and so leaves nothing behind."""

    descriptor: int


Source: TypeAlias = StoreFolder | DataFiles | Spool


class UnreadableSourceError(Exception):
    """The data cannot be read; told to the parent, which tells it to a person."""

    def __init__(self, name: str, problem: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(problem)
        self.name = name
        self.problem = problem
        self.row = row
        self.column = column


def data_files(paths: tuple[Path, ...]) -> DataFiles:
    """Name files as a source.

    Raises:
        UnknownDataFormatError: The name of one does not tell its format.
    """
    for path in paths:
        if path.suffix.lower() not in _FORMATS:
            raise UnknownDataFormatError(str(path), DATA_SUFFIXES)
    return DataFiles(tuple(path.absolute() for path in paths))


def encode(source: Source) -> str:
    """Write a source as an argument of the worker's command line."""
    match source:
        case StoreFolder(path):
            return json.dumps({"store": str(path)})
        case DataFiles(paths):
            return json.dumps({"files": [str(path) for path in paths]})
        case Spool(descriptor):
            return json.dumps({"spool": descriptor})


def decode(text: str) -> Source:
    """Read what :func:`encode` wrote."""
    fields = json.loads(text)
    if "store" in fields:
        return StoreFolder(Path(fields["store"]))
    if "files" in fields:
        return DataFiles(tuple(map(Path, fields["files"])))
    return Spool(fields["spool"])


def open_store(source: Source) -> ox.Store:
    """Read a source, inside the worker.

    Raises:
        UnreadableSourceError: It is damaged, missing or not what it is called.
    """
    match source:
        case StoreFolder(path):
            return _open_folder(path)
        case DataFiles(paths):
            store = ox.Store()
            for path in paths:
                _load_file(store, path)
            return store
        case Spool(descriptor):
            store = ox.Store()
            store.bulk_load(io.BufferedReader(_SharedFile(descriptor), 2**20), ox.RdfFormat.N_QUADS)
            return store


def _open_folder(path: Path) -> ox.Store:
    try:
        return ox.Store.read_only(str(path))
    except (OSError, RuntimeError) as error:
        raise UnreadableSourceError(str(path), f"this store cannot be opened: {error}") from error


def _load_file(store: ox.Store, path: Path) -> None:
    name = path.name
    try:
        store.bulk_load(path=path, format=_FORMATS[path.suffix.lower()])
    except SyntaxError as error:
        raise UnreadableSourceError(name, error.msg, error.lineno, error.offset) from error
    except OSError as error:
        raise UnreadableSourceError(name, f"the file cannot be read: {error.strerror or error}") from error
    except (ValueError, MemoryError) as error:
        raise UnreadableSourceError(name, str(error) or "the file is too large") from error


class _SharedFile(io.RawIOBase):
    """Reads an open file from its start, without moving the position that all its readers share."""

    def __init__(self, descriptor: int) -> None:
        super().__init__()
        self._descriptor = descriptor
        self._offset = 0

    def readable(self) -> bool:
        """Say that this can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read the next bytes."""
        room = memoryview(buffer)
        data = os.pread(self._descriptor, len(room), self._offset)
        room[: len(data)] = data
        self._offset += len(data)
        return len(data)


def identity(source: Source) -> str:
    """Name the state of a source: another state has another name."""
    match source:
        case StoreFolder(path):
            return _stamps((path.parent / "manifest.json", path / "CURRENT", path / "IDENTITY"))
        case DataFiles(paths):
            return _stamps(paths)
        case Spool(descriptor):
            with io.BufferedReader(_SharedFile(descriptor), 2**20) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()


def _stamps(paths: tuple[Path, ...]) -> str:
    """What tells one state of files from another, without reading them."""
    stamps = []
    for path in paths:
        if path.exists():
            status = path.stat()
            stamps.append((str(path.resolve()), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
