"""The same work for many files, by as many processes as there are cores.

Each process holds one end of a pipe and nothing else of its parent's: when the parent is gone, however
it went, the pipe ends and so does the process. ^C is for the parent alone, which ends the others.
"""

import gc
import multiprocessing
import os
import sqlite3
import subprocess
import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

import filmld
from filmld.archive import Archive, Profile
from filmld.check.stored.database import Case, Database
from filmld.check.stored.reading import Taken
from filmld.check.stored.stamps import Sheet
from filmld.check.stored.work import Task, Verdict, Worker
from filmld.errors import FilmldError

if TYPE_CHECKING:
    from typing import Any

    from filmld.check.columns.taking import Batch

CHUNK: Final = 100
"""So many files are handed over at a time."""
MANY: Final = 2_500
"""So many files are read into columns at a time: what is asked of columns takes some time however short."""
_DECAY: Final = 1_000
_PREPARE, _WARM = "prepare", "warm"
_UNTOLD: Final = frozenset({_PREPARE, _WARM})
"""What is to be done and not told of."""
_SELDOM: Final = 50_000
"""After so many new objects those are looked for that hold each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a process needs to know before it begins.

    Attributes:
        root: The archive.
        profile: By whose wishes it is judged.
        index: The file of the index.
    """

    root: Path
    profile: Profile
    index: Path

    def worker(self) -> Worker:
        """Make the worker of this process."""
        return Worker(Archive.open(self.root), self.profile, Database(self.index, for_writing=False))


class LostWorkerError(RuntimeError):
    """A process ended without a word, as for want of memory."""


class Pool:
    """Processes that read and judge.

    Args:
        order: What each of them needs to know.
        count: How many.
    """

    def __init__(self, order: Order, count: int) -> None:
        self._pipes: list[Connection] = []
        self._processes: list[subprocess.Popen[bytes]] = []
        for _ in range(count):
            mine, theirs = multiprocessing.Pipe()
            self._processes.append(_start(theirs.fileno()))
            theirs.close()
            mine.send(order)
            self._pipes.append(mine)

    def close(self) -> None:
        """End all processes, whatever they are doing."""
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
        for pipe in self._pipes:
            pipe.close()

    def prepare(self) -> None:
        """Have all processes make what it takes to read very many files, and not wait for that."""
        self._tell(_PREPARE)

    def warm(self) -> None:
        """Have all processes make what it takes to judge, and not wait for that."""
        self._tell(_WARM)

    def _tell(self, what: str) -> None:
        for pipe in self._pipes:
            pipe.send((what, None))

    def take(self, sheets: list[Sheet]) -> Iterator[list[Taken]]:
        """Read files for the index, in any order."""
        return cast("Iterator[list[Taken]]", self._map("take", _chunks(sheets)))

    def take_many(self, parts: Iterable[list[Sheet]]) -> "Iterator[list[Batch]]":
        """Read many files for the index of an archive of which nothing is known yet, in any order."""
        return cast("Iterator[list[Batch]]", self._map("take_many", parts))

    def judge(self, cases: list[Case]) -> Iterator[list[Verdict]]:
        """Judge records, in any order."""
        return cast("Iterator[list[Verdict]]", self._map("judge", _chunks(cases)))

    def _map(self, what: str, tasks: Iterable[Task]) -> Iterator[object]:
        waiting = iter(tasks)
        busy: dict[Connection, None] = {}
        for pipe in self._pipes:
            self._hand(pipe, what, waiting, busy)
        while busy:
            for ready in wait(list(busy)):
                pipe = cast("Connection", ready)
                try:
                    done = pipe.recv()
                except (EOFError, OSError) as error:
                    raise LostWorkerError from error
                if isinstance(done, BaseException):
                    raise done
                del busy[pipe]
                self._hand(pipe, what, waiting, busy)
                yield done

    def _hand(
        self, pipe: Connection, what: str, waiting: Iterator[Task], busy: dict[Connection, None]
    ) -> None:
        task = next(waiting, None)
        if task is not None:
            pipe.send((what, task))
            busy[pipe] = None


def _start(pipe: int) -> "subprocess.Popen[bytes]":
    """Start a process of nothing but our own.

    The ways of :mod:`multiprocessing` run the caller's program once more, which may have been written
    without a thought of that, or copy a process that has threads.
    """
    program = f"from filmld.check.stored.processes import serve; serve({pipe})"
    above = os.fspath(Path(filmld.__file__).parents[1])
    paths = os.pathsep.join(filter(None, (above, os.environ.get("PYTHONPATH", ""))))
    return subprocess.Popen(  # noqa: S603  our own words
        [sys.executable, "-c", program],
        pass_fds=[pipe],
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "POLARS_MAX_THREADS": "1", **frugal(_DECAY)},
        process_group=0,  # ^C in the terminal is for the parent, even while this is still importing
    )


def frugal(decay: int = 20) -> dict[str, str]:
    """What has Polars give memory back that it does not need for the moment, in a process that begins so.

    Its allocator, jemalloc, keeps such memory for ten seconds, and as much for each thread as for all.

    Args:
        decay: For so many milliseconds it is kept. To ask for it again costs a process that reads one batch
            after the other a fifth of its time.
    """
    return {"_RJEM_MALLOC_CONF": f"dirty_decay_ms:{decay},muzzy_decay_ms:0,narenas:1"}


def serve(descriptor: int) -> None:
    """Work until there is nothing more to do, or nobody to do it for.

    Args:
        descriptor: The pipe.
    """
    pipe = Connection(descriptor)
    try:
        order: Order = pipe.recv()
    except (EOFError, OSError):  # ^C came before the order
        return
    worker = order.worker()
    gc.set_threshold(_SELDOM)  # nearly nothing here is in circles
    last = ""
    while True:
        try:
            what, task = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            if what != last:
                worker.renew()
                last = what
            done = _done(worker, what, task)
        except Exception as error:  # noqa: BLE001  it is raised where somebody can tell of it
            pipe.send(
                error if isinstance(error, FilmldError | sqlite3.Error) else RuntimeError(_trace(error))
            )
            return
        if what not in _UNTOLD:
            pipe.send(done)
        if what == "take_many":
            del task, done
            _tidy()


def _tidy() -> None:
    """Find what many records left behind that holds each other, which may be large frames.

    What is there after the first of them stays, and is looked at no more.
    """
    gc.collect()
    if not gc.get_freeze_count():
        gc.freeze()


def _done(worker: Worker, what: str, task: "Any") -> object:
    if what == _PREPARE:
        worker.prepare()
        return None
    if what == _WARM:
        worker.warm_for_many()
        return None
    if what == "take_many":
        return worker.take_many(task)
    return worker.take(task) if what == "take" else worker.judge(task)


def cores() -> int:
    """How many processes can run at the same time."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _trace(error: Exception) -> str:
    return "".join(traceback.format_exception(error))


def portion(count: int, most: int = CHUNK) -> int:
    """How many of so many files are handed over at a time, so that all processes have some."""
    return max(1, min(most, count // (4 * cores())))


def _chunks(items: "list[Sheet] | list[Case]") -> Iterator[Task]:
    size = portion(len(items))
    return (items[start : start + size] for start in range(0, len(items), size))
