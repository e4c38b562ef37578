"""One check at a time writes the index; whoever comes second waits."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover  only Unix has it; elsewhere SQLite's own lock is all there is
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, wait: Callable[[], None]) -> Iterator[None]:
    """Hold a lock that the system takes back when its holder ends, in whatever way.

    Args:
        path: A file for the lock; it is made where it is missing, and stays.
        wait: Called if somebody else has the lock, before waiting for it.

    Raises:
        OSError: The file cannot be made.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if fcntl is not None:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                wait()
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)
