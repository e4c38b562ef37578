"""What the shapes say of the records, in words and places."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from filmld.archive import Archive
from filmld.check.index import Index
from filmld.check.places import Place, place_of
from filmld.check.shacl import Result, Shapes
from filmld.check.shapes import ShapeFiles
from filmld.check.wording import kind_of
from filmld.diagnostics import Diagnostic, Related
from filmld.errors import ShapesSyntaxError
from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import RDFS, SH, local_name

_SUBCLASS = IRI(RDFS + "subClassOf")
_OF_SEVERAL = frozenset({SH + "MaxCountConstraintComponent", SH + "UniqueLangConstraintComponent"})
_OF_KIND = frozenset(
    SH + name + "ConstraintComponent" for name in ("Class", "Or", "Xone", "NodeKind", "Node", "Datatype")
)


def judge(archive: Archive, shapes: ShapeFiles, index: Index) -> Iterator[Diagnostic]:
    """Judge by shapes whatever can be judged.

    A record with a mistake in its text is incomplete as read: what shapes would say of it, or of
    links to it, may be wrong, and follows from a cause that is reported already.

    Args:
        archive: Whose ontology tells which class is a kind of which.
        shapes: The shapes.
        index: The records.
    """
    data = [triple for document in index.documents for triple in document.triples]
    data += _subclasses(archive.ontology_files())
    for result in Shapes(shapes.triples).judge(data):
        place = place_of(result, index)
        if place and not _is_uncertain(result, index):
            yield _diagnostic(result, place, index, shapes)


def _is_uncertain(result: Result, index: Index) -> bool:
    nodes = (node for node in (result.focus_node, result.value) if node is not None)
    return any(not isinstance(node, Literal) and index.is_uncertain(node) for node in nodes)


def _subclasses(files: Iterable[Path]) -> Iterator[Triple]:
    for path in files:
        try:
            yield from (triple for triple in parse(path.read_bytes()) if triple.predicate == _SUBCLASS)
        except BulkSyntaxError as error:
            raise ShapesSyntaxError(path.name, error.row, error.column, error.message) from error


def _diagnostic(result: Result, place: Place, index: Index, shapes: ShapeFiles) -> Diagnostic:
    return Diagnostic(
        code=_code(result),
        severity=result.severity,
        message=result.message,
        filename=place.document.filename,
        span=place.span,
        label=_label(result, index),
        related=(*_others(result, place.document), *_demand(result, shapes)),
        focus_node=str(result.focus_node),
        result_path=str(result.result_path) if result.result_path else None,
        value=str(result.value) if result.value is not None else None,
        source_shape=str(result.source_shape) if result.source_shape else None,
        source_constraint_component=result.component,
    )


def _code(result: Result) -> str:
    """A rule is called by the local name of its shape, or else by that of the constraint component."""
    if isinstance(result.source_shape, IRI):
        return local_name(result.source_shape.value)
    return local_name(result.component).removesuffix("ConstraintComponent").lower()


def _label(result: Result, index: Index) -> str | None:
    """Say what the value is, where it is of the wrong kind."""
    if result.component not in _OF_KIND or result.value is None:
        return None
    if isinstance(result.value, Literal):
        return "this is a text"
    kind = kind_of(index.types(result.value))
    return f"this is a {kind}" if kind else None


def _others(result: Result, document: Document) -> Iterator[Related]:
    """Where the other values are, if there is one too many."""
    if (
        result.component not in _OF_SEVERAL
        or result.result_path is None
        or isinstance(result.focus_node, Literal)
    ):
        return
    for value in list(document.graph().objects(result.focus_node, result.result_path.value))[:-1]:
        span = document.span(result.focus_node, result.result_path, value)
        yield Related(message="another value is here", filename=document.filename, span=span)


def _demand(result: Result, shapes: ShapeFiles) -> Iterator[Related]:
    if isinstance(result.source_shape, IRI):
        place = shapes.place(result.source_shape)
        if place:
            yield Related(message="the shape says so here", filename=place.document.filename, span=place.span)
