"""The files of ``records/``, and the IRIs they stand for."""

import os
import stat
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from filmld.diagnostics import Diagnostic, Related, Severity

SUFFIX = ".ttl"
MAX_BYTES = 16 * 1024 * 1024
"""The largest record that is read; a film of four levels with all its copies needs far less."""


@dataclass(frozen=True, slots=True, order=True)
class Record:
    """One file of ``records/``: one main entity and what belongs to it alone.

    Attributes:
        iri: The IRI of the main entity; mirrors the path.
        path: The file.
        filename: The file as shown to people: relative to the archive's root, with ``/``.
        kind: The folder below ``records/``, such as ``film``; empty at the top.
    """

    iri: str
    path: Path
    filename: str
    kind: str

    @property
    def slug(self) -> str:
        """The last part of the IRI, as in ``the-voice-of-sokurov-2014``."""
        return self.iri.rsplit("/", 1)[-1]

    @property
    def document(self) -> str:
        """The IRI of the record itself, the document: its named graph in the store."""
        return f"{self.iri}#record"


class Walk(NamedTuple):
    """What a walk through ``records/`` found, in the order of names.

    Attributes:
        records: What can be read.
        unreadable: What is called a record and cannot be read as one.
        collisions: Records whose names are one on other computers.
    """

    records: tuple[Record, ...]
    unreadable: tuple[Diagnostic, ...]
    collisions: tuple[Diagnostic, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """All that is wrong."""
        return self.unreadable + self.collisions


def walk(folder: Path, *, root: Path, base: str) -> Walk:
    """List the records below ``folder``.

    Links are never followed: a record is a regular file in its place. What editors leave
    behind (hidden files, ``~`` and ``#`` names) is passed over; whatever else is called
    ``.ttl`` and is no readable record is a finding.
    """
    records: list[Record] = []
    findings: list[Diagnostic] = []
    for path, problem in _turtle_files(folder):
        filename = shown(path.relative_to(root))
        if problem:
            findings.append(_refused(filename, problem))
        else:
            records.append(_record(path, folder, filename, base))
    records.sort()
    return Walk(tuple(records), tuple(findings), tuple(_collisions(records)))


def record_at(path: Path, folder: Path, *, root: Path, base: str) -> Record | None:
    """The record that a file below ``folder`` is; ``None`` if :func:`walk` would not read it as one."""
    parts = path.relative_to(folder).parts
    is_named_so = path.name.endswith(SUFFIX) and not path.name.startswith("#")
    is_hidden = any(part.startswith(".") for part in parts)
    is_linked = any((folder / Path(*parts[:end])).is_symlink() for end in range(1, len(parts)))
    if not is_named_so or is_hidden or is_linked or _problem(path) or _bad_name(path.relative_to(folder)):
        return None
    return _record(path, folder, shown(path.relative_to(root)), base)


def _record(path: Path, folder: Path, filename: str, base: str) -> Record:
    relative = path.relative_to(folder).with_suffix("").as_posix()
    return Record(base + quote(relative), path, filename, relative.rpartition("/")[0])


def _collisions(records: list[Record]) -> Iterator[Diagnostic]:
    """Names that are two on Linux and one where capitals, or ways to write an accent, do not count."""
    first: dict[str, Record] = {}
    for record in sorted(records, key=lambda record: record.filename):
        name = unicodedata.normalize("NFC", unicodedata.normalize("NFC", record.filename).casefold())
        other = first.setdefault(name, record)
        if other is not record:
            yield Diagnostic(
                code="name-collision",
                severity=Severity.ERROR,
                message="On macOS and Windows this file and another one have the same name",
                filename=record.filename,
                hint="rename one of them",
                notes=("whoever copies the archive there loses one of the files without a word",),
                related=(Related(message="the other file", filename=other.filename),),
            )


def shown(path: Path) -> str:
    """A path as people see it: with ``/``, and with undecodable bytes and controls escaped."""
    text = path.as_posix().encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _turtle_files(folder: Path) -> Iterator[tuple[Path, str | None]]:
    """Every file that is called a record, and whatever hides records, with what is wrong with it."""
    unreadable: list[OSError] = []
    for current, folders, names in os.walk(folder, followlinks=False, onerror=unreadable.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(current, name).is_symlink():
                yield Path(current, name), "this is a link to another folder; what is in it was not read"
        for name in sorted(names):
            if name.endswith(SUFFIX) and not name.startswith((".", "#")):
                path = Path(current, name)
                yield path, _problem(path) or _bad_name(path.relative_to(folder))
    for error in unreadable:
        if Path(error.filename) != folder:
            yield Path(error.filename), f"this folder cannot be read: {error.strerror}"


def _bad_name(path: Path) -> str | None:
    return None if _is_unicode(path.as_posix()) else "the name of this file is not UTF-8"


def _problem(path: Path) -> str | None:
    try:
        status = path.lstat()
    except OSError as error:
        return f"this file cannot be read: {error.strerror}"
    if stat.S_ISLNK(status.st_mode):
        return "this is a link to another place; records are plain files"
    if not stat.S_ISREG(status.st_mode):
        return "this is not a regular file"
    if status.st_size > MAX_BYTES:
        return f"this file is larger than {MAX_BYTES // 2**20} MiB; a record describes one film"
    return None


def _is_unicode(name: str) -> bool:
    """Say whether a name came from bytes that were UTF-8; Python smuggles others in as surrogates."""
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(filename: str, problem: str) -> Diagnostic:
    return Diagnostic(code="not-a-record", severity=Severity.ERROR, message=problem, filename=filename)
