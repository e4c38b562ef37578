"""A build: everything a static host and a server need, written aside and put in place in one step."""

import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from filmld.archive import Record
from filmld.archive.published import lost, published
from filmld.catalog import Catalog
from filmld.catalog.store import write_store
from filmld.diagnostics import Diagnostic
from filmld.errors import AddressLostError, OutputError, SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.examples import Example
from filmld.publish.manifest import MANIFEST, PAGES, STORE, TRACES, Entry, Manifest, measured
from filmld.publish.noted import Notes
from filmld.publish.output import CURRENT, SNAPSHOTS, forget_old, locked, point_to, put_in_place, unfinished
from filmld.publish.processes import cores
from filmld.publish.site import Site
from filmld.publish.verify import check_store, faults
from filmld.publish.world import world
from filmld.publish.writing import Last, Progress, Written, last, write_files

_SCRATCH = "scratch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build has done.

    Attributes:
        name: The snapshot's name, the hash of its content.
        folder: Where it lies.
        files: How many files its pages have.
        written: How many of them were written.
        linked: How many are those of the snapshot before, under another name.
        removed: How many files of the snapshot before are no more.
        records: How many records it publishes.
        statements: How many statements its store holds; ``None`` if the snapshot was there already.
        replaced: How many records were replaced in the store of the snapshot before; ``None`` if the
            store was not made from that.
    """

    name: str
    folder: Path
    files: int
    written: int
    linked: int
    removed: int
    records: int
    statements: int | None
    replaced: int | None


def build(
    catalog: Catalog,
    output: Path,
    progress: Progress = lambda _done, _all: None,
    examples: tuple[Example, ...] = (),
    *,
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None,
    full: bool = False,
    processes: int | None = None,
) -> Built:
    """Publish a catalogue to a folder.

    Nothing in the folder changes until the new snapshot is complete and on the disk; then
    ``current`` points to it. The same records make the same snapshot: if it is there
    already, and sound, it is used again. Only those files are written that depend on something
    that has changed since the current snapshot; all others are hard links to its files.

    Args:
        catalog: All records.
        output: The folder, which is made if it does not exist.
        progress: Told how many files have been written, and of how many.
        examples: Questions that researchers may ask.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
        full: Write all files, whatever the current snapshot holds.
        processes: How many processes may work at it; as many as there are cores if not given.

    Raises:
        FilmldError: The folder cannot be used, or a record changed meanwhile. The old stays.
    """
    with locked(output, catalog.archive):
        missing = lost(published(output), (*catalog.records, *catalog.retired))
        if missing:
            raise AddressLostError(missing[0], len(missing) - 1)
        try:
            with unfinished(output) as folder:
                notes = Notes()
                site = Site(catalog, examples, folder / _SCRATCH, findings, notes)
                answers, same = Answers(site.plan), world(site.plan)
                before = None if full else last(output / CURRENT, same, answers)
                written = write_files(site, notes, folder / PAGES, before, progress, processes or cores())
                shutil.rmtree(folder / _SCRATCH, ignore_errors=True)

                def write_traces(file: Path) -> None:
                    known = (before.folder / TRACES, before.traces) if before else None
                    traces.write(file, same, written.made, answers, known, written.gone)

                return _finished(catalog, written, write_traces, folder, output, _sound_store(before))
        except OSError as error:
            raise OutputError(output, error.strerror or str(error)) from error


def _finished(
    catalog: Catalog,
    written: Written,
    write_traces: Callable[[Path], None],
    folder: Path,
    output: Path,
    before: Last | None,
) -> Built:
    """Add to the pages what belongs to them, and put all in place.

    Args:
        catalog: All records.
        written: The pages.
        write_traces: Writes what they were made from.
        folder: Where they were written.
        output: Where all snapshots are.
        before: A snapshot whose store can be used.
    """
    pages = {f"{PAGES}/{path}": entry for path, entry in written.entries.items()}
    records = {
        record.filename: Entry(len(catalog.source(record)), catalog.digests[record.iri])
        for record in _all_records(catalog)
    }
    name = Manifest(pages, records).content_hash
    known = output / SNAPSHOTS / name
    stored = None
    if _is_sound(known):
        point_to(output, name)
    else:
        stored = write_store(catalog, folder / STORE, before.folder / STORE if before else None)
        write_traces(folder / TRACES)
        files = pages | measured(folder, before)
        addresses = tuple(sorted((*catalog.records, *catalog.retired)))
        (folder / MANIFEST).write_text(Manifest(files, records, addresses).text(), encoding="utf-8")
        os.sync()
        put_in_place(folder, output, name)
    forget_old(output)
    return Built(
        name=name,
        folder=known,
        files=len(pages),
        written=len(written.made),
        linked=written.linked,
        removed=len(written.gone),
        records=len(catalog.records),
        statements=stored.statements if stored else None,
        replaced=stored.replaced if stored else None,
    )


def _sound_store(before: Last | None) -> Last | None:
    """A snapshot, if its store is as it was written."""
    try:
        if before:
            check_store(before.folder)
    except SnapshotError:
        return None
    return before


def _all_records(catalog: Catalog) -> list[Record]:
    return [*catalog.records.values(), *(old.record for old in catalog.retired.values())]


def _is_sound(snapshot: Path) -> bool:
    if not snapshot.is_dir():
        return False
    try:
        return not any(faults(snapshot))
    except SnapshotError:
        return False
