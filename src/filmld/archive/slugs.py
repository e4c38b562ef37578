"""The last part of a record's IRI, which is the name of its file too."""

from collections.abc import Collection
from itertools import count
from typing import Final

from filmld.archive.transliteration import romanized
from filmld.errors import SlugError
from filmld.patterns import regex

MAX_LENGTH: Final = 80
"""In characters, which are bytes: file systems end names at 255 bytes, people lose patience before."""

RESERVED: Final = frozenset(
    {"index", "aux", "con", "nul", "prn"}
    | {f"{device}{number}" for device in ("com", "lpt") for number in range(10)}
)
"""Names that are devices on Windows, or the page of a folder on any static host."""

_SLUG: Final = regex(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER: Final = regex(r"[^a-z0-9]+")


def is_slug(text: str) -> bool:
    """Say whether a text can name a record on every system.

    >>> is_slug("moloch-1999"), is_slug("Moloch"), is_slug("con")
    (True, False, False)
    """
    return bool(_SLUG.fullmatch(text)) and len(text) <= MAX_LENGTH and text not in RESERVED


def slug_for(title: str, year: int | None = None, *, taken: Collection[str] = ()) -> str:
    """Name a record after its title, as in ``the-voice-of-sokurov-2014``.

    The slug becomes part of a published IRI, so it is chosen once, when the record is made: a
    later change of title must not move the page. Where nothing of a title can be kept there
    is no stand-in by a hash or a number: an IRI is spoken and typed, and only the archivist knows
    a good name for it.

    >>> slug_for("The Voice of Sokurov", 2014)
    'the-voice-of-sokurov-2014'

    Args:
        title: The preferred title or name, in any script.
        year: The year of reference, which tells films of one title apart.
        taken: Slugs already in use; another of the same name gets ``-2``, ``-3`` …

    Raises:
        SlugError: Nothing of the title survives, as for ``"???"``.
    """
    stem = _OTHER.sub("-", romanized(title)).strip("-")
    if not stem:
        raise SlugError(title)
    tail = f"-{year:04}" if year is not None else ""
    numbered = (_joined(stem, f"{tail}-{number}" if number > 1 else tail) for number in count(1))
    return next(slug for slug in numbered if slug not in taken and slug not in RESERVED)


def _joined(stem: str, tail: str) -> str:
    """Put a tail to a stem, which loses its last words where both together are too long."""
    limit = MAX_LENGTH - len(tail)
    if len(stem) > limit:
        whole_words = stem[: limit + 1].rpartition("-")[0]
        stem = whole_words or stem[:limit]
    return stem + tail
