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
from filmld.publish.examples import Example
from filmld.publish.manifest import MANIFEST, PAGES, STORE, Entry, Manifest, entry_of, measured
from filmld.publish.output import SNAPSHOTS, forget_old, locked, point_to, put_in_place, unfinished
from filmld.publish.plan import Stored
from filmld.publish.site import Site
from filmld.publish.verify import faults

_SCRATCH = "scratch"

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build has done.

    Attributes:
        name: The snapshot's name, the hash of its content.
        folder: Where it lies.
        files: How many files its pages have.
        records: How many records it publishes.
        statements: How many statements its store holds; ``None`` if the snapshot was there already.
    """

    name: str
    folder: Path
    files: int
    records: int
    statements: int | None


def build(
    catalog: Catalog,
    output: Path,
    progress: Progress = lambda _done, _all: None,
    examples: tuple[Example, ...] = (),
    *,
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None,
) -> Built:
    """Publish a catalogue to a folder.

    Nothing in the folder changes until the new snapshot is complete and on the disk; then
    ``current`` points to it. The same records make the same snapshot: if it is there
    already, and sound, it is used again.

    Args:
        catalog: All records.
        output: The folder, which is made if it does not exist.
        progress: Told how many files have been written, and of how many.
        examples: Questions that researchers may ask.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.

    Raises:
        FilmldError: The folder cannot be used, or a record changed meanwhile. The old stays.
    """
    with locked(output, catalog.archive):
        missing = lost(published(output), (*catalog.records, *catalog.retired))
        if missing:
            raise AddressLostError(missing[0], len(missing) - 1)
        try:
            with unfinished(output) as folder:
                site = Site(catalog, examples, folder / _SCRATCH, findings)
                return _build(site, folder, output, progress)
        except OSError as error:
            raise OutputError(output, error.strerror or str(error)) from error


def _build(site: Site, folder: Path, output: Path, progress: Progress) -> Built:
    catalog = site.catalog
    pages = _write_pages(site, folder / PAGES, progress)
    shutil.rmtree(folder / _SCRATCH, ignore_errors=True)
    records = {
        record.filename: Entry(len(catalog.source(record)), catalog.digests[record.iri])
        for record in _all_records(catalog)
    }
    addresses = tuple(sorted((*catalog.records, *catalog.retired)))
    name = Manifest(pages, records).content_hash
    known = output / SNAPSHOTS / name
    statements = None
    if _is_sound(known):
        point_to(output, name)
    else:
        statements = write_store(catalog, folder / STORE)
        manifest = Manifest(measured(folder), records, addresses)
        (folder / MANIFEST).write_text(manifest.text(), encoding="utf-8")
        os.sync()
        put_in_place(folder, output, name)
    forget_old(output)
    return Built(
        name=name, folder=known, files=len(pages), records=len(catalog.records), statements=statements
    )


def _all_records(catalog: Catalog) -> list[Record]:
    return [*catalog.records.values(), *(old.record for old in catalog.retired.values())]


def _is_sound(snapshot: Path) -> bool:
    if not snapshot.is_dir():
        return False
    try:
        return not any(faults(snapshot))
    except SnapshotError:
        return False


def _write_pages(site: Site, folder: Path, progress: Progress) -> dict[str, Entry]:
    paths = site.paths()
    for done, path in enumerate(paths):
        document = site.render(path)
        if document is None:
            raise AssertionError(path)
        target = (folder / path).resolve()
        if not target.is_relative_to(folder.resolve()):
            raise AssertionError(path)
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(document, Stored):
            shutil.copyfile(document.path, target)
        else:
            target.write_bytes(document.body)
        progress(done + 1, len(paths))
    return {f"{PAGES}/{path}": entry_of(folder / path) for path in paths}
