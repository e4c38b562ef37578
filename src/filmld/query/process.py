"""One worker process, seen from the process that asks it."""

import asyncio
import contextlib
import signal
import socket
import time
from collections.abc import AsyncGenerator, Coroutine
from typing import Protocol, Self, TypeVar

from filmld.query import frames, sandbox
from filmld.query.clock import Clock
from filmld.query.errors import (
    CharacterError,
    DataUnreadableError,
    DeadlineError,
    EvaluationError,
    FormatKindError,
    PoolBusyError,
    QueryError,
    ResultKind,
    ResultTooLargeError,
    ServiceRefusedError,
    WorkerDiedError,
    WorkerStartError,
    WorkerStartTimeoutError,
)
from filmld.query.formats import Format, formats_for, named
from filmld.query.frames import Fault, Question, Trouble
from filmld.query.handles import Child, Handle
from filmld.query.source import Source
from filmld.query.spawning import socket_pair, spawn
from filmld.query.syntax import explain

LOAD_SECONDS = 3600.0
"""How long a worker may read its data: 40 million statements take ten minutes here."""

_T = TypeVar("_T")


class Answer(Protocol):
    """What comes of a query: its kind and format are known, its data comes as it is read."""

    @property
    def kind(self) -> ResultKind:
        """What kind of answer it is."""

    @property
    def format(self) -> Format:
        """What it is written in."""

    @property
    def seconds_taken(self) -> float:
        """How long it was worked on."""

    def chunks(self) -> AsyncGenerator[bytes]:
        """The bytes of the answer, each piece as soon as it is there.

        Raises:
            QueryError: What came so far is not the whole answer.
        """


