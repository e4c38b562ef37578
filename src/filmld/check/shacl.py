"""pySHACL, the judge: shapes and data in, results out."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

import pyshacl
import rdflib
from pyshacl.errors import (
    ConstraintLoadError,
    ReportableRuntimeError,
    ShapeLoadError,
    ValidationFailure,
)
from rdflib.namespace import SH
from rdflib.term import Node

from filmld.check.rdf import from_node, to_rdflib
from filmld.diagnostics import Severity
from filmld.errors import ShapesError
from filmld.turtle.terms import IRI, Resource, Term, Triple

_SEVERITIES: Mapping[Node | None, Severity] = MappingProxyType(
    {SH.Violation: Severity.ERROR, SH.Warning: Severity.WARNING, SH.Info: Severity.INFO}
)
_DEPTH = 30
"""How deep shapes may refer to shapes; a film's need four."""


class Result(NamedTuple):
    """One ``sh:ValidationResult`` (SHACL §3.6.2)."""

    severity: Severity
    focus_node: Term
    result_path: IRI | None
    value: Term | None
    source_shape: Resource | None
    component: str
    message: str


class Shapes:
    """Shapes, read once and used to judge many graphs."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._graph = to_rdflib(triples)

    def judge(self, triples: Iterable[Triple]) -> list[Result]:
        """Judge a data graph by SHACL Core and SHACL-SPARQL; nothing is inferred, fetched or run.

        Raises:
            ShapesError: The shapes cannot be used.
        """
        try:
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
        if isinstance(report, ValidationFailure):
            raise ShapesError(_sentence(report))
        return list(_results(report))


def _sentence(error: Exception) -> str:
    return " ".join(str(getattr(error, "message", None) or error).split()).rstrip(".")


def _results(report: rdflib.Graph) -> Iterator[Result]:
    """The top-level results; those that only explain another hang on ``sh:detail``."""
    for node in report.objects(None, SH.result):
        focus = report.value(node, SH.focusNode)
        component = report.value(node, SH.sourceConstraintComponent)
        if focus is None or component is None:
            continue
        path = _term(report, node, SH.resultPath)
        shape = _term(report, node, SH.sourceShape)
        yield Result(
            severity=_SEVERITIES.get(report.value(node, SH.resultSeverity), Severity.ERROR),
            focus_node=from_node(focus),
            result_path=path if isinstance(path, IRI) else None,
            value=_term(report, node, SH.value),
            source_shape=shape if isinstance(shape, Resource) else None,
            component=str(component),
            message=str(report.value(node, SH.resultMessage) or ""),
        )


def _term(report: rdflib.Graph, node: Node, predicate: rdflib.URIRef) -> Term | None:
    found = report.value(node, predicate)
    return None if found is None else from_node(found)
