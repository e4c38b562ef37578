"""Reading one file for the index: a pure function of its bytes and its place."""

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from filmld.check.stored.digests import digest_of
from filmld.check.stored.extract import NOTHING, Facts, extract, of_text_alone
from filmld.check.stored.stamps import UNSETTLED, Sheet, stamp_of
from filmld.check.stored.texts import guessed
from filmld.check.stored.wire import to_json
from filmld.diagnostics import Diagnostic, Severity
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.quick import QuickReader

MAX_STATEMENTS: Final = 50_000
"""The most that one record may state; the largest that we know of has 2,000."""

_FRESH: Final = 2_000_000_000
"""So many nanoseconds are the coarsest clock of a file system in use."""
_CHUNK: Final = 1 << 20


class Content(NamedTuple):
    """What a file held when it was read.

    Attributes:
        stamp: Tells in passing that it has not changed since.
        document: The record; none if it cannot be made out.
        outside: What is wrong with the file as a whole.
        draft: The text for excerpts, of a file that is not UTF-8.
    """

    stamp: str
    digest: bytes
    document: Document | None
    outside: tuple[Diagnostic, ...]
    draft: str | None = None


class Taken(NamedTuple):
    """What the index keeps of a file.

    Attributes:
        sheet: The file.
        stamp: Tells in passing that it has not changed since.
        digest: Tells for certain.
        is_new: Whether the bytes are others than before; if not, the rest is not filled in.
        is_sound: Whether it can be judged.
        is_kept: Whether its statements count.
        facts: What other records may ask for.
        outside: What is wrong with the file as a whole, as JSON.
        read: What is wrong with its text, as JSON.
    """

    sheet: Sheet
    stamp: str
    digest: bytes
    is_new: bool
    is_sound: bool = False
    is_kept: bool = False
    facts: Facts = NOTHING
    outside: str = ""
    read: str = ""


class Raw(NamedTuple):
    """The bytes of a file.

    Attributes:
        data: They themselves.
        stamp: Tells in passing that they have not changed since.
        digest: Tells for certain.
    """

    data: bytes
    stamp: str
    digest: bytes


def raw(root: Path, sheet: Sheet) -> Raw | OSError:
    """Read the bytes of a file, or say why that is not possible."""
    began = time.time_ns()
    try:
        data, status = _bytes(f"{root}/{sheet.place}")
    except OSError as error:
        return error
    is_settled = status.st_mtime_ns + _FRESH < began and status.st_size == len(data)
    return Raw(data, stamp_of(status) if is_settled else UNSETTLED, digest_of(data))


def _bytes(path: str) -> tuple[bytes, os.stat_result]:
    """The bytes of a file and what was known of it before; a file object takes half as long again."""
    file = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_BINARY", 0))
    try:
        status = os.fstat(file)
        data = os.read(file, status.st_size + 1)
        if len(data) != status.st_size:  # it changes while it is read
            while more := os.read(file, _CHUNK):
                data += more
        return data, status
    finally:
        os.close(file)


def take(
    root: Path,
    sheet: Sheet,
    quick: QuickReader | None = None,
    keep: Callable[[Content], None] | None = None,
) -> Taken:
    """Read a file for the index.

    Args:
        root: The archive.
        sheet: The file.
        quick: Reads what is sound; without it everything is read with places.
        keep: Is given what the file held, if that is new.
    """
    read = raw(root, sheet)
    if isinstance(read, OSError):
        return taken_of(sheet, unreadable(sheet.filename, read))
    if read.digest == sheet.digest:
        return Taken(sheet=sheet, stamp=read.stamp, digest=read.digest, is_new=False)
    found = content(read.data, sheet.filename, quick)._replace(stamp=read.stamp)
    if keep:
        keep(found)
    return taken_of(sheet, found)


def taken_of(sheet: Sheet, found: Content) -> Taken:
    """What the index keeps of what a file held."""
    document = found.document
    is_kept = document is not None and len(document.triples) <= MAX_STATEMENTS
    return Taken(
        sheet=sheet,
        stamp=found.stamp,
        digest=found.digest,
        is_new=True,
        is_sound=document is not None and is_sound(document),
        is_kept=is_kept,
        facts=_facts(document, sheet.iri, is_kept=is_kept) if document else NOTHING,
        outside=to_json(found.outside),
        read=to_json(document.diagnostics) if document else "",
    )


def _facts(document: Document, home: str, *, is_kept: bool) -> Facts:
    return extract(document, home) if is_kept else of_text_alone(document)


def load(root: Path, place: str, filename: str, quick: QuickReader | None = None) -> Content:
    """Read a file; see :func:`take`."""
    try:
        with open(f"{root}/{place}", "rb", buffering=0) as file:  # noqa: PTH123  a path takes as long again
            data = file.readall()
    except OSError as error:
        return unreadable(filename, error)
    return content(data, filename, quick)


def content(data: bytes, filename: str, quick: QuickReader | None = None) -> Content:
    """Read the bytes of a file; of what is not UTF-8, give the text as far as people can make it out."""
    digest = digest_of(data)
    known = quick.read(data, filename) if quick else None
    if known:
        return Content(UNSETTLED, digest, known, tuple(_overlong(known)))
    from filmld.turtle.reader import decode, read  # noqa: PLC0415  most records are read quickly

    text, problems = decode(data, filename=filename)
    if text is None:
        draft = guessed(data) if any(problem.label for problem in problems) else None
        return Content(UNSETTLED, digest, None, problems, draft)
    document = read(text, filename=filename)
    return Content(UNSETTLED, digest, document, (*problems, *_overlong(document)))


def is_sound(document: Document) -> bool:
    """Whether a record can be judged."""
    return document.well_formed and len(document.triples) <= MAX_STATEMENTS


def _overlong(document: Document) -> Iterator[Diagnostic]:
    count = len(document.triples)
    if count > MAX_STATEMENTS:
        yield Diagnostic(
            code="too-large",
            severity=Severity.ERROR,
            message=f"This file makes {count:,} statements; a record may make {MAX_STATEMENTS:,}",
            filename=document.filename,
            hint="describe one film a file; long lists belong beside the records",
            notes=("only the text of the file was checked",),
        )


def unreadable(filename: str, error: OSError) -> Content:
    """What is said of a file that cannot be read."""
    message = f"this file cannot be read: {error.strerror or 'unknown reason'}"
    finding = Diagnostic(code="not-a-record", severity=Severity.ERROR, message=message, filename=filename)
    return Content(UNSETTLED, b"", None, (finding,))


def unread(filename: str) -> Document:
    """A record in the place of one that cannot be read: it states nothing."""
    from filmld.turtle.reader import read  # noqa: PLC0415  as above

    return read("", filename=filename)
