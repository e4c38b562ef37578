"""Value range constraints (SHACL §4.3)."""

from collections.abc import Iterator
from typing import Final

from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.manner import Manner
from filmld.check.shapes.compiled.tree import Constraint, OfEach, Test, component
from filmld.errors import IllFormedShapeError
from filmld.turtle.terms import Literal, Resource, Term

_ALLOWED: Final = (
    ("minExclusive", frozenset({1})),
    ("minInclusive", frozenset({0, 1})),
    ("maxExclusive", frozenset({-1})),
    ("maxInclusive", frozenset({-1, 0})),
)
"""How a value may stand to each limit: less, the same or more."""
PARAMETERS: Final = frozenset(name for name, _ in _ALLOWED)


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """The four limits. What cannot be compared with one is not within it."""
    for name, allowed in _ALLOWED:
        for limit in compiler.source.all(shape, name):
            if not isinstance(limit, Literal):
                raise IllFormedShapeError(shape, Fault.NO_LITERAL, name)
            yield OfEach(component(name[0].upper() + name[1:]), _within(limit, allowed, compiler.manner))


def _within(limit: Literal, allowed: frozenset[int], manner: Manner) -> Test:
    def test(value: Term, data: Data) -> bool:  # noqa: ARG001  a test like the others
        return isinstance(value, Literal) and manner.order(value, limit) in allowed

    return test
