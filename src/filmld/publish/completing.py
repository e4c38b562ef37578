"""What completes a snapshot besides its pages: store, traces, manifest; then all of it is put in place."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog
from filmld.catalog.kept import write_kept
from filmld.catalog.store import Stored, write_store
from filmld.catalog.texts import Texts
from filmld.errors import SnapshotError
from filmld.publish.listing import Entry, Listing
from filmld.publish.manifest import (
    KEPT,
    MANIFEST,
    PAGES,
    STORE,
    TRACES,
    Manifest,
    entry_of,
    measured,
    read_manifest,
)
from filmld.publish.output import CURRENT, SNAPSHOTS, forget_old, point_to, put_in_place
from filmld.publish.processes import beside
from filmld.publish.verify import check_store, faults
from filmld.publish.writing import OF_PIECES, Last, Written
from filmld.tuples import NamedTuple


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


class Made(NamedTuple):
    """What has been made of a snapshot: from which inputs, its files, and its name."""

    inputs: str
    pages: Written
    pieces: Written
    name: str | None = None

    @property
    def gone(self) -> frozenset[str]:
        """What is no more, by the name that traces give it."""
        return self.pages.gone | self.pieces.gone


def as_before(output: Path, manifest: Manifest) -> Built:
    """What a build has done that has found nothing to do."""
    folder = (output / CURRENT).resolve()
    files = len(manifest.files.below(PAGES))
    return Built(
        name=folder.name,
        folder=folder,
        files=files,
        written=0,
        linked=files,
        removed=0,
        records=manifest.in_use,
        statements=None,
        replaced=None,
    )


@contextmanager
def stored(
    catalog: Catalog, folder: Path, before: Last | None, processes: int
) -> Iterator[Callable[[], Stored]]:
    """Write the store, and what is kept of records for the next build; whole ones beside the pages."""
    if isinstance(catalog, FormerCatalog):
        yield partial(_edited_store, catalog, folder)
    elif before:  # of whose store most can be used
        yield partial(_written_store, catalog, folder, _sound_store(before))
    else:
        with beside(partial(_written_store, catalog, folder), processes) as store:
            yield store


def _edited_store(catalog: FormerCatalog, folder: Path) -> Stored:
    stored = catalog.finish(folder / STORE)
    catalog.keep(folder / KEPT)
    return stored


def _written_store(catalog: Catalog, folder: Path, before: Last | None = None) -> Stored:
    shutil.rmtree(folder / STORE, ignore_errors=True)  # of a process that did not come to an end
    (folder / KEPT).unlink(missing_ok=True)
    stored = write_store(catalog, folder / STORE, before.folder / STORE if before else None)
    write_kept(catalog, folder / KEPT, len(catalog.tallies()))
    return stored


def finished(
    catalog: Catalog,
    made: Made,
    write_traces: Callable[[Path], None],
    store: Callable[[], Stored],
    folder: Path,
    output: Path,
    before: Last | None,
) -> Built:
    """Add to the pages what belongs to them, and put all in place.

    Args:
        catalog: All records.
        made: What has been made.
        write_traces: Writes what the pages were made from.
        store: Waits for the store.
        folder: Where they were written.
        output: Where all snapshots are.
        before: The snapshot before, if anything of it can be used.
    """
    records = Listing.of(
        (record.filename, Entry(catalog.size(record), catalog.digests[record.iri]))
        for record in all_records(catalog)
    )
    name = Manifest(made.pages.files, records).content_hash
    made = made._replace(name=name)
    known = output / SNAPSHOTS / name
    done = None
    if _is_sound(known):
        _renew(known, catalog, made, write_traces, folder)
        point_to(output, name)
    else:
        write_traces(folder / TRACES)
        done = store()
        _write_manifest(folder, catalog, made, records, before)
        os.sync()
        put_in_place(folder, output, name)
    forget_old(output)
    return Built(
        name=name,
        folder=known,
        files=len(made.pages.files),
        written=len(made.pages.made),
        linked=made.pages.linked,
        removed=sum(not path.startswith(OF_PIECES) for path in made.gone),
        records=len(catalog.records),
        statements=done.statements if done else None,
        replaced=done.replaced if done else None,
    )


def _write_manifest(
    folder: Path, catalog: Catalog, made: Made, records: Listing, before: Last | None
) -> None:
    files = made.pages.files.edited(measured(folder, before))
    manifest = Manifest(files, records, addresses(catalog), made.inputs, len(catalog.records))
    manifest.write(folder, made.name)


def _renew(
    known: Path, catalog: Catalog, made: Made, write_traces: Callable[[Path], None], folder: Path
) -> None:
    """Say of a snapshot that is there already what it was made from this time; its lists stay."""
    manifest = read_manifest(known)
    if manifest.inputs == made.inputs:
        return
    write_traces(folder / TRACES)
    files = manifest.files.edited({TRACES: entry_of(folder / TRACES)})
    renewed = replace(manifest, files=files, inputs=made.inputs, published=addresses(catalog))
    renewed.write_head(folder, made.name)
    for name in (TRACES, MANIFEST):
        (folder / name).replace(known / name)
    os.sync()


def addresses(records: Texts | Catalog) -> tuple[str, ...]:
    """The IRIs of all records, in use or not, sorted."""
    if isinstance(records, Texts):
        return tuple(sorted(text.record.iri for text in records.all))
    return tuple(sorted((*records.records, *records.retired)))


def all_records(catalog: Catalog) -> list[Record]:
    """All records, in use or not."""
    return [*catalog.records.values(), *(old.record for old in catalog.retired.values())]


def _sound_store(before: Last) -> Last | None:
    """A snapshot, if its store is as it was written."""
    try:
        check_store(before.folder, before.manifest)
    except SnapshotError:
        return None
    return before


def _is_sound(snapshot: Path) -> bool:
    if not snapshot.is_dir():
        return False
    try:
        return not any(faults(snapshot))
    except SnapshotError:
        return False
