"""The files of shapes: what they demand, where they say so, and the rules that follow."""

from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from filmld.archive import Archive, Profile
from filmld.archive.resources import resource_folder
from filmld.check.nodes import own_node, shared
from filmld.check.shapes.stated import Shapes
from filmld.diagnostics import Severity, Span
from filmld.errors import NoTargetsError, ShapesSyntaxError
from filmld.turtle.document import Document
from filmld.turtle.reader import decode, read
from filmld.turtle.terms import BlankNode, Literal, Resource, Triple
from filmld.vocab import SH

_FATAL: Final = frozenset({"relative-iri"})
"""What leaves a file of shapes incomplete though it is Turtle."""


class ShapeFiles(Shapes):
    """The shapes that an archive is judged by: those that ship with filmld, then its own.

    Args:
        documents: The files, as read.

    Raises:
        NoTargetsError: No shape has a target.
    """

    documents: tuple[Document, ...]
    """The files, as read."""

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
    def referred_to(self) -> frozenset[Resource]:
        """Whatever any statement of the files leads to."""
        return frozenset(triple.object for triple in self.triples if not isinstance(triple.object, Literal))

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
