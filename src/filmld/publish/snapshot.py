"""A build: everything a static host and a server need, written aside and put in place in one step."""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from filmld.archive import Archive, Record
from filmld.archive.published import lost, published
from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog, Left
from filmld.catalog.kept import write_kept
from filmld.catalog.store import Stored, write_store
from filmld.catalog.texts import Texts
from filmld.diagnostics import Diagnostic
from filmld.errors import AddressLostError, OutputError, SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.concerning import concerning
from filmld.publish.examples import Example
from filmld.publish.inputs import Inputs, same
from filmld.publish.listing import Entry, Listing
from filmld.publish.manifest import (
    KEPT,
    MANIFEST,
    PAGES,
    PIECES,
    STORE,
    TRACES,
    Manifest,
    entry_of,
    measured,
    read_manifest,
)
from filmld.publish.noted import Notes, unnoted
from filmld.publish.output import (
    CURRENT,
    SNAPSHOTS,
    forget_old,
    locked,
    point_to,
    put_in_place,
    spare,
    unfinished,
)
from filmld.publish.pages.sparql import DERIVED_DUMP
from filmld.publish.pieces import Kept
from filmld.publish.plan import Plan
from filmld.publish.processes import beside, cores
from filmld.publish.remembered import NOTHING, Remembered
from filmld.publish.site import Site
from filmld.publish.traces import World
from filmld.publish.verify import check_store, faults
from filmld.publish.world import world
from filmld.publish.writing import (
    Former,
    Last,
    Progress,
    Taken,
    Written,
    former,
    last,
    taking_over,
    with_pieces,
    write_files,
    write_pieces,
)

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


class Unanswered(NamedTuple):
    """Questions that are answered once the records are read.

    Attributes:
        examples: The questions.
        answer: Answers all of them.
    """

    examples: tuple[Example, ...]
    answer: Callable[[Catalog], tuple[Example, ...]]


class _Made(NamedTuple):
    """What has been made of a snapshot: from which inputs, its files, and its name."""

    inputs: str
    pages: Written
    pieces: Written
    name: str | None = None

    @property
    def gone(self) -> frozenset[str]:
        """What is no more, by the name that traces give it."""
        return self.pages.gone | self.pieces.gone


