"""Checks of an archive: one, or one after the other."""

from collections.abc import Callable, Iterable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from filmld.archive import Archive, Profile
from filmld.check.report import Report
from filmld.check.shapes.engines import Engine
from filmld.check.stored.ahead import NOTHING, Ahead, ahead
from filmld.check.stored.session import Session
from filmld.diagnostics import by_place

if TYPE_CHECKING:
    from filmld.check.addresses import LostAddresses
    from filmld.check.stored.update import Progress


class Checks:
    """Checks of one archive, each of which looks only at what has changed since the one before.

    Args:
        archive: The archive.
        profile: By whose wishes records are judged.
        engine: What judges by the shapes; the reference looks at everything anew each time.
        progress: Hears how far the work has come.
        wait: Called before waiting for another check of the same archive to end.
        ahead: What is at work already for the first check, which ends with these checks.
    """

    def __init__(
        self,
        archive: Archive,
        profile: Profile = Profile.ARCHIVE,
        engine: Engine = Engine.COMPILED,
        *,
        progress: "Progress | None" = None,
        wait: Callable[[], None] = lambda: None,
        ahead: Ahead = NOTHING,
    ) -> None:
        self._archive = archive
        self._profile = profile
        self._engine = engine
        self._session = Session(archive, profile, progress, wait, ahead)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End these checks, in the thread that made them."""
        self._session.__exit__(None, None, None)

    def check(self, paths: tuple[Path, ...] = (), *, only: Iterable[str] | None = None) -> Report:
        """Judge the records at or below ``paths``, or all of them.

        All records count in any case: whether a link holds is not for one file to say. What a search
        engine wants is asked of it alone: the rules of archives are off in its profile.

        Args:
            paths: Where to look.
            only: The places, below the archive's root, of the files that can have changed since the last
                of these checks, where that is known.

        Raises:
            NoRecordsError: The archive has none.
            NoMatchingRecordsError: None lies at ``paths``.
            ShapesError: The shapes cannot be used.
        """
        changed = None if only is None else tuple(only)
        if self._engine is Engine.PYSHACL:
            from filmld.check.at_once import check_at_once  # noqa: PLC0415  only for the reference

            report = check_at_once(self._archive, paths, profile=self._profile, engine=self._engine)
        else:
            report = self._session.check(paths, only=changed)
        if paths or self._profile is not Profile.ARCHIVE:
            return report
        lost = self._lost.find(changed)
        return report._replace(findings=tuple(by_place((*report.findings, *lost)))) if lost else report

    @cached_property
    def _lost(self) -> "LostAddresses":
        from filmld.check.addresses import LostAddresses  # noqa: PLC0415  where the whole archive is checked

        return LostAddresses(self._archive)

    def warm(self) -> None:
        """Have at hand what the next check needs, while nobody waits for it; there has been one already."""
        self._session.warm()

    def audit(self, count: int, seed: int) -> str:
        """Hold what the last check found in some records against pySHACL.

        Args:
            count: How many records.
            seed: What chooses them.

        Returns:
            That pySHACL agrees.

        Raises:
            DisagreementError: It does not.
        """
        return self._session.audit(count, seed)


def check(
    archive: Archive,
    paths: tuple[Path, ...] = (),
    *,
    profile: Profile = Profile.ARCHIVE,
    engine: Engine = Engine.COMPILED,
) -> Report:
    """Check an archive once; see :meth:`Checks.check`."""
    is_worthwhile = engine is Engine.COMPILED and not paths
    begun = ahead(archive, profile, ()) if is_worthwhile else NOTHING
    with Checks(archive, profile, engine, ahead=begun) as checks:
        return checks.check(paths)
