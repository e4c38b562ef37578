"""What has changed in data since they were laid down: lines of N-Quads, each after a sign.

A line that begins with ``-`` is a statement that has gone, one with ``+`` a statement that has
come; later lines count over earlier ones. Nameless things are called as they are in the data.
"""

import os
from collections.abc import Iterable
from itertools import groupby
from typing import Final

import pyoxigraph as ox

_GONE: Final = b"-"


def lines(removed: Iterable[str], added: Iterable[str]) -> bytes:
    """Write an edit.

    Args:
        removed: Statements that have gone, as N-Quads without the dot.
        added: Statements that have come.
    """
    signed = (*(("-", quad) for quad in removed), *(("+", quad) for quad in added))
    return "".join(f"{sign}{quad} .\n" for sign, quad in signed).encode()


def append(descriptor: int, length: int, edit: bytes) -> int:
    """Write an edit behind so many bytes of an open file of edits, and return how many there are now.

    Raises:
        OSError: The disk refuses; the file counts as it was.
    """
    left = memoryview(edit)
    while left:
        written = os.pwrite(descriptor, left, length)
        left, length = left[written:], length + written
    return length


def read(descriptor: int, start: int, end: int) -> bytes:
    """Read a part of an open file of edits, without moving the position that all its readers share."""
    found = bytearray()
    while len(found) < end - start:
        piece = os.pread(descriptor, end - start - len(found), start + len(found))
        if not piece:
            raise EOFError
        found += piece
    return bytes(found)


def apply(store: ox.Store, text: bytes) -> None:
    """Edit a store."""
    for sign, run in groupby(text.splitlines(keepends=True), key=lambda line: line[:1]):
        quads = ox.parse(b"".join(line[1:] for line in run), ox.RdfFormat.N_QUADS)
        if sign == _GONE:
            _remove(store, list(quads))
        else:
            store.extend(quads)


def _remove(store: ox.Store, quads: Iterable[ox.Quad]) -> None:
    """Remove statements, and each graph that has none any more: its name would still be found."""
    names = {quad.graph_name for quad in quads if not isinstance(quad.graph_name, ox.DefaultGraph)}
    for quad in quads:
        store.remove(quad)
    for name in names:
        if next(store.quads_for_pattern(None, None, None, name), None) is None:
            store.remove_graph(name)
