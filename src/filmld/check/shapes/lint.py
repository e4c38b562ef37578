"""What is wrong with shapes themselves.

A slip in a shape does not make a record fail, it makes it pass: ``sh:minCont 1`` demands nothing,
and neither does a shape without a target. So shapes are looked at before records are judged by them.

Shapes that refer to each other in a circle are refused: SHACL leaves open what they mean (§3.4.3).
"""

import difflib
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from filmld.check.nodes import shared_node
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.outside import QUERIES, reaches
from filmld.check.shapes.terms import ADVANCED, KNOWN, LISTS, ONCE, TRUE_OR_FALSE, WHOLE_NUMBERS, WITHIN
from filmld.diagnostics import Diagnostic, Severity, Span
from filmld.errors import FaultyShapesError
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple
from filmld.vocab import RDF, RDFS, SH, XSD

_DEPTH: Final = 25
_TARGETS: Final = ("target", "targetClass", "targetNode", "targetObjectsOf", "targetSubjectsOf")
_CLASSES: Final = frozenset({RDFS + "Class", "http://www.w3.org/2002/07/owl#Class"})
_IMPORTS: Final = "http://www.w3.org/2002/07/owl#imports"


class Fault(NamedTuple):
    """A slip in a shape, and where."""

    document: Document
    span: Span | None
    message: str
    hint: str | None = None


@lru_cache(maxsize=4)
def lint(shapes: ShapeFiles) -> tuple[Diagnostic, ...]:
    """Look at all shapes, once for as long as they are the same.

    Returns:
        What is worth a warning.

    Raises:
        FaultyShapesError: A shape does not mean what it says.
    """
    faults = [
        fault
        for number, document in enumerate(shapes.documents)
        for fault in _faults(document, number, shapes)
    ]
    if faults:
        first = faults[0]
        row, column = first.span.start if first.span else (1, 1)
        place = f"{first.document.filename}:{row}:{column}"
        raise FaultyShapesError(place, first.message, first.hint, len(faults) - 1)
    return tuple(warning for document in shapes.documents for warning in _imports(document))


def _imports(document: Document) -> Iterator[Diagnostic]:
    spans = {span for triple, _, span, _ in document.places() if triple.predicate.value == _IMPORTS}
    for span in sorted(spans):
        yield Diagnostic(
            code="import-ignored",
            severity=Severity.WARNING,
            message="Nothing is fetched: what this file imports is not read",
            filename=document.filename,
            span=span,
            hint="put a copy of it beside this file",
        )


def _faults(document: Document, number: int, shapes: ShapeFiles) -> Iterator[Fault]:
    graph = shapes.graph
    for triple, subject_span, property_span, value_span in document.places():
        name = _name(triple.predicate)
        yield from _of_names(document, triple, property_span, value_span)
        for message, hint in _of_value(name, triple.object):
            yield Fault(document, value_span, message, hint)
        node = shared_node(triple.subject, number)
        value = triple.object if isinstance(triple.object, Literal) else shared_node(triple.object, number)
        if name in ONCE and graph.value(node, SH + name) != value:
            yield Fault(document, value_span, f"this shape says ‘sh:{name}’ twice")
        if name in LISTS and not _is_list(value, graph):
            yield Fault(document, value_span, f"‘sh:{name}’ needs a list that ends, as in ( 1 2 3 )")
        if name == "path" and not _is_path(value, graph, ()):
            yield Fault(document, value_span, "this path does not end, or is none")
        if name == "property" and graph.value(_resource(value), SH + "path") is None:
            yield Fault(
                document, value_span, "this shape of a property does not say which: it has no sh:path"
            )
        if triple.predicate.value == RDF + "type" and triple.object == IRI(SH + "NodeShape"):
            yield from _of_shape(document, subject_span, node, shapes)


def _of_names(document: Document, triple: Triple, property_span: Span, value_span: Span) -> Iterator[Fault]:
    for term, span in ((triple.predicate, property_span), (triple.object, value_span)):
        name = _name(term)
        if name in ADVANCED:
            message = f"‘sh:{name}’ belongs to SHACL’s advanced features, which filmld does not run"
            yield Fault(document, span, message, "say it in SHACL Core, or as sh:sparql")
        elif name and name not in KNOWN:
            close = difflib.get_close_matches(name, sorted(KNOWN), n=1)
            yield Fault(
                document,
                span,
                f"SHACL has no ‘sh:{name}’",
                f"did you mean ‘sh:{close[0]}’?" if close else None,
            )


