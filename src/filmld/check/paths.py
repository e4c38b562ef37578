"""SHACL's paths (SHACL §2.3.1): which statements lead from a node to a value."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from filmld.check.index import Index, Statement
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term


@dataclass(frozen=True, slots=True)
class Inverse:
    """From the value to the thing."""

    path: "Path"


@dataclass(frozen=True, slots=True)
class Sequence:
    """One path after the other."""

    paths: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Alternative:
    """One path or another."""

    paths: tuple["Path", ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A path any number of times: not at all, once, or more often, as SHACL's word for it says."""

    path: "Path"
    word: str


Path: TypeAlias = IRI | Inverse | Sequence | Alternative | Repeated


class Step(NamedTuple):
    """A node that a path reaches, by way of a last statement; none where the path is empty."""

    node: Term
    statement: Statement | None


def text(path: Path) -> str:
    """Write a path as Turtle has it.

    >>> text(Sequence((IRI("https://e/a"), Inverse(IRI("https://e/b")))))
    '( <https://e/a> [ sh:inversePath <https://e/b> ] )'
    """
    if isinstance(path, IRI):
        return str(path)
    if isinstance(path, Inverse):
        return f"[ sh:inversePath {text(path.path)} ]"
    if isinstance(path, Repeated):
        return f"[ sh:{path.word} {text(path.path)} ]"
    inner = f"( {' '.join(map(text, path.paths))} )"
    return inner if isinstance(path, Sequence) else f"[ sh:alternativePath {inner} ]"


def steps(path: Path, node: Term, index: Index) -> Iterator[Step]:
    """Every way from a node along a path, in the order of the texts."""
    if isinstance(path, Sequence):
        yield from _sequence(path.paths, Step(node, None), index)
    elif isinstance(path, Alternative):
        for choice in path.paths:
            yield from steps(choice, node, index)
    elif isinstance(path, Repeated):
        yield from _repeated(path, node, index)
    elif isinstance(path, Inverse):
        yield from _backwards(path.path, node, index)
    elif not isinstance(node, Literal):
        for statement in index.statements(node, path):
            yield Step(statement.triple.object, statement)


def first_steps(path: Path, node: Term, index: Index) -> Iterator[Step]:
    """As far along a path as there are statements, where it cannot be followed to its end."""
    if isinstance(path, Sequence):
        reached = [Step(node, None)]
        for part in path.paths:
            further = [step for start in reached for step in steps(part, start.node, index)]
            if not further:
                break
            reached = further
        yield from (step for step in reached if step.statement)
    elif isinstance(path, Alternative):
        for choice in path.paths:
            yield from first_steps(choice, node, index)
    else:
        yield from steps(path, node, index)


def _sequence(paths: tuple[Path, ...], start: Step, index: Index) -> Iterator[Step]:
    if not paths:
        yield start
        return
    for step in steps(paths[0], start.node, index):
        yield from _sequence(paths[1:], step._replace(statement=step.statement or start.statement), index)


def _repeated(path: Repeated, node: Term, index: Index) -> Iterator[Step]:
    if path.word != "oneOrMorePath":
        yield Step(node, None)
    seen = {node}
    waiting = [Step(node, None)]
    while waiting:
        further = steps(path.path, waiting.pop(0).node, index)
        for step in [step for step in further if step.node not in seen]:
            seen.add(step.node)
            yield step
            if path.word != "zeroOrOnePath":
                waiting.append(step)


def _backwards(path: Path, node: Term, index: Index) -> Iterator[Step]:
    """Against the direction of a path; of longer ones only the single properties are followed."""
    for predicate in _predicates(path):
        for statement in index.statements_to(node, predicate):
            yield Step(statement.triple.subject, statement)


def _predicates(path: Path) -> Iterator[IRI]:
    if isinstance(path, IRI):
        yield path
    elif isinstance(path, Alternative):
        for choice in path.paths:
            yield from _predicates(choice)


Values = Callable[[Resource, str], Term | None]
"""The value of a SHACL term of a node of the shapes, such as ``inversePath``."""

_REPEATED = ("zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")


def parsed(node: Term, values: Values) -> Path | None:
    """Read a path from the graph that it is written in; ``None`` if it is none."""
    if isinstance(node, IRI):
        return node
    if not isinstance(node, BlankNode):
        return None
    if inverse := values(node, "inversePath"):
        inner = parsed(inverse, values)
        return Inverse(inner) if inner else None
    for word in _REPEATED:
        if repeated := values(node, word):
            inner = parsed(repeated, values)
            return Repeated(inner, word) if inner else None
    if choices := values(node, "alternativePath"):
        paths = _listed(choices, values)
        return Alternative(paths) if paths else None
    paths = _listed(node, values)
    return Sequence(paths) if paths else None


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
