"""Compiled shapes: a tree that is built once, never changes, and judges one focus node at a time."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Protocol, TypeAlias

from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.paths import Path
from filmld.check.shapes.result import Result
from filmld.diagnostics import Severity
from filmld.tuples import NamedTuple
from filmld.turtle.terms import Literal, Resource, Term
from filmld.vocab import SH

Values: TypeAlias = Collection[Term]
Test: TypeAlias = Callable[[Term, Data], bool]
"""Says whether a value is as demanded."""
Way: TypeAlias = Callable[[Term, Data], Values]
"""Finds the value nodes of a focus node (SHACL §3.4.1)."""


class Break(NamedTuple):
    """One way in which a constraint is not met.

    Attributes:
        component: The constraint component.
        value: The value concerned.
        path: The property concerned, where it is not that of the shape.
        details: What explains it.
    """

    component: str
    value: Term | None = None
    path: Path | None = None
    details: tuple[Result, ...] = ()


class Constraint(Protocol):
    """A constraint of a shape, its parameters filled in (SHACL §3.1)."""

    @property
    def of_none(self) -> bool:
        """Whether it can be broken where there is no value at all."""

    def holds(self, focus: Term, values: Values, data: Data) -> bool:
        """Say whether the constraint is met."""

    def results(self, shape: "Shape", focus: Term, values: Values, data: Data) -> Iterable[Result]:
        """Say in which ways it is not."""


class Shape:
    """A shape (SHACL §2.1).

    Args:
        node: What it is called in the shapes graph.
        severity: How grave its results are.
        messages: What its results say, in every language.
        path: The path of a property shape.
        allowed: How many values it allows, where it limits them.
        way: From a focus node to its values.
        constraints: What it demands.

    Attributes:
        of_none: Those of its constraints that can be broken where there is no value at all.
    """

    __slots__ = ("allowed", "constraints", "messages", "node", "of_none", "path", "severity", "way")

    def __init__(
        self,
        node: Resource,
        *,
        severity: Severity,
        messages: tuple[Literal, ...],
        path: Path | None,
        allowed: int,
        way: Way,
        constraints: tuple[Constraint, ...],
    ) -> None:
        self.node = node
        self.severity = severity
        self.messages = messages
        self.path = path
        self.allowed = allowed
        self.way = way
        self.constraints = constraints
        self.of_none = tuple(constraint for constraint in constraints if constraint.of_none)

    def conforms(self, focus: Term, data: Data) -> bool:
        """Say whether a node conforms (SHACL §3.4.2): whether there would be no result."""
        return self.are_good(focus, self.way(focus, data), data)

    def are_good(self, focus: Term, values: Values, data: Data) -> bool:
        """Say whether a node conforms, its value nodes being known."""
        for constraint in self.constraints if values else self.of_none:
            if not constraint.holds(focus, values, data):
                return False
        return True

    def results(self, focus: Term, data: Data) -> list[Result]:
        """Validate a focus node (SHACL §3.4)."""
        return self.results_of(focus, self.way(focus, data), data)

    def results_of(self, focus: Term, values: Values, data: Data) -> list[Result]:
        """Validate a focus node, its value nodes being known."""
        found: list[Result] = []
        for constraint in self.constraints if values else self.of_none:
            found += constraint.results(self, focus, values, data)
        return found

    def result(self, focus: Term, broken: Break) -> Result:
        """What is reported of a constraint that is not met (SHACL §3.6.2)."""
        return Result(
            severity=self.severity,
            focus_node=focus,
            result_path=self.path if broken.path is None else broken.path,
            value=broken.value,
            source_shape=self.node,
            source_constraint=None,
            component=broken.component,
            allowed=self.allowed,
            messages=self.messages,
            details=broken.details,
        )


class OfEach(NamedTuple):
    """A constraint that each value meets or breaks by itself."""

    component: str
    test: Test

    @property
    def of_none(self) -> bool:
        """Where there is no value, none is wrong."""
        return False

    def holds(self, focus: Term, values: Values, data: Data) -> bool:  # noqa: ARG002  the same for all constraints
        """Say whether every value is as demanded."""
        return all(self.test(value, data) for value in values)

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> list[Result]:
        """One result for each value that is not."""
        wrong = [value for value in values if not self.test(value, data)]
        return [shape.result(focus, Break(self.component, value)) for value in wrong]


Breaks: TypeAlias = Callable[[Term, Values, Data], Sequence[Break]]


class OfAll(NamedTuple):
    """A constraint on all values together.

    Attributes:
        breaks: Finds the ways in which the values of a focus node break it.
    """

    breaks: Breaks
    of_none: bool

    def holds(self, focus: Term, values: Values, data: Data) -> bool:
        """Say whether the values are as demanded."""
        return not self.breaks(focus, values, data)

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> list[Result]:
        """One result for each way in which they are not."""
        return [shape.result(focus, broken) for broken in self.breaks(focus, values, data)]


def component(name: str) -> str:
    """The IRI of one of SHACL's constraint components.

    >>> component("MinCount")
    'http://www.w3.org/ns/shacl#MinCountConstraintComponent'
    """
    return f"{SH}{name}ConstraintComponent"
