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

from filmld.query import edits
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


@dataclass(frozen=True, slots=True)
class EditedSpool:
    """A spool, with another such file of what has changed since; see :mod:`filmld.query.edits`.

    Attributes:
        descriptor: The spool.
        edits: The changes.
        length: So many bytes of them count.
    """

    descriptor: int
    edits: int
    length: int = 0


Source: TypeAlias = StoreFolder | DataFiles | Spool | EditedSpool


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
        case EditedSpool(descriptor, edits, length):
            return json.dumps({"edited": [descriptor, edits, length]})


def decode(text: str) -> Source:
    """Read what :func:`encode` wrote."""
    fields = json.loads(text)
    if "store" in fields:
        return StoreFolder(Path(fields["store"]))
    if "files" in fields:
        return DataFiles(tuple(map(Path, fields["files"])))
    if "edited" in fields:
        return EditedSpool(*fields["edited"])
    return Spool(fields["spool"])


def descriptors(source: Source) -> tuple[int, ...]:
    """The open files that a process needs which reads a source."""
    match source:
        case Spool(descriptor):
            return (descriptor,)
        case EditedSpool(descriptor, edits):
            return (descriptor, edits)
        case _:
            return ()


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
            store.bulk_load(_reader(descriptor), ox.RdfFormat.N_QUADS)
            return store
        case EditedSpool(descriptor, log, length):
            store = ox.Store()
            # Loading in one go would give nameless things other names than edits have for them.
            store.bulk_extend(ox.parse(_reader(descriptor), ox.RdfFormat.N_QUADS))
            edits.apply(store, edits.read(log, 0, length))
            return store


def _reader(descriptor: int) -> io.BufferedReader:
    return io.BufferedReader(_SharedFile(descriptor), 2**20)


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
            with _reader(descriptor) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        case EditedSpool(descriptor, log, length):
            spooled = identity(Spool(descriptor)).encode()
            return hashlib.sha256(spooled + edits.read(log, 0, length)).hexdigest()


def _stamps(paths: tuple[Path, ...]) -> str:
    """What tells one state of files from another, without reading them."""
    stamps = []
    for path in paths:
        if path.exists():
            status = path.stat()
            stamps.append((str(path.resolve()), status.st_size, status.st_mtime_ns))
    return hashlib.sha256(json.dumps(stamps).encode()).hexdigest()