def _of_value(name: str, value: Term) -> Iterator[tuple[str, str | None]]:
    text = value.lexical if isinstance(value, Literal) else ""
    datatype = value.datatype if isinstance(value, Literal) else ""
    if name in WHOLE_NUMBERS and not (datatype == XSD + "integer" and text.isdecimal()):
        yield f"‘sh:{name}’ needs a whole number without quotation marks", f"as in sh:{name} 1"
    if name in TRUE_OR_FALSE and not (datatype == XSD + "boolean" and text in {"true", "false"}):
        yield f"‘sh:{name}’ is either true or false, without quotation marks", None
    if name == "pattern":
        try:
            re.compile(text)
        except re.error as error:
            yield f"this pattern cannot be used: {error}", None
    if name in QUERIES and (word := reaches(text)):
        yield f"a query in a shape must not use {word}: it asks the records alone", None


def _of_shape(document: Document, span: Span, shape: Resource, shapes: ShapeFiles) -> Iterator[Fault]:
    graph = shapes.graph
    has_target = any(graph.value(shape, SH + target) is not None for target in _TARGETS)
    if not has_target and shape not in shapes.referred_to and _CLASSES.isdisjoint(graph.types(shape)):
        message = "this shape judges nothing: it has no target, and no other shape refers to it"
        yield Fault(document, span, message, "add sh:targetClass with the class of the things that it is for")
    problem = _depth(shape, graph)
    if problem:
        yield Fault(document, span, problem)


def _depth(shape: Resource, graph: Graph) -> str | None:
    """Say whether shapes refer to shapes in a circle, or too deeply."""
    level, depth = {shape}, 0
    while level:
        level = {inner for outer in level for inner in _within(outer, graph)}
        depth += 1
        if shape in level:
            return "this shape refers to itself, at once or by others; SHACL leaves its meaning open"
        if depth > _DEPTH:
            return f"shapes within shapes go more than {_DEPTH} deep here"
    return None


def _within(shape: Resource, graph: Graph) -> Iterator[Resource]:
    for name in sorted(WITHIN):
        for value in graph.resources(shape, SH + name):
            members = _members(value, graph) if name in LISTS else [value]
            yield from (member for member in members if not isinstance(member, Literal))


def _members(node: Term, graph: Graph) -> list[Term]:
    found: list[Term] = []
    seen: set[Term] = set()
    while not isinstance(node, Literal) and node not in seen:
        seen.add(node)
        first = graph.value(node, RDF + "first")
        found += [first] if first is not None else []
        node = graph.value(node, RDF + "rest") or IRI(RDF + "nil")
    return found


def _is_list(node: Term, graph: Graph) -> bool:
    seen: set[Term] = set()
    while node != IRI(RDF + "nil"):
        following = None if isinstance(node, Literal) or node in seen else graph.value(node, RDF + "rest")
        if following is None:
            return False
        seen.add(node)
        node = following
    return True


def _is_path(node: Term, graph: Graph, above: tuple[Term, ...]) -> bool:
    if isinstance(node, Literal) or node in above:
        return False
    if isinstance(node, IRI):
        return node.value != RDF + "nil"
    above = (*above, node)
    if graph.value(node, RDF + "first") is not None:
        return _is_list(node, graph) and all(_is_path(part, graph, above) for part in _members(node, graph))
    choices = graph.value(node, SH + "alternativePath")
    if choices is not None:
        return _is_list(choices, graph) and all(
            _is_path(part, graph, above) for part in _members(choices, graph)
        )
    words = ("inversePath", "zeroOrMorePath", "oneOrMorePath", "zeroOrOnePath")
    inner = [value for word in words if (value := graph.value(node, SH + word)) is not None]
    return len(inner) == 1 and _is_path(inner[0], graph, above)


def _resource(value: Term) -> Resource:
    return IRI("") if isinstance(value, Literal) else value


def _name(term: Term) -> str:
    """The name of a term of SHACL's, without its prefix."""
    return term.value[len(SH) :] if isinstance(term, IRI) and term.value.startswith(SH) else ""
