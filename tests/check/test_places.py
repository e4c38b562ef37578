"""Whatever a shape finds is shown at the words concerned."""

import tomllib
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

from tests.check.archives import Expected, check_texts, in_file, unmarked

HEAD = """\
@prefix ex: <https://example.org/vocab#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
ONE, TWO = "records/thing/one.ttl", "records/thing/two.ttl"


class Case(TypedDict):
    title: str
    text: str
    ends: NotRequired[str]
    other: NotRequired[str]
    places: NotRequired[list[tuple[int, int, int, int, str]]]


def cases() -> list[Case]:
    table = tomllib.loads(Path(__file__).with_name("places.toml").read_text(encoding="utf-8"))
    return cast("list[Case]", table["case"])


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["title"])
def test_a_finding_of_a_shape_is_shown_at_the_words_concerned(case: Case, tmp_path: Path) -> None:
    ends = case.get("ends", "\n")
    one, two = ((HEAD + text).replace("\n", ends) for text in (case["text"], case.get("other", "")))
    shapes = Path(__file__).with_name("places_shapes.ttl").read_text(encoding="utf-8")
    files = {ONE: one, "shapes/own.ttl": shapes} | ({TWO: two} if "other" in case else {})
    report = check_texts(tmp_path, files)
    by_hand = [Expected(*place) for place in case.get("places", [])]
    assert in_file(report, ONE) == sorted(unmarked(one)[1] + by_hand)
    assert in_file(report, TWO) == unmarked(two)[1]
    assert {finding.filename for finding in report.findings} <= {ONE, TWO}


def test_every_case_expects_something() -> None:
    expected = [
        [*unmarked(case["text"])[1], *unmarked(case.get("other", ""))[1], *case.get("places", [])]
        for case in cases()
    ]
    assert len(expected) >= 40
    assert all(expected)
