from collections import Counter
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions, RdfFormat, Store

from filmld.diagnostics.model import Severity
from filmld.turtle.format import format_text
from filmld.turtle.reader import read
from tests.turtle.graphs import canonical, canonical_of

BASE = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
QUERY = """
PREFIX mf: <http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#>
SELECT ?kind ?action ?result
WHERE { ?test a ?kind ; mf:action ?action . OPTIONAL { ?test mf:result ?result } }
"""


@pytest.fixture(scope="module")
def cases(turtle_suite: Path) -> dict[str, list[tuple[str, str]]]:
    store = Store()
    store.load(
        input=(turtle_suite / "manifest.ttl").read_bytes(),
        format=RdfFormat.TURTLE,
        base_iri=f"{BASE}manifest.ttl",
    )
    found: dict[str, list[tuple[str, str]]] = {}
    rows = store.query(QUERY)
    assert isinstance(rows, QuerySolutions)
    for row in rows:
        kind, action, result = (str(term).strip("<>").rpartition("/")[2] for term in row)
        found.setdefault(kind.partition("#")[2], []).append((action, result))
    return found


def test_the_suite_is_whole(cases: dict[str, list[tuple[str, str]]]) -> None:
    assert {kind: len(listed) for kind, listed in cases.items()} == {
        "TestTurtleEval": 145,
        "TestTurtlePositiveSyntax": 74,
        "TestTurtleNegativeSyntax": 94,
    }


def test_145_files_state_the_graph_that_the_suite_expects(
    cases: dict[str, list[tuple[str, str]]], turtle_suite: Path
) -> None:
    wrong = []
    for action, result in cases["TestTurtleEval"]:
        document = read((turtle_suite / action).read_bytes().decode(), base=BASE + action)
        expected = canonical((turtle_suite / result).read_bytes(), RdfFormat.N_TRIPLES)
        if not document.well_formed or canonical_of(document.triples) != expected:
            wrong.append(action)
    assert wrong == []


def test_74_files_are_accepted(cases: dict[str, list[tuple[str, str]]], turtle_suite: Path) -> None:
    wrong = [
        action
        for action, _ in cases["TestTurtlePositiveSyntax"]
        if not read((turtle_suite / action).read_bytes().decode(), base=BASE + action).well_formed
    ]
    assert wrong == []


def test_94_files_are_refused_with_row_and_column(
    cases: dict[str, list[tuple[str, str]]], turtle_suite: Path
) -> None:
    wrong = []
    for action, _ in cases["TestTurtleNegativeSyntax"]:
        text = (turtle_suite / action).read_bytes().decode()
        document = read(text, base=BASE + action)
        errors = [found for found in document.diagnostics if found.severity is Severity.ERROR]
        rows = text.count("\n") + 1
        placed = all(found.span is not None and 1 <= found.span.start.row <= rows for found in errors)
        if document.well_formed or not errors or not placed:
            wrong.append(action)
    assert wrong == []


def test_formatting_the_positive_files_keeps_graph_and_comments_and_settles_at_once(
    cases: dict[str, list[tuple[str, str]]], turtle_suite: Path
) -> None:
    wrong = []
    for action, _ in cases["TestTurtleEval"] + cases["TestTurtlePositiveSyntax"]:
        before = read((turtle_suite / action).read_bytes().decode(), base=BASE + action)
        laid_out = format_text(before.text)
        after = read(laid_out, base=BASE + action)
        same_graph = canonical_of(before.triples) == canonical_of(after.triples)
        comments = Counter(comment.text.rstrip() for comment in before.comments)
        same_comments = comments == Counter(comment.text for comment in after.comments)
        if not (after.well_formed and same_graph and same_comments and format_text(laid_out) == laid_out):
            wrong.append(action)
    assert wrong == []
