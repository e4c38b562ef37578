"""The second archive for tests is what it says: invented, sound, and as rich as the tests need."""

import unicodedata
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.turtle.edtf import is_valid_edtf
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import EDTF, FLD, RDF, SCHEMA

FOLDER = Path(__file__).parents[1] / "archives" / "invented"
BASE = "https://invented.example.org/"


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load(Archive.open(FOLDER))


def literals(catalog: Catalog, name: str) -> list[Literal]:
    return [
        triple.object
        for _, triple in catalog.triples()
        if triple.predicate.value == name and isinstance(triple.object, Literal)
    ]


def test_every_record_says_that_it_is_invented(catalog: Catalog) -> None:
    for record in catalog.records.values():
        sources = list(catalog.graph(record).resources(IRI(record.document), SCHEMA + "isBasedOn"))
        assert sources == [IRI(BASE + "source/invented")], record.filename


def test_every_record_describes_the_entity_of_its_path(catalog: Catalog) -> None:
    for record in catalog.records.values():
        graph = catalog.graph(record)
        assert graph.value(IRI(record.document), SCHEMA + "mainEntity") == IRI(record.iri)
        assert graph.types(IRI(record.iri))


def test_no_link_leads_nowhere(catalog: Catalog) -> None:
    described = {triple.subject for _, triple in catalog.triples()}
    for record, triple in catalog.triples():
        if isinstance(triple.object, IRI) and triple.object.value.startswith(BASE):
            assert triple.object in described, f"{record.filename}: {triple}"


def test_one_line_holds_one_statement(catalog: Catalog) -> None:
    for record in catalog.records.values():
        text = record.path.read_text(encoding="utf-8")
        statements = [line for line in text.splitlines() if line.startswith("    ")]
        assert len(statements) == len(catalog.graph(record)), record.filename


def test_titles_are_in_six_languages_and_three_scripts(catalog: Catalog) -> None:
    names = literals(catalog, SCHEMA + "name")
    assert {"cs", "de", "en", "fi", "fr", "ja", "ru", "sv"} <= {str(name.language) for name in names}
    scripts = {unicodedata.name(char).split()[0] for name in names for char in name.lexical if char.isalpha()}
    assert {"LATIN", "CYRILLIC", "CJK"} <= scripts


def test_uncertain_dates_are_sound_and_of_every_kind(catalog: Catalog) -> None:
    dates = {date.lexical for date in literals(catalog, SCHEMA + "dateCreated") if date.datatype == EDTF}
    assert dates == {"1926~", "193X", "1936?", "2004-06/2006-08", "1964/.."}
    assert all(map(is_valid_edtf, dates))


def test_all_four_levels_are_described(catalog: Catalog) -> None:
    kinds = {
        triple.object.value
        for _, triple in catalog.triples()
        if triple.predicate.value == RDF + "type" and isinstance(triple.object, IRI)
    }
    levels = {
        FLD + name for name in ("Variant", "Manifestation", "Item", "Award", "FestivalEdition", "Title")
    }
    assert levels | {SCHEMA + "Movie", SCHEMA + "MovieSeries"} <= kinds


def mod_37_36(text: str) -> str:
    """The check character of ISO 7064, MOD 37,36, as in ISAN and EIDR."""
    product = 36
    for char in text:
        product = (product + int(char, 36)) % 36 or 36
        product = product * 2 % 37
    return "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[(37 - product) % 36]


def mod_11_2(digits: str) -> str:
    """The check character of ISO 7064, MOD 11-2, as in ISNI."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11]


def test_the_check_characters_of_identifiers_are_right(catalog: Catalog) -> None:
    assert mod_37_36("B7525B47DBBEE5D45A3F") == "N"
    assert mod_11_2("000000021825009") == "7"
    seen = set()
    for _, triple in catalog.triples():
        if triple.predicate.value != SCHEMA + "propertyID" or not isinstance(triple.object, Literal):
            continue
        record = catalog.record_of(getattr(triple.subject, "value", ""))
        assert record
        scheme = triple.object.lexical
        (value,) = (
            found.lexical for found in catalog.graph(record).literals(triple.subject, SCHEMA + "value")
        )
        plain = value.replace("-", "").replace(" ", "")
        seen.add(scheme)
        if scheme == "isan":
            root, first, version, second = plain[:16], plain[16], plain[17:25], plain[25]
            assert (first, second) == (mod_37_36(root), mod_37_36(root + version))
        elif scheme == "eidr":
            assert plain.startswith("10.5240/")
            assert plain[-1] == mod_37_36(plain[len("10.5240/") : -1])
        elif scheme == "isni":
            assert plain[15] == mod_11_2(plain[:15])
    assert seen == {"isan", "eidr", "isni", "wikidata", "imdb", "viaf"}
