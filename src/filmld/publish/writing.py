"""Writing the files of a site, or taking them over from the last snapshot where nothing changes them."""

import hashlib
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Final

from filmld.catalog.linking import link_or_copy
from filmld.errors import SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.listing import Entry, Listing
from filmld.publish.manifest import (
    MANIFEST,
    PAGES,
    PIECES,
    TRACES,
    Manifest,
    entry_of,
    read_draft,
    read_manifest,
)
from filmld.publish.noted import Notes
from filmld.publish.pieces import is_piece
from filmld.publish.plan import Document, File, Stored
from filmld.publish.processes import beside, shared
from filmld.publish.search import KEYS
from filmld.publish.search_index import FOLDER as SEARCH
from filmld.publish.site import Site
from filmld.publish.traces import Traces
from filmld.publish.tree import Held, remove, take_over
from filmld.tuples import NamedTuple

Progress = Callable[[int, int], None]
Taken = Callable[[], frozenset[str]]
"""Waits until the files of the last snapshot are in the new one, and says which are not."""

_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC

OF_PIECES: Final = f"{PIECES}:"
"""What traces put before the names of pieces; those of all other files are their paths."""

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
        files: All of them by their paths in the snapshot.
        made: What each has asked that was made, by the name that traces give it.
        gone: Those of the last snapshot that are no more, by the name that traces give them.
        linked: How many are those of the last snapshot.
        answered: The hashes of answers to what was asked, but for those that are known to be what they were.
    """

    files: Listing
    made: dict[str, frozenset[str]] = field(default_factory=dict)
    gone: frozenset[str] = frozenset()
    linked: int = 0
    answered: dict[str, str] = field(default_factory=dict)


class Last(NamedTuple):
    """The snapshot before: what it holds, what of it is stale, and what of it is in the new one by now."""

    folder: Path
    manifest: Manifest
    traces: Traces
    taken: Taken


class Moved(NamedTuple):
    """Paths in a folder of a snapshot that are new, and those that are no more."""

    come: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()


class _Work(NamedTuple):
    """Files to write.

    Attributes:
        folder: The folder of a snapshot that they are in.
        moved: Says which of them come and go, by those that were there.
        make: Makes one.
        divided: Divides the work.
        notes: Takes note of what is asked meanwhile.
        answers: Answers it once more.
        prefix: What traces put before their paths.
    """

    folder: str
    moved: Callable[[Listing], Moved]
    make: Callable[[str], File | None]
    divided: Callable[[Sequence[str]], list[list[str]]]
    notes: Notes
    answers: Answers
    prefix: str = ""


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


@contextmanager
def taking_over(known: Former, target: Path, spare: Path | None, processes: int) -> Iterator[Taken]:
    """Have the files of a snapshot in a new one, while other work goes on.

    Args:
        known: The snapshot.
        target: The folder of the new one.
        spare: A snapshot that is not needed any more; what it has of the same files stays where it is.
        processes: How many processes may work at the same time.
    """
    pages = Held(known.folder, known.manifest.files.below(PAGES), known.written_at)
    pieces = pages._replace(files=_pieces(known.manifest))

    def take() -> list[str]:
        others = take_over(pieces, target, PIECES)
        return [*take_over(pages, target, PAGES, _spare(spare) if spare else None), *others]

    with beside(take, processes) as taken:
        yield cache(lambda: frozenset(taken()))


def _spare(folder: Path) -> Held | None:
    try:
        files = read_draft(folder).files.below(PAGES)
        return Held(folder, files, (folder / MANIFEST).stat().st_mtime_ns)
    except (OSError, SnapshotError):
        return None


def last(
    known: Former, world: str, answers: Answers, taken: Taken, choose: traces.Choose | None = None
) -> Last | None:
    """Look what of a snapshot is stale.

    Args:
        known: The snapshot.
        world: What all files depend on.
        answers: Answers what files have asked.
        taken: Waits for its files.
        choose: Says which answers can be others than before; all are compared if it is not given.
    """
    found = traces.read(known.folder / TRACES, world, answers, choose)
    return Last(known.folder, known.manifest, found, taken) if found else None


def with_pieces(known: Last, answers: Answers) -> Last:
    """Look what is stale because pieces are, once these are written."""
    return known._replace(traces=traces.with_pieces(known.folder / TRACES, known.traces, answers))


def write_files(
    site: Site,
    notes: Notes,
    answers: Answers,
    snapshot: Path,
    before: Last | None,
    progress: Progress,
    processes: int,
) -> Written:
    """Write all files of a site.

    Args:
        site: The site.
        notes: What the site takes its notes with.
        answers: Answers them once more.
        snapshot: The folder of the new snapshot.
        before: The last snapshot, whose files are in the new one.
        progress: Told how many files are there, and of how many.
        processes: How many processes may work at it.

    Raises:
        OSError: The folder cannot be written.
    """
    chunks = partial(_chunks, site)
    stay = before is not None and site.plan.remembered.stay
    moved = partial(_moved, site) if stay else partial(_compared, site.all_paths())
    work = _Work(PAGES, moved, site.render, chunks, notes, answers)
    return _write(work, snapshot, before, progress, processes)


def write_pieces(
    site: Site, notes: Notes, answers: Answers, snapshot: Path, before: Last | None, processes: int
) -> Written:
    """Write the pieces that dumps are put together from, and have them used.

    Args:
        site: The site that has the dumps.
        notes: What the site takes its notes with.
        answers: Answers them once more.
        snapshot: The folder of the new snapshot.
        before: The last snapshot, whose pieces are in the new one.
        processes: How many processes may work at it.

    Raises:
        OSError: The folder cannot be written.
    """
    dumps = site.dumps
    by_name = {chunk.name: chunk for chunk in dumps.chunks}
    work = _Work(
        PIECES,
        partial(_compared, by_name.keys()),
        lambda name: Document(dumps.piece(by_name[name]), ""),
        lambda names: [[name] for name in names],
        notes,
        answers,
        OF_PIECES,
    )
    written = _write(work, snapshot, before, lambda _done, _all: None, processes)
    dumps.keep_apart(hashlib.sha256(written.files.text).hexdigest())
    return written


def _write(work: _Work, snapshot: Path, before: Last | None, progress: Progress, processes: int) -> Written:
    folder = snapshot / work.folder
    listed = _listed(work, before)
    moved = work.moved(listed)
    stale = _stale(work, before) if before else frozenset[str]()
    missing = sorted(moved.come | (stale - moved.gone))
    remove(folder, moved.gone)
    _make_folders(folder, missing)
    count = len(listed) - len(moved.gone) + len(moved.come)
    linked = count - len(missing)
    if linked:
        progress(linked, count)
    entries: dict[str, Entry | None] = {f"{work.folder}/{path}": None for path in moved.gone}
    made: dict[str, frozenset[str]] = {}
    answered: dict[str, str] = {}
    maker = _Maker(work, folder, before.traces if before else None)
    chunks = work.divided(missing)
    for one in shared(lambda chunk: [maker.make(path) for path in chunk], chunks, processes):
        entries[f"{work.folder}/{one.path}"] = one.entry
        made[work.prefix + one.path] = one.asked
        answered.update(one.answered)
        progress(linked + len(made), count)
    return Written(
        files=listed.edited(entries),
        made=made,
        gone=frozenset(work.prefix + path for path in moved.gone),
        linked=linked,
        answered=answered,
    )


def _moved(site: Site, listed: Listing) -> Moved:
    """What comes and goes of the index of names, where all else stays."""
    if site.plan.remembered.names is not None:
        return Moved()
    names = listed.below(f"{PAGES}/{SEARCH}")
    return _compared((KEYS, *site.plan.entries.paths), names)


def _compared(paths: Collection[str], listed: Listing) -> Moved:
    wanted, known = frozenset(paths), frozenset(path.partition("/")[2] for path in listed)
    return Moved(come=wanted - known, gone=known - wanted)


def _listed(work: _Work, before: Last | None) -> Listing:
    """The files of the last snapshot that could be taken over."""
    if before is None:
        return Listing()
    return _pieces(before.manifest) if work.folder == PIECES else before.manifest.files.below(work.folder)


def _pieces(manifest: Manifest) -> Listing:
    """All pieces, without what was made of them."""
    found = manifest.files.below(PIECES)
    return found.edited({path: None for path in found if not is_piece(path)})


def _stale(work: _Work, before: Last) -> frozenset[str]:
    """What of them is to be made anew, by its path in the folder."""
    missing = (path.partition("/") for path in before.taken())
    names = (name for name in before.traces.stale if name.startswith(OF_PIECES) == bool(work.prefix))
    stale = (name.removeprefix(work.prefix) for name in names)
    return frozenset([*stale, *(path for folder, _, path in missing if folder == work.folder)])


def _make_folders(folder: Path, paths: Iterable[str]) -> None:
    for name in sorted({path.rpartition("/")[0] for path in paths}):
        (folder / name).mkdir(parents=True, exist_ok=True)


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
