"""How far a long check has come, for people at a terminal."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Final

from filmld.cli.saying import say

WORTHWHILE: Final = 500
"""Fewer files than this are done before anybody has read a number."""


@contextmanager
def bar() -> Iterator[Callable[[int, int], None] | None]:
    """Show a line that is overwritten and, in the end, wiped; nothing where nobody sits at a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    told = ""

    def tell(done: int, total: int) -> None:
        nonlocal told
        percent = 100 * done // max(1, total)
        line = f"checking {total:,} files: {percent} %"
        if total >= WORTHWHILE and line != told:
            told = line
            say(f"\r{line}", end="", err=True)

    try:
        yield tell
    finally:
        if told:
            say(f"\r{' ' * len(told)}\r", end="", err=True)


def waiting() -> None:
    """Say that another check of the archive has to end first."""
    say("another check of this archive is at work; waiting for it to end", err=True)
