"""Pages that follow the records: what ``filmld serve --watch`` does whenever one is saved."""

import threading
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from typing import TYPE_CHECKING, Final

import click

import filmld.check.stored.work  # noqa: F401  what a check takes: once pages are open, somebody waits for it
from filmld.archive import Archive
from filmld.catalog.edits import NO_EDIT, Edit
from filmld.catalog.tallies import concerned, kinds, tallies
from filmld.catalog.working import Change, WorkingCatalog
from filmld.check.report import Report
from filmld.check.run import Checks
from filmld.cli.findings import by_file
from filmld.cli.progress import waiting
from filmld.cli.saves import news, saves
from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.summary import summary
from filmld.errors import FilmldError
from filmld.publish.site import Site
from filmld.serve.live import Live
from filmld.serve.pages import Pages

if TYPE_CHECKING:
    from filmld.diagnostics import Diagnostic

PATIENCE: Final = 0.4
"""Seconds that a saved record waits for its findings, so that both are shown at once."""
PATIENCE_OF_QUERIES: Final = 10.0
"""Seconds that pages which have changed wait for queries that know of it, too."""
FAREWELL: Final = 3.0
"""Seconds that the work of the moment may take to end."""

_NOTHING: Final = Change(frozenset(), has_moved=False, is_linked_anew=False, is_divided_anew=False)


class StoppedError(Exception):
    """Nobody waits for the rest of a check any more."""


