"""When each record was last changed, as git remembers it."""

import os
import subprocess
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final

from filmld.patterns import regex

SECONDS: Final = 60
"""How long git may take; without its answer pages say nothing of changes."""

_DAY: Final = regex(r"\d{4}-\d\d-\d\d")
_ARGUMENTS: Final = (
    # Nothing that a repository is configured with may run a program or ask a network.
    *("--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false", "-c", "log.showSignature=false"),
    *("-c", "core.quotePath=false", "log", "-z", "--format=%x01%cs", "--name-only", "--relative"),
    *("--no-renames", "--no-ext-diff", "--no-textconv", "--diff-filter=AM", "--no-merges"),
)


class History:
    """The changes to the files of one archive: git is asked once, when somebody first wants to know."""

    def __init__(self, root: Path, folder: str) -> None:
        """Take note of the archive.

        Args:
            root: Its top folder.
            folder: The folder of its records, relative to that.
        """
        self._root = root
        self._folder = folder

    def last_change(self, filename: str) -> str | None:
        """The day of the last commit that changed a file, by its shown name; ``None`` if git knows none."""
        return self.days.get(filename)

    @cached_property
    def days(self) -> Mapping[str, str]:
        """The same for all files that git knows."""
        return MappingProxyType(_parsed(_log(self._root, self._folder)))


def _log(root: Path, folder: str) -> str:
    if not any((above / ".git").exists() for above in (root, *root.parents)):
        return ""
    environment = {
        **os.environ,
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_OPTIONAL_LOCKS": "0",
    }
    command = ["git", *_ARGUMENTS, "--", folder]
    try:
        done = subprocess.run(  # noqa: S603  fixed arguments, and a folder behind `--`
            command, cwd=root, env=environment, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):  # no git, or far too much of it
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""


def _parsed(log: str) -> dict[str, str]:
    """Read ``git log -z``: a day and names for each commit, the newest first."""
    days: dict[str, str] = {}
    for commit in log.split("\x01")[1:]:
        day, *names = (part.strip("\n") for part in commit.split("\0"))
        if _DAY.fullmatch(day):
            for name in filter(None, names):
                days.setdefault(name, day)
    return days
