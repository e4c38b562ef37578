"""Records that are known by name, and read only if somebody asks what they say, or where."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from filmld.diagnostics import Diagnostic
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import Triple

if TYPE_CHECKING:
    from filmld.turtle.draft import Draft


class LaterDocument(Document):
    """A document that reads itself at the first question.

    Args:
        filename: The file as shown to people.
        load: Reads it.
    """

    def __init__(self, filename: str, load: Callable[[str], Document]) -> None:
        self._filename = filename
        self._load = load

    @property
    def filename(self) -> str:
        """The file as shown to people."""
        return self._filename

    @cached_property
    def _read(self) -> Document:
        return self._load(self._filename)

    @property
    def text(self) -> str:
        """The text as read."""
        return self._read.text

    @property
    def well_formed(self) -> bool:
        """Whether the text is Turtle 1.1 throughout."""
        return self._read.well_formed

    @cached_property
    def triples(self) -> tuple[Triple, ...]:
        """What the sound statements state, in the order of the text."""
        return self._read.triples

    @cached_property
    def prefixes(self) -> Mapping[str, str]:
        """Prefixes without their colon."""
        return self._read.prefixes

    @cached_property
    def draft(self) -> "Draft":
        """What the reader gathered."""
        return self._read.draft

    @cached_property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is wrong, in the order of the text."""
        return self._read.diagnostics

    def graph(self) -> Graph:
        """The triples, each once."""
        return self._graph

    @cached_property
    def _graph(self) -> Graph:
        return self._read.graph()
