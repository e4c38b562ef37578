"""A rule that is not called for a record would have said nothing of it."""

import random
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.check import rules
from filmld.check.index import Index
from filmld.check.ontology import Ontology
from filmld.check.schema_org import Terms
from filmld.check.watching import anything
from filmld.turtle.document import Document
from filmld.turtle.reader import read
from filmld.vocab import PREFIXES, SCHEMA
from tests.check.archives import make
from tests.check.stored.edits import EDITS, invented

HEAD = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES) + (
    "@prefix film: <https://films.example.org/film/> .\n"
)


def index_of(documents: list[Document], archive: Archive) -> Index:
    return Index(
        documents,
        archive.config.base,
        Terms.load(),
        homes={record.filename: record.iri for record in archive.walk().records},
        ontology=Ontology.load(archive.ontology_files()),
    )


@pytest.mark.parametrize("seed", range(3))
def test_rules_that_are_passed_over_find_nothing(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311  the same edits in every run
    archive = make(tmp_path, invented(choose))
    for _ in range(12):
        choose.choice(EDITS)(tmp_path / "records", choose)
    documents = [
        read(record.path.read_text(encoding="utf-8", errors="replace"), filename=record.filename)
        for record in archive.walk().records
    ]
    index = index_of(documents, archive)
    watchers = rules.watchers(index)
    found = set()
    for document in documents:
        chosen = watchers.chosen(document)
        for rule in rules.RULES:
            findings = list(rule.find(document, index))
            assert rule in chosen or not findings, rule.CODE
            found |= {finding.code for finding in findings}
        assert list(watchers.find(document)) == list(rules.find(document, index))
    assert len(found) > 5


def called_for(body: str, tmp_path: Path) -> set[str]:
    archive = make(tmp_path, {"records/film/kuu.ttl": ""})
    document = read(HEAD + body, filename="records/film/kuu.ttl")
    assert document.well_formed
    return {rule.CODE for rule in rules.watchers(index_of([document], archive)).chosen(document)}  # type: ignore[attr-defined]


def test_of_an_empty_record_only_those_are_asked_that_always_are(tmp_path: Path) -> None:
    always = {rule.CODE for rule in rules.RULES if rule.WATCHES is anything}
    assert called_for("", tmp_path) == always
    assert always


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("schema:durationn 1", "unknown-property"),
        ("a schema:Film", "unknown-property"),
        ("schema:actors film:x", "superseded-term"),
        ('schema:director "Aki"', "text-instead-of-link"),
        ('schema:dateCreated "about 1930"', "bad-date"),
        ("schema:director []", "nameless-node"),
        ("schema:director film:x", "dangling-link"),
        ('schema:name "Kuu"@fi', "language-tag"),
    ],
)
def test_a_statement_calls_its_rule_and_a_plain_one_does_not(
    statement: str, code: str, tmp_path: Path
) -> None:
    assert code in called_for(f"film:kuu {statement} .", tmp_path)
    assert code not in called_for('film:kuu schema:dateCreated "1999"^^xsd:gYear .', tmp_path)


def test_vocabularies_are_what_watches_go_by() -> None:
    assert SCHEMA in dict(PREFIXES).values()
