"""From what a judge says to where it stands in the text."""

from typing import NamedTuple

from filmld.check.index import Index
from filmld.check.shacl import Result
from filmld.diagnostics import Span
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Resource


class Place(NamedTuple):
    """Where a finding is shown."""

    document: Document
    span: Span | None


def place_of(result: Result, index: Index) -> Place | None:
    """Place a result at its value, else at its property, else at its focus node.

    A subject described in several records is placed in the one that states the value or the
    property concerned.

    Returns:
        ``None`` if no record describes the focus node.
    """
    focus, path, value = result.focus_node, result.result_path, result.value
    if isinstance(focus, Literal):
        return None
    documents = index.describing(focus)
    if path and value is not None:
        for document in documents:
            if value in document.graph().objects(focus, path.value):
                return Place(document, document.span(focus, path, value))
    if path:
        for document in documents:
            if document.graph().value(focus, path.value) is not None:
                return Place(document, _last_value(document, focus, path))
    return Place(documents[0], documents[0].span(focus)) if documents else None


def _last_value(document: Document, focus: Resource, path: IRI) -> Span | None:
    """A result about a property as a whole, such as one value too many, is shown at the last value."""
    *_, last = document.graph().objects(focus, path.value)
    return document.span(focus, path, last)
