"""What other sites put into their pages."""

import json
from pathlib import Path

import pytest

from filmld.catalog import Catalog
from filmld.publish.embed import embed_document
from filmld.publish.site import Site
from tests.corpus import corpus_catalogs
from tests.publish.helpers import Html, body, catalog
from tests.publish.inside import differences

HOSTILE = '</title><script>alert(1)</script>\\" onload=\\"x'
RECORDS = {
    "film/x": f"""<> a schema:Movie ; schema:name "{HOSTILE}"@fi ; schema:dateCreated "2014"^^xsd:gYear ;
        schema:director </person/p>, [ a schema:Role ; schema:director </person/p> ] ;
        schema:description "{"long words " * 40}"@en .""",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "role/r": "</role/r> a fld:CreditRole ; schema:name 'R' .",
}
PLAIN = HOSTILE.replace("\\", "")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(catalog(tmp_path, RECORDS, 'title = "Films & more"'))


def test_the_block_is_there_without_its_element(site: Site) -> None:
    document = embed_document(site.catalog, site.catalog.find("film/x"))
    assert json.loads(body(site, "embed/film/x.jsonld")) == document


def test_a_card_is_a_page_of_its_own_with_only_what_tells_the_film_from_others(site: Site) -> None:
    text = body(site, "embed/film/x.card.html")
    page = Html(text)
    assert f"{PLAIN} (2014) P long words" in page.words
    assert page.words.endswith("… Films & more")
    assert page.scripts == []
    assert [dict(attributes) for tag, attributes in page.elements if tag == "a"] == [
        {"href": "../../film/x.html", "target": "_top"}
    ]
    assert ("link", {"rel": "stylesheet", "href": "../../assets/card.css"}) in page.elements
    assert len(text) < 2_000


def test_a_person_has_a_card_too(site: Site) -> None:
    assert "P Films & more" in Html(body(site, "embed/person/p.card.html")).words


def test_oembed_frames_the_card(site: Site) -> None:
    found = json.loads(body(site, "embed/film/x.oembed.json"))
    assert {key: found[key] for key in ("version", "type", "title", "provider_name", "provider_url")} == {
        "version": "1.0",
        "type": "rich",
        "title": f"{PLAIN} (2014)",
        "provider_name": "Films & more",
        "provider_url": "https://films.example.org/",
    }
    ((tag, attributes),) = Html(found["html"]).elements
    assert tag == "iframe"
    assert attributes["src"] == "https://films.example.org/embed/film/x.card.html"
    assert attributes["title"] == f"{PLAIN} (2014)"
    assert (attributes["width"], attributes["height"]) == (str(found["width"]), str(found["height"]))
    assert "allow-scripts" not in attributes["sandbox"]


def test_a_page_says_where_oembed_is_found(site: Site) -> None:
    links = [attributes for tag, attributes in Html(body(site, "film/x.html")).elements if tag == "link"]
    assert [link["href"] for link in links if link.get("type") == "application/json+oembed"] == [
        "https://films.example.org/embed/film/x.oembed.json"
    ]
    assert "oembed" not in body(site, "role/r.html")


def test_what_schema_org_has_no_class_for_has_no_kit(site: Site) -> None:
    for ending in ("html", "jsonld", "card.html", "oembed.json"):
        assert f"embed/role/r.{ending}" not in site.paths()
        assert site.render(f"embed/role/r.{ending}") is None
        assert site.render(f"embed/film/none.{ending}") is None
    assert site.render("film/x.card.html") is None


def test_the_loader_is_small_and_asks_nobody_else(site: Site) -> None:
    text = body(site, "embed.js")
    assert len(text) < 6_000
    assert "innerHTML" not in text
    assert "eval" not in text
    addresses = [line for line in text.splitlines() if "https://" in line and not line.startswith("//")]
    assert addresses == []


def test_paths_are_all_made(first_catalog: Catalog) -> None:
    site = Site(first_catalog)
    kit = [path for path in site.paths() if path.startswith("embed")]
    assert len(kit) == 1 + 4 * sum(path.startswith("embed/") and path.endswith(".jsonld") for path in kit)
    assert all(site.render(path) for path in kit if "/film/" in path or "/person/" in path)


@pytest.mark.slow
def test_the_block_inside_every_page_of_a_real_catalogue_is_the_embed_document(
    shared: Path, tmp_path: Path
) -> None:
    """A thousand of them here; ``python -m tests.benchmark.blocks`` looks at all."""
    looked_at = 0
    for made in corpus_catalogs(shared, tmp_path, count=1000, every=36):
        site = Site(made)
        records = [*made.records.values()]
        assert list(differences(site, records, shared, every=50)) == []
        assert all(len(site.page(record).body) < 100_000 for record in records[::10])
        looked_at += len(records)
    assert looked_at == 1000


def test_a_page_with_another_block_is_noticed(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = catalog(tmp_path, RECORDS)
    site = Site(made)
    records = [made.find("film/x"), made.find("person/p")]
    assert list(differences(site, records, shared, every=1)) == []
    document = embed_document(made, records[0])
    monkeypatch.setattr("filmld.publish.parts.embeds.embed_document", lambda *_: {**(document or {}), "x": 1})
    other = {**(document or {}), "name": "Y"}
    monkeypatch.setattr("tests.publish.inside.embed_document", lambda *_: other)
    found = [difference.what for difference in differences(site, records[:1], shared, every=1)]
    assert found == ["has 1 blocks, or another", "is another graph"]
