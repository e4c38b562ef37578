"""The parts of a site, a module each: which files there are, and what each holds.

A part knows its paths and makes any of them when asked; no part knows another.
"""

from collections.abc import Iterable
from typing import Protocol

from filmld.publish.plan import File


class Part(Protocol):
    """Some files of a site."""

    def paths(self) -> Iterable[str]:
        """The paths of all its files, in any order."""

    def render(self, path: str) -> File | None:
        """Make one of them; ``None`` for a path that is not its own."""
