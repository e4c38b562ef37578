"""One worker process, seen from the process that asks it."""

import asyncio
import contextlib
import os
import socket
import subprocess
import sys
import time
from collections.abc import AsyncGenerator
from pathlib import Path
from typing import Self

import filmld
from filmld.query import frames, sandbox
from filmld.query.errors import (
    DataUnreadableError,
    DeadlineError,
    EvaluationError,
    FormatKindError,
    QueryError,
    ResultKind,
    ResultTooLargeError,
    ServiceRefusedError,
    WorkerDiedError,
    WorkerStartError,
)
from filmld.query.formats import Format, formats_for, named
from filmld.query.frames import Fault, Question, Trouble
from filmld.query.source import Source, Spool, encode
from filmld.query.syntax import explain


class Worker:
    """A process that holds data and answers one query at a time.

    Attributes:
        missing: What its sandbox lacks on this system, in words.
        idle: Whether it can be asked: it is ready, or has given its last answer to the end.
    """

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
    ) -> None:
        self._process = process
        self._reader = reader
        self._writer = writer
        self.missing: tuple[str, ...] = ()
        self.idle = False

    @classmethod
    async def start(cls, source: Source, *, memory_mib: int) -> Self:
        """Start a worker and wait until it has read its data.

        It ends with the thread that called this, not only with the process (prctl(2),
        PR_SET_PDEATHSIG), so this must not be handed to a thread that ends before.

        Raises:
            DataUnreadableError: It cannot read its data.
            WorkerStartError: It cannot even start.
        """
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                process = _spawn(source, theirs.fileno(), memory_mib)
        except OSError as error:
            ours.close()
            raise WorkerStartError(error.strerror or str(error)) from error
        try:
            worker = cls(process, *await asyncio.open_connection(sock=ours, limit=2**18))
        except BaseException:
            ours.close()
            process.kill()
            process.wait()
            raise
        try:
            await worker._begin()
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
        return not self._reader.at_eof() and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

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

    async def ask(self, question: Question, *, seconds: float) -> "Answer":
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
        answer = Answer(self, question, seconds)
        await answer.begin()
        return answer

    async def send(self, question: Question) -> None:
        """Send a question.

        Raises:
            WorkerDiedError: Nobody is there to take it.
        """
        self._writer.write(frames.pack(frames.QUESTION, frames.encode(question)))
        try:
            await self._writer.drain()
        except ConnectionError as error:
            raise WorkerDiedError from error

    async def receive(self, seconds: float) -> tuple[bytes, bytes]:
        """Wait for a frame, but no longer than that.

        Raises:
            TimeoutError: It did not come.
            WorkerDiedError: It never will.
        """
        async with asyncio.timeout(seconds):
            return await self._frame()

    async def _frame(self) -> tuple[bytes, bytes]:
        try:
            letter, length = frames.HEADER.unpack(await self._reader.readexactly(frames.HEADER.size))
            if length > frames.MAX_BODY:
                raise WorkerDiedError
            return letter, await self._reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            raise WorkerDiedError from error

    async def end(self) -> None:
        """End the process, whatever it is doing, and leave nothing behind."""
        self.idle = False
        self._process.kill()
        self._writer.close()
        # Freeing gigabytes takes the kernel a while; meanwhile others are served.
        await asyncio.shield(asyncio.to_thread(self._process.wait))
        with contextlib.suppress(ConnectionError):
            await self._writer.wait_closed()


class Answer:
    """What a worker answers: its kind and format are known, its data comes as it is read.

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
        await self._worker.send(self._question)
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
        started = time.monotonic()
        try:
            return await self._worker.receive(self._left)
        except TimeoutError as error:
            raise DeadlineError(self._seconds) from error
        finally:
            self._left = max(0.0, self._left - (time.monotonic() - started))

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
            case Trouble.NETWORK:
                return ServiceRefusedError()
            case _:
                return EvaluationError(fault.message)


def _listed(known: Format) -> str:
    return f"{known.name} ({known.media_type})"


def _spawn(source: Source, descriptor: int, memory_mib: int) -> subprocess.Popen[bytes]:
    inherited = (descriptor, source.descriptor) if isinstance(source, Spool) else (descriptor,)
    arguments = (descriptor, os.getpid(), memory_mib, encode(source))
    package = str(Path(filmld.__file__).parents[1])
    path = os.pathsep.join(filter(None, (package, os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603  our own module, started without a shell
        # -P: the folder that someone happens to work in is no place to import from.
        [sys.executable, "-P", "-m", "filmld.query.worker", *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=inherited,
        env={**os.environ, "PYTHONPATH": path},
        process_group=0,  # ^C in the terminal is for the parent, which then ends its workers
    )
