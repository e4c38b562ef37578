"""pySHACL, the judge: shapes and data in, results out."""

from collections.abc import Callable, Iterable

import pyshacl
from pyshacl.errors import ValidationFailure
from rdflib.term import Node

from filmld.check.shapes.deadline import TooSlowError, deadline
from filmld.check.shapes.rdf import from_node, keep_literals, shapes_graph, to_rdflib
from filmld.check.shapes.refusals import refusals, sentence
from filmld.check.shapes.report import Report
from filmld.check.shapes.result import Result
from filmld.errors import ShapesError, ShapesTooSlowError
from filmld.turtle.terms import Resource, Triple

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

    def judge(self, triples: Iterable[Triple]) -> list[Result]:
        """Judge a data graph by SHACL Core and SHACL-SPARQL; nothing is inferred, fetched or run.

        Raises:
            ShapesError: The shapes cannot be used.
        """
        try:
            with deadline(), refusals():
                _, report, _ = pyshacl.validate(
                    to_rdflib(triples),
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
        except TooSlowError as error:
            raise ShapesTooSlowError(self._name(error.shape)) from error
        finally:
            keep_literals()
        if isinstance(report, ValidationFailure):
            raise ShapesError(sentence(report))
        return Report(report, self._graph).results()

    def _name(self, shape: object | None) -> str:
        term = from_node(shape) if isinstance(shape, Node) else None
        return self._called(term) if isinstance(term, Resource) else "at work"
