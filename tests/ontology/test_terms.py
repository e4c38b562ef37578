"""Each class and property says what it means and where it stands."""

import re
from collections.abc import Iterator
from pathlib import Path

from filmld.check.schema_org import Kind, Terms
from filmld.vocab import FLD, RDF, RDFS, ROLE, SCHEMA
from tests.ontology.conftest import OURS, Ontology

ONTOLOGY = OURS + "ontology"
NO_PARENT = "# no schema.org parent: "


def test_everything_of_ours_that_is_named_anywhere_is_defined(ontology: Ontology, project: Path) -> None:
    undefined = {
        (path.relative_to(project).as_posix(), name)
        for path in _files(project, "ontology", "records", "shapes", "src")
        for name in _names(path.read_text(encoding="utf-8"))
        if name not in ontology.statements
    }

    assert not undefined


def test_each_term_has_one_label_and_one_definition_in_english(ontology: Ontology) -> None:
    for term in ontology.terms():
        assert "en" in ontology.texts(term, RDFS + "label"), term
        assert list(ontology.texts(term, RDFS + "comment")) == ["en"], term


def test_each_definition_is_a_sentence(ontology: Ontology) -> None:
    for term in ontology.terms():
        comment = ontology.texts(term, RDFS + "comment")["en"]
        assert re.fullmatch(r"[A-Z0-9].*\.", comment), term


def test_each_term_belongs_to_the_ontology(ontology: Ontology) -> None:
    for subject in ontology.statements:
        if subject.startswith(OURS) and subject != ONTOLOGY:
            assert ontology.iris(subject, RDFS + "isDefinedBy") == [ONTOLOGY], subject


def test_each_term_has_a_parent_in_schema_org_or_says_why_not(ontology: Ontology) -> None:
    for term in ontology.terms():
        says_why = NO_PARENT in ontology.block(term)
        assert says_why is not bool(ontology.schema_parents(term)), term


def test_each_parent_in_schema_org_is_of_the_right_kind(ontology: Ontology, schema_org: Terms) -> None:
    for term in ontology.terms():
        is_class = RDFS + "Class" in ontology.iris(term, RDF + "type")
        for parent in ontology.schema_parents(term):
            assert schema_org.kind(parent) is (Kind.CLASS if is_class else Kind.PROPERTY), term


def test_each_parent_property_is_meant_for_the_term_s_domain(ontology: Ontology, schema_org: Terms) -> None:
    strangers = {
        term.removeprefix(FLD)
        for term in ontology.terms()
        for domain in ontology.iris(term, RDFS + "domain")
        for parent in ontology.schema_parents(term)
        if not any(schema_org.fits(parent, name) for name in _schema_classes(ontology, domain))
    }

    assert strangers == {"creditOrder"}, "position is the nearest, though not foreseen for a Role"


def test_each_term_of_schema_org_that_is_named_is_in_use(schema_org: Terms, project: Path) -> None:
    wrong = {
        (path.relative_to(project).as_posix(), name)
        for path in _files(project, "ontology", "records", "shapes")
        if path.name != "schema-org.ttl"  # all classes, those superseded included
        for name in re.findall(r"\bschema:(\w+)", path.read_text(encoding="utf-8"))
        if name not in schema_org or schema_org.superseded_by(name)
    }

    assert not wrong


def test_domains_and_ranges_exist(ontology: Ontology, schema_org: Terms) -> None:
    for term in ontology.terms():
        for iri in (*ontology.iris(term, RDFS + "domain"), *ontology.iris(term, RDFS + "range")):
            if iri.startswith(SCHEMA):
                assert schema_org.kind(iri.removeprefix(SCHEMA)) is Kind.CLASS, term
            elif iri.startswith(FLD):
                assert RDFS + "Class" in ontology.iris(iri, RDF + "type"), term


def test_what_is_derived_is_marked_so_and_nothing_else(ontology: Ontology) -> None:
    derived = set(ontology.of_type(FLD + "DerivedProperty"))
    named = set(re.findall(r"^fld:(\w+)$", ontology.files["derived.ttl"], re.MULTILINE))

    assert {term.removeprefix(FLD) for term in derived} == named - {"DerivedProperty"}


def test_no_record_states_what_is_derived(ontology: Ontology, project: Path) -> None:
    derived = set(ontology.of_type(FLD + "DerivedProperty"))

    for path in _files(project, "records"):
        assert derived.isdisjoint(_names(path.read_text(encoding="utf-8"))), path


def _files(project: Path, *folders: str) -> Iterator[Path]:
    for folder in folders:
        for suffix in ("ttl", "py", "rq"):
            yield from sorted((project / folder).rglob(f"*.{suffix}"))


def _names(text: str) -> Iterator[str]:
    """The IRIs of terms of ours in a text, as CURIEs, in full, or put together in Python."""
    for scheme, name in re.findall(r"(?<![\w/-])([a-z]+(?:-[a-z]+)*):(?!\d+\W)([A-Za-z0-9][\w-]*)", text):
        if scheme == "fld":
            yield FLD + name
        elif scheme in _SCHEMES:
            yield f"{OURS}{scheme}/{name}"
    for scheme, name in re.findall(r"w3id\.org/filmld/([a-z-]+)[#/]([A-Za-z0-9][\w-]*)", text):
        if scheme in _SCHEMES | {"ontology"}:
            yield FLD + name if scheme == "ontology" else f"{OURS}{scheme}/{name}"
    for namespace, name in re.findall(r'\b(FLD|ROLE) \+ "([\w-]+)"', text):
        yield (FLD if namespace == "FLD" else ROLE) + name


_SCHEMES = frozenset(
    {"carrier", "certainty", "colour", "country", "gauge", "image-kind", "language-usage", "role", "sound"}
    | {"tally", "title-type", "variant-type"}
)


def _schema_classes(ontology: Ontology, iri: str) -> Iterator[str]:
    if iri.startswith(SCHEMA):
        yield iri.removeprefix(SCHEMA)
    for parent in ontology.iris(iri, RDFS + "subClassOf"):
        yield from _schema_classes(ontology, parent)
