"""What server and worker say to each other: frames of one letter, a length, and a body.

The parent sends ``Q`` (a question). The worker sends ``R`` once it is ready; then for each
question either ``X`` (why not), or ``H`` (what kind of answer), any number of ``D`` (data)
and ``E`` (that was all) or ``X`` (it broke off). Who forks workers is sent ``F`` with the
worker's end of a link, and the worker's first word is its number, with a descriptor of itself.
It is also sent ``L`` with the length of the file of edits, and answers with that length once its
data are so.
Neither side trusts the other's length beyond :data:`MAX_BODY`.
"""

import json
import struct
from dataclasses import dataclass
from enum import StrEnum

from filmld.query.errors import ResultKind

HEADER = struct.Struct("<cI")
NUMBER = struct.Struct("<Q")
MAX_BODY = 16 * 2**20
MAX_NOTE = 64 * 1024
"""What comes in one piece from the process that forks workers."""

READY, QUESTION, HEAD, DATA, END, FAULT, FORK, EDIT = b"R", b"Q", b"H", b"D", b"E", b"X", b"F", b"L"


class Trouble(StrEnum):
    """Why a worker gives no answer, or no whole one."""

    SYNTAX = "syntax"
    FORMAT = "format"
    TOO_LARGE = "too large"
    CHARACTER = "character"
    NETWORK = "network"
    EVALUATION = "evaluation"
    DATA = "data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A query and how to answer it.

    Attributes:
        text: The query.
        solutions: The format for SELECT and ASK, by its name; none if none will do.
        triples: The format for CONSTRUCT and DESCRIBE.
        names_dataset: Whether the text has a FROM clause.
        default_graphs: The graphs whose union is the default graph; all of them if not given.
        named_graphs: The graphs that GRAPH sees; all of them if not given.
        max_bytes: The largest answer; 0 for any.
        cpu_seconds: Computing time after which the worker ends itself.
        prefixes: Prefixes that need no declaration.
        base: What relative IRIs are resolved against; where there is none, they are an error.
        repeatable: Whether it has the same answer each time, as long as the data is the same.
    """

    text: str
    solutions: str | None
    triples: str | None
    names_dataset: bool = False
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    max_bytes: int = 0
    cpu_seconds: int = 60
    prefixes: tuple[tuple[str, str], ...] = ()
    base: str | None = None
    repeatable: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """A worker has its data; ``missing`` is what its sandbox lacks on this system."""

    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """An answer begins."""

    kind: ResultKind
    format: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """There is no answer, or no more of it."""

    trouble: Trouble
    message: str = ""
    name: str = ""
    row: int | None = None
    column: int | None = None
    kind: ResultKind | None = None


Message = Question | Ready | Head | Fault


def pack(letter: bytes, body: bytes = b"") -> bytes:
    """Make a frame."""
    return HEADER.pack(letter, len(body)) + body


def encode(message: Message) -> bytes:
    """Write a message as the body of a frame."""
    return json.dumps(fields(message)).encode()


def fields(message: Message) -> dict[str, object]:
    """A message as a dictionary; :func:`dataclasses.asdict` would copy all that is only read."""
    return {name: getattr(message, name) for name in message.__slots__}


def decode_question(body: bytes) -> Question:
    """Read the body of a ``Q`` frame."""
    read = json.loads(body)
    return Question(
        text=read["text"],
        solutions=read["solutions"],
        triples=read["triples"],
        names_dataset=read["names_dataset"],
        default_graphs=tuple(read["default_graphs"]),
        named_graphs=tuple(read["named_graphs"]),
        max_bytes=read["max_bytes"],
        cpu_seconds=read["cpu_seconds"],
        prefixes=tuple((prefix, namespace) for prefix, namespace in read["prefixes"]),
        base=read["base"],
        repeatable=read["repeatable"],
    )


def decode_ready(body: bytes) -> Ready:
    """Read the body of an ``R`` frame."""
    return Ready(missing=tuple(json.loads(body)["missing"]))


def decode_head(body: bytes) -> Head:
    """Read the body of an ``H`` frame."""
    read = json.loads(body)
    return Head(kind=ResultKind(read["kind"]), format=read["format"])


def decode_fault(body: bytes) -> Fault:
    """Read the body of an ``X`` frame."""
    read = json.loads(body)
    kind = read.pop("kind")
    trouble = Trouble(read.pop("trouble"))
    return Fault(**read, trouble=trouble, kind=ResultKind(kind) if kind else None)
