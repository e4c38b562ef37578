"""What ``filmld check`` says of shapes is what bare pySHACL says, but for what another finding explains.

Each result that the command does not report must be explained by a rule below; there is no other tolerance.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypedDict, cast

import pyoxigraph as ox
import pytest

from tests.benchmark.corpus import sample
from tests.check.archives import CONFIG, make, run_here, unmarked
from tests.check.bare import BLANK, COUNTED, Known, Said, judged, leaves
from tests.check.rules.test_rules import FILM, HEAD, OTHERS, Case, cases

SH = "http://www.w3.org/ns/shacl#"
SUFFIX = "ConstraintComponent"
ROOT = Path(__file__).parents[2]
SEVERITIES = {"error": "Violation", "warning": "Warning", "info": "Info"}
SAYS_BETTER = {
    "bad-date",
    "conflicting-facts",
    "dangling-link",
    "nameless-node",
    "text-instead-of-link",
    "unknown-property",
    "wrong-direction",
}
"""Rules of our own that say what is wrong with a value, and what to write instead."""


class Finding(TypedDict, total=False):
    code: str
    severity: str
    hint: str | None
    filename: str
    focusNode: str
    resultPath: str
    value: str
    sourceShape: str
    sourceConstraintComponent: str


class Statement(NamedTuple):
    """A statement that a finding is about."""

    focus: Known
    path: str
    value: Known | None


def findings(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> list[Finding]:
    """What the command reports of an archive."""
    ran = run_here(folder, capsys, "check", "--format", "json", *options)
    assert ran.code in {0, 1}
    return cast("list[Finding]", json.loads(ran.out))


def term(text: str) -> Known:
    """A term as the command writes it, in N-Triples."""
    if text.startswith("_:"):
        return BLANK
    (quad,) = ox.parse(f"<x:s> <x:p> {text} .", format=ox.RdfFormat.N_TRIPLES)
    found = quad.object
    assert isinstance(found, ox.NamedNode | ox.Literal)
    if isinstance(found, ox.Literal) and found.language:
        return ox.Literal(found.value, language=found.language.lower())
    return found


def statement(finding: Finding) -> Statement:
    """What a finding is about."""
    value = finding.get("value")
    is_counted = finding.get("sourceConstraintComponent") in COUNTED
    found = term(value) if value is not None and not is_counted else None
    return Statement(term(finding["focusNode"]), finding.get("resultPath", ""), found)


def reported(found: Iterable[Finding]) -> Counter[Said]:
    """What the command reports of shapes."""
    return Counter(
        Said(
            *statement(finding),
            code=finding["code"],
            component=finding["sourceConstraintComponent"],
            severity=SEVERITIES[finding["severity"]],
        )
        for finding in found
        if "sourceConstraintComponent" in finding
    )


def unexplained(results: Iterable[Said], found: list[Finding]) -> Iterator[Said]:
    """Results that no finding of another kind explains."""
    about = [finding for finding in found if "focusNode" in finding]
    better_said = {statement(finding) for finding in about if finding["code"] in SAYS_BETTER}
    wrong = {said[:2] for said in better_said}
    marked = {statement(finding)[:2] for finding in about if finding["code"] == "language-tag"}
    meant = {
        (term(finding["focusNode"]), name)
        for finding in about
        if finding["code"] == "unknown-property"
        for name in re.findall(r":(\w+)’", finding["hint"] or "")
    }
    for result in results:
        constraint = result.component.rpartition("#")[2].removesuffix(SUFFIX)
        is_explained = {
            # One value too many: the one that is told of is wrong for a reason of its own.
            "MaxCount": result[:2] in wrong,
            # The property is not missing, it is misspelt.
            "MinCount": any((result.focus, name) in meant for name in re.findall(r"[/#](\w+)>", result.path)),
            # Two values of one language: the mark of one is wrong.
            "UniqueLang": result[:2] in marked,
        }
        if not is_explained.get(constraint, Statement(*result[:3]) in better_said):
            yield result


def differences(folder: Path, capsys: pytest.CaptureFixture[str], profile: str = "") -> list[Said]:
    """What only one of the two says and nothing explains."""
    found = findings(folder, capsys, *(["--profile", profile] if profile else []))
    bare = Counter(leaves(judged(sorted((folder / "records").rglob("*.ttl")), profile)))
    told = reported(found)
    assert bare
    return [*(told - bare).elements(), *unexplained((bare - told).elements(), found)]


@pytest.mark.parametrize("profile", ["", "google"])
@pytest.mark.parametrize("folder", [ROOT, ROOT / "tests" / "archives" / "invented"], ids=["seed", "invented"])
def test_nothing_differs_of_an_archive(
    folder: Path, profile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert differences(folder, capsys, profile) == []


def as_one_archive(folder: Path, chosen: Iterable[Case]) -> None:
    """Write cases as one archive, each at an address and with names of its own."""
    files: dict[str, str | bytes] = {}
    for number, case in enumerate(chosen):
        others = {name: HEAD + text for name, text in {**OTHERS, **case.get("others", {})}.items()}
        for name, text in {**others, case.get("file", FILM): unmarked(HEAD + case["text"])[0]}.items():
            moved = text.replace("https://films.example.org/", f"https://films.example.org/c{number}/")
            own = re.sub('"(Anna Virtanen|Alexander Sokurov|Taurus)"', rf'"\1 {number}"', moved)
            files[name.replace("records/", f"records/c{number}/", 1)] = own
    make(folder, files, CONFIG)


@pytest.mark.slow
def test_nothing_differs_of_the_cases_of_all_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    as_one_archive(tmp_path, (case for _, case in cases()))
    assert differences(tmp_path, capsys) == []


def test_a_result_that_nothing_explains_is_told() -> None:
    film = ox.NamedNode("https://films.example.org/film/moloch-1999")
    missing = Said(
        film, "<https://schema.org/name>", None, "missing-title", f"{SH}MinCount{SUFFIX}", "Violation"
    )
    misspelt: Finding = {
        "code": "unknown-property",
        "focusNode": str(film),
        "hint": "did you mean ‘schema:name’?",
    }
    assert list(unexplained([missing], [])) == [missing]
    assert list(unexplained([missing], [{**misspelt, "hint": "did you mean ‘schema:genre’?"}])) == [missing]
    assert list(unexplained([missing], [misspelt])) == []


@pytest.fixture(scope="session")
def corpus(shared: Path) -> dict[str, bytes]:
    """2,000 records that nobody made for a test, evenly spread."""
    packed = shared / "corpora" / "wikipedia-us.tar.gz"
    if not packed.is_file():
        pytest.skip("the corpus of film records is absent")
    return sample(packed, 2000)


@pytest.mark.slow
@pytest.mark.parametrize("quarter", range(4))
def test_nothing_differs_of_records_from_elsewhere(
    quarter: int, corpus: dict[str, bytes], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = sorted(corpus)[quarter::4]
    files = {f"records/film/{Path(name).name}": corpus[name] for name in chosen}
    make(tmp_path, files, 'base = "https://wikifilms.example.net/"\n')
    assert len(files) == 500
    assert differences(tmp_path, capsys) == []
