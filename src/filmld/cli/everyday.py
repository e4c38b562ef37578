"""The calls of ``filmld check`` that are made all day, understood without click.

To import click takes a seventh of the time in which a record that was saved is checked. So what editors and
people say on every save is read here: records by their paths, and a few options written out. Whatever is
anything else, from ``--help`` to a slip, is for click to read, which says the same of all that is read here.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from filmld.cli.wishes import Wishes
from filmld.diagnostics import Severity
from filmld.diagnostics.formats import Format

_COMPLETING: Final = "_FILMLD_COMPLETE"
"""Set by a shell that wants to know how a line may go on."""


def everyday(words: Sequence[str]) -> Wishes | None:
    """Understand what is wanted of a check; ``None`` if this is for click to understand.

    Args:
        words: What follows the name of the program.
    """
    given = list(words)
    root = None
    if given[:1] == ["--root"] and len(given) > 1:
        root = given[1]
        del given[:2]
    is_for_click = sys.platform == "win32" or _COMPLETING in os.environ
    if is_for_click or given[:1] != ["check"] or not (root is None or _is_folder(root)):
        return None
    wishes = Wishes(root=None if root is None else Path(root))
    try:
        return _understood(given[1:], wishes)
    except ValueError:
        return None


def _understood(words: Sequence[str], wishes: Wishes) -> Wishes | None:
    """Add what is wanted.

    Raises:
        ValueError: An option has another value than one of its own, or none.
    """
    waiting = iter(words)
    for word in waiting:
        if word == "--format":
            wishes = wishes._replace(format=Format(next(waiting, "")))
        elif word == "--fail-on":
            wishes = wishes._replace(fail_on=Severity(next(waiting, "")))
        elif word == "--all":
            wishes = wishes._replace(all=True)
        elif word.startswith("-") or not _is_there(word):
            return None
        else:
            wishes = wishes._replace(paths=(*wishes.paths, Path(word)))
    return wishes


def _is_folder(word: str) -> bool:
    return not word.startswith("-") and Path(word).is_dir() and _is_there(word)


def _is_there(word: str) -> bool:
    return bool(word) and "\0" not in word and os.access(word, os.R_OK)
