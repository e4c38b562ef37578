"""Which statements of the records lead from a node to a value, along a path."""

from collections.abc import Iterator

from filmld.check.index import Index, Statement
from filmld.check.shapes.paths import Alternative, Inverse, Path, Repeated, Sequence
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Term


class Step(NamedTuple):
    """A node that a path reaches, by way of a last statement; none where the path is empty."""

    node: Term
    statement: Statement | None


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
