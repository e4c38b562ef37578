"""Writing the files of a site, or taking them over from the last snapshot where nothing changes them."""

import hashlib
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from filmld.catalog.linking import link_or_copy
from filmld.errors import SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.manifest import MANIFEST, PAGES, TRACES, Entry, Manifest, entry_of, read_manifest
from filmld.publish.noted import Notes
from filmld.publish.plan import Stored
from filmld.publish.processes import shared
from filmld.publish.site import Site
from filmld.publish.traces import Traces

Progress = Callable[[int, int], None]

CHUNK: Final = 100
"""So many files are made at a time by one process; all those of a record stay together."""


class Made(NamedTuple):
    """A file that was made: its path, its size and hash, and what it has asked."""

    path: str
    entry: Entry
    asked: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """The files of a site.

    Attributes:
        entries: All of them by their paths on the site.
        made: What each has asked that was made.
        linked: How many are those of the last snapshot.
        gone: Those that are no more.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    made: dict[str, frozenset[str]] = field(default_factory=dict)
    linked: int = 0
    gone: frozenset[str] = frozenset()


class Last(NamedTuple):
    """The snapshot before: what it holds, and what of it is stale."""

    folder: Path
    manifest: Manifest
    written_at: int
    traces: Traces

    def take(self, path: str, target: Path) -> Entry | None:
        """Give a file of it another name; ``None`` if it is stale, or not what was written."""
        entry = self.manifest.files.get(f"{PAGES}/{path}")
        if entry is None or path not in self.traces.paths or path in self.traces.stale:
            return None
        source = self.folder / PAGES / path
        try:
            status = source.lstat()
        except OSError:
            return None
        is_same = status.st_size == entry.size and status.st_mtime_ns <= self.written_at
        if not (stat.S_ISREG(status.st_mode) and is_same):
            return None
        target.parent.mkdir(parents=True, exist_ok=True)
        link_or_copy(source, target)
        return entry


def last(snapshot: Path, world: str, answers: Answers) -> Last | None:
    """Look what of a snapshot can be used again; ``None`` where there is any doubt about all of it."""
    folder = snapshot.resolve()
    try:
        manifest = read_manifest(folder)
        written_at = (folder / MANIFEST).stat().st_mtime_ns
        if TRACES not in manifest.files or entry_of(folder / TRACES) != manifest.files[TRACES]:
            return None
    except (OSError, SnapshotError):
        return None
    found = traces.read(folder / TRACES, world, answers)
    return Last(folder, manifest, written_at, found) if found else None


def write_files(
    site: Site, notes: Notes, folder: Path, before: Last | None, progress: Progress, processes: int
) -> Written:
    """Write all files of a site.

    Args:
        site: The site.
        notes: What the site takes its notes with.
        folder: Where to write.
        before: The last snapshot.
        progress: Told how many files are there, and of how many.
        processes: How many processes may work at it.

    Raises:
        OSError: The folder cannot be written.
    """
    paths = site.all_paths()
    folder.mkdir(parents=True, exist_ok=True)
    entries: dict[str, Entry] = {}
    if before:
        taken = ((path, before.take(path, folder / path)) for path in paths)
        entries = {path: entry for path, entry in taken if entry}
    linked = len(entries)
    if linked:
        progress(linked, len(paths))
    made: dict[str, frozenset[str]] = {}
    chunks = _chunks(site, [path for path in paths if path not in entries])
    for one in shared(lambda chunk: [_make(site, notes, folder, path) for path in chunk], chunks, processes):
        entries[one.path] = one.entry
        made[one.path] = one.asked
        progress(len(entries), len(paths))
    gone = before.traces.paths - set(paths) if before else frozenset()
    return Written(entries={path: entries[path] for path in paths}, made=made, linked=linked, gone=gone)


def _make(site: Site, notes: Notes, folder: Path, path: str) -> Made:
    with notes.of_one_file() as asked:
        document = site.render(path)
    if document is None or path.startswith("/") or ".." in path.split("/"):
        raise AssertionError(path)
    target = folder / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(document, Stored):
        shutil.copyfile(document.path, target)
        return Made(path, entry_of(target), frozenset(asked))
    target.write_bytes(document.body)
    entry = Entry(len(document.body), hashlib.sha256(document.body).hexdigest())
    return Made(path, entry, frozenset(asked))


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
