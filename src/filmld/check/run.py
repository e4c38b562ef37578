"""One run of ``filmld check``."""

from pathlib import Path

from filmld.archive import Archive, Profile
from filmld.check.report import Report
from filmld.check.stored.session import Session
from filmld.check.stored.update import Progress


def check(
    archive: Archive,
    paths: tuple[Path, ...] = (),
    *,
    profile: Profile = Profile.ARCHIVE,
    progress: Progress | None = None,
) -> Report:
    """Judge the records at or below ``paths``, or all of them.

    All records count in any case: whether a link holds is not for one file to say. What a search
    engine wants is asked of it alone: the rules of archives are off in its profile.

    Args:
        archive: The archive.
        paths: Where to look.
        profile: By whose wishes records are judged.
        progress: Hears how far the work has come.

    Raises:
        NoRecordsError: The archive has none.
        NoMatchingRecordsError: None lies at ``paths``.
        ShapesError: The shapes cannot be used.
    """
    with Session(archive, profile, progress) as session:
        return session.check(paths)
