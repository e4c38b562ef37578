"""The concepts that records choose from."""

from collections import Counter

import pytest

from filmld.check.schema_org import Kind, Terms
from filmld.vocab import FLD, RDF, RDFS, ROLE, SCHEMA, SKOS
from tests.ontology.conftest import OURS, Ontology

SIZES = {
    "carrier/": 7,
    "certainty/": 4,
    "colour/": 10,
    "gauge/": 10,
    "image-kind/": 12,
    "language-usage/": 12,
    "role/": 116,
    "sound/": 11,
    "tally/": 15,
    "title-type/": 15,
    "variant-type/": 13,
}
CURRENT, FORMER, UNCODED = 249, 31, 6


def test_the_schemes_and_how_many_concepts_each_has(ontology: Ontology) -> None:
    schemes = Counter(
        scheme for concept in ontology.concepts() for scheme in ontology.iris(concept, SKOS + "inScheme")
    )

    assert {scheme.removeprefix(OURS): count for scheme, count in schemes.items()} == SIZES


def test_each_scheme_is_named_and_explained(ontology: Ontology) -> None:
    schemes = set(ontology.of_type(SKOS + "ConceptScheme"))

    assert {scheme.removeprefix(OURS) for scheme in schemes} == set(SIZES)
    for scheme in schemes:
        assert SCHEMA + "DefinedTermSet" in ontology.iris(scheme, RDF + "type")
        assert set(ontology.texts(scheme, SCHEMA + "name")) == {"en", "de", "fi", "fr"}
        assert ontology.texts(scheme, SCHEMA + "name") == ontology.texts(scheme, SKOS + "prefLabel")
        assert list(ontology.texts(scheme, SKOS + "definition")) == ["en"]


def test_each_concept_is_a_defined_term_by_the_same_name(ontology: Ontology) -> None:
    for concept in ontology.concepts():
        assert SCHEMA + "DefinedTerm" in ontology.iris(concept, RDF + "type"), concept
        assert "en" in ontology.texts(concept, SKOS + "prefLabel"), concept
        assert ontology.texts(concept, SCHEMA + "name") == ontology.texts(concept, SKOS + "prefLabel"), (
            concept
        )
        assert list(ontology.texts(concept, SKOS + "definition")) == ["en"], concept


def test_each_concept_is_in_one_scheme_whose_address_its_own_begins_with(ontology: Ontology) -> None:
    for concept in ontology.concepts():
        (scheme,) = ontology.iris(concept, SKOS + "inScheme")
        assert ontology.iris(concept, SCHEMA + "inDefinedTermSet") == [scheme], concept
        assert concept.startswith(FLD if scheme == OURS + "certainty/" else scheme), concept


@pytest.mark.parametrize("language", ["en", "de", "fi", "fr"])
def test_no_two_concepts_of_a_scheme_have_the_same_label(ontology: Ontology, language: str) -> None:
    labels = Counter(
        (ontology.iris(concept, SKOS + "inScheme")[0], label)
        for concept in ontology.concepts()
        if (label := ontology.texts(concept, SKOS + "prefLabel").get(language))
    )

    assert [label for label, count in labels.items() if count > 1] == []


def test_each_role_falls_back_to_one_property_that_films_have(ontology: Ontology, schema_org: Terms) -> None:
    for role in ontology.of_type(FLD + "CreditRole"):
        assert role.startswith(ROLE)
        (broader,) = ontology.iris(role, SKOS + "broadMatch")
        name = broader.removeprefix(SCHEMA)
        assert schema_org.kind(name) is Kind.PROPERTY, role
        assert schema_org.fits(name, "Movie"), role


def test_a_shortcut_stands_under_the_property_that_its_role_falls_back_to(ontology: Ontology) -> None:
    shortcuts = {
        role: shortcut
        for role in ontology.of_type(FLD + "CreditRole")
        for shortcut in ontology.iris(role, FLD + "shortcut")
    }

    assert len(set(shortcuts.values())) == len(shortcuts) == 27
    for role, shortcut in shortcuts.items():
        parents = ontology.iris(shortcut, RDFS + "subPropertyOf")
        assert parents == ontology.iris(role, SKOS + "broadMatch"), role


def test_there_are_the_countries_of_the_standard_and_the_few_without_a_code(ontology: Ontology) -> None:
    codes = [
        ontology.values(country, SCHEMA + "identifier") for country in ontology.of_type(SCHEMA + "Country")
    ]
    lengths = Counter(tuple(len(code) for code in each) for each in codes)

    assert lengths == {(2, 3): CURRENT, (4, 3): FORMER - 1, (4,): 1, (2,): 1, (): UNCODED - 1}


def test_no_code_is_given_twice(ontology: Ontology) -> None:
    countries = ontology.of_type(SCHEMA + "Country")
    codes = Counter(code for country in countries for code in ontology.values(country, SCHEMA + "identifier"))

    assert [code for code, count in codes.items() if count > 1] == []


def test_the_address_of_a_country_is_made_of_its_code(ontology: Ontology) -> None:
    for country in ontology.of_type(SCHEMA + "Country"):
        for code in ontology.values(country, SCHEMA + "identifier")[:1]:
            assert country == f"{OURS}country/{code.lower()}"


def test_countries_of_today_have_names_in_four_languages(ontology: Ontology) -> None:
    for country in ontology.of_type(SCHEMA + "Country"):
        names = ontology.texts(country, SCHEMA + "name")
        assert "en" in names, country
        if not ontology.iris(country, FLD + "succeededBy"):
            assert set(names) == {"en", "de", "fi", "fr"}, country


def test_former_countries_lead_on_to_others(ontology: Ontology) -> None:
    countries = set(ontology.of_type(SCHEMA + "Country"))
    former = {country for country in countries if ontology.iris(country, FLD + "succeededBy")}

    assert len(former) == FORMER + UNCODED - 1
    for country in former:
        assert countries.issuperset(ontology.iris(country, FLD + "succeededBy")), country
        years = [
            int(year)
            for predicate in ("existedFrom", "existedUntil")
            for year in ontology.values(country, FLD + predicate)
        ]
        assert years == sorted(years), country


@pytest.mark.parametrize(
    ("slug", "name", "years"),
    [
        ("suhh", "Neuvostoliitto", ("1922", "1991")),
        ("cshh", "Tšekkoslovakia", ("1918", "1992")),
        ("ddde", "Saksan demokraattinen tasavalta", ("1949", "1990")),
        ("yucs", "Jugoslavia", ("1918", "2003")),
        ("west-germany", "Länsi-Saksa", ("1949", "1990")),
    ],
)
def test_the_former_countries_that_films_often_come_from(
    ontology: Ontology, slug: str, name: str, years: tuple[str, str]
) -> None:
    country = f"{OURS}country/{slug}"

    assert ontology.texts(country, SCHEMA + "name")["fi"] == name
    assert ontology.values(country, FLD + "existedFrom") == [years[0]]
    assert ontology.values(country, FLD + "existedUntil") == [years[1]]
