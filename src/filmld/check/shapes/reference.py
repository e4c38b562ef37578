"""pySHACL, the judge: shapes and data in, results out."""

from collections.abc import Callable, Iterable

import pyshacl
import rdflib
from pyshacl.errors import ValidationFailure
from pyshacl.graph_abstraction import DataGraph
from pyshacl.pytypes import SHACLExecutor
from pyshacl.shapes_graph import ShapesGraph
from pyshacl.validator import Validator
from rdflib.term import Node

from filmld.check.shapes.deadline import TooSlowError, deadline
from filmld.check.shapes.rdf import from_node, keep_literals, shapes_graph, to_node, to_rdflib
from filmld.check.shapes.refusals import refusals, sentence
from filmld.check.shapes.report import Report
from filmld.check.shapes.result import Result
from filmld.errors import ShapesError, ShapesTooSlowError
from filmld.turtle.terms import Resource, Term, Triple

_DEPTH = 30
"""How deep shapes may refer to shapes; a film's need four."""


class Shapes:
    """Shapes, read once and used to judge many graphs.

    Args:
        triples: What the shapes say.
        called: How people know a shape, for what cannot be told of a record.
    """

    def __init__(self, triples: Iterable[Triple], called: Callable[[Resource], str] = str) -> None:
        self._called = called
        self._graph = shapes_graph(triples)

    def judge(self, triples: Iterable[Triple], nodes: Iterable[Term] | None = None) -> list[Result]:
        """Judge a data graph by SHACL Core and SHACL-SPARQL; nothing is inferred, fetched or run.

        Args:
            triples: The data.
            nodes: The focus nodes that are judged, of those that shapes have as their targets; all if
                none are given.

        Raises:
            ShapesError: The shapes cannot be used.
        """
        data = to_rdflib(triples)
        try:
            with deadline(), refusals():
                report = self._all(data) if nodes is None else self._some(data, nodes)
        except TooSlowError as error:
            raise ShapesTooSlowError(self._name(error.shape)) from error
        finally:
            keep_literals()
        if isinstance(report, ValidationFailure):
            raise ShapesError(sentence(report))
        return Report(report, self._graph).results()

    def _all(self, data: rdflib.Graph) -> rdflib.Graph | ValidationFailure:
        _, report, _ = pyshacl.validate(
            data,
            shacl_graph=self._graph,
            ont_graph=None,
            advanced=False,
            inference="none",
            inplace=True,
            abort_on_first=False,
            js=False,
            do_owl_imports=False,
            meta_shacl=False,
            max_validation_depth=_DEPTH,
        )
        found: rdflib.Graph | ValidationFailure = report
        return found

    def _some(self, data: rdflib.Graph, nodes: Iterable[Term]) -> rdflib.Graph:
        """As above; pySHACL's own way to name focus nodes leaves out those that are blank."""
        wanted = {to_node(node) for node in nodes}
        graph = DataGraph.from_rdflib(data)
        shapes = ShapesGraph(self._graph)
        reports = []
        for shape in shapes.shapes:
            focus = shape.focus_nodes(graph) & wanted
            if focus:
                reports += shape.validate(SHACLExecutor(max_validation_depth=_DEPTH), graph, list(focus))[1]
        report: rdflib.Graph = Validator.create_validation_report(shapes, not reports, reports)[0]
        return report

    def _name(self, shape: object | None) -> str:
        term = from_node(shape) if isinstance(shape, Node) else None
        return self._called(term) if isinstance(term, Resource) else "at work"
