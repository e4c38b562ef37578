"""One run of ``filmld check``."""

from pathlib import Path

from filmld.archive import Archive, Profile
from filmld.check.at_once import check_at_once
from filmld.check.report import Report
from filmld.check.shapes.engines import Engine
from filmld.check.stored.session import Session
from filmld.check.stored.update import Progress


def check(
    archive: Archive,
    paths: tuple[Path, ...] = (),
    *,
    profile: Profile = Profile.ARCHIVE,
    engine: Engine = Engine.COMPILED,
    progress: Progress | None = None,
) -> Report:
    """Judge the records at or below ``paths``, or all of them.

    All records count in any case: whether a link holds is not for one file to say. What a search
    engine wants is asked of it alone: the rules of archives are off in its profile.

    Args:
        archive: The archive.
        paths: Where to look.
        profile: By whose wishes records are judged.
        engine: What judges by the shapes; the reference looks at everything anew.
        progress: Hears how far the work has come.

    Raises:
        NoRecordsError: The archive has none.
        NoMatchingRecordsError: None lies at ``paths``.
        ShapesError: The shapes cannot be used.
    """
    if engine is Engine.PYSHACL:
        return check_at_once(archive, paths, profile=profile, engine=engine)
    with Session(archive, profile, progress) as session:
        return session.check(paths)
