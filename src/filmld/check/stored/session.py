"""Checks of one archive, each of which looks only at what has changed since the one before."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from types import TracebackType
from typing import Self

from filmld.archive import Archive, Profile
from filmld.check.report import Report
from filmld.check.stored.ahead import NOTHING, Ahead
from filmld.check.stored.database import IN_MEMORY, remove
from filmld.check.stored.opened import Opened
from filmld.check.stored.update import Progress
from filmld.check.stored.whereabouts import FOLDER, index_of
from filmld.tuples import NamedTuple


class _Attempt(NamedTuple):
    """Where an index may be, and whether what is there is to be thrown away."""

    path: Path
    is_anew: bool


class Session:
    """One check after the other of one archive.

    Where the index cannot be used, be it that it is broken, that the folder may not be written or that
    the disk is full, another is made: in its place, else in a temporary folder, else in memory.

    Args:
        archive: The archive.
        profile: By whose wishes records are judged.
        progress: Hears how far the work has come.
        wait: Called before waiting for another check of the same archive to end.
        ahead: What is at work already for the first check.
    """

    def __init__(
        self,
        archive: Archive,
        profile: Profile = Profile.ARCHIVE,
        progress: Progress | None = None,
        wait: Callable[[], None] = lambda: None,
        ahead: Ahead = NOTHING,
    ) -> None:
        self._archive = archive
        self._profile = profile
        self._progress = progress
        self._wait = wait
        self._stack = ExitStack()
        self._ahead = self._stack.enter_context(closing(ahead))
        self._opened: Opened | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def check(self, paths: tuple[Path, ...] = (), *, only: Iterable[str] | None = None) -> Report:
        """Check the archive as it is now.

        Args:
            paths: Where to look; everywhere if none is given.
            only: The places, below the archive's root, of the files that can have changed since the last
                check of this session, where that is known.

        Raises:
            NoRecordsError: The archive has none.
            NoMatchingRecordsError: None lies at ``paths``.
            ShapesError: The shapes cannot be used.
        """
        for attempt in self._attempts():
            try:
                if self._opened is None:
                    self._opened = self._open(attempt)
                    only = None
                return self._opened.check(paths, only, self._wait)
            except sqlite3.Error:
                self._close()
                if attempt.path == IN_MEMORY:
                    raise
        raise AssertionError  # pragma: no cover  the last attempt returns or raises

    def warm(self) -> None:
        """Have at hand what the next check needs, as far as there is an index."""
        try:
            if self._opened:
                self._opened.warm()
        except sqlite3.Error:
            self._close()  # the next check makes another index

    def audit(self, count: int, seed: int) -> str:
        """Hold what the last check found in some records against pySHACL.

        Raises:
            DisagreementError: pySHACL does not agree.
        """
        return self._opened.audit(count, seed) if self._opened else ""

    def _attempts(self) -> Iterator[_Attempt]:
        usual = index_of(self._archive.root, self._profile)
        yield _Attempt(usual, is_anew=False)
        yield _Attempt(usual, is_anew=True)
        import tempfile  # noqa: PLC0415  seldom needed, and not light

        try:
            folder = self._stack.enter_context(tempfile.TemporaryDirectory(prefix="filmld-"))
            yield _Attempt(Path(folder) / usual.name, is_anew=True)
        except OSError:
            pass
        yield _Attempt(IN_MEMORY, is_anew=True)

    def _open(self, attempt: _Attempt) -> Opened:
        try:
            if attempt.path.parent.name == FOLDER:
                _make_folder(attempt.path.parent)
            if attempt.is_anew and attempt.path != IN_MEMORY:
                remove(attempt.path)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        ahead, self._ahead = self._ahead, NOTHING
        return Opened(self._archive, self._profile, attempt.path, self._progress, ahead)

    def _close(self) -> None:
        if self._opened:
            self._opened.close()
            self._opened = None
        self._stack.close()


def _make_folder(folder: Path) -> None:
    """Make the folder of what can be deleted; git is told to pass it over, whatever the archive says."""
    folder.mkdir(exist_ok=True)
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="utf-8")
