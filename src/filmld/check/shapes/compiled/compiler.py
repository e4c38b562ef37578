"""From a shapes graph to compiled shapes."""

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from filmld.check.shapes.compiled.asked import Asked
from filmld.check.shapes.compiled.faults import Fault
from filmld.check.shapes.compiled.manner import Manner
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.compiled.tree import Constraint, Shape
from filmld.check.shapes.compiled.ways import itself, way
from filmld.check.shapes.paths import Alternative, Path, Sequence, parsed
from filmld.check.shapes.severities import severity_of
from filmld.errors import IllFormedShapeError
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import RDF, SH


class Chapter(NamedTuple):
    """A part of the standard.

    Attributes:
        constraints: Compiles the constraints of a shape that belong to it.
        parameters: What a shape says that has any; none if that is not for the standard to say.
    """

    constraints: Callable[[Resource, "Compiler"], Iterator[Constraint]]
    parameters: frozenset[str] = frozenset()


_Parameter = TypeVar("_Parameter")
_DEPTH: Final = 30
"""How deep shapes may lie within shapes, as for pySHACL."""
_AT_LEAST: Final = 2
"""How many members the list of a path has (SHACL §2.3.1.2, §2.3.1.3)."""


class Compiler:
    """Compiles shapes, each once.

    Args:
        source: The shapes graph.
        manner: How literals, patterns and paths are read.
        asked: Who answers for what is not compiled.
        chapters: What the constraints are compiled by.
        is_sound: Whether all shapes are known to compile, so that some may wait until they are needed.
    """

    def __init__(
        self,
        source: Source,
        manner: Manner,
        asked: Asked,
        chapters: tuple[Chapter, ...],
        *,
        is_sound: bool = False,
    ) -> None:
        self.source = source
        self.manner = manner
        self.asked = asked
        self._is_sound = is_sound
        self._chapters = chapters
        self._compiled: dict[Term, Shape] = {}
        self._at_work: list[Term] = []
        self._postponed: list[Callable[[], None]] = []

    def shape(self, node: Term) -> Shape:
        """Compile a shape.

        Raises:
            IllFormedShapeError: It is none, refers to itself, or lies too deep.
        """
        if node in self._compiled:
            return self._compiled[node]
        if isinstance(node, Literal):
            raise IllFormedShapeError(node, Fault.NO_SHAPE)
        if node in self._at_work:
            raise IllFormedShapeError(node, Fault.RECURSIVE)
        if len(self._at_work) >= _DEPTH:
            raise IllFormedShapeError(node, Fault.TOO_DEEP)
        self._at_work.append(node)
        self._compiled[node] = found = self._shape(node)
        self._at_work.pop()
        return found

    def shapes(self, members: Term) -> tuple[Shape, ...]:
        """Compile the shapes of a list.

        Raises:
            IllFormedShapeError: The list is empty, or one of them cannot be compiled.
        """
        found = tuple(self.shape(member) for member in self.source.members(members))
        if not found:
            raise IllFormedShapeError(members, Fault.EMPTY)
        return found

    def known(self) -> tuple[Shape, ...]:
        """All shapes compiled so far."""
        return tuple(self._compiled.values())

    def postponable(self, node: Term) -> IRI | None:
        """The property of a shape that can wait, having nothing to say where there is no value."""
        return self.source.overview.of_values.get(node) if self._is_sound else None

    def postpone(self, work: Callable[[], None]) -> None:
        """Note what is left to compile, which may be done before it is needed, and more than once."""
        self._postponed.append(work)

    def finish(self) -> None:
        """Compile what was postponed, with all that this leads to."""
        while self._postponed:
            self._postponed.pop()()

    def property_shape(self, node: Term) -> Shape:
        """Compile a shape that must be one of a property.

        Raises:
            IllFormedShapeError: It has no path.
        """
        shape = self.shape(node)
        if shape.path is None:
            raise IllFormedShapeError(node, Fault.NO_PATH)
        return shape

    def is_property_shape(self, node: Resource) -> bool:
        """Say whether a shape has a path."""
        return bool(self.source.all(node, "path"))

    def of_property(self, node: Resource, name: str, parameter: _Parameter) -> _Parameter:
        """A parameter that only shapes of properties may have.

        Raises:
            IllFormedShapeError: The shape is none.
        """
        if parameter is not None and not self.is_property_shape(node):
            raise IllFormedShapeError(node, Fault.NO_PATH, name)
        return parameter

    def _shape(self, node: Resource) -> Shape:
        path = self._path(node)
        constraints = () if self.source.is_true(node, "deactivated") else tuple(self._constraints(node))
        most = self.source.whole_number(node, "maxCount")
        messages = (text for text in self.source.all(node, "message") if isinstance(text, Literal))
        return Shape(
            node,
            severity=severity_of(self.source.one(node, "severity")),
            messages=tuple(sorted(messages)),
            path=path,
            allowed=1 if most is None else most,
            way=itself if path is None else way(path, self.manner),
            constraints=constraints,
        )

    def _constraints(self, node: Resource) -> Iterator[Constraint]:
        said = self.source.parameters(node)
        for chapter in self._chapters:
            if not chapter.parameters or not chapter.parameters.isdisjoint(said):
                yield from chapter.constraints(node, self)

    def _path(self, node: Resource) -> Path | None:
        written = self.source.one(node, "path")
        if written is None:
            return None
        if SH + "NodeShape" in self.source.graph.types(node):
            raise IllFormedShapeError(node, Fault.BOTH)
        path = parsed(written, self._part)
        if path is None or (isinstance(path, Sequence | Alternative) and len(path.paths) < _AT_LEAST):
            raise IllFormedShapeError(node, Fault.NOT_A_PATH, "path")
        return path

    def _part(self, node: Resource, word: str) -> Term | None:
        return self.source.graph.value(node, (RDF if word in {"first", "rest"} else SH) + word)
