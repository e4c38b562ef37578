"""What archivists save while somebody watches, and what is new in it."""

import time
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from operator import attrgetter
from pathlib import Path
from threading import Event
from typing import Final

from watchfiles import watch

from filmld.archive import Archive
from filmld.archive.records import SUFFIX
from filmld.diagnostics import Diagnostic

PATIENCE: Final = 0.3
"""Seconds that an empty file may stay so before it counts as such."""
_MOMENT: Final = 0.01


def saves(archive: Archive, stop: Event | None = None) -> Iterator[set[str]]:
    """Yield the places of the records that were saved, made or deleted together; none at first.

    From the first, empty answer on no save is missed. A folder that came or went stands for the records
    in it.

    Args:
        archive: The archive whose records are watched.
        stop: Ends this; otherwise ^C does.
    """
    folder = archive.root / archive.config.paths.records
    is_watching = False
    for changes in watch(
        folder,
        debounce=50,
        step=20,
        rust_timeout=200,
        yield_on_timeout=True,
        raise_interrupt=True,
        stop_event=stop,
    ):
        names = {
            path.relative_to(archive.root).as_posix()
            for _, changed in changes
            for path in _records(Path(changed))
            if path != folder
        }
        if names or not is_watching:
            _await_texts(archive.root / name for name in names)
            yield names
            is_watching = True


def _await_texts(paths: Iterable[Path]) -> None:
    """Give a file that is empty a moment: many programs empty a file before they write into it."""
    until = time.monotonic() + PATIENCE
    for path in paths:
        while _is_empty(path) and time.monotonic() < until:
            time.sleep(_MOMENT)


def _is_empty(path: Path) -> bool:
    try:
        return path.stat().st_size == 0
    except OSError:  # it is gone, which is a change as well
        return False


def _records(path: Path) -> Iterator[Path]:
    if path.name.startswith((".", "#")):
        return
    if path.suffix == SUFFIX or not path.suffix:
        if path.is_dir():
            yield from path.rglob(f"*{SUFFIX}")
        else:  # without an ending it may be a folder that is gone
            yield path


def news(
    before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...], changed: set[str]
) -> Iterator[Diagnostic]:
    """The findings of changed files, and whatever was not found before; all are in the order of files.

    Of hundreds of thousands of findings all but a few are the very objects that were there before, in the
    same order: long stretches of them are compared at once, and only the others one by one.
    """
    start = _alike(before, after)
    end = _alike(before[:start:-1], after[:start:-1])
    known = set(before[start : len(before) - end])
    new = {nth for nth in range(start, len(after) - end) if after[nth] not in known}
    for name in changed:
        first, last = (side(after, name, key=_filename) for side in (bisect_left, bisect_right))
        new.update(range(first, last))
    yield from (after[nth] for nth in sorted(new))


_filename: Final = attrgetter("filename")


def _alike(one: tuple[Diagnostic, ...], other: tuple[Diagnostic, ...]) -> int:
    """How many findings at the beginning are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if one[low:middle] == other[low:middle] else (low, middle - 1)
    return low
