"""The files of ``records/``, and the IRIs they stand for."""

import os
import stat
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from urllib.parse import quote

from filmld.archive.folders import opened_folder
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.patterns import regex
from filmld.tuples import NamedTuple

SUFFIX = ".ttl"
_PLAIN = regex(r"[A-Za-z0-9_.~/-]*")
"""A place that is written in an IRI as it is: most are, and this tells sooner."""
MAX_BYTES = 16 * 1024 * 1024
"""The largest record that is read; a film of four levels with all its copies needs far less."""


class Record(NamedTuple):
    """One file of ``records/``: one main entity and what belongs to it alone.

    Attributes:
        iri: The IRI of the main entity; mirrors the path.
        folder: Where all records are, for the file itself (:attr:`path`).
        place: The file below that folder, with ``/``.
        filename: The file as shown to people: relative to the archive's root, with ``/``.
    """

    iri: str
    folder: Path
    place: str
    filename: str

    @property
    def path(self) -> Path:
        """The file; made when it is asked for, since a path takes ten times the room of its name."""
        return self.folder / self.place

    @property
    def kind(self) -> str:
        """The folder below ``records/``, such as ``film``; empty at the top."""
        return self.place.rpartition("/")[0]

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
    for one in met(folder, root=root, base=base):
        if isinstance(one, Record):
            records.append(one)
        else:
            findings.append(one)
    records.sort(key=lambda record: (record.iri, record.filename))
    return Walk(tuple(records), tuple(findings), tuple(collisions(one.filename for one in records)))


def met(folder: Path, *, root: Path, base: str) -> Iterator[Record | Diagnostic]:
    """The records below ``folder`` as they are met, and what is wrong with others; see :func:`walk`."""
    above = folder.relative_to(root).as_posix()
    above = "" if above == "." else f"{above}/"
    for place, problem in _turtle_files(os.fspath(folder)):
        filename = _printable(f"{above}{place}")
        yield _refused(filename, problem) if problem else _record(place, folder, filename, base)


def record_at(path: Path, folder: Path, *, root: Path, base: str) -> Record | None:
    """The record that a file below ``folder`` is; ``None`` if :func:`walk` would not read it as one."""
    parts = path.relative_to(folder).parts
    is_named_so = path.name.endswith(SUFFIX) and not path.name.startswith("#")
    is_hidden = any(part.startswith(".") for part in parts)
    is_linked = any((folder / Path(*parts[:end])).is_symlink() for end in range(1, len(parts)))
    place = "/".join(parts)
    if not is_named_so or is_hidden or is_linked or _problem(os.lstat, os.fspath(path)) or _bad_name(place):
        return None
    return _record(place, folder, shown(path.relative_to(root)), base)


def _record(place: str, folder: Path, filename: str, base: str) -> Record:
    relative = place.removesuffix(SUFFIX)
    written = relative if _PLAIN.fullmatch(relative) else quote(relative)
    return Record(base + written, folder, place, filename)


def collisions(filenames: Iterable[str]) -> Iterator[Diagnostic]:
    """Names that are two on Linux and one where capitals, or ways to write an accent, do not count."""
    names = list(filenames)
    if len({folded(name) for name in names}) == len(names):
        return
    first: dict[str, str] = {}
    for name in sorted(names):
        other = first.setdefault(folded(name), name)
        if other != name:
            yield Diagnostic(
                code="name-collision",
                severity=Severity.ERROR,
                message="On macOS and Windows this file and another one have the same name",
                filename=name,
                hint="rename one of them",
                notes=("whoever copies the archive there loses one of the files without a word",),
                related=(Related(message="the other file", filename=other),),
            )


def folded(filename: str) -> str:
    """What is the same for names that are one where capitals, or ways to write an accent, do not count."""
    if filename.isascii():
        return filename.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", filename).casefold())


def shown(path: Path) -> str:
    """A path as people see it: with ``/``, and with undecodable bytes and controls escaped."""
    return _printable(path.as_posix())


def _printable(place: str) -> str:
    if place.isascii() and place.isprintable():
        return place
    text = place.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def _turtle_files(folder: str) -> Iterator[tuple[str, str | None]]:
    """Every file that is called a record, and whatever hides records, with what is wrong with it.

    Files are told by their places below ``folder``. An archive has hundreds of thousands: no object is
    made for each.
    """
    unreadable: list[tuple[str, str]] = []
    yield from _below(folder, "", unreadable)
    for place, problem in unreadable:
        if place:
            yield place, f"this folder cannot be read: {problem}"


def _below(folder: str, start: str, unreadable: list[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    folders: list[tuple[str, bool]] = []
    try:
        with opened_folder(folder) as (opened, status_of):
            names, folders = _listed(opened)
            for name, is_link in folders:
                if is_link:
                    yield start + name, "this is a link to another folder; what is in it was not read"
            for name in names:
                yield start + name, _problem(status_of, name) or _bad_name(start + name)
    except OSError as error:
        unreadable.append((start.rstrip("/"), error.strerror or "unknown reason"))
        return
    for name, is_link in folders:
        if not is_link:
            yield from _below(f"{folder}/{name}", f"{start}{name}/", unreadable)


def _listed(folder: int | str) -> tuple[list[str], list[tuple[str, bool]]]:
    """What is in a folder, in order: what is called a record; and folders, and whether they are links."""
    records: list[str] = []
    folders: list[tuple[str, bool]] = []
    with os.scandir(folder) as listed:
        for entry in sorted(listed, key=attrgetter("name")):
            name = entry.name
            if _is_directory(entry):
                if not name.startswith("."):
                    folders.append((name, entry.is_symlink()))
            elif name.endswith(SUFFIX) and not name.startswith((".", "#")):
                records.append(name)
    return records, folders


def _is_directory(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


def _bad_name(place: str) -> str | None:
    return None if _is_unicode(place) else "the name of this file is not UTF-8"


def _problem(status_of: Callable[[str], os.stat_result], name: str) -> str | None:
    try:
        status = status_of(name)
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
    if name.isascii():
        return True
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(filename: str, problem: str) -> Diagnostic:
    return Diagnostic(code="not-a-record", severity=Severity.ERROR, message=problem, filename=filename)
