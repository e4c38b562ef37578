"""The index of names: small files by the first letters of words, for a script or a server to look into.

Every word that a name can be found by leads to one file, and no file holds many names, so that
a search costs one or two small files however large the archive is.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from filmld.archive.transliteration import romanized
from filmld.catalog.folding import beginnings, words_of
from filmld.tuples import NamedTuple

LARGEST: Final = 400
"""Names in one file, unless they all share the same word."""

COMMON: Final = 1000
"""Names that one and the same word leads to; longer names of a very common word are found by their others."""

LONGEST: Final = 200
"""Characters of a name that are looked at; what is longer is no name."""

FOLDER: Final = "search"
EXACT: Final = "$"
"""Ends the key of a file for the word itself, where what goes on after it is in other files."""

_CALL: Final = "filmldNames("
_LINE_ENDS: Final = {0x2028: "\\u2028", 0x2029: "\\u2029"}
"""These two end a line in scripts before ECMAScript 2019."""


class Entry(NamedTuple):
    """What is found.

    Attributes:
        path: The path of its page, in the first language.
        kind: The kind of record.
        year: The year that tells it from others of its name; empty if there is none.
        names: Its names with their languages.
        forms: Other forms of its name.
        place: Its IRI without the base, where that is not the path of its page without the ending.
    """

    path: str
    kind: str
    year: str
    names: tuple[tuple[str, str], ...]
    forms: tuple[str, ...]
    place: str = ""

    @property
    def letters(self) -> str:
        """Names of other scripts in Latin letters, as far as those are known."""
        found = (word for text in self._texts() for word in words_of(text) if not word.isascii())
        return " ".join(dict.fromkeys(romanized(word) for word in found))

    def words(self) -> tuple[str, ...]:
        """The words that it is found by."""
        found = (word for text in (*self._texts(), self.year) for word in beginnings(text))
        return tuple(dict.fromkeys(found))

    def _texts(self) -> Iterator[str]:
        yield from (text[:LONGEST] for text, _ in self.names)
        yield from (text[:LONGEST] for text in self.forms)


class Findable(NamedTuple):
    """An entry with the words that it is found by."""

    entry: Entry
    words: tuple[str, ...]


def shards(findable: Sequence[Findable]) -> Mapping[str, tuple[Entry, ...]]:
    """Divide entries by the first letters of their words: as many letters as it takes."""
    by_word: dict[str, set[int]] = defaultdict(set)
    for number, (_, words) in enumerate(findable):
        for word in words:
            by_word[word].add(number)
    found = dict(_divided("", by_word))
    return MappingProxyType(
        {
            key: tuple(findable[number].entry for number in _kept(found[key], findable))
            for key in sorted(found)
        }
    )


def _divided(prefix: str, by_word: Mapping[str, set[int]]) -> Iterator[tuple[str, set[int]]]:
    numbers = set().union(*by_word.values())
    if prefix and (len(numbers) <= LARGEST or list(by_word) == [prefix]):
        yield prefix, numbers
        return
    longer: dict[str, dict[str, set[int]]] = defaultdict(dict)
    for word, found in by_word.items():
        if word == prefix:
            yield prefix + EXACT, found
        else:
            longer[word[: len(prefix) + 1]][word] = found
    for key, words in longer.items():
        yield from _divided(key, words)


def _kept(numbers: set[int], findable: Sequence[Findable]) -> Iterable[int]:
    """All of them, or of those that share a very common word the shortest, which have no other."""
    if len(numbers) <= COMMON:
        return sorted(numbers)
    shortest = sorted(numbers, key=lambda number: (sum(map(len, findable[number].words)), number))
    return sorted(shortest[:COMMON])


def shard_path(key: str) -> str:
    """The path of a file of the index: plain ASCII, and no name that is a device anywhere.

    >>> shard_path("vo"), shard_path("the$"), shard_path("мо")
    ('search/s-vo.js', 'search/s-the_.js', 'search/s--43c--43e-.js')
    """
    plain = key.removesuffix(EXACT)
    letters = "".join(char if char.isascii() and char.isalnum() else f"-{ord(char):x}-" for char in plain)
    return f"{FOLDER}/s-{letters}{'_' if key.endswith(EXACT) else ''}.js"


def keys_for(word: str, keys: Sequence[str]) -> tuple[str, ...]:
    """The files to look for a word in, or for what begins with it; the word itself comes first.

    >>> keys_for("voi", ["a", "vo"]), keys_for("v", ["va", "vo"]), keys_for("the", ["the$", "them"])
    (('vo',), ('va', 'vo'), ('the$', 'them'))
    """
    shorter = tuple(key for key in keys if not key.endswith(EXACT) and word.startswith(key))
    return shorter or tuple(key for key in keys if key.startswith(word))


def shard_text(entries: Iterable[Entry]) -> str:
    """Write a file of the index.

    It is a script, because a page that is opened from a disk may load scripts and nothing else.
    """
    return _call([_row(entry) for entry in entries])


def _row(entry: Entry) -> list[object]:
    names = [list(name) for name in entry.names]
    row: list[object] = [entry.path, entry.kind, entry.year, names, entry.forms, entry.letters]
    return [*row, entry.place] if entry.place else row


def keys_text(keys: Iterable[str]) -> str:
    """Write the list of all files of the index."""
    return _call(list(keys))


def read_call(text: str) -> list[str] | list[list[object]]:
    """Read a file of the index."""
    rows: list[str] | list[list[object]] = json.loads(text.removeprefix(_CALL).rstrip().removesuffix(");"))
    return rows


def _call(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return f"{_CALL}{text.translate(_LINE_ENDS)});\n"