class Worker:
    """A process that holds data and answers one query at a time.

    Attributes:
        missing: What its sandbox lacks on this system, in words.
        idle: Whether it can be asked: it is ready, or has given its last answer to the end.
    """

    def __init__(self, handle: Handle, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._handle = handle
        self._reader = reader
        self._writer = writer
        self._clock = Clock()
        self._turned_away = False
        self._ending: asyncio.Task[None] | None = None
        self.missing: tuple[str, ...] = ()
        self.idle = False

    @classmethod
    async def start(cls, source: Source, *, memory_mib: int) -> Self:
        """Start a worker as a child and wait until it has read its data.

        It ends with the thread that called this, not only with the process (prctl(2),
        PR_SET_PDEATHSIG), so this must not be handed to a thread that ends before.

        Raises:
            DataUnreadableError: It cannot read its data.
            WorkerStartError: It cannot even start.
        """
        ours, theirs = socket_pair()
        try:
            with theirs:
                process = spawn("worker", theirs, source, memory_mib)
        except OSError as error:
            ours.close()
            raise WorkerStartError(error.strerror or str(error)) from error
        return await cls.attach(Child(process), ours)

    @classmethod
    async def attach(cls, handle: Handle, link: socket.socket) -> Self:
        """Speak with a worker that somebody has started, once it is ready.

        Whatever goes wrong, it has ended then, and the link is closed.

        Raises:
            DataUnreadableError: It cannot read its data.
            WorkerStartError: It cannot even start.
        """
        try:
            worker = cls(handle, *await asyncio.open_connection(sock=link, limit=2**18))
        except BaseException:
            link.close()
            handle.signal(signal.SIGKILL)
            await handle.ended()
            raise
        try:
            async with asyncio.timeout(LOAD_SECONDS):
                await worker._begin()
        except TimeoutError as error:
            await worker.end()
            raise WorkerStartTimeoutError from error
        except BaseException:
            await worker.end()
            raise
        return worker

    @property
    def offline(self) -> bool:
        """Whether the system keeps this worker from the network."""
        return sandbox.NETWORK not in self.missing

    @property
    def alive(self) -> bool:
        """Whether the process still runs, as far as is known."""
        return not self._reader.at_eof() and self._handle.runs

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._handle.pid

    @property
    def paused_seconds(self) -> float:
        """How long it has been kept from working, in all."""
        return self._clock.paused_seconds

    def step_back(self) -> None:
        """Let it work only when nobody else wants to, for the rest of its life."""
        self._handle.signal(signal.SIGUSR1)

    def pause(self) -> None:
        """Keep it from working; the time until :meth:`resume` does not count."""
        self._handle.signal(signal.SIGSTOP)
        self._clock.stop()

    def resume(self) -> None:
        """Let it go on."""
        self._clock.go_on()
        self._handle.signal(signal.SIGCONT)

    def turn_away(self) -> None:
        """End it because there is no room for the query that it works on."""
        self._turned_away = True
        self._handle.signal(signal.SIGKILL)

    async def _begin(self) -> None:
        try:
            letter, body = await self._frame()
        except WorkerDiedError as error:
            raise WorkerStartError from error
        if letter == frames.FAULT:
            fault = frames.decode_fault(body)
            raise DataUnreadableError(fault.name, fault.message, fault.row, fault.column)
        self.missing = frames.decode_ready(body).missing
        self.idle = True

    async def ask(self, question: Question, *, seconds: float) -> Answer:
        """Ask, and wait until it is known what the answer is.

        Args:
            question: The query.
            seconds: How long the worker may take in all. Time in which nobody reads the
                answer does not count.

        Raises:
            QueryError: One of its kinds, if there is no answer. After
                :exc:`DeadlineError` and :exc:`WorkerDiedError` the worker is of no more use.
        """
        self.idle = False
        answer = LiveAnswer(self, question, seconds)
        await answer.begin()
        return answer

    async def send(self, question: Question, seconds: float) -> None:
        """Send a question.

        Raises:
            TimeoutError: It does not take it.
            WorkerDiedError: Nobody is there to take it.
        """
        self._writer.write(frames.pack(frames.QUESTION, frames.encode(question)))
        try:
            async with self._clock.limit(seconds):
                await self._writer.drain()
        except ConnectionError as error:
            raise self._death() from error

    async def receive(self, seconds: float) -> tuple[bytes, bytes]:
        """Wait for a frame, but no longer than that; a pause does not count.

        Raises:
            TimeoutError: It did not come.
            WorkerDiedError: It never will.
            PoolBusyError: The worker was ended to make room.
        """
        async with self._clock.limit(seconds):
            return await self._frame()

    async def _frame(self) -> tuple[bytes, bytes]:
        try:
            letter, length = frames.HEADER.unpack(await self._reader.readexactly(frames.HEADER.size))
            if length > frames.MAX_BODY:
                raise WorkerDiedError
            return letter, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise self._death() from error

    def _death(self) -> QueryError:
        return PoolBusyError() if self._turned_away else WorkerDiedError()

    async def end(self) -> None:
        """End the process, whatever it is doing, and leave nothing behind.

        Several may wait for that; whoever is cancelled meanwhile waits all the same.
        """
        self.idle = False
        self._handle.signal(signal.SIGKILL)
        self._writer.close()
        if self._ending is None:
            self._ending = asyncio.create_task(self._ended())
        try:
            await asyncio.shield(self._ending)
        except asyncio.CancelledError:
            await asyncio.wait([self._ending])
            raise

    async def _ended(self) -> None:
        await self._handle.ended()
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


class LiveAnswer:
    """What a worker answers, while it works on it.

    Attributes:
        kind: What kind of answer it is.
        format: What it is written in.
    """

    def __init__(self, worker: Worker, question: Question, seconds: float) -> None:
        self._worker = worker
        self._question = question
        self._seconds = seconds
        self._left = seconds
        self.kind = ResultKind.SOLUTIONS
        self.format = formats_for(self.kind)[0]

    @property
    def seconds_taken(self) -> float:
        """How long the worker was waited for."""
        return self._seconds - self._left

    async def begin(self) -> None:
        """Send the question and wait for the head of the answer."""
        await self._timed(self._worker.send(self._question, self._left))
        letter, body = await self._next()
        if letter == frames.FAULT:
            raise self._refusal(frames.decode_fault(body))
        head = frames.decode_head(body)
        self.kind = head.kind
        self.format = named(head.format) or self.format

    async def chunks(self) -> AsyncGenerator[bytes]:
        """The bytes of the answer, each piece as soon as it is there.

        Raises:
            QueryError: What came so far is not the whole answer.
        """
        while True:
            letter, body = await self._next()
            if letter == frames.DATA:
                yield body
            elif letter == frames.END:
                self._worker.idle = True
                return
            else:
                raise self._refusal(frames.decode_fault(body))

    async def _next(self) -> tuple[bytes, bytes]:
        return await self._timed(self._worker.receive(self._left))

    async def _timed(self, work: Coroutine[object, object, _T]) -> _T:
        """Do something, and see how much time is left for the rest."""
        started, paused = time.monotonic(), self._worker.paused_seconds
        try:
            return await work
        except TimeoutError as error:
            raise DeadlineError(self._seconds) from error
        finally:
            took = time.monotonic() - started - (self._worker.paused_seconds - paused)
            self._left = max(0.0, self._left - took)

    def _refusal(self, fault: Fault) -> QueryError:
        self._worker.idle = True
        match fault.trouble:
            case Trouble.SYNTAX:
                return explain(fault, self._question)
            case Trouble.FORMAT:
                kind = fault.kind or ResultKind.SOLUTIONS
                return FormatKindError(kind, [_listed(known) for known in formats_for(kind)])
            case Trouble.TOO_LARGE:
                return ResultTooLargeError(self._question.max_bytes / 2**20)
            case Trouble.CHARACTER:
                return CharacterError()
            case Trouble.NETWORK:
                return ServiceRefusedError()
            case _:
                return EvaluationError(fault.message)


def _listed(known: Format) -> str:
    return f"{known.name} ({known.media_type})"
