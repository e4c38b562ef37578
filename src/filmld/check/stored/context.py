"""What findings depend on beside the records: filmld itself, the shapes, the ontology, the configuration."""

import os
import sys
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Final

import filmld
from filmld.archive import Archive, Profile
from filmld.check.stored.digests import digest_of, hex_digest

_ELSEWHERE: Final = frozenset({"__pycache__", "data", "cli", "publish", "query", "serve"})
"""Rooms of the program that a check does not enter, as the import contracts say, and what is no program."""
_LIBRARIES: Final = ("langcodes", "polars", "pyoxigraph", "pyshacl", "rdflib")


def context_of(archive: Archive, profile: Profile) -> str:
    """A text that differs where records may be judged differently."""
    parts = "\n".join(_parts(archive, profile))
    return hex_digest(parts)


def _parts(archive: Archive, profile: Profile) -> Iterator[str]:
    yield from (filmld.__version__, sys.version, repr(archive.config), profile.value)
    yield from _installed(_LIBRARIES)
    yield from _program(os.fspath(Path(filmld.__file__).parent))
    yield from _contents((*archive.shape_files(profile), *archive.ontology_files()))


def _installed(names: Iterable[str]) -> Iterator[str]:
    """What tells installations of libraries from others, their versions too; none is imported.

    :mod:`importlib.metadata` would take as long as all the rest of a check of one record.
    """
    specs = {name: find_spec(name) for name in names}
    files = {name: Path(spec.origin) for name, spec in specs.items() if spec and spec.origin}
    folders = {file.parents[1] for file in files.values()}
    entries = {folder: sorted(os.listdir(folder)) for folder in folders}  # noqa: PTH208  half the time
    for name, file in files.items():
        status = file.stat()
        yield f"{file} {status.st_size} {status.st_mtime_ns}"
        for entry in entries[file.parents[1]]:
            if entry.startswith(f"{name}-") and entry.endswith((".dist-info", ".egg-info")):
                yield entry


def _program(folder: str) -> Iterator[str]:
    """The files of the program by size and time, which tells a developer's last change as well."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if not entry.is_dir():
            status = entry.stat()
            yield f"{entry.path} {status.st_size} {status.st_mtime_ns}"
        elif entry.name not in _ELSEWHERE:
            yield from _program(entry.path)


def _contents(files: Iterable[Path]) -> Iterator[str]:
    for path in map(os.fspath, files):
        with open(path, "rb", buffering=0) as file:  # noqa: PTH123  a path takes as long again
            yield f"{path} {digest_of(file.readall()).hex()}"
