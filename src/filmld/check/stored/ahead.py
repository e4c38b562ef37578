"""What is at work before the modules of a check are imported: git, or a copy of this process."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filmld.archive import Archive, Profile
from filmld.check.stored.whereabouts import dates_of, index_of
from filmld.tuples import NamedTuple

if TYPE_CHECKING:
    from filmld.check.stored.by_git import Question
    from filmld.check.stored.deputy import Deputy


class Ahead(NamedTuple):
    """What is at work.

    Attributes:
        question: What git has been asked. What it says holds for as long as the list that it was asked
            about does, which is for whoever uses the index to find out.
        deputy: A copy of this process.
    """

    question: "Question | None" = None
    deputy: "Deputy | None" = None

    def close(self) -> None:
        """Wait for none of it any longer."""
        for one in (self.question, self.deputy):
            if one:
                one.close()


NOTHING: Final = Ahead()


def ahead(archive: Archive, profile: Profile, paths: Sequence[Path], *, may_copy: bool = False) -> Ahead:
    """Begin what can be begun before a check: for files that are named a copy, else a question to git.

    Args:
        archive: The archive.
        profile: By whose wishes it is judged.
        paths: What is to be checked; all records, if that is empty.
        may_copy: Whether this process may be copied: it has no other threads, and nothing that tidies up.
    """
    index = index_of(archive.root, profile)
    if not index.exists():
        return NOTHING
    try:
        if paths and all(path.is_file() for path in paths):
            return _copied(archive, profile, paths) if may_copy else NOTHING
        return _asked(archive, dates_of(index))
    except OSError:
        return NOTHING


def _copied(archive: Archive, profile: Profile, paths: Sequence[Path]) -> Ahead:
    from filmld.check.stored.deputy import Deputy, can_copy  # noqa: PLC0415  for files that are named

    return Ahead(deputy=Deputy(archive, profile, paths)) if can_copy() else NOTHING


def _asked(archive: Archive, dates: Path) -> Ahead:
    """Have git begin to compare the files with the list that the index keeps, if it keeps one."""
    if not dates.exists():
        return NOTHING
    from filmld.check.stored.by_git import Question, can_ask  # noqa: PLC0415  for large archives

    return Ahead(question=Question(archive.root, dates)) if can_ask() else NOTHING
