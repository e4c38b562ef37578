"""The files of shapes: what they demand, where they say so, and the rules that follow."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import ClassVar, Final

from filmld.archive import Archive, Profile
from filmld.archive.resources import resource_folder
from filmld.check.nodes import own_node, shared
from filmld.check.wording import a
from filmld.diagnostics import Severity, Span
from filmld.diagnostics.registry import Page, Registry, Rule
from filmld.errors import NoTargetsError, ShapesSyntaxError
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.reader import decode, read
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import FLD, SH, local_name

_SEVERITIES = {
    SH + "Violation": Severity.ERROR,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFO,
}
_FATAL: Final = frozenset({"relative-iri"})
"""What leaves a file of shapes incomplete though it is Turtle."""


class ShapeFiles:
    """The shapes that an archive is judged by: those that ship with filmld, then its own.

    Args:
        documents: The files, as read.

    Raises:
        NoTargetsError: No shape has a target.
    """

    documents: tuple[Document, ...]
    """The files, as read."""
    is_sound: ClassVar = False
    """Whether it is known that all of them can be compiled."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.documents = tuple(documents)
        if not any(triple.predicate.value.startswith(SH + "target") for triple in self.triples):
            raise NoTargetsError

    @classmethod
    def load(cls, archive: Archive, profile: Profile = Profile.ARCHIVE) -> "ShapeFiles":
        """Read the shapes of an archive; the same object, while the files say the same.

        Args:
            archive: The archive.
            profile: By whose wishes it is judged.

        Raises:
            ShapesSyntaxError: One of the files is not Turtle.
            NoTargetsError: No shape has a target.
        """
        files = archive.shape_files(profile)
        return _shape_files(
            tuple((_shown(path, archive.root), _content(path, archive.root)) for path in files)
        )

    @property
    def first(self) -> str:
        """The shown name of the first of the files."""
        return self.documents[0].filename

    @property
    def triples(self) -> Iterator[Triple]:
        """What the files state, as one graph."""
        for number, document in enumerate(self.documents):
            for triple in document.triples:
                yield shared(triple, number)

    @cached_property
    def graph(self) -> Graph:
        """What the files state, to be asked."""
        return Graph(self.triples)

    @cached_property
    def referred_to(self) -> frozenset[Resource]:
        """Whatever any statement of the files leads to."""
        return frozenset(triple.object for triple in self.triples if not isinstance(triple.object, Literal))

    @cached_property
    def rules(self) -> Registry:
        """A rule for each shape whose name is the code of findings."""
        shapes = (shape for shape in self.graph.subjects() if isinstance(shape, IRI) and self.is_rule(shape))
        by_code = {local_name(shape.value): shape for shape in reversed(list(shapes))}
        return Registry.of(_rule(shape, self.graph, self._owners.get(shape)) for shape in by_code.values())

    @cached_property
    def _owners(self) -> dict[Term, Resource]:
        """The first shape that each shape of a property belongs to."""
        found: dict[Term, Resource] = {}
        for node in self.graph.subjects():
            for shape in self.graph.objects(node, SH + "property"):
                found.setdefault(shape, node)
        return found

    def is_rule(self, shape: IRI) -> bool:
        """Say whether findings of a shape bear its name: it says what is wrong, or is about one property."""
        return any(self.graph.value(shape, SH + term) for term in ("message", "path"))

    def called(self, shape: Resource) -> str:
        """A shape by its place in the files."""
        filename, span = self.place(shape) or (str(shape), None)
        return f"at {filename}:{span.start.row}:{span.start.column}" if span else f"at {filename}"

    def place(self, shape: Resource) -> tuple[str, Span | None] | None:
        """The file that a shape is written in, and where."""
        if isinstance(shape, BlankNode):
            document = self.documents[int(shape.label.partition(".")[0])]
            return document.filename, document.span(own_node(shape))
        home = self._homes.get(shape)
        return (home.filename, home.span(shape)) if home else None

    @cached_property
    def _homes(self) -> dict[Resource, Document]:
        """The first file that speaks of each shape."""
        return {
            triple.subject: document for document in reversed(self.documents) for triple in document.triples
        }


def _shown(path: Path, root: Path) -> str:
    """A shape file by its place in the archive, or by its place in what ships with filmld."""
    shipped = resource_folder("shapes").resolve().parent
    return path.relative_to(root if path.is_relative_to(root) else shipped).as_posix()


def _content(path: Path, root: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ShapesSyntaxError(_shown(path, root), None, None, error.strerror or "unknown reason") from error


# Reading them takes longer than judging a hundred films; whoever checks again and again has the same ones.
@lru_cache(maxsize=4)
def _shape_files(files: tuple[tuple[str, bytes], ...]) -> ShapeFiles:
    return ShapeFiles(_read(content, name) for name, content in files)


def _read(content: bytes, name: str) -> Document:
    text, problems = decode(content, filename=name)
    document = read(text, filename=name) if text is not None else None
    faults = [*problems, *(document.diagnostics if document else ())]
    for fault in faults:
        is_fatal = document is None or not document.well_formed or fault.code in _FATAL
        if is_fatal and fault.severity is Severity.ERROR:
            row, column = fault.span.start if fault.span else (1, 1)
            raise ShapesSyntaxError(name, row, column, fault.message)
    if document is None:
        raise ShapesSyntaxError(name, None, None, "it cannot be read")
    return document


def _rule(shape: IRI, graph: Graph, owner: Resource | None) -> Rule:
    severity = graph.value(shape, SH + "severity")
    name = _text(graph, shape, SH + "name") or local_name(shape.value)
    message = _text(graph, shape, SH + "message") or f"What the shape says of ‘{name}’ is not met."
    page = Page(
        what_it_does=_looks_at(graph, shape, owner, name, message),
        why_it_matters=_text(graph, shape, FLD + "why"),
        example=_record(graph, shape, FLD + "example"),
        instead=_record(graph, shape, FLD + "instead"),
    )
    return Rule(
        code=local_name(shape.value),
        name=name,
        severity=_SEVERITIES.get(severity.value, Severity.ERROR)
        if isinstance(severity, IRI)
        else Severity.ERROR,
        summary=message,
        page=page,
    )


def _looks_at(graph: Graph, shape: IRI, owner: Resource | None, name: str, message: str) -> str:
    """Which field of what kind of thing the rule looks at, and what that field holds."""
    description = _text(graph, shape, SH + "description") or message
    kind = _text(graph, owner, SH + "name") if owner else ""
    return f"Looks at the field ‘{name}’ of {a(kind)}: {description}" if kind else description


def _record(graph: Graph, shape: IRI, term: str) -> str:
    text = _text(graph, shape, term)
    return f"```turtle\n{text.strip()}\n```" if text else ""


def _text(graph: Graph, shape: Resource, term: str) -> str:
    value = graph.value(shape, term)
    return value.lexical if isinstance(value, Literal) else ""
