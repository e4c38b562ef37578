"""What findings depend on beside the records: filmld itself, the shapes, the ontology, the configuration."""

import hashlib
import os
import platform
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Final

import filmld
from filmld.archive import Archive, Profile

_ELSEWHERE: Final = frozenset({"__pycache__", "data", "cli", "publish", "query", "serve"})
"""Rooms of the program that a check does not enter, as the import contracts say, and what is no program."""
_LIBRARIES: Final = ("langcodes", "pyoxigraph", "pyshacl", "rdflib")


def context_of(archive: Archive, profile: Profile) -> str:
    """A text that differs where records may be judged differently."""
    digest = hashlib.sha256()
    for part in _parts(archive, profile):
        digest.update(part.encode("utf-8", "surrogateescape") + b"\n")
    return digest.hexdigest()


def _parts(archive: Archive, profile: Profile) -> Iterator[str]:
    yield from (filmld.__version__, platform.python_version(), repr(archive.config), profile.value)
    yield from (f"{name} {version(name)}" for name in _LIBRARIES)
    yield from _program(Path(filmld.__file__).parent)
    yield from _contents((*archive.shape_files(profile), *archive.ontology_files()))


def _program(folder: Path) -> Iterator[str]:
    """The files of the program by size and time, which tells a developer's last change as well."""
    for current, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _ELSEWHERE)
        for name in sorted(names):
            status = Path(current, name).stat()
            yield f"{current} {name} {status.st_size} {status.st_mtime_ns}"


def _contents(files: Iterable[Path]) -> Iterator[str]:
    for path in files:
        yield f"{path} {hashlib.sha256(path.read_bytes()).hexdigest()}"
