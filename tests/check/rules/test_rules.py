"""Each rule by its table: what it says where, what mends it, and what it must leave alone."""

import tomllib
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

from filmld.check import rules
from filmld.diagnostics import Fix
from filmld.turtle.lines import Lines
from tests.check.archives import check_texts, placed, unmarked

FOLDER = Path(__file__).parent
CODES = [rule.CODE for rule in rules.RULES]
HEAD = """\
@prefix : <https://films.example.org/film/moloch-1999#> .
@prefix ex: <https://example.org/vocab#> .
@prefix festival: <https://films.example.org/festival/> .
@prefix film: <https://films.example.org/film/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix person: <https://films.example.org/person/> .
@prefix place: <https://films.example.org/place/> .
@prefix role: <https://w3id.org/filmld/role/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
FILM = "records/film/moloch-1999.ttl"
OTHERS = {
    "records/person/alexander-sokurov.ttl": (
        "person:alexander-sokurov a schema:Person ;\n"
        '    schema:name "Alexander Sokurov" , "Александр Сокуров"@ru .\n'
    ),
    "records/person/anna-a.ttl": 'person:anna-a a schema:Person ; schema:name "Anna Virtanen" .\n',
    "records/person/anna-b.ttl": 'person:anna-b a schema:Person ; schema:name "Anna Virtanen" .\n',
    "records/place/russia.ttl": 'place:russia a schema:Country ; schema:name "Russia"@en .\n',
    "records/festival/cannes.ttl": 'festival:cannes a fld:FilmFestival ; schema:name "Cannes" .\n',
    "records/film/taurus-2001.ttl": (
        'film:taurus-2001 a schema:Movie ; schema:name "Taurus"@en ; schema:dateCreated "2001"^^xsd:gYear ;\n'
        "    schema:director person:alexander-sokurov .\n"
    ),
}


class Case(TypedDict):
    title: str
    text: str
    file: NotRequired[str]
    says: NotRequired[list[str]]
    help: NotRequired[list[str]]
    mended: NotRequired[str]
    others: NotRequired[dict[str, str]]


def cases() -> list[tuple[str, Case]]:
    found: list[tuple[str, Case]] = []
    for path in sorted(FOLDER.glob("*.toml")):
        table = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [(path.stem, case) for case in cast("list[Case]", table["case"])]
    return found


def mended(text: str, fix: Fix) -> str:
    lines = Lines(text)
    for span, new in sorted(fix.edits, reverse=True):
        text = text[: lines.offset(span.start)] + new + text[lines.offset(span.end) :]
    return text


@pytest.mark.parametrize(
    ("code", "case"), cases(), ids=lambda part: part if isinstance(part, str) else part["title"]
)
def test_a_rule_finds_what_its_table_says_and_nothing_else(code: str, case: Case, tmp_path: Path) -> None:
    text, marks = unmarked(HEAD + case["text"])
    others = {name: HEAD + other for name, other in {**OTHERS, **case.get("others", {})}.items()}
    name = case.get("file", FILM)
    report = check_texts(tmp_path, {**others, name: text})
    found = [finding for finding in report.findings if finding.code in CODES and finding.filename == name]
    assert placed(found) == marks
    mine = [finding for finding in found if finding.code == code]
    assert [finding.message for finding in mine] == case.get("says", [])
    if "help" in case:
        assert [finding.hint for finding in mine] == case["help"]
    fixes = [finding.fix for finding in mine if finding.fix]
    assert [mended(text, fix) for fix in fixes[:1]] == ([HEAD + case["mended"]] if "mended" in case else [])


def test_every_rule_has_a_table_with_cases_that_pass_and_cases_that_fail() -> None:
    for code in CODES:
        own = [bool(case.get("says")) for stem, case in cases() if stem == code]
        assert set(own) == {True, False}, code
