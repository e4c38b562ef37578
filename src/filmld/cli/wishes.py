"""What is wanted of a check, and what is begun as soon as that is known."""

from pathlib import Path

from filmld.archive import Archive, Profile
from filmld.check.shapes.engines import Engine
from filmld.check.stored.ahead import NOTHING, Ahead, ahead
from filmld.cli.leaving import is_bare
from filmld.diagnostics import Severity
from filmld.diagnostics.formats import Format
from filmld.tuples import NamedTuple


class Wishes(NamedTuple):
    """What is wanted of a check; each has the name of its option."""

    root: Path | None = None
    paths: tuple[Path, ...] = ()
    format: Format = Format.TEXT
    fail_on: Severity = Severity.ERROR
    profile: Profile = Profile.ARCHIVE
    engine: Engine = Engine.COMPILED
    audit: int | None = None
    seed: int | None = None
    explain_engine: bool = False
    all: bool = False
    fix: bool = False
    watch: bool = False


class Begun(NamedTuple):
    """What is at hand when a check begins.

    Attributes:
        archive: The archive.
        ahead: What is at work already.
    """

    archive: Archive
    ahead: Ahead


def begin(wishes: Wishes, *, is_ours: bool) -> Begun:
    """Open the archive, and have others begin what they can do while the modules of the check are imported.

    Args:
        wishes: What is wanted.
        is_ours: Whether the process is the command's alone.

    Raises:
        NoArchiveError: There is none.
        ConfigError: Its configuration cannot be used.
    """
    archive = Archive.open(wishes.root)
    if not is_ours or wishes.engine is not Engine.COMPILED or wishes.explain_engine:
        return Begun(archive, NOTHING)
    return Begun(archive, ahead(archive, wishes.profile, wishes.paths, may_copy=is_bare()))