class Following:
    """Watches the records of an archive, checks what is saved, and lets the pages follow.

    Three threads work: one takes saves and renews pages, one checks, which takes a while at first, and one
    counts what follows from all records together.
    """

    def __init__(self, archive: Archive, live: Live) -> None:
        """Begin to watch; from here on no save is missed.

        Args:
            archive: The archive.
            live: Where the pages are shown.
        """
        self._archive = archive
        self._live = live
        self._stop = threading.Event()
        self._saves = saves(archive, self._stop)
        next(self._saves)
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)
        self._checking = ThreadPoolExecutor(1, "checking")
        self._checks: Checks | None = None
        self._report: Report | None = None
        self._findings: Mapping[str, tuple[Diagnostic, ...]] | None = None
        self._untold = NO_EDIT
        self._is_to_count = threading.Event()
        self._to_count: set[str] = set()
        self._counting = threading.Thread(target=self._count, name="counting", daemon=True)

    def start(
        self, catalog: WorkingCatalog, site: Site, edit: Callable[[Edit], "Future[None] | None"]
    ) -> None:
        """Let pages and queries follow, once they are served.

        Args:
            catalog: The records they are made from; belongs to this from now on.
            site: The pages as they are now.
            edit: Begins to edit what queries are answered from, unless it is over.
        """
        self._catalog, self._site, self._edit = catalog, site, edit
        self._paths = frozenset(site.paths())
        self._tallies = {kind: frozenset(map(str, tallies(catalog.store, [kind]))) for kind in kinds()}
        for filename in sorted(catalog.unreadable):
            click.echo(f"filmld: warning: {filename} cannot be read; it has no page until it can", err=True)
        self._thread.start()
        self._counting.start()

    def stop(self) -> None:
        """End, whatever the work of the moment is."""
        self._stop.set()
        self._is_to_count.set()
        self._checking.submit(self._close)
        self._checking.shutdown(wait=False)
        if self._thread.is_alive():
            self._thread.join(FAREWELL)

    def _run(self) -> None:
        self._check(None).add_done_callback(lambda _: self._show(()))
        for changed in self._saves:
            try:
                self._saved(changed)
            except FilmldError as error:
                click.echo(f"filmld: warning: {error.message}", err=True)

    def _saved(self, changed: set[str]) -> None:
        check = self._check(changed)
        change = self._show(changed, tell=False)
        wait([check], PATIENCE)
        is_checked = check.done()
        self._show(())
        if not is_checked:
            check.add_done_callback(lambda _: self._show(()))
        if change.has_moved or change.is_divided_anew:
            paths = frozenset(self._site.renewed(None).paths())
            self._live.show(lambda: self._with(paths), tell=False)

    def _show(self, changed: Collection[str], *, tell: bool = True) -> Change:
        """Let pages and queries be those of the records as they are now, with what was found in them last."""
        happened, asked = _NOTHING, None

        def make() -> tuple[Pages, Iterable[str]]:
            nonlocal happened, asked
            happened = self._catalog.follow(changed)
            if changed:
                asked = self._ask_anew()  # in the meantime, for planning the pages anew can take longer
            self._site = self._site.renewed(
                self._findings, has_moved=happened.has_moved, is_linked_anew=happened.is_linked_anew
            )
            self._paths = self._paths.union(self._new(happened)) if happened.has_moved else self._paths
            return self._site, self._paths

        if not self._stop.is_set():
            self._live.show(make, tell=tell)
            if asked:
                self._wait_for(asked)
        return happened

    def _ask_anew(self) -> "Future[None] | None":
        """Let queries be answered from what has changed, and from what could not be handed on before."""
        edit = self._catalog.edits.take()
        if kinds_concerned := concerned(edit.predicates):
            self._to_count.update(kinds_concerned)
            self._is_to_count.set()
        self._untold = self._untold.then(edit)
        return self._edit(self._untold) if any(self._untold) else None

    def _count(self) -> None:
        """Let queries know, a little later than of an edit, what follows from all records together.

        Nobody waits for this thread at the end: an engine that counts cannot be stopped.
        """
        while self._is_to_count.wait() and not self._stop.is_set():
            self._is_to_count.clear()
            for kind in sorted(self._to_count.copy()):
                self._to_count.discard(kind)  # an edit in the meantime brings it back
                found = self._catalog.count_anew(kind, self._tallies[kind])
                is_edited = self._is_to_count.is_set()  # then it may be of neither state of the records
                if is_edited or not self._has_told_of(kind, found):
                    self._to_count.add(kind)
                if is_edited or self._stop.is_set():
                    break

    def _has_told_of(self, kind: str, found: frozenset[str]) -> bool:
        """Let queries know of what was counted anew, and say whether they do."""
        known = self._tallies[kind]
        edit = Edit(removed=known - found, added=found - known)
        asked = self._edit(edit) if any(edit) else None
        is_told = asked is None or self._is_done(asked)
        if is_told:
            self._tallies[kind] = found
        return is_told

    def _is_done(self, asked: "Future[None]") -> bool:
        """Wait for an edit of what queries are answered from."""
        while not wait([asked], PATIENCE).done:
            if self._stop.is_set():
                return False
        return not _tell_of_queries(asked)

    def _wait_for(self, asked: "Future[None]") -> None:
        """Wait until queries know of a change, unless nobody asks any more."""
        until = time.monotonic() + PATIENCE_OF_QUERIES
        while not wait([asked], PATIENCE).done:
            if self._stop.is_set() or time.monotonic() > until:
                asked.add_done_callback(_tell_of_queries)
                self._untold = NO_EDIT  # it comes all the same, behind what is under way
                return
        if not _tell_of_queries(asked):
            self._untold = NO_EDIT

    def _with(self, paths: Iterable[str]) -> tuple[Pages, Iterable[str]]:
        self._paths = frozenset(paths)
        return self._site, self._paths

    def _new(self, change: Change) -> Iterator[str]:
        """The paths of records that have just come; the lists they are on may take longer to be found."""
        for iri in change.records if change.has_moved else ():
            record = self._catalog.records.get(iri)
            if record:
                yield from self._site.files_of(record)

    def _check(self, changed: set[str] | None) -> "Future[None]":
        return self._checking.submit(self._checked, changed)

    def _close(self) -> None:
        if self._checks:
            self._checks.close()

    def _checked(self, changed: set[str] | None) -> None:
        if self._stop.is_set():
            return
        started = time.monotonic()
        try:
            if self._checks is None:
                self._checks = Checks(self._archive, progress=self._go_on, wait=waiting)
            report = self._checks.check(only=changed if self._report else None)
        except FilmldError as error:
            click.echo(f"filmld: warning: {error.message}", err=True)
            return
        except StoppedError:
            return
        before, self._report = self._report, report
        self._findings = by_file(report.findings)
        self._tell(report, before, changed, time.monotonic() - started)
        if before is None and not self._stop.is_set():
            self._checks.warm()

    def _go_on(self, _done: int, _total: int) -> None:
        if self._stop.is_set():
            raise StoppedError

    def _tell(self, report: Report, before: Report | None, changed: set[str] | None, seconds: float) -> None:
        """Say what was found; at first only how much, for there may be very much."""
        if changed is None or before is None:
            click.echo(summary(report.findings, files=report.files, seconds=seconds), err=True)
            return
        mine = tuple(news(before.findings, report.findings, changed))
        text = render(Format.CONCISE, mine, report.sources.get, report.rules, colour=False, version="")
        if text:
            click.echo(text.rstrip("\n"))
        names = ", ".join(sorted(changed))
        click.echo(f"{names}: {summary(mine, files=len(changed), seconds=seconds)}", err=True)


def _tell_of_queries(asked: "Future[None]") -> bool:
    """Say why queries do not know of a change, if they do not."""
    error = None if asked.cancelled() else asked.exception()
    if error:
        click.echo(f"filmld: warning: queries do not know of this edit yet: {error}", err=True)
    return error is not None
