"""The process that evaluates queries: ``python -m filmld.query.worker SOCKET PARENT MEMORY SOURCE``.

It trusts nothing that it is asked, and nobody trusts it: whoever started it ends it when it
takes too long, and starts another when it dies. One query at a time, in a thread with a
large stack, because the engine recurses along the query.
"""

import io
import os
import re
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

os.environ["RUST_BACKTRACE"] = "0"  # an engine out of memory would hang while it prints one

import pyoxigraph as ox

from filmld.query import frames, sandbox
from filmld.query.errors import ResultKind
from filmld.query.frames import Fault, Head, Question, Ready, Trouble
from filmld.query.source import UnreadableSourceError, decode, open_store
from filmld.query.turtle import turtle

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

Opener: TypeAlias = Callable[[], ox.Store]

STACK_BYTES = 64 * 2**20
FLUSH_BYTES = 64 * 1024

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SOLUTIONS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_XML = frozenset({"xml", "rdfxml"})
_TRIPLES = {
    "ntriples": ox.RdfFormat.N_TRIPLES,
    "jsonld": ox.RdfFormat.STREAMING_JSON_LD,
    "rdfxml": ox.RdfFormat.RDF_XML,
}


_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What XML 1.0 §2.2 excludes, as UTF-8; the engine writes it all the same."""


class _NoFormatError(Exception):
    """None of the formats asked for can write this kind of answer."""

    def __init__(self, kind: ResultKind) -> None:
        super().__init__(kind)
        self.kind = kind


_ENGINE_ERRORS = (SyntaxError, OSError, ValueError, RuntimeError, MemoryError, _NoFormatError)
"""What the engine raises. A panic is none of these: it ends the worker, which is replaced."""


class _Frames(io.RawIOBase):
    """Sends what the engine writes, until there is too much of it."""

    def __init__(self, stream: BinaryIO, head: Head, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._head = frames.pack(frames.HEAD, frames.encode(head))
        self._left = limit or sys.maxsize
        self._over = False
        self._unfit = _NO_XML if head.format in _XML else None
        self._last = b""
        self.broken: Trouble | None = None

    def writable(self) -> bool:
        """Say that this can be written to."""
        return True

    def write(self, data: "ReadableBuffer", /) -> int:
        """Send a piece; raising here is what makes the engine stop."""
        body = bytes(data)
        if self._over:  # what a buffer still held when the answer broke off
            return len(body)
        if len(body) > self._left:
            self.broken = Trouble.TOO_LARGE
            raise OSError
        if self._unfit and self._unfit.search(self._last + body):
            self.broken = Trouble.CHARACTER
            raise OSError
        self._last = body[-2:]
        self._left -= len(body)
        self._stream.write(self._head + frames.pack(frames.DATA, body))
        self._stream.flush()
        self._head = b""
        return len(body)

    def finish(self, last: bytes) -> None:
        """Send the last frame; nothing follows it."""
        self._over = True
        self._stream.write(last)
        self._stream.flush()

    def end(self) -> None:
        """Say that this was all."""
        self.finish(self._head + frames.pack(frames.END))


def answer(store: ox.Store, question: Question, stream: BinaryIO) -> None:
    """Evaluate one query and send what comes of it."""
    try:
        result = _evaluate(store, question)
        kind = _kind(result)
        head = Head(kind=kind, format=_format(question, kind))
    except _ENGINE_ERRORS as error:
        stream.write(_faulty(error))
        stream.flush()
        return
    sink = _Frames(stream, head, question.max_bytes)
    buffer = io.BufferedWriter(sink, FLUSH_BYTES)
    try:
        _serialize(result, head.format, buffer)
        buffer.flush()
    except _ENGINE_ERRORS as error:
        fault = Fault(trouble=sink.broken) if sink.broken else _fault(error)
        sink.finish(frames.pack(frames.FAULT, frames.encode(fault)))
    else:
        sink.end()


def _evaluate(store: ox.Store, question: Question) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Begin a query.

    The default graph is the union of all graphs, unless the query or the request says
    otherwise; a dataset in the request counts and one in the query does not (SPARQL 1.1
    Protocol §2.1.4).
    """
    prefixes = dict(question.prefixes)
    if question.default_graphs or question.named_graphs:
        return store.query(
            question.text,
            base_iri=question.base,
            prefixes=prefixes,
            default_graph=[ox.NamedNode(iri) for iri in question.default_graphs],
            named_graphs=[ox.NamedNode(iri) for iri in question.named_graphs],
        )
    return store.query(
        question.text,
        base_iri=question.base,
        prefixes=prefixes,
        use_default_graph_as_union=not question.names_dataset,
    )


