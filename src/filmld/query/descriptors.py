"""Descriptors that a child can inherit as they are."""

import fcntl
import os
from typing import Final

_FIRST_FREE: Final = 3


def above_standard(descriptor: int) -> int:
    """Move a descriptor out of the way of standard input, output and error; the old one is closed.

    Whoever starts us may have closed these three, as some supervisors do. What we open then
    gets their numbers, and a child, which is given three of its own, would lose it.
    """
    if descriptor >= _FIRST_FREE:
        return descriptor
    moved: int = fcntl.fcntl(descriptor, fcntl.F_DUPFD_CLOEXEC, _FIRST_FREE)
    os.close(descriptor)
    return moved
