"""git is asked what has changed before anything else is done: it is at work while modules are imported."""

from typing import TYPE_CHECKING

from filmld.archive import Archive, Profile
from filmld.check.stored.whereabouts import dates_of, index_of

if TYPE_CHECKING:
    from filmld.check.stored.by_git import Question


def ahead(archive: Archive, profile: Profile) -> "Question | None":
    """Have git begin to compare the files of an archive with the list that its index keeps, if it keeps one.

    What git says holds for as long as that list does, which is for whoever uses the index to find out.
    """
    path = dates_of(index_of(archive.root, profile))
    if not path.exists():
        return None
    from filmld.check.stored.by_git import Question, can_ask  # noqa: PLC0415  for large archives

    try:
        return Question(archive.root, path) if can_ask() else None
    except OSError:
        return None
