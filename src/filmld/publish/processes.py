"""The same work by as many processes as there are cores.

Each is a copy of this one, so that all share what has been read. Copying is safe only while there is
one thread; where there are more, as in a server, the work is done here.
"""

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from multiprocessing import Pipe
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Final, Generic, NoReturn, TypeVar, cast

WORTHWHILE: Final = 4
"""Fewer chunks than this are done before another process is of use."""

_TASKS: Final = Path("/proc/self/task")
_PR_SET_PDEATHSIG: Final = 1
_ENDING: Final = (signal.SIGINT, signal.SIGTERM)

_Task = TypeVar("_Task")
_T = TypeVar("_T")


def cores() -> int:
    """How many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared(work: Callable[[_Task], list[_T]], tasks: Sequence[_Task], processes: int) -> Iterator[_T]:
    """Do tasks, in any order.

    Args:
        work: Does one; it may be called in another process, so what it changes here does not count.
        tasks: What to do; the longest first.
        processes: How many processes to share them among.
    """
    if processes < 2 or len(tasks) < WORTHWHILE or not _is_alone():  # noqa: PLR2004  one is no sharing
        for task in tasks:
            yield from work(task)
        return
    helpers = _Helpers(work, tasks)
    try:
        helpers.start(min(processes, len(tasks)))
        yield from helpers.results()
    finally:
        helpers.end()


@contextmanager
def beside(work: Callable[[], _T], processes: int) -> Iterator[Callable[[], _T]]:
    """Do something while this process goes on.

    Args:
        work: Does it. Where another process could not, it is called once more, here.
        processes: How many processes may work at the same time.

    Yields:
        What waits for it, and says what came of it. It is given up if nobody has asked by the end.
    """
    if processes < 2 or not _is_alone():  # noqa: PLR2004
        yield work
        return
    helper = _Helpers(lambda _: [work()], [None])
    try:
        helper.start(1)
        yield lambda: next(helper.results())
    finally:
        helper.end()


def _is_alone() -> bool:
    """Say whether this process has one thread only, those of libraries included."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    return len(list(_TASKS.iterdir())) == 1


class _Helpers(Generic[_Task, _T]):
    """Processes that wait for the number of a task and send back what came of it."""

    def __init__(self, work: Callable[[_Task], list[_T]], tasks: Sequence[_Task]) -> None:
        self._work = work
        self._tasks = tasks
        self._pipes: list[Connection] = []
        self._processes: list[int] = []
        self._waiting = iter(range(len(tasks)))
        self._busy: dict[Connection, int] = {}

    def start(self, count: int) -> None:
        """Start processes, and hand a task to each."""
        for _ in range(count):
            with _uninterrupted() as blocked:
                self._start(blocked)
        for pipe in self._pipes:
            self._hand(pipe)

    def _start(self, blocked: AbstractSet[int]) -> None:
        mine, theirs = Pipe()
        parent = os.getpid()
        process = os.fork()
        if process == 0:
            _serve(self._work, self._tasks, theirs, parent, blocked)
        theirs.close()
        self._pipes.append(mine)
        self._processes.append(process)

    def results(self) -> Iterator[_T]:
        """Hand out all tasks; what a process cannot do is done here, where whoever waits hears why."""
        while self._busy:
            for ready in wait(list(self._busy)):
                pipe = cast("Connection", ready)
                number = self._busy.pop(pipe)
                done = _received(pipe)
                if done is None:
                    yield from self._work(self._tasks[number])
                else:
                    yield from cast("list[_T]", done)
                    self._hand(pipe)
        for number in self._waiting:  # all processes are lost, as for want of memory
            yield from self._work(self._tasks[number])

    def _hand(self, pipe: Connection) -> None:
        number = next(self._waiting, None)
        if number is not None:
            pipe.send(number)
            self._busy[pipe] = number

    def end(self) -> None:
        """End all processes, whatever they are doing."""
        for process in self._processes:
            os.kill(process, signal.SIGKILL)
        for process in self._processes:
            os.waitpid(process, 0)
        for pipe in self._pipes:
            pipe.close()


@contextmanager
def _uninterrupted() -> Iterator[AbstractSet[int]]:
    """Let signals that end the command wait: what their handlers raise is lost in what runs after a fork.

    Yields:
        Those that are blocked besides.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDING)
    try:
        yield before
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _received(pipe: Connection) -> object:
    """What a process has done; ``None`` if it could not, and has ended."""
    try:
        return cast("object", pipe.recv())
    except (EOFError, OSError):
        return None


def _serve(
    work: Callable[[_Task], list[_T]],
    tasks: Sequence[_Task],
    pipe: Connection,
    parent: int,
    blocked: AbstractSet[int],
) -> NoReturn:
    """Do tasks until there is nothing more to do, or nobody to do it for."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        # The ends of others' pipes, and the lock of the folder, which must not outlive the parent.
        os.closerange(3, pipe.fileno())
        os.closerange(pipe.fileno() + 1, os.sysconf("SC_OPEN_MAX"))
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        while os.getppid() == parent:
            pipe.send(work(tasks[pipe.recv()]))
    finally:
        # Nothing of what this process would do at its end is its own: it is a copy.
        os._exit(1)
