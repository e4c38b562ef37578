"""SHACL's paths (SHACL §2.3.1), read from shapes and written."""

from collections.abc import Callable
from typing import TypeAlias

from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, BlankNode, Resource, Term


class Inverse(NamedTuple):
    """From the value to the thing."""

    path: "Path"
    word: str = "inversePath"


class Sequence(NamedTuple):
    """One path after the other; the one kind that SHACL has no word for."""

    paths: tuple["Path", ...]


class Alternative(NamedTuple):
    """One path or another."""

    paths: tuple["Path", ...]
    word: str = "alternativePath"


class Repeated(NamedTuple):
    """A path any number of times: not at all, once, or more often, as SHACL's word for it says."""

    path: "Path"
    word: str


Path: TypeAlias = IRI | Inverse | Sequence | Alternative | Repeated


def text(path: Path) -> str:
    """Write a path as Turtle has it.

    >>> text(Sequence((IRI("https://e/a"), Inverse(IRI("https://e/b")))))
    '( <https://e/a> [ sh:inversePath <https://e/b> ] )'
    """
    if isinstance(path, IRI):
        return str(path)
    if isinstance(path, Inverse | Repeated):
        return f"[ sh:{path.word} {text(path.path)} ]"
    inner = f"( {' '.join(map(text, path.paths))} )"
    return inner if isinstance(path, Sequence) else f"[ sh:{path.word} {inner} ]"


Values = Callable[[Resource, str], Term | None]
"""The value of a SHACL term of a node of the shapes, such as ``inversePath``."""

_REPEATED = ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")


def parsed(node: Term, values: Values) -> Path | None:
    """Read a path from the graph that it is written in; ``None`` if it is none.

    A list is a sequence, whatever else is said of its node (the W3C's test ``path-strange-001``).
    """
    if isinstance(node, IRI):
        return node
    if not isinstance(node, BlankNode):
        return None
    if values(node, "first"):
        paths = _listed(node, values)
        return Sequence(paths) if paths else None
    if inverse := values(node, "inversePath"):
        inner = parsed(inverse, values)
        return Inverse(inner) if inner else None
    for word in _REPEATED:
        if repeated := values(node, word):
            inner = parsed(repeated, values)
            return Repeated(inner, word) if inner else None
    choices = values(node, "alternativePath")
    paths = _listed(choices, values) if choices else ()
    return Alternative(paths) if paths else None


def _listed(node: Term | None, values: Values) -> tuple[Path, ...]:
    found: list[Path] = []
    seen: set[Term] = set()
    while isinstance(node, BlankNode) and node not in seen:
        seen.add(node)
        first = values(node, "first")
        path = parsed(first, values) if first else None
        if path:
            found.append(path)
        node = values(node, "rest")
    return tuple(found)
