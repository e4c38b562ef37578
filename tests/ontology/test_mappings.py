"""Nothing is mapped to a term that nobody has seen."""

from pathlib import Path

import pytest

from filmld.turtle.terms import IRI
from filmld.vocab import SKOS
from tests.ontology.conftest import Ontology

MAPPINGS = (SKOS + "exactMatch", SKOS + "closeMatch")


@pytest.fixture(scope="module")
def seen() -> set[str]:
    lines = Path(__file__).with_name("mappings.tsv").read_text(encoding="utf-8").splitlines()
    return {line.partition("\t")[0] for line in lines if line.startswith("http")}


def test_the_terms_mapped_to_are_those_that_were_looked_up(ontology: Ontology, seen: set[str]) -> None:
    mapped = {
        iri
        for subject in ontology.statements
        for predicate in MAPPINGS
        for iri in ontology.iris(subject, predicate)
    }

    assert mapped - seen == set(), "look these up, then add them to mappings.tsv"
    assert seen - mapped == set(), "take these out of mappings.tsv"


def test_a_mapping_always_leads_to_an_address(ontology: Ontology) -> None:
    for by_property in ontology.statements.values():
        for predicate in MAPPINGS:
            assert all(isinstance(term, IRI) for term in by_property.get(predicate, []))


def test_no_two_concepts_claim_to_be_exactly_the_same_term(ontology: Ontology) -> None:
    claimed: dict[str, str] = {}
    for concept in ontology.concepts():
        for iri in ontology.iris(concept, SKOS + "exactMatch"):
            assert claimed.setdefault(iri, concept) == concept


def test_nothing_is_both_exactly_and_nearly_the_same(ontology: Ontology) -> None:
    for subject in ontology.statements:
        exact, close = (set(ontology.iris(subject, predicate)) for predicate in MAPPINGS)
        assert exact.isdisjoint(close), subject
