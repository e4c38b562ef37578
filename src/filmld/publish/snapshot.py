"""A build: everything a static host and a server need, written aside and put in place in one step."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

from filmld.archive import Archive
from filmld.archive.published import lost, published
from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog, Left
from filmld.catalog.texts import Texts
from filmld.diagnostics import Diagnostic
from filmld.errors import AddressLostError, OutputError, SnapshotError
from filmld.publish import traces
from filmld.publish.answers import Answers
from filmld.publish.completing import Built, Made, addresses, all_records, as_before, finished, stored
from filmld.publish.concerning import concerning
from filmld.publish.examples import Example
from filmld.publish.inputs import Inputs, same
from filmld.publish.manifest import (
    KEPT,
    MANIFEST,
    PAGES,
    PIECES,
    STORE,
    TRACES,
    Manifest,
    entry_of,
)
from filmld.publish.noted import Notes, unnoted
from filmld.publish.output import (
    CURRENT,
    locked,
    spare,
    unfinished,
)
from filmld.publish.pages.sparql import DERIVED_DUMP
from filmld.publish.pieces import Kept
from filmld.publish.plan import Plan
from filmld.publish.processes import cores
from filmld.publish.remembered import NOTHING, Remembered
from filmld.publish.site import Site
from filmld.publish.traces import World
from filmld.publish.verify import check_store
from filmld.publish.world import world
from filmld.publish.writing import (
    Former,
    Last,
    Progress,
    Taken,
    former,
    last,
    taking_over,
    with_pieces,
    write_files,
    write_pieces,
)
from filmld.tuples import NamedTuple

_SCRATCH = "scratch"


class Unanswered(NamedTuple):
    """Questions that are answered once the records are read.

    Attributes:
        examples: The questions.
        answer: Answers all of them.
    """

    examples: tuple[Example, ...]
    answer: Callable[[Catalog], tuple[Example, ...]]


class _Wanted(NamedTuple):
    """What is to be published, who is told how far that is, and how many processes work at it."""

    records: Texts | Catalog
    questions: Unanswered
    findings: Mapping[str, tuple[Diagnostic, ...]] | None
    progress: Progress
    processes: int


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
    records = Texts(source) if isinstance(source, Archive) else source
    archive = records.archive
    if isinstance(records, Texts) and (full or not (output / CURRENT).exists()):
        records = Catalog.load(archive)  # before the folder is made, in which nothing is left to go by
    questions = examples if isinstance(examples, Unanswered) else Unanswered(examples, lambda _: examples)
    wanted = _Wanted(records, questions, findings, progress, processes or cores())
    with locked(output, archive):
        if not full and isinstance(records, Catalog):
            known = _same(records, output, Inputs(archive, questions.examples, findings))
            if known:
                return as_before(output, known)
        try:
            return _built(wanted, output, full=full)
        except OSError as error:
            raise OutputError(output, error.strerror or str(error)) from error


def _built(wanted: _Wanted, output: Path, *, full: bool) -> Built:
    records, questions, findings, progress, count = wanted
    shared = world(records.archive, questions.examples, has_findings=findings is not None)
    missing = lost(published(output), addresses(records))
    if missing:
        raise AddressLostError(missing[0], len(missing) - 1)
    with ExitStack() as stack:
        usable = None if full else former(output / CURRENT, shared)
        folder = stack.enter_context(unfinished(output))
        taking = _Taking(stack, usable, folder, output, count)
        catalog = stack.enter_context(_read(records, usable, folder, taking.begin))
        answered = questions.answer(catalog)
        inputs = Inputs(records.archive, answered, findings).of_catalog(catalog)
        notes = Notes()
        left = _remembered(usable, catalog, answered)
        site = Site(catalog, answered, folder / _SCRATCH, findings, notes, remembered=left)
        site.dumps.keep(Kept(folder / PIECES, usable.folder / PIECES if usable else None))
        answers = Answers(site.plan, site.dumps)
        before = _before(usable, shared, site.plan, answers, taking.taken, folder)
        if not (before and left.stay):
            site.all_paths()  # known before there is a second process, which keeps what is known
        store = stack.enter_context(stored(catalog, folder, before, count))
        pieces = write_pieces(site, notes, answers, folder, before, count)
        before = before and with_pieces(before, answers)
        written = write_files(site, notes, answers, folder, before, progress, count)
        site.dumps.keep_for_later()
        shutil.rmtree(folder / _SCRATCH, ignore_errors=True)
        made = Made(inputs, written, pieces)
        write_traces = partial(
            traces.write,
            world=World(shared, answers.sources()),
            made={**written.made, **pieces.made},
            answers=traces.Answered(pieces.answered | written.answered, answers.digest),
            before=(before.folder / TRACES, before.traces) if before else None,
            gone=made.gone,
            remembered=left.texts(site.plan.overview.noted(unnoted), site.plan.entries),
        )
        return finished(catalog, made, write_traces, store, folder, output, before)


class _Taking:
    """Has the files of the current snapshot in the new one, if any can be used."""

    def __init__(
        self, stack: ExitStack, usable: Former | None, folder: Path, output: Path, processes: int
    ) -> None:
        self._stack = stack
        self._usable = usable
        self._folder = folder
        self._output = output
        self._processes = processes
        self._taken: Taken | None = None

    def begin(self) -> None:
        """Begin, beside whatever else is done; the oldest snapshot is given up for that."""
        if self._usable and not self._taken:
            oldest = spare(self._output)
            work = taking_over(self._usable, self._folder, oldest, self._processes)
            self._taken = self._stack.enter_context(work)

    def taken(self) -> frozenset[str]:
        """Wait for the files, and say which there are not."""
        return self._taken() if self._taken else frozenset()


def _remembered(usable: Former | None, catalog: Catalog, examples: tuple[Example, ...]) -> Remembered:
    if usable is None:
        return NOTHING
    texts = traces.remembered(usable.folder / TRACES)
    return Remembered.of(catalog, usable.manifest.files, texts, examples)


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
        for record in all_records(catalog):
            catalog.source(record)  # which says so if it has changed meanwhile
    return known


@contextmanager
def _read(
    source: Texts | Catalog, usable: Former | None, folder: Path, ready: Callable[[], None]
) -> Iterator[Catalog]:
    """All records, of which only those are read that have changed since the current snapshot, if possible.

    Args:
        source: They, or where they are.
        usable: The current snapshot, if it can be used.
        folder: Where the new one is written.
        ready: Called when all records are known to be sound.
    """
    catalog = None
    if usable and isinstance(source, Texts) and (left := _left(usable)):
        catalog = FormerCatalog.made(source, left, folder / STORE, ready)
    if catalog is None:
        whole = source if isinstance(source, Catalog) else Catalog.load(source.archive)
        ready()
        yield whole
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
        return as_before(output, known) if known else None
