"""The W3C's test suite for SHACL: 121 tests, by the compiled engine and held against pySHACL."""

import os
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest
from _pytest.mark import ParameterSet

from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.paths import Path as PropertyPath
from filmld.check.shapes.paths import parsed
from filmld.check.shapes.reference import Shapes
from filmld.check.shapes.result import Result
from filmld.check.shapes.severities import severity_of
from filmld.errors import ShapesError
from filmld.turtle.bulk import parse
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple
from filmld.vocab import RDF, SH

SUITE = (
    Path(os.environ.get("FILMLD_SHARED", Path(__file__).parents[3].parent / "shared")) / "suites" / "shacl"
)
SHT = "http://www.w3.org/ns/shacl-test#"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
FILES = sorted(
    file.relative_to(SUITE).as_posix()
    for file in SUITE.rglob("*.ttl")
    if "sht:Validate" in file.read_text(encoding="utf-8")
)
NOT_MET = {
    "sparql/pre-binding/shapesGraph-001.ttl": "no $shapesGraph is bound, which is optional (SHACL §5.3.2)"
}
UNLIKE_PYSHACL = {
    "core/property/uniqueLang-002.ttl": 'pySHACL takes "1"^^xsd:boolean for true; the suite does not'
}
Said = tuple[Term, PropertyPath | None, Term | None, str, str, Resource | None]


class Case(NamedTuple):
    """A test: what is judged by what, and what is expected; ``None`` if the shapes must be refused."""

    data: list[Triple]
    shapes: list[Triple]
    results: Counter[Said] | None


SLOW = "core/complex/shacl-shacl.ttl"


def marked(names: list[str], known: dict[str, str]) -> list[ParameterSet]:
    marks = {name: pytest.mark.xfail(reason=reason, strict=True) for name, reason in known.items()}
    return [pytest.param(name, marks=marks.get(name, ())) for name in names]


def read(file: Path) -> list[Triple]:
    return parse(file.read_bytes(), base=file.as_uri())


def case(name: str) -> Case:
    file = SUITE / name
    manifest = read(file)
    graph = Graph(manifest)
    (entry,) = (node for node in graph.subjects() if SHT + "Validate" in graph.types(node))
    (action,) = graph.resources(entry, MF + "action")
    files = {}
    for part in ("dataGraph", "shapesGraph"):
        (iri,) = graph.objects(action, SHT + part)
        path = Path(str(iri)[len("<file://") : -1])
        files[part] = manifest if path == file else read(path)
    (expected,) = graph.resources(entry, MF + "result")
    results = None if expected == IRI(SHT + "Failure") else Counter(reported(graph, expected))
    return Case(files["dataGraph"], files["shapesGraph"], results)


def reported(graph: Graph, report: Resource) -> list[Said]:
    def part(node: Resource, word: str) -> Term | None:
        return graph.value(node, (RDF if word in {"first", "rest"} else SH) + word)

    found: list[Said] = []
    for node in graph.resources(report, SH + "result"):
        focus = part(node, "focusNode")
        path = part(node, "resultPath")
        shape = part(node, "sourceShape")
        assert focus is not None
        assert not isinstance(shape, Literal)
        found.append(
            (
                focus,
                parsed(path, part) if path else None,
                part(node, "value"),
                str(part(node, "sourceConstraintComponent")).strip("<>"),
                str(severity_of(part(node, "resultSeverity"))),
                None if isinstance(shape, BlankNode) else shape,
            )
        )
    return found


def said(results: list[Result]) -> Counter[Said]:
    return Counter(
        (
            result.focus_node,
            result.result_path,
            result.value,
            result.component,
            str(result.severity),
            None if isinstance(result.source_shape, BlankNode) else result.source_shape,
        )
        for result in results
    )


@pytest.mark.usefixtures("shared")
def test_the_suite_is_whole() -> None:
    assert Counter(name.partition("/")[0] for name in FILES) == {"core": 98, "sparql": 23}


@pytest.mark.parametrize("name", marked(FILES, NOT_MET))
def test_the_compiled_engine_finds_what_the_suite_expects(name: str) -> None:
    data, shapes, expected = case(name)
    if expected is None:
        with pytest.raises(ShapesError):
            Compiled(shapes).judge_all(Whole(data))
    else:
        assert said(Compiled(shapes).judge_all(Whole(data))) == expected


@pytest.mark.parametrize("name", marked(sorted({*FILES} - {SLOW}), UNLIKE_PYSHACL))
@pytest.mark.filterwarnings("ignore:Parsing weird boolean:UserWarning")
def test_the_compiled_engine_says_word_for_word_what_pyshacl_says(name: str) -> None:
    compare(name)


@pytest.mark.slow
@pytest.mark.usefixtures("shared")
def test_the_shapes_of_shapes_are_judged_word_for_word_as_pyshacl_does() -> None:
    compare(SLOW)


def compare(name: str) -> None:
    data, shapes, _ = case(name)
    try:
        expected = Shapes(shapes).judge(data)
    except ShapesError:
        with pytest.raises(ShapesError):
            Compiled(shapes).judge_all(Whole(data))
    else:
        assert Compiled(shapes).judge_all(Whole(data)) == expected