def _kind(result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples) -> ResultKind:
    if isinstance(result, ox.QuerySolutions):
        return ResultKind.SOLUTIONS
    return ResultKind.TRIPLES if isinstance(result, ox.QueryTriples) else ResultKind.BOOLEAN


def _format(question: Question, kind: ResultKind) -> str:
    asked = question.triples if kind is ResultKind.TRIPLES else question.solutions
    if asked is None:
        raise _NoFormatError(kind)
    return asked


def _serialize(
    result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples,
    name: str,
    sink: BinaryIO,
) -> None:
    if not isinstance(result, ox.QueryTriples):
        result.serialize(sink, format=_SOLUTIONS[name])
    elif name == "turtle":
        sink.writelines(text.encode() for text in turtle(result))
    else:
        result.serialize(sink, format=_TRIPLES[name])


def _faulty(error: Exception) -> bytes:
    """Make the frame that says why."""
    return frames.pack(frames.FAULT, frames.encode(_fault(error)))


def _fault(error: Exception) -> Fault:
    match error:
        case _NoFormatError(kind=kind):
            return Fault(trouble=Trouble.FORMAT, kind=kind)
        case PermissionError():
            return Fault(trouble=Trouble.NETWORK)
        case UnreadableSourceError(name=name, problem=problem, row=row, column=column):
            return Fault(trouble=Trouble.DATA, message=problem, name=name, row=row, column=column)
        case SyntaxError():
            return _misspelt(str(error))
        case _:
            return Fault(trouble=Trouble.EVALUATION, message=str(error) or type(error).__name__)


def _misspelt(message: str) -> Fault:
    found = _PLACE.match(message)
    if not found:
        return Fault(trouble=Trouble.SYNTAX, message=message)
    row, column, expected = found.groups()
    return Fault(trouble=Trouble.SYNTAX, message=expected, row=int(row), column=int(column))


def _questions(stream: BinaryIO) -> Iterator[Question]:
    """Read questions until the parent closes its end."""
    while len(header := stream.read(frames.HEADER.size)) == frames.HEADER.size:
        _, length = frames.HEADER.unpack(header)
        yield frames.decode_question(stream.read(length))


def _serve(stream: BinaryIO, missing: tuple[str, ...], memory_mib: int, opened: Opener) -> None:
    try:
        store = opened()
    except UnreadableSourceError as error:
        stream.write(_faulty(error))
        stream.flush()
        return
    bool(store.query("ASK { ?s ?p ?o }"))  # opens what would be opened by the first query
    sandbox.limit_memory(memory_mib)
    stream.write(frames.pack(frames.READY, frames.encode(Ready(missing=missing))))
    stream.flush()
    for question in _questions(stream):
        sandbox.limit_cpu(question.cpu_seconds)
        answer(store, question, stream)


def run(descriptor: int, missing: tuple[str, ...], memory_mib: int, opened: Opener) -> None:
    """Answer what is asked over a link until its other end is closed.

    Args:
        descriptor: The link.
        missing: What the sandbox lacks.
        memory_mib: What a query may take beyond the data.
        opened: Gives the data.
    """
    sandbox.be_first_to_go()
    threading.stack_size(STACK_BYTES)
    with socket.socket(fileno=descriptor) as link, link.makefile("rwb") as stream:
        thread = threading.Thread(target=_serve, args=(stream, missing, memory_mib, opened))
        thread.start()
        signal.signal(signal.SIGUSR1, lambda *_: sandbox.step_back(thread.native_id))
        thread.join()


def main() -> None:
    """Run the worker until its parent has no more questions."""
    descriptor, parent, memory_mib, source = sys.argv[1:]
    missing = sandbox.enter(int(parent))
    run(int(descriptor), missing, int(memory_mib), partial(open_store, decode(source)))


if __name__ == "__main__":
    main()
