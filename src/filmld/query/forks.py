"""The process that holds the data and forks the workers: ``python -m filmld.query.forks SOCKET …``.

Its arguments are its end of a link, the process that started it, the memory that a query may
take, the memory that the data may take, and the data's source. Over the link it says once that
it is ready, or why not; then it forks a worker for each socket that it is sent, until the
other end is closed. A worker begins with the data that is here, pages and all; what is edited
here later does not change it.

It runs one thread only, whenever it forks, so that no lock is ever copied in a closed state.
That is why a store on disk, which would start threads, is opened in children alone: for the
workers if it stays on disk, or to be copied to here through a pipe.
"""

import gc
import io
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

os.environ["RUST_BACKTRACE"] = "0"  # as in the worker

import pyoxigraph as ox

from filmld.query import edits, frames, sandbox, worker
from filmld.query.frames import Fault, Ready, Trouble
from filmld.query.source import EditedSpool, Source, StoreFolder, UnreadableSourceError, decode, open_store

BYTES_A_STATEMENT = 600
"""What a statement takes in memory: 450 bytes in catalogues of films, and some to spare."""


@dataclass(frozen=True, slots=True)
class Nest:
    """What workers are forked from.

    Attributes:
        opened: Gives a worker the data.
        missing: What the sandbox lacks.
        memory_mib: What a query may take beyond the data.
        edit: Brings the data to a length of the file of edits.
    """

    opened: worker.Opener
    missing: tuple[str, ...]
    memory_mib: int
    edit: Callable[[int], None]


def main() -> None:
    """Serve forks until nobody wants any."""
    descriptor, parent, memory_mib, room_mib, text = sys.argv[1:]
    missing = sandbox.enter(int(parent))
    with socket.socket(fileno=int(descriptor)) as link:
        try:
            source = decode(text)
            opened = _ready_to_open(source, int(room_mib) * 2**20)
        except UnreadableSourceError as error:
            link.sendall(_fault(error))
            return
        gc.collect()
        gc.freeze()  # what is here is never garbage; looking for it would copy the pages
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the workers
        link.sendall(frames.encode(Ready(missing=missing)))
        fork_all(link, Nest(opened, missing, int(memory_mib), _editor(source, opened)))


def fork_all(link: socket.socket, nest: Nest) -> None:
    """Fork a worker for each socket that comes over a link, and edit the data when told to."""
    own = os.getpid()
    while True:
        message, descriptors, _, _ = socket.recv_fds(link, 1 + frames.NUMBER.size, 1)
        if not message:
            return
        if message.startswith(frames.EDIT):
            nest.edit(int(frames.NUMBER.unpack(message[1:])[0]))
            link.sendall(message[1:])
        for descriptor in descriptors:
            if os.fork() == 0:
                link.close()
                _work(descriptor, nest, own)
            os.close(descriptor)


def _work(descriptor: int, nest: Nest, parent: int) -> NoReturn:
    """Be a worker: send a descriptor of oneself to whoever asked, then answer."""
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        sandbox.die_with(parent)
        with socket.socket(fileno=os.dup(descriptor)) as link:
            own = os.pidfd_open(os.getpid())
            socket.send_fds(link, [frames.NUMBER.pack(os.getpid())], [own])
            os.close(own)
        worker.run(descriptor, nest.missing, nest.memory_mib, nest.opened)
    finally:
        os._exit(0)


def _ready_to_open(source: Source, room: int) -> worker.Opener:
    if isinstance(source, StoreFolder):
        if not room:
            return partial(open_store, source)
        store = _copied(source, room)
    else:
        store = open_store(source)
    return lambda: store


def _editor(source: Source, opened: worker.Opener) -> Callable[[int], None]:
    """Remember up to where the file of edits has been read."""
    done = source.length if isinstance(source, EditedSpool) else 0

    def edit(length: int) -> None:
        nonlocal done
        if isinstance(source, EditedSpool):
            edits.apply(opened(), edits.read(source.edits, done, length))
            done = length

    return edit


def _copied(source: StoreFolder, room: int) -> ox.Store:
    """Copy a store from disk to memory.

    Raises:
        UnreadableSourceError: It is too large for that, or cannot be read.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _dump(source, writing)
    os.close(writing)
    with os.fdopen(reading, "rb") as lines:
        head = lines.read(frames.NUMBER.size)
        if len(head) < frames.NUMBER.size:
            raise UnreadableSourceError(str(source.path), "this store cannot be opened")
        expected = int(frames.NUMBER.unpack(head)[0])
        if expected * BYTES_A_STATEMENT > room:
            raise UnreadableSourceError(str(source.path), "this store does not fit into memory")
        store = ox.Store()
        store.bulk_load(io.BufferedReader(lines, 2**20), ox.RdfFormat.N_QUADS)
    if len(store) != expected:
        raise UnreadableSourceError(str(source.path), "this store changed while it was read")
    return store


def _dump(source: StoreFolder, writing: int) -> NoReturn:
    """In a process of its own, since it starts threads: say how many statements there are, and which."""
    try:
        store = open_store(source)
        with os.fdopen(writing, "wb", 2**20) as lines:
            lines.write(frames.NUMBER.pack(len(store)))
            lines.flush()
            store.dump(lines, ox.RdfFormat.N_QUADS)
    finally:
        os._exit(0)


def _fault(error: UnreadableSourceError) -> bytes:
    fault = Fault(
        trouble=Trouble.DATA, message=error.problem, name=error.name, row=error.row, column=error.column
    )
    return frames.encode(fault)


if __name__ == "__main__":
    main()
