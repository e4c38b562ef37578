"""What filmld knows of schema.org."""

from pathlib import Path

import pytest

from filmld.archive.resources import resource_folder
from filmld.check.schema_org import Kind, Terms
from filmld.check.schema_org.generate import class_tree, main, table, write
from filmld.check.schema_org.terms import HEADER, TABLE
from filmld.turtle.bulk import parse


@pytest.fixture(scope="module")
def terms() -> Terms:
    return Terms.load()


@pytest.fixture(scope="module")
def vocabulary(shared: Path) -> Path:
    return shared / "vocab" / "schemaorg-current-https.ttl"


def test_generating_again_changes_nothing(vocabulary: Path, tmp_path: Path) -> None:
    write(vocabulary, tmp_path / "terms.tsv", tmp_path / "tree.ttl")

    assert (tmp_path / "terms.tsv").read_bytes() == TABLE.read_bytes()
    assert (tmp_path / "tree.ttl").read_bytes() == (
        resource_folder("ontology") / "schema-org.ttl"
    ).read_bytes()


def test_the_class_tree_of_the_ontology_is_that_of_the_table(terms: Terms) -> None:
    tree = (resource_folder("ontology") / "schema-org.ttl").read_text(encoding="utf-8")

    assert tree == class_tree(terms)


def test_the_command_asks_for_exactly_one_file() -> None:
    with pytest.raises(SystemExit, match="usage: "):
        main([])


def test_a_small_vocabulary_becomes_a_small_table() -> None:
    text = b"""
        @prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix schema: <https://schema.org/> .
        schema:Text a schema:DataType, rdfs:Class .
        schema:URL a rdfs:Class ; rdfs:subClassOf schema:Text .
        schema:Movie a rdfs:Class ; rdfs:subClassOf schema:CreativeWork, <https://other.example/Film> .
        schema:actors a rdf:Property ; schema:domainIncludes schema:Movie ; schema:supersededBy schema:actor ;
            schema:isPartOf <https://attic.schema.org> .
        schema:Cancelled a schema:Status .
        <https://other.example/Film> a rdfs:Class .
    """

    assert table(parse(text)).splitlines()[2:] == [
        HEADER,
        "Cancelled\tmember\tStatus\t\t\t\tcore",
        "Movie\tclass\tCreativeWork\t\t\t\tcore",
        "Text\tdatatype\t\t\t\t\tcore",
        "URL\tdatatype\tText\t\t\t\tcore",
        "actors\tproperty\t\tMovie\t\tactor\tattic",
    ]


def test_every_name_that_a_row_refers_to_has_a_row(terms: Terms) -> None:
    named = {
        name
        for term in terms
        for name in (
            *terms.parents(term),
            *terms.domains(term),
            *terms.ranges(term),
            *terms.superseded_by(term),
        )
    }

    assert named - set(terms) == {"DeliveryTimeSettings"}, "withdrawn by schema.org, still a domain there"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Movie", Kind.CLASS),
        ("director", Kind.PROPERTY),
        ("Text", Kind.DATATYPE),
        ("URL", Kind.DATATYPE),
        ("EventCancelled", Kind.MEMBER),
        ("directer", None),
        ("distributor", None),
    ],
)
def test_each_term_has_its_kind(terms: Terms, name: str, kind: Kind | None) -> None:
    assert terms.kind(name) is kind
    assert (name in terms) is (kind is not None)


def test_nothing_is_known_of_an_unknown_term(terms: Terms) -> None:
    assert terms.parents("Film") == terms.domains("Film") == terms.superseded_by("Film") == ()
    assert terms.section("Film") is None
    assert terms.ancestors("Film") == frozenset()


def test_a_property_fits_the_subclasses_of_its_domain(terms: Terms) -> None:
    assert terms.fits("name", "Movie")
    assert terms.fits("publication", "Movie")
    assert not terms.fits("recordingOf", "Movie")


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("directer", "director"),
        ("sameas", "sameAs"),
        ("productionCompagny", "productionCompany"),
        ("awards", "award"),
    ],
)
def test_a_slip_is_mended_by_the_closest_term_in_use(terms: Terms, slip: str, meant: str) -> None:
    assert terms.close_match(slip, Kind.PROPERTY) == meant


def test_nothing_is_suggested_where_nothing_is_close(terms: Terms) -> None:
    assert terms.close_match("zzzzzz") is None
    assert terms.close_match("directer", Kind.CLASS) is None
