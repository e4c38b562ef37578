"""The files keep the house style: one line, one statement."""

import re
from pathlib import Path

import pytest

from filmld.archive.resources import resource_folder
from filmld.turtle.format import format_text

FILES = sorted(path for path in resource_folder("ontology").glob("*.ttl") if path.name != "schema-org.ttl")

LITERAL = r'"(?:[^"\\]|\\.)*"(?:@[a-z]+|\^\^\S+)?'
NAME = r"(?:[a-z][a-z0-9-]*:[\w-]*|<[^<>\s]+>)"
STATEMENT = rf" {{4}}(?:a|{NAME}) (?:{LITERAL}|{NAME}) ;(?: # \S.*)?"
LINE = re.compile(rf"@prefix [a-z0-9-]+: <\S+> \.|#(?: .*\S)?|{NAME}|{STATEMENT}|\.|")

for_each_file = pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])


def test_the_formatter_has_nothing_to_change_in_what_this_repository_holds(root: Path) -> None:
    records = sorted(root.glob("records/**/*.ttl"))
    shapes = sorted(root.glob("shapes/**/*.ttl"))
    assert records
    assert shapes
    for path in (*FILES, *records, *shapes):
        text = path.read_text(encoding="utf-8")
        assert format_text(text, filename=path.name) == text


@for_each_file
def test_each_line_holds_one_statement(path: Path) -> None:
    for row, line in enumerate(_lines(path), 1):
        assert LINE.fullmatch(line), f"{path.name}:{row}: {line}"


@for_each_file
def test_each_block_ends_with_a_dot_of_its_own(path: Path) -> None:
    for before, line in zip(_lines(path), _lines(path)[1:], strict=False):
        assert (line == ".") is (before.startswith("    ") and not line.startswith("    "))


@for_each_file
def test_no_statement_is_made_twice(path: Path) -> None:
    for block in "\n".join(_lines(path)).split("\n.\n"):
        statements = [line.partition(" ;")[0] for line in block.splitlines() if line.startswith("    ")]
        assert len(statements) == len(set(statements)), block


@for_each_file
def test_prefixes_are_sorted_and_all_of_them_needed(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = re.findall(r"^@prefix ([a-z0-9-]+):", text, re.MULTILINE)

    assert declared == sorted(declared)
    for prefix in declared:
        assert re.search(rf"^(?:    .*)?(?<![\w-]){prefix}:", text, re.MULTILINE), f"{prefix} is not used"


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8")
    assert text.endswith(".\n")
    return text.splitlines()
