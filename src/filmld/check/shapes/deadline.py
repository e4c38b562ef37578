"""A judge that can be stopped.

A pattern such as ``^(a+)+$`` can take longer than anybody lives over a text of forty letters, and so
can a query inside a shape. An interval timer looks at the running Python frame twice a second: while
it stands at the same instruction, with the same value, nothing moves on. Python's regular expressions
notice signals, so the run ends there, and the frames below tell which shape was at work.

Signals reach the main thread of a Unix process only; elsewhere a judge is not watched.
"""

import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeAlias

_TICK: Final = 0.5
_Moment: TypeAlias = tuple[int, int, tuple[int, ...]]


class TooSlowError(Exception):
    """A judge was stopped.

    Attributes:
        shape: The shape at work, as the judge calls it, if that could be found out.
    """

    def __init__(self, shape: object | None) -> None:
        super().__init__("the judge was stopped")
        self.shape = shape


STANDSTILL: Final = 5.0
"""For how many seconds one value may be held against one pattern."""
LONGEST: Final = 3600.0
"""For how many seconds an archive may be judged."""


@contextmanager
def deadline(standstill: float = STANDSTILL, longest: float = LONGEST) -> Iterator[None]:
    """Stop what runs inside once it stands still, or takes too long altogether.

    Args:
        standstill: Seconds at one and the same instruction.
        longest: Seconds in all.

    Raises:
        TooSlowError: It was stopped.
    """
    if sys.platform == "win32" or not _is_main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, _watch(standstill, longest))
    signal.setitimer(signal.ITIMER_REAL, _TICK, _TICK)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _is_main_thread() -> bool:
    threading = sys.modules.get("threading")  # not imported: then nobody has started a thread
    return threading is None or threading.current_thread() is threading.main_thread()


def _watch(standstill: float, longest: float) -> Callable[[int, FrameType | None], None]:
    started = time.monotonic()
    since: dict[_Moment, float] = {}

    def look(_signal: int, frame: FrameType | None) -> None:
        now = time.monotonic()
        moment = _moment(frame)
        if moment not in since:
            since.clear()
            since[moment] = now
        if now - since[moment] > standstill or now - started > longest:
            raise TooSlowError(_shape(frame))

    return look


def _moment(frame: FrameType | None) -> _Moment:
    if frame is None:
        return (0, 0, ())
    return (id(frame), frame.f_lasti, tuple(id(value) for value in frame.f_locals.values()))


def _shape(frame: FrameType | None) -> object | None:
    """The shape that the innermost constraint belongs to, or that is being judged by."""
    while frame:
        at_work = frame.f_locals.get("self")
        for shape in (getattr(at_work, "shape", None), at_work):
            node: object | None = getattr(shape, "node", None)
            if node is not None:
                return node
        frame = frame.f_back
    return None
