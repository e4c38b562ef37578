"""The table of all rules in the documentation is that of the rules themselves."""

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from filmld.archive import Archive, Profile
from filmld.check import rules
from filmld.check.shapes.files import ShapeFiles
from filmld.diagnostics.registry import Registry, reader_rules
from filmld.turtle.terms import IRI
from filmld.vocab import SH, local_name

ROOT = Path(__file__).parents[2]
BEGIN, END = "<!-- rules: checked by tests/check/test_rules_page.py -->\n", "<!-- end of rules -->\n"
ROW = re.compile(
    r"\| (?P<numbers>[\d, ]+|–) \| `(?P<code>[a-z0-9-]+)` \| (?P<severity>\w+) \| (?P<kind>\w+) "
    r"\| \[[\w.-]+\]\(\.\./(?P<file>[\w/.-]+)\) \|"
)


class Row(NamedTuple):
    numbers: tuple[int, ...]
    severity: str
    kind: str
    file: str


@pytest.fixture(scope="module")
def table() -> dict[str, Row]:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    found: dict[str, Row] = {}
    for line in page.partition(BEGIN)[2].partition(END)[0].splitlines()[2:]:
        row = ROW.fullmatch(line)
        assert row, line
        assert row["code"] not in found, line
        numbers = tuple(int(number) for number in row["numbers"].split(", ") if number != "–")
        found[row["code"]] = Row(numbers, row["severity"], row["kind"], row["file"])
    return found


@pytest.fixture(scope="module")
def profiles() -> list[ShapeFiles]:
    archive = Archive.open(ROOT)
    return [ShapeFiles.load(archive, profile) for profile in Profile]


@pytest.fixture(scope="module")
def registry(profiles: list[ShapeFiles]) -> Registry:
    known = reader_rules() | rules.registry()
    for shapes in profiles:
        known |= shapes.rules
    return known


def test_every_rule_is_in_the_table_with_its_severity(table: dict[str, Row], registry: Registry) -> None:
    assert {code: row.severity for code, row in table.items()} == {
        code: str(rule.severity) for code, rule in registry.items()
    }


def test_the_table_counts_the_48_rules_of_the_film_model(table: dict[str, Row]) -> None:
    assert {number for row in table.values() for number in row.numbers} == set(range(1, 49))


def test_a_rule_is_where_the_table_says(table: dict[str, Row]) -> None:
    for code, row in table.items():
        path = ROOT / row.file
        wanted = {
            "module": f'CODE = "{code}"',
            "shape": f":{code}\n    a sh:PropertyShape ;",
            "query": f":{code}\n    a sh:NodeShape ;",
            "text": "# ",
        }
        assert wanted[row.kind] in path.read_text(encoding="utf-8"), code


def test_a_rule_is_of_the_kind_that_the_table_says(table: dict[str, Row], profiles: list[ShapeFiles]) -> None:
    queries = {
        local_name(shape.value)
        for shapes in profiles
        for shape in shapes.graph.subjects()
        if isinstance(shape, IRI) and shapes.graph.value(shape, SH + "sparql")
    }
    assert {code for code, row in table.items() if row.kind == "query"} == queries
    assert {code for code, row in table.items() if row.kind == "module"} == {
        rule.CODE for rule in rules.RULES
    }


def test_every_module_has_its_cases_and_no_cases_are_of_a_rule_that_is_gone() -> None:
    tables = {path.stem for path in (ROOT / "tests" / "check" / "rules").glob("*.toml")}
    assert tables == {rule.CODE for rule in rules.RULES}
