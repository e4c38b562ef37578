import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from filmld.catalog import Catalog
from filmld.publish.embed import embed_document
from filmld.publish.jsontext import Json
from filmld.publish.site import Site
from tests.publish.helpers import Html, body, catalog

PERSON = "<https://films.example.org/person/{0}> a schema:Person ; schema:name '{0}' ."


def embedded(made: Catalog, name: str = "film/x") -> dict[str, Json]:
    document = embed_document(made, made.find(name))
    assert document is not None
    return document


def film(folder: Path, statements: str, settings: str = "", **people: str) -> dict[str, Json]:
    records = {"film/x": f"<> a schema:Movie . {statements}"}
    records |= {f"person/{name}": text for name, text in people.items()}
    return embedded(catalog(folder, records, settings))


def texts(value: Json) -> Iterator[str]:
    """Every text of a block that is no key, type, context or identifier."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if not key.startswith("@") or key == "@reverse":
                yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)
    else:
        yield str(value)


def keys(value: Json) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        for inner in value.values():
            yield from keys(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from keys(inner)


def test_credits_become_the_people_credited_each_once_in_their_order(tmp_path: Path) -> None:
    block = film(
        tmp_path,
        """<> schema:producer </person/ann>, [ a fld:Credit, schema:Role ; schema:producer </person/ben> ;
             schema:roleName "Executive Producer"@en ] ,
             [ a schema:Role ; schema:producer </person/ann> ] .""",
        ann=PERSON.format("ann"),
        ben=PERSON.format("ben"),
    )
    assert block["producer"] == [
        {"@type": "Person", "@id": "https://films.example.org/person/ann", "name": "ann"},
        {"@type": "Person", "@id": "https://films.example.org/person/ben", "name": "ben"},
    ]


def test_one_language_is_chosen_by_the_archive(tmp_path: Path) -> None:
    names = '<> schema:name "Voice"@en, "Ääni"@fi, "Stimme"@de ; schema:keywords "a"@de, "b"@en, "c"@en .'
    assert film(tmp_path / "en", names)["name"] == "Voice"
    block = film(tmp_path / "fi", names, 'languages = ["fi", "de"]')
    assert (block["name"], block["keywords"]) == ("Ääni", "a")
    assert film(tmp_path / "sv", names, 'languages = ["sv"]')["name"] == "Voice"


def test_dates_are_plain_texts_as_recorded(tmp_path: Path) -> None:
    block = film(
        tmp_path, '<> schema:dateCreated "2014"^^xsd:gYear ; schema:duration "PT90M"^^xsd:duration .'
    )
    assert (block["dateCreated"], block["duration"]) == ("2014", "PT90M")


def test_a_misspelling_is_no_name(tmp_path: Path) -> None:
    block = film(tmp_path, '<> schema:name "Sokurov" ; fld:transcribedForm "Sukorov" .')
    assert block == {
        "@context": "https://schema.org",
        "@type": "Movie",
        "@id": "https://films.example.org/film/x",
        "name": "Sokurov",
    }


def test_a_screening_without_a_date_is_no_event_to_announce(tmp_path: Path) -> None:
    undated = '<#s> a schema:ScreeningEvent ; schema:workPresented <> ; schema:name "Gala" .'
    assert "@reverse" not in film(tmp_path / "undated", undated)
    dated = film(tmp_path / "dated", f'{undated} <#s> schema:startDate "2014-08-09"^^xsd:date .')
    assert dated["@reverse"] == {
        "workPresented": {
            "@type": "ScreeningEvent",
            "@id": "https://films.example.org/film/x#s",
            "name": "Gala",
            "startDate": "2014-08-09",
        }
    }


def test_our_own_classes_count_as_their_parents(tmp_path: Path) -> None:
    made = catalog(tmp_path, {"festival/f": "</festival/f> a fld:FilmFestival ; schema:name 'F' ."})
    assert embedded(made, "festival/f")["@type"] == ["EventSeries", "Festival"]


def test_what_schema_org_has_no_class_for_is_not_embedded(tmp_path: Path) -> None:
    made = catalog(tmp_path, {"role/r": "</role/r> a fld:CreditRole ; schema:name 'R' ."})
    assert embed_document(made, made.find("role/r")) is None
    assert "embed/role/r.html" not in Site(made).paths()
    assert Html(body(Site(made), "role/r.html")).scripts == []


def test_blank_nodes_have_no_identifier(tmp_path: Path) -> None:
    block = film(tmp_path, '<> schema:director [ a schema:Person ; schema:name "Ann" ] .')
    assert block["director"] == {"@type": "Person", "name": "Ann"}


def test_references_in_a_ring_come_to_an_end(tmp_path: Path) -> None:
    block = film(
        tmp_path, "<> schema:about <> ; schema:review <#r> . <#r> a schema:Review ; schema:author <#r> ."
    )
    assert block["about"] == {"@type": "Movie", "@id": "https://films.example.org/film/x"}
    assert json.dumps(block).count('"review"') == 1


def test_all_of_it_is_schema_org(first_catalog: Catalog) -> None:
    for record in first_catalog.records.values():
        block = embedded(first_catalog, record.iri)
        assert all(
            key.isidentifier() or key in {"@context", "@type", "@id", "@reverse"} for key in keys(block)
        )
        assert "filmld/ontology" not in json.dumps(block)


@pytest.mark.parametrize("kind", ["film", "person", "organization", "festival", "place", "genre", "source"])
def test_what_is_embedded_is_shown_on_the_page(kind: str, first_site: Site) -> None:
    for record in first_site.catalog.records.values():
        if record.kind == kind:
            page = Html(body(first_site, f"{kind}/{record.slug}.html"))
            block = json.loads(page.scripts[0])
            assert block == embedded(first_site.catalog, record.iri)
            missing = [text for text in texts(block) if " ".join(text.split()) not in page.words]
            assert missing == []


def test_the_page_the_file_and_the_snippet_hold_the_same_block(first_site: Site) -> None:
    place = "film/the-voice-of-sokurov-2014"
    block = body(first_site, f"embed/{place}.html")
    assert block in body(first_site, f"{place}.html")
    assert block.startswith('<script type="application/ld+json" id="filmld" data-etag="')
