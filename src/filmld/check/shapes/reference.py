"""pySHACL, the judge: shapes and data in, results out."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

import pyshacl
import rdflib
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    ShapeLoadError,
    ValidationFailure,
)
from rdflib.namespace import RDF, SH
from rdflib.term import Node

from filmld.check.shapes.deadline import TooSlowError, deadline
from filmld.check.shapes.paths import parsed
from filmld.check.shapes.rdf import from_node, keep_literals, to_node, to_rdflib
from filmld.check.shapes.result import Result
from filmld.diagnostics import Severity
from filmld.errors import ShapesError, ShapesTooSlowError
from filmld.turtle.terms import IRI, Literal, Resource, Term, Triple

_SEVERITIES: Mapping[Node | None, Severity] = MappingProxyType(
    {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
)
_DEPTH = 30
"""How deep shapes may refer to shapes; a film's need four."""


_STANDSTILL: Final = 5.0
"""For how many seconds one value may be held against one pattern."""
_LONGEST: Final = 3600.0
"""For how many seconds an archive may be judged."""


class Shapes:
    """Shapes, read once and used to judge many graphs.

    Args:
        triples: What the shapes say.
        called: How people know a shape, for what cannot be told of a record.
    """

    def __init__(self, triples: Iterable[Triple], called: Callable[[Resource], str] = str) -> None:
        self._called = called
        self._graph = to_rdflib(triples)

    def judge(self, triples: Iterable[Triple]) -> list[Result]:
        """Judge a data graph by SHACL Core and SHACL-SPARQL; nothing is inferred, fetched or run.

        Raises:
            ShapesError: The shapes cannot be used.
        """
        try:
            with deadline(_STANDSTILL, _LONGEST):
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
        except (ConstraintLoadError, ShapeLoadError, ReportableRuntimeError, ValueError, re.error) as error:
            raise ShapesError(_sentence(error)) from error
        except TooSlowError as error:
            raise ShapesTooSlowError(self._name(error.shape)) from error
        finally:
            keep_literals()
        if isinstance(report, ValidationFailure):
            raise ShapesError(_sentence(report))
        return _Reader(report, self._graph).results()

    def _name(self, shape: object | None) -> str:
        term = from_node(shape) if isinstance(shape, Node) else None
        return self._called(term) if isinstance(term, Resource) else "at work"


def _sentence(error: Exception) -> str:
    return " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")


class _Reader:
    """Reads a validation report of pySHACL's."""

    def __init__(self, report: rdflib.Graph, shapes: rdflib.Graph) -> None:
        self._report = report
        self._shapes = shapes

    def results(self) -> list[Result]:
        """The top-level results, in a settled order; what only explains another hangs on it."""
        nodes = self._report.objects(None, SH.result)
        return sorted((result for node in nodes for result in self._result(node)), key=repr)

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
        messages = (from_node(message) for message in self._report.objects(node, SH.resultMessage))
        yield Result(
            severity=_SEVERITIES.get(self._report.value(node, SH.resultSeverity), Severity.ERROR),
            focus_node=from_node(focus),
            result_path=parsed(path, self._path_value) if path else None,
            value=self._term(node, SH.value),
            source_shape=shape if isinstance(shape, Resource) else None,
            source_constraint=constraint if isinstance(constraint, IRI) else None,
            component=str(component),
            allowed=self._allowed(shape),
            messages=tuple(sorted(message for message in messages if isinstance(message, Literal))),
            details=tuple(sorted(details, key=repr)),
        )

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