def build(
    source: Archive | Texts | Catalog,
    output: Path,
    progress: Progress = lambda _done, _all: None,
    examples: tuple[Example, ...] | Unanswered = (),
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
        source: All records; or the archive, or its texts, of which only those records are parsed that have
            changed since the current snapshot, where that can be told.
        output: The folder, which is made if it does not exist.
        progress: Told how many files have been written, and of how many.
        examples: Questions that researchers may ask, with their answers, or how these are found.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
        full: Write all files, whatever the current snapshot holds.
        processes: How many processes may work at it; as many as there are cores if not given.

    Raises:
        FilmldError: The folder cannot be used, or a record changed meanwhile. The old stays.
    """
    texts = Texts(source) if isinstance(source, Archive) else source
    archive = texts.archive
    if isinstance(texts, Texts) and (full or not (output / CURRENT).exists()):
        texts = Catalog.load(archive)  # before the folder is made, in which nothing is left to go by
    questions = examples if isinstance(examples, Unanswered) else Unanswered(examples, lambda _: examples)
    shared = world(archive, questions.examples, has_findings=findings is not None)
    with locked(output, archive), ExitStack() as stack:
        if not full and isinstance(texts, Catalog):
            known = _same(texts, output, Inputs(archive, questions.examples, findings))
            if known:
                return _as_before(output, known)
        try:
            count = processes or cores()
            usable = None if full else former(output / CURRENT, shared)
            folder = stack.enter_context(unfinished(output))
            taken = stack.enter_context(_taking_over(usable, folder, output, count))
            catalog = stack.enter_context(_read(texts, usable, folder))
            missing = lost(published(output), (*catalog.records, *catalog.retired))
            if missing:
                raise AddressLostError(missing[0], len(missing) - 1)
            answered = questions.answer(catalog)
            inputs = Inputs(archive, answered, findings).of_catalog(catalog)
            notes = Notes()
            left = _remembered(usable, catalog)
            site = Site(catalog, answered, folder / _SCRATCH, findings, notes, remembered=left)
            site.dumps.keep(Kept(folder / PIECES, usable.folder / PIECES if usable else None))
            answers = Answers(site.plan, site.dumps)
            before = _before(usable, shared, site.plan, answers, taken, folder)
            site.all_paths()  # known before there is a second process, which keeps what is known
            store = stack.enter_context(_stored(catalog, folder, before, count))
            pieces = write_pieces(site, notes, answers, folder, before, count)
            before = before and with_pieces(before, answers)
            written = write_files(site, notes, answers, folder, before, progress, count)
            site.dumps.keep_for_later()
            shutil.rmtree(folder / _SCRATCH, ignore_errors=True)
            made = _Made(inputs, written, pieces)
            write_traces = partial(
                traces.write,
                world=World(shared, answers.sources()),
                made={**written.made, **pieces.made},
                answers=traces.Answered(pieces.answered | written.answered, answers.digest),
                before=(before.folder / TRACES, before.traces) if before else None,
                gone=made.gone,
                remembered=left.texts(site.plan.overview.noted(unnoted), site.plan.entries),
            )
            return _finished(catalog, made, write_traces, store, folder, output, before)
        except OSError as error:
            raise OutputError(output, error.strerror or str(error)) from error


@contextmanager
def _taking_over(usable: Former | None, folder: Path, output: Path, processes: int) -> Iterator[Taken]:
    """Have the files of the current snapshot, if it can be used."""
    if usable is None:
        yield frozenset
        return
    with taking_over(usable, folder, spare(output), processes) as taken:
        yield taken


def _remembered(usable: Former | None, catalog: Catalog) -> Remembered:
    if usable is None:
        return NOTHING
    return Remembered.of(catalog, usable.manifest.files, traces.remembered(usable.folder / TRACES))


def _before(
    usable: Former | None, shared: str, plan: Plan, answers: Answers, taken: Taken, folder: Path
) -> Last | None:
    """What of the current snapshot is stale; ``None``, and nothing of it, if nothing can be used."""
    choose = _choice(plan, answers)
    before = last(usable, shared, answers, taken, choose) if usable else None
    if usable and before is None:
        taken()
        for name in (PAGES, PIECES):
            shutil.rmtree(folder / name)
    return before


def _same(catalog: Catalog, output: Path, inputs: Inputs) -> Manifest | None:
    """The manifest of the current snapshot, if it is of the same."""
    known = same((output / CURRENT).resolve(), inputs.of_catalog(catalog))
    if known:
        for record in _all_records(catalog):
            catalog.source(record)  # which says so if it has changed meanwhile
    return known


@contextmanager
def _read(source: Texts | Catalog, usable: Former | None, folder: Path) -> Iterator[Catalog]:
    """All records, of which only those are read that have changed since the current snapshot, if possible.

    Args:
        source: They, or where they are.
        usable: The current snapshot, if it can be used.
        folder: Where the new one is written.
    """
    if isinstance(source, Catalog):
        yield source
        return
    left = _left(usable) if usable else None
    catalog = FormerCatalog.made(source, left, folder / STORE) if left else None
    if catalog is None:
        yield Catalog.load(source.archive)
        return
    try:
        yield catalog
    finally:
        catalog.close()


def _left(known: Former) -> Left | None:
    """What a snapshot has left that records can be known by, if all of it is as it was written."""
    folder, facts = known.folder, f"{PAGES}/{DERIVED_DUMP}"
    try:
        check_store(folder, known.manifest)
        is_sound = all(entry_of(folder / name) == known.manifest.files[name] for name in (KEPT, facts))
    except (SnapshotError, OSError, KeyError):
        return None
    return Left(folder / STORE, folder / KEPT, folder / facts) if is_sound else None


def _choice(plan: Plan, answers: Answers) -> traces.Choose | None:
    """What chooses the questions to ask, where it is known which records have changed."""
    catalog = plan.whole
    if not isinstance(catalog, FormerCatalog):
        return None
    return lambda sources: concerning(catalog, plan, sources, answers.sources())


def unchanged(
    source: Archive | Texts,
    output: Path,
    examples: tuple[Example, ...] = (),
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None,
) -> Built | None:
    """Say whether a build would change nothing; records are hashed for that, and no more.

    Args:
        source: What would be published.
        output: The folder with what was published.
        examples: Questions that researchers may ask; they need no answers yet.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.

    Returns:
        What such a build does; ``None`` if it would do more, or who can tell.

    Raises:
        FilmldError: The folder cannot be used.
    """
    if not (output / CURRENT / MANIFEST).exists():
        return None
    texts = Texts(source) if isinstance(source, Archive) else source
    inputs = Inputs(texts.archive, examples, findings).of_texts(texts)
    with locked(output, texts.archive):
        known = same((output / CURRENT).resolve(), inputs)
        return _as_before(output, known) if known else None


def _as_before(output: Path, manifest: Manifest) -> Built:
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


def _finished(
    catalog: Catalog,
    made: _Made,
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
        for record in _all_records(catalog)
    )
    name = Manifest(made.pages.files, records).content_hash
    made = made._replace(name=name)
    known = output / SNAPSHOTS / name
    stored = None
    if _is_sound(known):
        _renew(known, catalog, made, write_traces, folder)
        point_to(output, name)
    else:
        write_traces(folder / TRACES)
        stored = store()
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
        removed=sum(not path.startswith(f"{PIECES}:") for path in made.gone),
        records=len(catalog.records),
        statements=stored.statements if stored else None,
        replaced=stored.replaced if stored else None,
    )


@contextmanager
def _stored(
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


def _write_manifest(
    folder: Path, catalog: Catalog, made: _Made, records: Listing, before: Last | None
) -> None:
    files = made.pages.files.edited(measured(folder, before))
    manifest = Manifest(files, records, _addresses(catalog), made.inputs, len(catalog.records))
    manifest.write(folder, made.name)


def _renew(
    known: Path, catalog: Catalog, made: _Made, write_traces: Callable[[Path], None], folder: Path
) -> None:
    """Say of a snapshot that is there already what it was made from this time; its lists stay."""
    manifest = read_manifest(known)
    if manifest.inputs == made.inputs:
        return
    write_traces(folder / TRACES)
    files = manifest.files.edited({TRACES: entry_of(folder / TRACES)})
    renewed = replace(manifest, files=files, inputs=made.inputs, published=_addresses(catalog))
    renewed.write_head(folder, made.name)
    for name in (TRACES, MANIFEST):
        (folder / name).replace(known / name)
    os.sync()


def _addresses(catalog: Catalog) -> tuple[str, ...]:
    return tuple(sorted((*catalog.records, *catalog.retired)))


def _sound_store(before: Last) -> Last | None:
    """A snapshot, if its store is as it was written."""
    try:
        check_store(before.folder, before.manifest)
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
