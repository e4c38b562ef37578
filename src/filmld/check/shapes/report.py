"""Reading a validation report (SHACL §3.6) of pySHACL's."""

from collections.abc import Iterator

import rdflib
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from filmld.check.shapes.paths import parsed
from filmld.check.shapes.rdf import from_node, to_node
from filmld.check.shapes.result import Result, in_order
from filmld.check.shapes.severities import severity_of
from filmld.turtle.terms import IRI, Literal, Resource, Term


class Report:
    """A validation report, and the shapes that it is by.

    Only what shapes themselves say is read as a message: pySHACL's own sentences are not.
    """

    def __init__(self, report: rdflib.Graph, shapes: rdflib.Graph) -> None:
        self._report = report
        self._shapes = shapes

    def results(self) -> list[Result]:
        """The top-level results, in a settled order; what only explains another hangs on it."""
        nodes = self._report.objects(None, SH.result)
        return in_order(result for node in nodes for result in self._result(node))

    def _result(self, node: Node) -> Iterator[Result]:
        focus = self._report.value(node, SH.focusNode)
        component = self._report.value(node, SH.sourceConstraintComponent)
        if focus is None or component is None:
            return
        path = self._term(node, SH.resultPath)
        shape = self._term(node, SH.sourceShape)
        constraint = self._term(node, SH.sourceConstraint)
        details = (
            result for detail in self._report.objects(node, SH.detail) for result in self._result(detail)
        )
        yield Result(
            severity=severity_of(self._term(node, SH.resultSeverity)),
            focus_node=from_node(focus),
            result_path=parsed(path, self._path_value) if path else None,
            value=self._term(node, SH.value),
            source_shape=shape if isinstance(shape, Resource) else None,
            source_constraint=constraint if isinstance(constraint, IRI) else None,
            component=str(component),
            allowed=self._allowed(shape),
            messages=self._messages(node, component, shape),
            details=tuple(in_order(details)),
        )

    def _messages(self, node: Node, component: Node, shape: Term | None) -> tuple[Literal, ...]:
        is_core = str(component).startswith(str(SH)) and component != SH.SPARQLConstraintComponent
        if is_core and shape and self._shapes.value(to_node(shape), SH.message) is None:
            return ()
        messages = (from_node(message) for message in self._report.objects(node, SH.resultMessage))
        return tuple(sorted(message for message in messages if isinstance(message, Literal)))

    def _term(self, node: Node, predicate: rdflib.URIRef) -> Term | None:
        found = self._report.value(node, predicate)
        return None if found is None else from_node(found)

    def _path_value(self, node: Resource, word: str) -> Term | None:
        namespace = RDF if word in {"first", "rest"} else SH
        found = self._report.value(to_node(node), namespace[word])
        return None if found is None else from_node(found)

    def _allowed(self, shape: Term | None) -> int:
        found = self._shapes.value(to_node(shape), SH.maxCount) if shape else None
        return int(str(found)) if found is not None and str(found).isdecimal() else 1
