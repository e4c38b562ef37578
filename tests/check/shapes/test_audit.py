"""An audit holds what is found against pySHACL, and says so if they do not agree."""

from pathlib import Path

import pytest

from filmld.check.audit import Auditor
from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.errors import DisagreementError
from filmld.turtle.bulk import parse
from tests.check.archives import make, run_here

Capsys = pytest.CaptureFixture[str]

PREFIXES = """
@prefix ex: <https://e/> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPES = """
ex:S a sh:NodeShape ; sh:targetClass schema:Movie ;
    sh:property [ sh:path schema:name ; sh:minCount 1 ; sh:datatype xsd:string ; sh:message "no name" ] ;
    sh:property [ sh:path schema:director ; sh:class schema:Person ] ;
    sh:sparql [
        sh:select "SELECT $this ?value WHERE { $this <https://schema.org/sequel> ?value . ?value a ?any }"
    ] .
"""
DATA = """
ex:x a schema:Movie ; schema:director ex:y , [ a ex:Z ] ; schema:sequel ex:y .
ex:y a schema:Movie ; schema:name 5 ; schema:director ex:p .
ex:p a schema:Person .
"""
FILM = "@prefix schema: <https://schema.org/> .\n<https://films.example.org/film/{}> a schema:Movie ; {} .\n"


def held(data: str, *, left_out: int = 0) -> str:
    shapes = parse((PREFIXES + SHAPES).encode(), scope="s")
    whole = Whole(parse((PREFIXES + data).encode()))
    results = Compiled(shapes).judge_all(whole)
    auditor = Auditor(shapes, (), 7)
    auditor.hold("x.ttl", list(whole.described()), whole, results[left_out:])
    return auditor.verdict()


def test_an_audit_agrees_with_what_was_found() -> None:
    assert held(DATA) == "pySHACL agrees on 5 results of 1 records (--seed 7)"


def test_a_result_that_is_missing_is_an_internal_error_with_all_that_a_report_needs() -> None:
    with pytest.raises(DisagreementError) as raised:
        held(DATA, left_out=1)
    assert raised.value.exit_code == 3
    assert "(--seed 7); this is our mistake, not yours" in raised.value.message
    assert raised.value.hint
    assert "x.ttl\n  pySHACL only:  <https://e/x> <https://schema.org/director>" in raised.value.hint
    assert "  <https://e/x> <https://schema.org/sequel> <https://e/y> ." in raised.value.hint


def test_literals_that_pyshacl_reads_otherwise_are_no_error() -> None:
    shapes = parse(
        (
            PREFIXES + "ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:datatype xsd:date ] ."
        ).encode(),
        scope="s",
    )
    whole = Whole(parse((PREFIXES + 'ex:x ex:p "-0044-03-15"^^xsd:date .').encode()))
    auditor = Auditor(shapes, (), 7)
    auditor.hold("x.ttl", list(whole.described()), whole, Compiled(shapes).judge_all(whole))
    assert auditor.verdict().endswith("1 of them hold literals that it reads otherwise")


def test_where_pyshacl_gives_up_the_audit_says_so() -> None:
    shapes = parse(
        (PREFIXES + "ex:S sh:targetNode ex:x ; sh:property [ sh:path ex:p ; sh:lessThan ex:q ] .").encode(),
        scope="s",
    )
    whole = Whole(parse((PREFIXES + "ex:x ex:p [] ; ex:q 1 .").encode()))
    auditor = Auditor(shapes, (), 7)
    auditor.hold("x.ttl", list(whole.described()), whole, Compiled(shapes).judge_all(whole))
    assert (
        "pySHACL has no answer: x.ttl: the shapes cannot be used: Cannot use sh:lessThan" in auditor.verdict()
    )


@pytest.mark.parametrize(
    "more",
    ["", 'ex:T a sh:NodeShape ; sh:targetObjectsOf schema:director ; sh:nodeKind sh:IRI ; sh:message "no" .'],
    ids=["record by record", "all at once"],
)
def test_the_command_audits_what_it_has_found(tmp_path: Path, capsys: Capsys, more: str) -> None:
    films = {f"records/film/{name}.ttl": FILM.format(name, 'schema:name "A"@en , "B"@en') for name in "abc"}
    make(tmp_path, {**films, "shapes/own.ttl": PREFIXES + more})
    ran = run_here(tmp_path, capsys, "check", "--audit", "2", "--seed", "5", "--format", "concise")
    assert "of 2 records (--seed 5)" in ran.err
    assert "pySHACL agrees on 0 results" not in ran.err
    assert run_here(tmp_path, capsys, "check", "--audit", "2", "--seed", "5").err.count("--seed 5") == 1


def test_an_audit_of_pyshacl_by_itself_is_refused(tmp_path: Path, capsys: Capsys) -> None:
    make(tmp_path, {"records/film/a.ttl": FILM.format("a", 'schema:name "A"@en')})
    ran = run_here(tmp_path, capsys, "check", "--audit", "2", "--engine", "pyshacl")
    assert ran.code == 2
    assert "leave out --engine" in ran.err


OWN = """
ex:S a sh:NodeShape ; sh:targetClass schema:Movie ; sh:message "has none" ;
    sh:property ex:P .
ex:P a sh:PropertyShape ; sh:path schema:name ; ex:longest 5 .
ex:LongestComponent a sh:ConstraintComponent ;
    sh:parameter [ sh:path ex:longest ] ;
    sh:validator [ a sh:SPARQLAskValidator ; sh:ask "ASK { FILTER(STRLEN(STR($value)) <= $longest) }" ] .
"""


def test_shapes_that_are_not_compiled_are_named_with_their_reason(tmp_path: Path, capsys: Capsys) -> None:
    make(
        tmp_path,
        {
            "records/film/a.ttl": FILM.format("a", 'schema:name "Long one"@en'),
            "shapes/own.ttl": PREFIXES + OWN,
        },
    )
    ran = run_here(tmp_path, capsys, "check", "--explain-engine")
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert (
        "shapes/own.ttl:9:1: P asks pySHACL: the component <https://e/LongestComponent> is not compiled"
        in lines
    )
    assert any("credit-repeats-property asks pySHACL: sh:sparql is not compiled" in line for line in lines)
    compiled, _, shapes = lines[-1].split()[:3]
    assert int(shapes) - int(compiled) == len(lines) - 1
