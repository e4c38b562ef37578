"""The files of shapes: what they demand, where they say so, and the rules that follow."""

from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from filmld.archive import Archive
from filmld.check.places import Place
from filmld.diagnostics import Severity
from filmld.diagnostics.registry import Page, Registry, Rule
from filmld.errors import NoTargetsError, ShapesSyntaxError
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.graph import Graph
from filmld.turtle.reader import decode, read
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SH, local_name

_SEVERITIES = {
    SH + "Violation": Severity.ERROR,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}


class ShapeFiles:
    """The shapes that an archive is judged by: those that ship with filmld, then its own.

    Raises:
        ShapesSyntaxError: One of the files is not Turtle.
        NoTargetsError: No shape has a target.
    """

    def __init__(self, archive: Archive) -> None:
        self._root = archive.root
        self._by_file = {path: list(_parse(path)) for path in archive.shape_files()}
        if not any(triple.predicate.value.startswith(SH + "target") for triple in self.triples):
            raise NoTargetsError

    @property
    def triples(self) -> Iterator[Triple]:
        """What the files state."""
        return (triple for triples in self._by_file.values() for triple in triples)

    @cached_property
    def rules(self) -> Registry:
        """A rule for each shape that has a name of its own and a message; its code is its local name."""
        graph = Graph(self.triples)
        shapes = (shape for shape in graph.subjects() if isinstance(shape, IRI))
        return Registry.of(_rule(shape, graph) for shape in shapes if graph.value(shape, SH + "message"))

    def place(self, shape: IRI) -> Place | None:
        """Where a shape is written; its file is read with places only when this is asked."""
        for path, triples in self._by_file.items():
            if any(triple.subject == shape for triple in triples):
                text, _ = decode(path.read_bytes(), filename=self._shown(path))
                if text is not None:
                    document = read(text, filename=self._shown(path))
                    return Place(document, document.span(shape))
        return None

    def _shown(self, path: Path) -> str:
        """A shape file by its place in the archive, or by its place in what ships with filmld."""
        return path.relative_to(self._root if path.is_relative_to(self._root) else path.parents[1]).as_posix()


def _parse(path: Path) -> Iterator[Triple]:
    try:
        yield from parse(path.read_bytes(), scope=path.stem)
    except BulkSyntaxError as error:
        raise ShapesSyntaxError(path.name, error.row, error.column, error.message) from error


def _rule(shape: IRI, graph: Graph) -> Rule:
    severity = graph.value(shape, SH + "severity")
    message = _text(graph, shape, "message")
    page = Page(
        what_it_does=_text(graph, shape, "description") or message,
        why_it_matters="",
        example="",
        instead="",
    )
    return Rule(
        code=local_name(shape.value),
        name=_text(graph, shape, "name") or local_name(shape.value),
        severity=_SEVERITIES.get(severity.value, Severity.ERROR)
        if isinstance(severity, IRI)
        else Severity.ERROR,
        summary=message,
        page=page,
    )


def _text(graph: Graph, shape: IRI, name: str) -> str:
    value = graph.value(shape, SH + name)
    return value.lexical if isinstance(value, Literal) else ""
