"""From what a judge says to where it stands in the text."""

from collections.abc import Iterator
from itertools import islice

from filmld.check.index import Index, Statement
from filmld.check.nodes import own, own_node
from filmld.check.shapes.paths import Path
from filmld.check.shapes.result import Result
from filmld.check.steps import first_steps, steps
from filmld.diagnostics import Span
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.terms import Literal, Resource, Term
from filmld.vocab import SH

UNIQUE_LANG = SH + "UniqueLangConstraintComponent"
MAX_COUNT = SH + "MaxCountConstraintComponent"
_CLOSED = SH + "ClosedConstraintComponent"


class Place(NamedTuple):
    """Where a finding is shown.

    Attributes:
        document: The file.
        span: The words.
        value: The value that stands there, where the judge names none.
        others: Places of the values that it is one too many beside.
    """

    document: Document
    span: Span | None
    value: Term | None = None
    others: tuple["Place", ...] = ()


def places_of(results: list[Result], index: Index) -> Iterator[tuple[Result, Place | None]]:
    """Give each result its place: at its value, else at its property, else at its focus node.

    A subject described in several records is placed in the one that states the value or the
    property concerned; ``None`` means that no record mentions it. Two results that say the same,
    as of two languages that are used twice, come to stand at different values.
    """
    told: dict[tuple[object, ...], int] = {}
    for result in results:
        key = (result.focus_node, result.result_path, result.source_shape, result.component)
        told[key] = told.get(key, -1) + 1
        yield result, _place(result, index, told[key])


def _place(result: Result, index: Index, nth: int) -> Place | None:
    focus, path = result.focus_node, result.result_path
    if path is None:
        return _of_node(focus, index)
    if result.component == UNIQUE_LANG:
        return _one_too_many(_of_one_language(focus, path, index, nth), 1) or _of_node(focus, index)
    if result.component == MAX_COUNT:
        return _one_too_many(_values(focus, path, index), result.allowed) or _of_node(focus, index)
    if result.value is not None:
        for step in steps(path, focus, index):
            if step.node == result.value and step.statement:
                in_brackets = result.component == _CLOSED
                return _of_property(step.statement) if in_brackets else _of_value(step.statement)
    first = next(first_steps(path, focus, index), None)
    return _of_property(first.statement) if first and first.statement else _of_node(focus, index)


def _of_value(statement: Statement) -> Place:
    subject, predicate, value = statement.triple
    return Place(statement.document, statement.document.span(own_node(subject), predicate, own(value)), value)


def _of_property(statement: Statement) -> Place:
    """The property's own words, in the statement whose value is meant where it is written several times."""
    subject, predicate, value = statement.triple
    wanted = statement.document.span(own_node(subject), predicate, own(value))
    spans = statement.document.spans(own_node(subject), predicate)
    before = [span for span in spans if wanted and span.start <= wanted.start]
    return Place(statement.document, before[-1] if before else statement.document.span(own_node(subject)))


def _of_node(node: Term, index: Index) -> Place | None:
    """Where a node is described, or else where it is mentioned."""
    if isinstance(node, Resource):
        documents = index.describing(node)
        if documents:
            return Place(documents[0], documents[0].span(own_node(node)))
    statement = next(index.statements_to(node), None)
    return _of_value(statement) if statement else None


def _values(focus: Term, path: Path, index: Index) -> list[Statement]:
    found = {step.node: step.statement for step in steps(path, focus, index) if step.statement}
    return list(found.values())


def _of_one_language(focus: Term, path: Path, index: Index, nth: int) -> list[Statement]:
    """The values in the nth language that several are marked with."""
    by_language: dict[str, list[Statement]] = {}
    for statement in _values(focus, path, index):
        value = statement.triple.object
        if isinstance(value, Literal) and value.language:
            by_language.setdefault(value.language.lower(), []).append(statement)
    several = (statements for statements in by_language.values() if len(statements) > 1)
    return next(islice(several, nth, None), [])


def _one_too_many(statements: list[Statement], allowed: int) -> Place | None:
    """The first value beyond what is allowed, or the last of all."""
    if not statements:
        return None
    wrong = min(allowed, len(statements) - 1)
    others = tuple(_of_value(statement) for number, statement in enumerate(statements) if number != wrong)
    return _of_value(statements[wrong])._replace(others=others)
