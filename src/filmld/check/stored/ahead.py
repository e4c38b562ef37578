"""git is asked what has changed before anything else is done: it is at work while modules are imported."""

from filmld.archive import Archive, Profile
from filmld.check.stored.by_git import Question, can_ask
from filmld.check.stored.whereabouts import dates_of, index_of


def ahead(archive: Archive, profile: Profile) -> Question | None:
    """Have git begin to compare the files of an archive with the list that its index keeps, if it keeps one.

    What git says holds for as long as that list does, which is for whoever uses the index to find out.
    """
    if not can_ask():
        return None
    try:
        return Question(archive.root, dates_of(index_of(archive.root, profile)))
    except OSError:
        return None
