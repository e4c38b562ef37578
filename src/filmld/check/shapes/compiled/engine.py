"""The compiled engine: shapes compiled, and nodes judged by them."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from filmld.check.shapes.compiled.asked import Asked
from filmld.check.shapes.compiled.chapters import CHAPTERS
from filmld.check.shapes.compiled.compiler import Compiler
from filmld.check.shapes.compiled.data import Data, Whole, same
from filmld.check.shapes.compiled.manner import Manner, Recommended
from filmld.check.shapes.compiled.queries import OfQuery
from filmld.check.shapes.compiled.source import Overview, Source
from filmld.check.shapes.compiled.targets import Targets
from filmld.check.shapes.compiled.tree import Shape
from filmld.check.shapes.deadline import TooSlowError, deadline
from filmld.check.shapes.result import Result, in_order
from filmld.errors import ShapesTooSlowError
from filmld.turtle.terms import IRI, BlankNode, Resource, Term, Triple


class Compiled:
    """Shapes, compiled once and used to judge any number of nodes.

    Judging changes no answer, so engines can be shared by processes that fork; one that is sent to
    another process compiles its shapes there.

    Args:
        triples: What the shapes say.
        called: How people know a shape.
        manner: How literals, patterns and paths are read.
        overview: What the shapes consist of, if all are known to compile: then each is compiled when
            it is needed.

    Attributes:
        targets: Which shape is for what.

    Raises:
        ShapesError: The shapes cannot be used.
    """

    def __init__(
        self,
        triples: Iterable[Triple],
        called: Callable[[Resource], str] = str,
        manner: Manner | None = None,
        *,
        overview: Overview | None = None,
    ) -> None:
        source = Source(triples, overview)
        is_sound = overview is not None
        self._compiler = Compiler(source, manner or Recommended(), Asked(source), CHAPTERS, is_sound=is_sound)
        self._called = called
        self.targets = Targets(self._compiler)
        if not is_sound:
            self.targets.compile()

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes that can be come to from any target."""
        self.targets.compile()
        return self._compiler.known()

    def judge_all(self, data: Whole) -> list[Result]:
        """Judge every target in a graph.

        Raises:
            ShapesTooSlowError: A pattern does not come to an end.
        """
        nodes = data.nodes() if self.targets.objects_of else data.described()
        by_key = {same(node): node for node in [*self.targets.nodes, *nodes]}
        return self.judge_in_time(by_key.values(), data)

    def judge_in_time(self, nodes: Iterable[Term], data: Data) -> list[Result]:
        """Judge some nodes, unless that does not come to an end.

        Raises:
            ShapesTooSlowError: A pattern does not come to an end.
        """
        with self.in_time():
            return self.judge(nodes, data)

    @contextmanager
    def in_time(self) -> Iterator[None]:
        """Ask shapes inside, unless that does not come to an end.

        Raises:
            ShapesTooSlowError: A pattern does not come to an end.
        """
        try:
            with deadline():
                yield
        except TooSlowError as error:
            raise ShapesTooSlowError(self._name(error.shape)) from error

    def judge(self, nodes: Iterable[Term], data: Data) -> list[Result]:
        """Judge some nodes, by the shapes that each is a target of."""
        found: list[Result] = []
        for node in nodes:
            for shape in self.targets.shapes(node, data):
                found += shape.results(node, data)
        return in_order(found)

    def not_compiled(self) -> Iterator[tuple[Resource, str]]:
        """The shapes that ask pySHACL, and why: ``sh:sparql``, or the name of a constraint component."""
        for shape in self.shapes:
            for constraint in shape.constraints:
                if isinstance(constraint, OfQuery):
                    yield shape.node, constraint.reason

    def _name(self, shape: object | None) -> str:
        return self._called(shape) if isinstance(shape, IRI | BlankNode) else "at work"
