"""Derived facts in compressed parts: an edit has those parts made anew that it is in, the others stay.

Parts begin where the facts about a thing begin whose IRI has a hash that ends in zeros: so they are the same
whether all was divided or one part was edited.
"""

import zlib
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Final, TypeAlias

from filmld.publish.deflate import packed, unpacked

Parts: TypeAlias = Mapping[str, bytes]
"""Sorted lines of N-Quads, compressed, by the subject of the first of each part, with a blank."""

_EVERY: Final = 256
"""So many things are in a part on average."""


def divided(lines: Iterable[str]) -> dict[str, bytes]:
    """Divide sorted lines."""
    return dict(_parts(lines))


def edited(parts: Parts, removed: frozenset[str], added: frozenset[str]) -> dict[str, bytes]:
    """Edit lines.

    Args:
        parts: All of them.
        removed: Those that are no more.
        added: Those that are new.
    """
    if not parts:
        return divided(sorted(added))
    keys = list(parts)
    coming: dict[int, set[str]] = defaultdict(set)
    for line in removed | added:
        number = max(bisect_right(keys, line) - 1, 0)
        coming[number].add(line)
        if number:  # where a part loses its first thing, it becomes a part of the one before
            coming[number - 1].update(())
    found: dict[str, bytes] = {}
    for is_touched, numbers in groupby(range(len(keys)), lambda number: number in coming):
        if not is_touched:
            found.update((keys[number], parts[keys[number]]) for number in numbers)
            continue
        some = list(numbers)
        lines = {line for number in some for line in lines_of(parts[keys[number]])} - removed
        lines |= {line for number in some for line in coming[number]} & added
        found.update(_parts(sorted(lines)))
    return found


def lines_of(part: bytes) -> Iterator[str]:
    """The lines of a part; a literal may hold what else ends a line elsewhere, such as U+2028."""
    return (f"{line}\n" for line in unpacked(part).decode().split("\n")[:-1])


def _parts(lines: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    waiting: list[str] = []
    for subject, group in groupby(lines, _subject):
        if waiting and zlib.crc32(subject.encode()) % _EVERY == 0:
            yield _subject(waiting[0]), packed("".join(waiting).encode())
            waiting = []
        waiting += group
    if waiting:
        yield _subject(waiting[0]), packed("".join(waiting).encode())


def _subject(line: str) -> str:
    """The subject of a statement, with the blank that ends it, so that it sorts as its lines do."""
    return line[: line.index(" ") + 1]
