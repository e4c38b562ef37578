"""Archives as bare pySHACL judges them: rdflib reads, pySHACL judges, nothing of filmld has a hand in it.

What is read: the records, the shapes, and the whole ontology. filmld gives the judge only those concepts
that records link to; a result about another concept would show here as one that the command does not report.
"""

import logging
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Node

ROOT = Path(__file__).parents[2]
NODE = str(SH.NodeConstraintComponent)
COUNTED = frozenset(
    {str(SH[f"{name}ConstraintComponent"]) for name in ("MinCount", "MaxCount", "UniqueLang")}
)
"""These are about a number of values, so that SHACL's results name none (§4.2, §4.8.2)."""

Known: TypeAlias = ox.NamedNode | ox.Literal | str
"""A term; all blank nodes are one, because nobody knows a blank node of a file in another reading of it."""

BLANK = "[]"


class Said(NamedTuple):
    """What a result says, as far as two judges can be compared.

    Attributes:
        code: What the shape that is broken is called, or else what it demands.
    """

    focus: Known
    path: str
    value: Known | None
    code: str
    component: str
    severity: str


class Result(NamedTuple):
    """A result, and the terms of this reading that tell it from others that say the same."""

    said: Said
    key: tuple[Node | None, ...]
    details: tuple["Result", ...]


def judged(records: Iterable[Path], profile: str = "") -> list[Result]:
    """Judge files by the shapes of this repository."""
    # rdflib would write "01" as "1"; pySHACL turns that on again after each of its runs.
    rdflib.NORMALIZE_LITERALS = False
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    data = rdflib.Graph(bind_namespaces="none")
    for triple in _read(ROOT / "ontology"):
        data.add(triple)
    for path in records:
        data.parse(path, format="turtle")
    shapes = _read(ROOT / "shapes" / profile)
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", max_validation_depth=30)
    assert isinstance(report, rdflib.Graph)
    rdflib.NORMALIZE_LITERALS = False
    return [_result(node, report) for node in report.objects(None, SH.result)]


@cache
def _read(folder: Path) -> rdflib.Graph:
    graph = rdflib.Graph(bind_namespaces="none")
    for path in sorted(folder.glob("*.ttl")):
        graph.parse(path, format="turtle")
    return graph


def _result(node: Node, report: rdflib.Graph) -> Result:
    focus, path, value, shape, component, severity = (
        report.value(node, SH[name])
        for name in (
            "focusNode",
            "resultPath",
            "value",
            "sourceShape",
            "sourceConstraintComponent",
            "resultSeverity",
        )
    )
    assert focus is not None
    said = Said(
        focus=known(focus),
        path=_path(path, report) if path else "",
        value=known(value) if value is not None and str(component) not in COUNTED else None,
        code=_code(shape, str(component)),
        component=str(component),
        severity=str(severity).rpartition("#")[2],
    )
    details = tuple(_result(detail, report) for detail in report.objects(node, SH.detail))
    return Result(said, (focus, path, value, shape), details)


def known(node: Node) -> Known:
    """A term of rdflib."""
    if isinstance(node, rdflib.Literal):
        if node.language:
            return ox.Literal(str(node), language=node.language.lower())
        return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)) if node.datatype else None)
    return BLANK if isinstance(node, rdflib.BNode) else ox.NamedNode(str(node))


def _code(shape: Node | None, component: str) -> str:
    if isinstance(shape, rdflib.URIRef):
        return shape.rpartition("#")[2]
    name = component.rpartition("#")[2].removesuffix("ConstraintComponent")
    return re.sub("(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _path(node: Node, graph: rdflib.Graph) -> str:
    """A path as Turtle has it."""
    if isinstance(node, rdflib.URIRef):
        return f"<{node}>"
    if (node, RDF.first, None) in graph:
        return f"( {' '.join(_path(part, graph) for part in Collection(graph, node))} )"
    ((word, inner),) = graph.predicate_objects(node)
    return f"[ sh:{str(word).rpartition('#')[2]} {_path(inner, graph)} ]"


def leaves(results: Iterable[Result]) -> Iterator[Said]:
    """What is left of results by two rules of the command.

    Where a shape within a shape is not met, what that one found stands for the word that it is not met.
    Where a value breaks several demands of one shape, one result speaks for them.
    """
    spoken: set[tuple[Node | None, ...]] = set()
    for result in sorted(_without_outer(results), key=lambda found: _gravity(found.said.component)):
        if result.key[2] is None or result.key not in spoken:
            spoken.add(result.key)
            yield result.said


def _without_outer(results: Iterable[Result]) -> Iterator[Result]:
    for result in results:
        if result.said.component == NODE and result.details:
            for inner in _without_outer(result.details):
                yield inner._replace(said=inner.said._replace(severity=result.said.severity))
        else:
            yield result


def _gravity(component: str) -> tuple[int, str]:
    """What kind of thing a value is explains what else is wrong with it."""
    gravest = [str(SH[f"{name}ConstraintComponent"]) for name in ("NodeKind", "Datatype", "Class")]
    return (gravest.index(component) if component in gravest else len(gravest), component)
