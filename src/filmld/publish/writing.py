"""Writing the files of a site, or taking them over from the last snapshot where nothing changes them."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple

from filmld.catalog.linking import link_or_copy
from filmld.errors import SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.manifest import MANIFEST, PAGES, PIECES, TRACES, Entry, Manifest, entry_of, read_manifest
from filmld.publish.noted import Notes
from filmld.publish.pieces import Kept
from filmld.publish.plan import Document, File, Stored
from filmld.publish.processes import shared
from filmld.publish.site import Site
from filmld.publish.traces import Traces
from filmld.publish.tree import Tree

Progress = Callable[[int, int], None]

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC

CHUNK: Final = 100
"""So many files are made at a time by one process; all those of a record stay together."""


class Made(NamedTuple):
    """A file that was made: its path, its size and hash, what it has asked, and answers to that.

    Of the answers there are only those that no file has asked for before, in the same process, and that are
    not known to be what they were.
    """

    path: str
    entry: Entry
    asked: frozenset[str]
    answered: dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files of a site.

    Attributes:
        entries: All of them by their paths in the snapshot.
        made: What each has asked that was made, by the name that traces give it.
        linked: How many are those of the last snapshot.
        answered: The hashes of answers to what was asked, but for those that are known to be what they were.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    made: dict[str, frozenset[str]] = field(default_factory=dict)
    linked: int = 0
    answered: dict[str, str] = field(default_factory=dict)


class Last(NamedTuple):
    """The snapshot before: what it holds, and what of it is stale."""

    folder: Path
    manifest: Manifest
    written_at: int
    traces: Traces

    def take(self, folder: str, name: str, target: Tree, traced: str) -> Entry | None:
        """Give a file of it another name; ``None`` if it is stale, or not what was written.

        Args:
            folder: The folder of the snapshot that the file is in.
            name: Its path there, and where it is to be.
            target: The folder where it is to be.
            traced: What traces call it.
        """
        entry = self.manifest.files.get(f"{folder}/{name}")
        if entry is None or traced not in self.traces.paths or traced in self.traces.stale:
            return None
        source = f"{self.folder}/{folder}/{name}"
        try:
            status = os.lstat(source)
        except OSError:
            return None
        is_same = status.st_size == entry.size and status.st_mtime_ns <= self.written_at
        if not (stat.S_ISREG(status.st_mode) and is_same):
            return None
        target.take(name, source, status)
        return entry


class _Work(NamedTuple):
    """Files to write.

    Attributes:
        folder: The folder of a snapshot that they are in.
        paths: Their paths there.
        make: Makes one.
        divided: Divides the work.
        notes: Takes note of what is asked meanwhile.
        answers: Answers it once more.
        prefix: What traces put before their paths.
        spare: A folder of such files that is not needed any more.
    """

    folder: str
    paths: Sequence[str]
    make: Callable[[str], File | None]
    divided: Callable[[Sequence[str]], list[list[str]]]
    notes: Notes
    answers: Answers
    prefix: str = ""
    spare: Path | None = None


class Former(NamedTuple):
    """The snapshot before, whose manifest and traces are as they were written, of the same world."""

    folder: Path
    manifest: Manifest
    written_at: int


def former(snapshot: Path, world: str) -> Former | None:
    """Look whether anything of a snapshot can be used; ``None`` where there is any doubt about all of it."""
    folder = snapshot.resolve()
    try:
        manifest = read_manifest(folder)
        written_at = (folder / MANIFEST).stat().st_mtime_ns
        is_sound = TRACES in manifest.files and entry_of(folder / TRACES) == manifest.files[TRACES]
    except (OSError, SnapshotError):
        return None
    is_sound = is_sound and traces.world_of(folder / TRACES) == world
    return Former(folder, manifest, written_at) if is_sound else None


def last(known: Former, world: str, answers: Answers, choose: traces.Choose | None = None) -> Last | None:
    """Look what of a snapshot is stale.

    Args:
        known: The snapshot.
        world: What all files depend on.
        answers: Answers what files have asked.
        choose: Says which answers can be others than before; all are compared if it is not given.
    """
    found = traces.read(known.folder / TRACES, world, answers, choose)
    return Last(*known, found) if found else None


def write_files(
    site: Site,
    notes: Notes,
    snapshot: Path,
    before: Last | None,
    progress: Progress,
    processes: int,
    spare: Path | None = None,
) -> Written:
    """Write all files of a site.

    Args:
        site: The site.
        notes: What the site takes its notes with.
        snapshot: The folder of the new snapshot.
        before: The last snapshot.
        progress: Told how many files are there, and of how many.
        processes: How many processes may work at it.
        spare: A snapshot that is not needed any more; what it has of the same files is moved.

    Raises:
        OSError: The folder cannot be written.
    """
    work = _Work(
        PAGES,
        site.all_paths(),
        site.render,
        partial(_chunks, site),
        notes,
        Answers(site.plan),
        spare=spare / PAGES if spare else None,
    )
    return _write(work, snapshot, before, progress, processes)


def write_pieces(site: Site, notes: Notes, snapshot: Path, before: Last | None, processes: int) -> Written:
    """Write the pieces that dumps are put together from, and have them used.

    Args:
        site: The site that has the dumps.
        notes: What the site takes its notes with.
        snapshot: The folder of the new snapshot.
        before: The last snapshot.
        processes: How many processes may work at it.

    Raises:
        OSError: The folder cannot be written.
    """
    dumps = site.dumps
    by_name = {chunk.name: chunk for chunk in dumps.chunks}
    work = _Work(
        PIECES,
        tuple(by_name),
        lambda name: Document(dumps.piece(by_name[name]), ""),
        lambda names: [[name] for name in names],
        notes,
        Answers(site.plan),
        f"{PIECES}:",
    )
    written = _write(work, snapshot, before, lambda _done, _all: None, processes)
    dumps.keep(Kept(snapshot / PIECES, before.folder / PIECES if before else None))
    return written


def _write(work: _Work, snapshot: Path, before: Last | None, progress: Progress, processes: int) -> Written:
    tree = Tree(snapshot / work.folder, work.spare)
    tree.make_folders(work.paths)
    entries = dict(_taken(work, before, tree)) if before else {}
    tree.clear()
    linked = len(entries)
    if linked:
        progress(linked, len(work.paths))
    made: dict[str, frozenset[str]] = {}
    answered: dict[str, str] = {}
    maker = _Maker(work, tree.folder, before.traces if before else None)
    chunks = work.divided([path for path in work.paths if path not in entries])
    for one in shared(lambda chunk: [maker.make(path) for path in chunk], chunks, processes):
        entries[one.path] = one.entry
        made[work.prefix + one.path] = one.asked
        answered.update(one.answered)
        progress(len(entries), len(work.paths))
    return Written(
        entries={f"{work.folder}/{path}": entries[path] for path in work.paths},
        made=made,
        linked=linked,
        answered=answered,
    )


def _taken(work: _Work, before: Last, tree: Tree) -> Iterator[tuple[str, Entry]]:
    for path in work.paths:
        entry = before.take(work.folder, path, tree, work.prefix + path)
        if entry:
            yield path, entry


class _Maker:
    """Makes files, each process with a copy of it."""

    def __init__(self, work: _Work, folder: Path, before: Traces | None) -> None:
        self._work = work
        self._folder = folder
        self._before = before
        self._answered: set[str] = set()

    def make(self, path: str) -> Made:
        """Make a file."""
        with self._work.notes.of_one_file() as asked:
            document = self._work.make(path)
        if document is None or path.startswith("/") or ".." in path.split("/"):
            raise AssertionError(path)
        entry = self._written(path, document)
        new = asked - self._answered
        self._answered |= new
        unsettled = (each for each in new if not (self._before and self._before.settles(each)))
        answered = {each: self._work.answers.digest(each) for each in unsettled}
        return Made(path, entry, frozenset(asked), answered)

    def _written(self, path: str, document: File) -> Entry:
        if isinstance(document, Stored):
            target = self._folder / path
            target.unlink(missing_ok=True)
            link_or_copy(document.path, target)  # whoever made it never writes to it again
            sha256 = document.sha256
            return Entry(target.stat().st_size, sha256) if sha256 else entry_of(target)
        _put(f"{self._folder}/{path}", document.body)
        return Entry(len(document.body), hashlib.sha256(document.body).hexdigest())


def _put(path: str, data: bytes) -> None:
    """Write a file of which there are a hundred thousand: without what a stream costs.

    The name is new, or is given up first, as by a process that did not come to an end: a file that another
    snapshot has, too, is never written to.
    """
    try:
        descriptor = os.open(path, _NEW, 0o666)
    except FileExistsError:
        os.unlink(path)  # noqa: PTH108
        descriptor = os.open(path, _NEW, 0o666)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)


def _chunks(site: Site, paths: Sequence[str]) -> list[list[str]]:
    """Divide the work: first what is made of all records in one go, then record by record."""
    large = [path for path in paths if site.is_of_all(path)]
    rest = sorted(
        (path for path in paths if not site.is_of_all(path)), key=lambda path: (_thing(site, path), path)
    )
    chunks = [large] if large else []
    for group in _grouped(site, rest):
        if len(chunks) > bool(large) and len(chunks[-1]) < CHUNK:
            chunks[-1] += group
        else:
            chunks.append(list(group))
    return chunks


def _grouped(site: Site, paths: Iterable[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for path in paths:
        if group and _thing(site, group[0]) != _thing(site, path):
            yield group
            group = []
        group.append(path)
    if group:
        yield group


def _thing(site: Site, path: str) -> str:
    """What all files of a record have in common."""
    first, _, rest = path.partition("/")
    plain = rest if first == "embed" or first in site.plan.languages[1:] else path
    folder, slash, name = plain.rpartition("/")
    return folder + slash + name.partition(".")[0]
