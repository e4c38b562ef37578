import json
from pathlib import Path

import pytest

from filmld.archive.published import published
from filmld.catalog import Catalog
from filmld.catalog.retired import successor
from filmld.errors import AddressLostError
from filmld.publish.manifest import read_manifest
from filmld.publish.site import Site
from filmld.publish.snapshot import build
from tests.publish.helpers import BASE, Html, body, catalog
from tests.publish.published import Published

RECORDS = {
    "film/x": "<> a schema:Movie ; schema:name 'X' ; schema:director </person/p> .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "person/old": """</person/old> fld:retired true ; fld:replacedBy </person/older> ;
        schema:name 'Old & <b>' .""",
    "person/older": "</person/older> fld:replacedBy </person/p> .",
    "person/gone": "</person/gone> fld:retired true ; schema:name 'Gone' .",
    "person/one": "</person/one> fld:replacedBy </person/two> .",
    "person/two": "</person/two> fld:replacedBy </person/one> .",
    "person/away": "</person/away> fld:replacedBy <https://elsewhere.example/a> .",
    "person/kept": "</person/kept> a schema:Person ; fld:retired false ; schema:name 'K' .",
}


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalog(tmp_path / "archive", RECORDS)


def test_a_retired_record_is_on_no_list_and_in_no_dump(made: Catalog) -> None:
    site = Site(made)
    assert [record.slug for record in made.records.values()] == ["x", "kept", "p"]
    for path in ("people.html", "sitemap.xml", "data/all.nq", "index.html"):
        assert "gone" not in body(site, path).lower()
    assert not {"person/gone.ttl", "person/gone.jsonld", "embed/person/gone.html"} & set(site.paths())


def test_its_page_says_that_nothing_has_taken_its_place(made: Catalog) -> None:
    page = Html(body(Site(made), "person/gone.html"))
    assert "This record is out of use Gone Its address stays" in page.words
    assert ("meta", {"name": "robots", "content": "noindex"}) in page.elements
    assert "http-equiv" not in {name for _, attributes in page.elements for name in attributes}


def test_or_leads_to_what_has_over_all_steps(made: Catalog) -> None:
    page = Html(body(Site(made), "person/old.html"))
    assert "Old & <b> What was described here is now described at P" in page.words
    assert ("meta", {"http-equiv": "refresh", "content": "0; url=p.html"}) in page.elements
    assert ("a", {"href": "p.html"}) in page.elements


def test_in_every_language_the_list_leads_to_the_page_in_it(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, RECORDS, 'languages = ["en", "fi"]'))
    moves = json.loads(body(site, "retired.json"))
    assert (moves["fi/person/old"], moves["fi/person/gone"]) == ("fi/person/p", None)
    assert moves["fi/person/away"] == "https://elsewhere.example/a"
    assert "Tämä tietue on poistettu käytöstä" in Html(body(site, "fi/person/gone.html")).words
    assert ("a", {"href": "p.html"}) in Html(body(site, "fi/person/old.html")).elements


def test_the_list_of_retired_addresses_says_where_each_leads(made: Catalog) -> None:
    assert json.loads(body(Site(made), "retired.json")) == {
        "person/away": "https://elsewhere.example/a",
        "person/gone": None,
        "person/old": "person/p",
        "person/older": "person/p",
        "person/one": None,
        "person/two": None,
    }
    assert successor(f"{BASE}person/two", made.retired) is None


def test_a_site_without_retired_records_has_no_list_of_them(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, {"film/x": RECORDS["film/x"]}))
    assert "retired.json" not in site.paths()
    assert site.render("retired.json") is None


def test_the_manifest_knows_every_address_ever_published(
    made: Catalog, tmp_path: Path, first_build: Published
) -> None:
    output = tmp_path / "site"
    assert published(output) == ()
    first_build(made, output)
    everything = tuple(sorted(BASE + name for name in RECORDS))
    assert published(output) == read_manifest(output / "current").published == everything


def test_a_published_address_cannot_be_lost(made: Catalog, tmp_path: Path, first_build: Published) -> None:
    output = tmp_path / "site"
    first = first_build(made, output)
    record = made.archive.root / "records" / "person" / "p.ttl"
    text = record.read_text(encoding="utf-8")
    record.unlink()
    (made.archive.root / "records" / "person" / "gone.ttl").unlink()
    with pytest.raises(AddressLostError, match=r"person/gone was published .* \(and 1 more\)") as caught:
        build(Catalog.load(made.archive), output)
    assert caught.value.exit_code == 2
    assert (output / "current").readlink() == Path("snapshots", first.name)
    assert [path.name for path in (output / "snapshots").iterdir()] == [first.name]
    (made.archive.root / "records" / "person" / "gone.ttl").write_text(text, encoding="utf-8")
    record.write_text(text.replace("a schema:Person", "fld:retired true"), encoding="utf-8")
    assert build(Catalog.load(made.archive), output).name != first.name


@pytest.mark.parametrize("text", ["", "{}", '{"published": 1}', '{"published": [', '{"published": [1]}'])
def test_a_manifest_that_cannot_be_read_knows_nothing(
    text: str, made: Catalog, tmp_path: Path, first_build: Published
) -> None:
    output = tmp_path / "site"
    first_build(made, output)
    (output / "current" / "manifest.json").write_text(text, encoding="utf-8")
    assert published(output) == ()
