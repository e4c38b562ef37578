"""Starting the processes that hold data, and the links to them."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from filmld.query.descriptors import above_standard
from filmld.query.source import Source, descriptors, encode

PACKAGE = Path(__file__).parents[2]
"""Where filmld is imported from, for the processes that we start."""


def _tunables() -> str:
    """Let the data lie in large pages of memory where the system offers them (glibc, malloc.hugetlb).

    What a fork copies, and what the end of a worker undoes, are the entries for pages: 512 times as many
    for small ones, which takes 20 ms for each million statements.
    """
    return ":".join(filter(None, (os.environ.get("GLIBC_TUNABLES"), "glibc.malloc.hugetlb=1")))


def socket_pair(kind: socket.SocketKind = socket.SOCK_STREAM) -> tuple[socket.socket, socket.socket]:
    """Two ends of a link, of which a child can inherit either."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    return _inheritable(ours), _inheritable(theirs)


def _inheritable(end: socket.socket) -> socket.socket:
    return socket.socket(fileno=above_standard(end.detach()))


def spawn(module: str, link: socket.socket, source: Source, *arguments: int) -> subprocess.Popen[bytes]:
    """Start ``python -m filmld.query.MODULE`` with its end of a link, our number, and what it needs."""
    words = (link.fileno(), os.getpid(), *arguments, encode(source))
    path = os.pathsep.join(filter(None, (str(PACKAGE), os.environ.get("PYTHONPATH"))))
    return subprocess.Popen(  # noqa: S603  our own module, started without a shell
        # -P: the folder that someone happens to work in is no place to import from.
        [sys.executable, "-P", "-m", f"filmld.query.{module}", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=(link.fileno(), *descriptors(source)),
        env={**os.environ, "PYTHONPATH": path, "GLIBC_TUNABLES": _tunables()},
        process_group=0,  # ^C in the terminal is for the parent, which then ends its workers
    )
