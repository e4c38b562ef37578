"""The files of a snapshot as a text, a line for each, which is looked up and edited as it stands.

A snapshot can have a million files. To make an object of each takes seconds; to read, compare and hash
their text takes milliseconds, and what one edit changes is a few lines of it.
"""

import re
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from typing import Final, Self

from filmld.tuples import NamedTuple

_ESCAPES: Final = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
_PLAIN: Final = {r"\\": "\\", r"\t": "\t", r"\n": "\n", r"\r": "\r"}


class Entry(NamedTuple):
    """One file: its size in bytes and the SHA-256 of its content."""

    size: int
    sha256: str


class Listing(Mapping[str, Entry]):
    """Files by their paths, in the order of their bytes: ``path``, size and SHA-256, with tabs between.

    Attributes:
        text: All lines.
    """

    __slots__ = ("text",)

    def __init__(self, text: bytes = b"") -> None:
        self.text = text

    @classmethod
    def of(cls, entries: Iterable[tuple[str, Entry]]) -> Self:
        """List files, of which no two have the same path."""
        # A tab comes before all that paths are made of, so that lines are in the order of their paths.
        return cls(b"".join(sorted(_line(path, entry) for path, entry in entries)))

    def __getitem__(self, path: str) -> Entry:
        key = _encoded(path) + b"\t"
        start = self._first(key)
        if not self.text.startswith(key, start):
            raise KeyError(path)
        line = self.text[start : self.text.index(b"\n", start)]
        return _read(_text(line))[1]

    def __iter__(self) -> Iterator[str]:
        return (_unescaped(line.partition("\t")[0]) for line in self._lines())

    def __len__(self) -> int:
        return self.text.count(b"\n")

    def __eq__(self, other: object) -> bool:
        return self.text == other.text if isinstance(other, Listing) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.text)

    def items(self) -> ItemsView[str, Entry]:
        """All files with their entries, each read once."""
        return dict(self._entries()).items()

    def sizes(self) -> dict[str, int]:
        """The sizes of all files."""
        parts = (line.split("\t", 2) for line in self._lines())
        return {_unescaped(path): int(size) for path, size, _ in parts}

    def below(self, folder: str) -> "Listing":
        """The files below a folder, with their whole paths."""
        after = chr(ord("/") + 1)
        start, end = (self._first(f"{folder}{mark}".encode()) for mark in ("/", after))
        return Listing(self.text[start:end])

    def edited(self, changes: Mapping[str, Entry | None]) -> "Listing":
        """The same with some files otherwise, or without them where ``None`` is given."""
        parts, place = [], 0
        for key, path in sorted((_encoded(path) + b"\t", path) for path in changes):
            start = self._first(key, place)
            parts.append(self.text[place:start])
            entry = changes[path]
            if entry:
                parts.append(_line(path, entry))
            is_there = self.text.startswith(key, start)
            place = self.text.index(b"\n", start) + 1 if is_there else start
        return Listing(b"".join([*parts, self.text[place:]]))

    def differing(self, other: "Listing") -> frozenset[str]:
        """The files that are not the same in both, or in one of them only."""
        return frozenset(self._differing(other))

    def _differing(self, other: "Listing") -> Iterator[str]:
        """Go through both texts, over what they have in common in one step each time."""
        mine = its = 0
        while True:
            common = _common(self.text, mine, other.text, its)
            mine, its = mine + common, its + common
            own, strange = _key(self.text, mine), _key(other.text, its)
            if own.is_end and strange.is_end:
                return
            yield _unescaped(_text(min(own, strange).path[:-1]))
            if own <= strange:
                mine = self.text.index(b"\n", mine) + 1
            if strange <= own:
                its = other.text.index(b"\n", its) + 1

    def _entries(self) -> Iterator[tuple[str, Entry]]:
        return map(_read, self._lines())

    def _lines(self) -> Iterator[str]:
        return iter(_text(self.text).split("\n")[:-1])  # splitlines() ends lines elsewhere, too

    def _first(self, key: bytes, low: int = 0) -> int:
        """Where the first line begins that does not come before a key; ``low`` begins a line, too."""
        high = len(self.text)
        while low < high:
            middle = (low + high) // 2
            begin = self.text.rfind(b"\n", low, middle) + 1 or low
            end = self.text.find(b"\n", middle)
            if self.text[begin:end] < key:
                low = end + 1
            else:
                high = begin
        return low


def _line(path: str, entry: Entry) -> bytes:
    return b"%b\t%d\t%b\n" % (_encoded(path), entry.size, entry.sha256.encode())


def _read(line: str) -> tuple[str, Entry]:
    """Read a line.

    Raises:
        ValueError: It is none of such a list.
    """
    path, size, sha256 = line.split("\t")
    return _unescaped(path), Entry(int(size), sha256)


class _Key(NamedTuple):
    """What the lines of a text are ordered by: the path with the tab after it; the end comes last."""

    is_end: bool
    path: bytes


def _key(text: bytes, place: int) -> _Key:
    """The key of the line that begins at a place."""
    return _Key(place == len(text), text[place : text.find(b"\t", place) + 1])


def _common(one: bytes, here: int, other: bytes, there: int) -> int:
    """How long the lines are that two texts have in common, from places where lines begin."""
    most = min(len(one) - here, len(other) - there)
    same, step = 0, 1
    while step and same < most:  # in longer and longer steps, and in shorter ones where they differ
        end = min(same + step, most)
        if one[here + same : here + end] == other[there + same : there + end]:
            same, step = end, 2 * step
        else:
            step //= 2
    return max(0, one.rfind(b"\n", here, here + same) + 1 - here)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")


def _unescaped(path: str) -> str:
    return re.sub(r"\\.", lambda match: _PLAIN[match[0]], path) if "\\" in path else path


def _encoded(path: str) -> bytes:
    return path.translate(_ESCAPES).encode("utf-8", "surrogateescape")
