"""Looking at many files of a folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial


@contextmanager
def opened_folder(folder: str) -> Iterator[tuple[int | str, Callable[[str], os.stat_result]]]:
    """A folder to list, and what asks for the status of a file in it.

    Where the system can, files are asked for by their names in the open folder: to find each by its whole
    path takes a quarter of the time.

    Args:
        folder: Its path.

    Raises:
        OSError: It is none, or cannot be opened.
    """
    if os.stat not in os.supports_dir_fd or os.scandir not in os.supports_fd:  # pragma: no cover  Windows
        yield folder, lambda name: os.lstat(f"{folder}/{name}")
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        yield descriptor, partial(os.stat, dir_fd=descriptor, follow_symlinks=False)
    finally:
        os.close(descriptor)


def count_files(folder: str, suffix: str, most: int | None = None) -> int:
    """How many files of a name lie in a folder and those below it; no more than ``most`` are counted."""
    count = 0
    waiting = [folder]
    while waiting and (most is None or count < most):
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    elif entry.name.endswith(suffix):
                        count += 1
                        if count == most:
                            break
        except OSError:  # whoever reads it will tell
            continue
    return count
