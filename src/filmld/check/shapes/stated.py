"""Shapes as they are stated, wherever they are kept: in files, or in the index of an archive."""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING

from filmld.check.shapes.compiled.source import Overview
from filmld.diagnostics import Span
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Resource, Triple
from filmld.vocab import SH

if TYPE_CHECKING:
    from filmld.diagnostics.registry import Registry


class Shapes(ABC):
    """What an archive is judged by, and where each shape stands."""

    @property
    @abstractmethod
    def first(self) -> str:
        """The shown name of the first of the files."""

    @property
    @abstractmethod
    def triples(self) -> Iterator[Triple]:
        """What the files state, as one graph."""

    @abstractmethod
    def place(self, shape: Resource) -> tuple[str, Span | None] | None:
        """The file that a shape is written in, and where."""

    @property
    def overview(self) -> Overview | None:
        """What they consist of, if all are known to be such as can be compiled."""
        return None

    @cached_property
    def graph(self) -> Graph:
        """What the files state, to be asked."""
        return Graph(self.triples)

    @cached_property
    def rules(self) -> "Registry":
        """A rule for each shape whose name is the code of findings."""
        from filmld.check.shapes.pages import rules_of  # noqa: PLC0415  few who judge tell of rules

        return rules_of(self)

    def is_rule(self, shape: IRI) -> bool:
        """Say whether findings of a shape bear its name: it says what is wrong, or is about one property."""
        return any(self.graph.value(shape, SH + term) for term in ("message", "path"))

    def called(self, shape: Resource) -> str:
        """A shape by its place in the files."""
        filename, span = self.place(shape) or (str(shape), None)
        return f"at {filename}:{span.start.row}:{span.start.column}" if span else f"at {filename}"
