"""The page of each rule that is a shape: its example breaks the rule, what stands under “instead” keeps it.

All examples are checked as one archive, each in a file and a namespace of its own.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from filmld.archive import Archive, Profile
from filmld.check.run import check
from filmld.check.shapes.files import ShapeFiles
from filmld.diagnostics import Diagnostic, Severity
from filmld.diagnostics.registry import Rule
from filmld.vocab import PREFIXES
from tests.check.archives import make

if TYPE_CHECKING:
    from filmld.check.report import Report

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES) + "".join(
    f"@prefix {name}: <https://w3id.org/filmld/{name}/> .\n"
    for name in ("carrier", "colour", "country", "gauge", "image-kind", "sound", "title-type", "variant-type")
)
OWN = ("festival", "film", "genre", "organization", "person", "place", "source")
KNOWN = {
    "genre:drama": 'a schema:DefinedTerm ; schema:name "Drama"@en .',
    "festival:cannes": 'a fld:FilmFestival ; schema:name "Cannes"@fr .',
    "film:taurus-2001": 'a schema:Movie ; schema:name "Taurus"@en .',
    "organization:lenfilm": 'a schema:Organization ; schema:name "Lenfilm" .',
    "person:alexander-sokurov": 'a schema:Person ; schema:name "Alexander Sokurov" .',
    "place:russia": 'a schema:Country ; schema:name "Russia"@en .',
    "place:st-petersburg": 'a schema:Place ; schema:name "St. Petersburg"@en .',
    "source:programme": 'a schema:WebPage ; schema:name "Programme"@en .',
    ":distribution": "a fld:Distribution .",
    ":german-title": 'a fld:Title ; schema:name "Molokh"@de .',
    ":review": "a schema:Review .",
    ":still": (
        'a schema:ImageObject ; schema:caption "A mountain"@en ; '
        "schema:contentUrl <https://images.example.net/moloch.jpg> ."
    ),
    ":unseen": 'a schema:ImageObject ; schema:caption "A mountain"@en .',
    ":mean": "a schema:AggregateRating .",
    ":four-of-five": "a schema:Rating .",
    ":first": "a schema:ListItem .",
    ":second": "a schema:ListItem .",
}
"""What the pieces link to; described where it is linked to."""


def record(number: int, page: str) -> tuple[str, str, int]:
    """A file with a piece of a record: its name, its text, and the row before the piece begins."""
    base = f"https://films.example.org/case/{number}"
    own = "".join(f"@prefix {kind}: <{base}/{kind}/> .\n" for kind in OWN)
    head = f"{HEAD}@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .\n{own}@prefix : <{base}#> .\n\n"
    piece = page.removeprefix("```turtle\n").removesuffix("```")
    known = "".join(f"{name} {facts}\n" for name, facts in KNOWN.items() if f" {name} " in piece)
    return f"records/case/{number}.ttl", head + piece + known, head.count("\n")


class Cases:
    """All examples, checked together."""

    def __init__(self, folder: Path, rules: Mapping[str, Rule], profile: Profile) -> None:
        pages = {
            (code, part): page
            for code, rule in sorted(rules.items())
            for part, page in (("example", rule.page.example), ("instead", rule.page.instead))
        }
        self.records = {key: record(number, page) for number, (key, page) in enumerate(pages.items())}
        self.rows = {key: page.count("\n") - 1 for key, page in pages.items()}
        archive = make(folder, {name: text for name, text, _ in self.records.values()})
        self.report: Report = check(archive, profile=profile)

    def findings(self, code: str, part: str) -> list[tuple[int, Diagnostic]]:
        """What the rule finds in the piece, with the row of the piece."""
        name, _, before = self.records[code, part]
        return [
            (finding.span.start.row - before, finding)
            for finding in self.report.findings
            if finding.filename == name
            and finding.code == code
            and finding.span
            and 0 < finding.span.start.row - before <= self.rows[code, part]
        ]


@pytest.fixture(scope="module", params=list(Profile))
def profile(request: pytest.FixtureRequest) -> Profile:
    return Profile(request.param)


@pytest.fixture(scope="module")
def rules(profile: Profile) -> Mapping[str, Rule]:
    root = Path(__file__).parents[1] / "archives" / "invented"
    return ShapeFiles.load(Archive.open(root), profile).rules


def test_a_page_has_something_to_say_under_each_heading(rules: Mapping[str, Rule]) -> None:
    assert [code for code, rule in rules.items() if not all(rule.page)] == []


def test_the_example_breaks_the_rule_and_what_stands_under_instead_keeps_it(
    rules: Mapping[str, Rule], profile: Profile, tmp_path: Path
) -> None:
    cases = Cases(tmp_path, rules, profile)
    for code, rule in rules.items():
        found = cases.findings(code, "example")
        assert found, code
        assert {finding.message for _, finding in found} == {rule.summary}, code
        assert {finding.severity for _, finding in found} == {rule.severity}, code
        assert {row for row, _ in found} <= {1, _wrong_row(rule)}, code
        assert cases.findings(code, "instead") == [], code
    assert [f for f in cases.report.findings if f.code in {"unknown-prefix", "syntax"}] == []


def _wrong_row(rule: Rule) -> int:
    """The row of the example in which the wrong words stand; the first where something is missing."""
    good = rule.page.instead.splitlines()[1:-1]
    bad = rule.page.example.splitlines()[1:-1]
    wrong = [row for row, line in enumerate(bad, 1) if line not in good]
    return wrong[-1] if wrong else 1


def test_messages_are_sentences_without_jargon(rules: Mapping[str, Rule]) -> None:
    for code, rule in rules.items():
        assert rule.summary.endswith("."), code
        for word in ("sh:", "xsd:string", "IRI", "literal", "blank node", "datatype", "SHACL", "RDF"):
            assert word not in rule.summary + rule.page.why_it_matters, code
    assert {rule.severity for rule in rules.values()} == set(Severity)
