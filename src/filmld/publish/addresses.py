"""Where each record's page lies on the site, and how pages refer to each other.

All references are relative and name files with their ending, so that a site works on any
static host, under any path, and straight from a disk.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from copy import copy
from types import MappingProxyType
from typing import Final
from urllib.parse import unquote

from filmld.catalog import Catalog
from filmld.publish.noted import Note, counted, unnoted
from filmld.publish.words import page_languages

LISTS: Final = MappingProxyType(
    {
        "film": "films",
        "person": "people",
        "organization": "organizations",
        "festival": "festivals",
        "place": "places",
        "genre": "genres",
        "role": "roles",
        "source": "sources",
    }
)
"""The kinds of record that have a list of their own, and its name."""

LONGEST: Final = 80
"""Bytes in a part of a file name; systems allow 255, endings and hosts take some."""

_PLAIN = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_ANCHOR = re.compile(r"[A-Za-z][\w.-]*", re.ASCII)
_OWN = "page-"
_DEVICE = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
_TAKEN = re.compile(
    r"404|410|assets|context|data|embed|index|linked|ontology|queries|robots|search|shapes|sitemap|sparql|void|"
    rf"(all|{'|'.join(LISTS.values())})(-\d+)?"
)


class Addresses:
    """The place of every record of a catalogue on the site.

    Attributes:
        kinds: How many records of each kind there are.
    """

    def __init__(self, catalog: Catalog) -> None:
        config = catalog.archive.config
        own = frozenset(page_languages(config.languages)[1:])
        by_stem: dict[str, str] = {}
        for iri in catalog.records:
            place = stem(iri, config.base, own)
            by_stem[place if place not in by_stem else f"{place}-{_digest(place + iri)}"] = iri
        self._by_stem = MappingProxyType(by_stem)
        self._stems = {iri: place for place, iri in by_stem.items()}
        self._kinds = Counter(record.kind for record in catalog.records.values())
        self._note: Note = unnoted
        self.kinds = counted(self._kinds, self._note, "kind", "kinds")

    def noted(self, note: Note) -> "Addresses":
        """The same, taking note of what is looked up."""
        other = copy(self)
        other._note = note  # noqa: SLF001  it is one of us
        other.kinds = counted(self._kinds, note, "kind", "kinds")
        return other

    def stem(self, iri: str) -> str:
        """The path of a record's files without their ending, as in ``film/moloch-1999``."""
        self._note("place", iri)
        return self._stems[iri]

    def iri(self, place: str) -> str | None:
        """The record whose files have this path."""
        self._note("at", place)
        return self._by_stem.get(place)

    def page(self, iri: str) -> str | None:
        """The path of the page that describes an entity, with the place on it; ``None`` if there is none."""
        record, _, fragment = iri.partition("#")
        self._note("place", record)
        place = self._stems.get(record)
        if place is None:
            return None
        return f"{place}.html#{anchor(fragment)}" if fragment else f"{place}.html"


def relative(source: str, target: str) -> str:
    """Refer from one file of the site to another, or to a place on it.

    >>> relative("film/moloch-1999.html", "person/alexander-sokurov.html")
    '../person/alexander-sokurov.html'
    >>> relative("film/moloch-1999.html", "film/moloch-1999.html#distribution")
    '#distribution'
    """
    path, mark, fragment = target.partition("#")
    if path == source and mark:
        return f"#{fragment}"
    return _way(source.rpartition("/")[0], path) + mark + fragment


def _way(folder: str, path: str) -> str:
    """Lead from a folder to a file: up to the last folder that both share, then down."""
    above = folder.split("/") if folder else []
    below = path.split("/")
    shared = 0
    for one, other in zip(above, below[:-1], strict=False):
        if one != other:
            break
        shared += 1
    return "../" * (len(above) - shared) + "/".join(below[shared:])


def anchor(fragment: str) -> str:
    """Name the place of a ``#fragment`` entity on its page, apart from the page's own places."""
    if _ANCHOR.fullmatch(fragment) and not fragment.startswith(_OWN) and fragment != "filmld":
        return fragment
    return f"{_OWN}{_digest(fragment)}"


def stem(iri: str, base: str, folders: frozenset[str] = frozenset()) -> str:
    """Make the path of a record's files from its IRI: safe on every file system, and its own.

    It is the IRI's path where that is plain already; otherwise it is made plain, and a
    part of the IRI's hash keeps it apart from all others.

    >>> stem("https://films.example.org/film/moloch-1999", "https://films.example.org/")
    'film/moloch-1999'
    >>> stem("https://films.example.org/film/%C3%89t%C3%A9", "https://films.example.org/")
    'film/ete-a8d055b2'

    Args:
        iri: The IRI.
        base: What all of them begin with.
        folders: Further names that the site itself uses at its top, of languages.
    """
    path = unquote(iri.removeprefix(base))
    parts = path.split("/")
    is_taken = parts[0] in folders or bool(_TAKEN.fullmatch(parts[0]))
    if all(_usable(part) for part in parts) and not is_taken:
        return path
    plain = [_plain(part) for part in parts]
    plain[-1] = f"{plain[-1][: LONGEST - 9].rstrip('-')}-{_digest(iri)}".lstrip("-")
    if len(plain) > 1 and (plain[0] in folders or _TAKEN.fullmatch(plain[0])):
        plain[0] = f"{plain[0]}-{_digest(parts[0])}"
    return "/".join(part or "x" for part in plain)


def _usable(part: str) -> bool:
    return bool(_PLAIN.fullmatch(part)) and len(part) <= LONGEST and not _DEVICE.fullmatch(part)


def _plain(part: str) -> str:
    letters = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].rstrip("-")
    return f"{plain}-x" if _DEVICE.fullmatch(plain) else plain


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]
