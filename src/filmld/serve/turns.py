"""Who may look at the catalogue: a large file does not keep those waiting who want a page."""

import threading
from types import TracebackType
from typing import Final, Self

SEARCH: Final = "search/"
"""Where the files of the index of names lie; which there are is known when it has been made."""

_OF_ALL: Final = ("data/", SEARCH)
_DESCRIPTIONS: Final = frozenset({"void.ttl", ".well-known/void"})


class Turns:
    """One thread at a time makes pages, and one what is made of all records, which takes its time.

    Entered itself, it keeps everybody else away, as for a change of what files are made from.
    """

    def __init__(self) -> None:
        self._of_pages = threading.Lock()
        self._of_all = threading.Lock()

    def of(self, path: str) -> threading.Lock:
        """The turn of whoever makes a file."""
        is_of_all = path in _DESCRIPTIONS or (path.startswith(_OF_ALL) and not path.endswith(".html"))
        return self._of_all if is_of_all else self._of_pages

    def __enter__(self) -> Self:
        self._of_all.acquire()
        self._of_pages.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._of_pages.release()
        self._of_all.release()
