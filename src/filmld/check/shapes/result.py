"""What an engine says of records."""

from collections.abc import Iterable

from filmld.check.shapes.paths import Path
from filmld.diagnostics import Severity
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Resource, Term


class Result(NamedTuple):
    """One ``sh:ValidationResult`` (SHACL §3.6.2).

    Attributes:
        source_constraint: The query inside the shape, if it has a name of its own.
        allowed: How many values the shape allows, where it limits them.
        messages: In every language that the shape has them in.
        details: The results that explain this one.
    """

    severity: Severity
    focus_node: Term
    result_path: Path | None
    value: Term | None
    source_shape: Resource | None
    source_constraint: IRI | None
    component: str
    allowed: int
    messages: tuple[Literal, ...]
    details: tuple["Result", ...] = ()


def in_order(results: Iterable[Result]) -> list[Result]:
    """Results in a settled order, whichever engine found them."""
    found = list(results)
    return sorted(found, key=_key) if len(found) > 1 else found


def _key(result: Result) -> tuple[object, ...]:
    return (
        result.focus_node,
        result.component,
        result.value or (),
        result.source_shape or (),
        result.result_path if isinstance(result.result_path, IRI) else (),
        result.source_constraint or (),
        result.messages,
    )
