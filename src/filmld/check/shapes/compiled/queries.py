"""What is not compiled: SPARQL-based constraints and constraint components (SHACL §5, §6).

pySHACL answers for each such constraint where it stands, so that shapes that contain one are compiled
all the same, and mean the same under ``sh:not`` as anywhere else.
"""

from collections.abc import Iterator

from filmld.check.shapes.compiled.asked import QUERY, Asked
from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data
from filmld.check.shapes.compiled.idle import Idle, idle
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.compiled.tree import Constraint, Shape, Values
from filmld.check.shapes.result import Result
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Resource, Term


def constraints(shape: Resource, compiler: Compiler) -> Iterator[Constraint]:
    """``sh:sparql``, and the parameters of constraint components that the shapes define themselves."""
    if compiler.source.all(shape, "sparql"):
        yield OfQuery(shape, QUERY, compiler.asked, idle(shape, compiler.source))
    for component in compiler.source.overview.components:
        if _is_used(component, shape, compiler.source):
            yield OfQuery(shape, component.value, compiler.asked)


class OfQuery(NamedTuple):
    """A constraint that pySHACL answers for.

    Attributes:
        node: The shape.
        reason: Why it is not compiled.
        screens: All of them together say that there is certainly no result; none if nobody can say so.
    """

    node: Resource
    reason: str
    asked: Asked
    screens: tuple[Idle, ...] = ()

    @property
    def of_none(self) -> bool:
        """A query is asked of the focus node, whether it has values or not."""
        return True

    def holds(self, focus: Term, values: Values, data: Data) -> bool:
        """Say whether there is no result."""
        return not self._ask(focus, values, data)

    def results(self, shape: Shape, focus: Term, values: Values, data: Data) -> list[Result]:  # noqa: ARG002  like all
        """Ask."""
        return self._ask(focus, values, data)

    def _ask(self, focus: Term, values: Values, data: Data) -> list[Result]:
        if self.screens and all(screen(focus, data) for screen in self.screens):
            return []
        return self.asked.results(self.node, self.reason, focus, values, data)


def _is_used(component: IRI, shape: Resource, source: Source) -> bool:
    """Say whether a shape has all parameters that a component cannot do without (SHACL §6.2.1)."""
    needed = [node for node in source.all(component, "parameter") if not source.is_true(node, "optional")]
    paths = [source.one(node, "path") for node in needed]
    return bool(paths) and all(
        isinstance(path, IRI) and source.graph.value(shape, path.value) is not None for path in paths
    )
