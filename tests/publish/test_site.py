import gzip
import posixpath
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

import pytest

from filmld.publish import sitemap
from filmld.publish.pages import lists
from filmld.publish.plan import Document, Stored
from filmld.publish.site import Site
from tests.publish.helpers import BASE, ROOT, Html, body, catalog

SHIPPED = ("ontology/", "shapes/")


@pytest.fixture(scope="module")
def documents(first_site: Site) -> Mapping[str, Document | Stored]:
    """All files of the archive in this repository."""
    made = {path: first_site.render(path) for path in first_site.all_paths()}
    return {path: document for path, document in made.items() if document}


@pytest.fixture(scope="module")
def first_pages(first_site: Site, documents: Mapping[str, Document | Stored]) -> Mapping[str, Html]:
    return {path: Html(documents[path].body.decode()) for path in placed(first_site)}


def placed(site: Site) -> list[str]:
    """The pages of a site; those that can stand anywhere refer from the root, and are left out."""
    wanted = [path for path in site.paths() if path.endswith(".html")]
    if not site.catalog.archive.root.samefile(ROOT):
        # The pages of what ships with filmld are the same everywhere.
        wanted = [path for path in wanted if path.endswith("index.html") or not path.startswith(SHIPPED)]
    return [path for path in wanted if path != "404.html" and not path.startswith("embed/")]


def assert_links_resolve(site: Site, found: Mapping[str, Html] | None = None) -> None:
    found = found or {path: Html(body(site, path)) for path in placed(site)}
    paths = set(site.paths())
    ids = {path: set(page.all("id")) for path, page in found.items()}
    broken = []
    for path, page in found.items():
        for href in page.all("href"):
            parts = urlsplit(href)
            if not parts.scheme:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(parts.path)))
                target = target if parts.path else path
                there = target in paths and not href.startswith("/")
                if not there or (parts.fragment and target in found and parts.fragment not in ids[target]):
                    broken.append((path, href))
    assert broken == []


def test_every_link_leads_somewhere(first_site: Site, first_pages: Mapping[str, Html]) -> None:
    assert_links_resolve(first_site, first_pages)


def test_links_between_oddly_named_records_lead_somewhere(tmp_path: Path) -> None:
    odd = catalog(
        tmp_path,
        {
            "film/Été 2014?": "</film/%C3%89t%C3%A9%202014%3F> a schema:Movie ; "
            "schema:about </person/CON>, </person/con#x> .",
            "person/CON": "</person/CON> a schema:Person ; schema:name 'Con' .",
            "person/con": "</person/con> a schema:Person . </person/con#x> schema:name 'X' .",
            "index": "</index> a schema:WebPage ; schema:about </film/%C3%89t%C3%A9%202014%3F#gone> .",
        },
    )
    assert_links_resolve(Site(odd))


def test_no_name_stands_twice_on_a_page(first_pages: Mapping[str, Html]) -> None:
    for path, page in first_pages.items():
        names = page.all("id")
        assert len(names) == len(set(names)), path


def test_every_path_can_be_rendered_and_no_other(
    first_site: Site, documents: Mapping[str, Document | Stored]
) -> None:
    assert list(first_site.paths()) == sorted(set(first_site.paths()))
    assert [path for path in first_site.all_paths() if path not in documents] == []
    for path in (
        "",
        "/",
        "film",
        "film/",
        "film/none.html",
        "../index.html",
        "films-2.html",
        "films-1.html",
        "film/the-voice-of-sokurov-2014",
        "film/the-voice-of-sokurov-2014.xml",
        "assets/",
        "sitemap-1.xml",
        "embed/film/the-voice-of-sokurov-2014.ttl",
        "roles-2.html",
        "films/decade/2010s/2.html",
        "films/decade/2.html",
        "films/decade.csv",
        "films/colour.html",
        "role/none.html",
        "linked/festival/locarno/all.html",
        "search/s-none.js",
        "fi/films.html",
        "films-٢.html",
    ):
        assert first_site.render(path) is None, path


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("film/the-voice-of-sokurov-2014.html", "text/html; charset=utf-8"),
        ("film/the-voice-of-sokurov-2014.jsonld", "application/ld+json"),
        ("film/the-voice-of-sokurov-2014.ttl", "text/turtle; charset=utf-8"),
        ("film/the-voice-of-sokurov-2014.nt", "application/n-triples"),
        ("context.jsonld", "application/ld+json"),
        ("assets/filmld.css", "text/css; charset=utf-8"),
        ("assets/filmld.svg", "image/svg+xml"),
        ("data/all.nq", "application/n-quads"),
        ("data/all.nq.gz", "application/gzip"),
        ("sitemap.xml", "application/xml"),
        ("robots.txt", "text/plain; charset=utf-8"),
    ],
)
def test_each_file_has_its_media_type(path: str, media_type: str, first_site: Site) -> None:
    document = first_site.render(path)
    assert document is not None
    assert document.media_type == media_type


def test_the_turtle_is_the_archivists_own_text(first_site: Site) -> None:
    document = first_site.render("person/antti-alanen.ttl")
    record = first_site.catalog.find("antti-alanen")
    assert document is not None
    assert document.body == record.path.read_bytes()


def test_no_page_loads_anything_from_elsewhere_or_has_styles_and_scripts_inside(
    first_site: Site, first_pages: Mapping[str, Html]
) -> None:
    for path, page in first_pages.items():
        loaded = [
            attributes.get("src") or attributes.get("href", "")
            for tag, attributes in page.elements
            if tag in {"script", "img", "iframe", "source"} or attributes.get("rel") in {"stylesheet", "icon"}
        ]
        assert all(not urlsplit(address).scheme and not address.startswith("//") for address in loaded), path
        assert page.all("style") == []
        assert page.count("style") == 0
        scripts = [attributes for tag, attributes in page.elements if tag == "script"]
        assert all(
            "src" in each or each["type"] in {"application/ld+json", "application/json"} for each in scripts
        )
    sheet = body(first_site, "assets/filmld.css")
    assert "url(" not in sheet
    assert "@import" not in sheet


def test_the_dump_compresses_to_the_same_bytes_and_holds_the_same(first_site: Site) -> None:
    first, again = first_site.render("data/all.nq.gz"), Site(first_site.catalog).render("data/all.nq.gz")
    plain = first_site.render("data/all.nq")
    assert first is not None
    assert again is not None
    assert plain is not None
    assert first.body == again.body
    assert gzip.decompress(first.body) == plain.body


def test_the_sitemap_lists_the_home_page_and_every_record(first_site: Site) -> None:
    root = ET.fromstring(body(first_site, "sitemap.xml"))  # noqa: S314  our own output
    listed = [element.text for element in root.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert listed == [BASE, *sorted(first_site.catalog.records)]


def test_a_sitemap_escapes_what_xml_demands(tmp_path: Path) -> None:
    made = Site(catalog(tmp_path, {"film/a&b<c>": "</film/a%26b%3Cc%3E> a schema:Movie ."}))
    ET.fromstring(body(made, "sitemap.xml"))  # noqa: S314


def test_too_many_addresses_are_split_into_several_sitemaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "LARGEST", 2)
    made = Site(catalog(tmp_path, {f"film/{name}": f"</film/{name}> a schema:Movie ." for name in "abc"}))
    assert [path for path in made.paths() if path.startswith("sitemap")] == [
        "sitemap-1.xml",
        "sitemap-2.xml",
        "sitemap.xml",
    ]
    assert f"{BASE}sitemap-2.xml" in body(made, "sitemap.xml")
    assert f"{BASE}film/c" in body(made, "sitemap-2.xml")


def test_a_long_list_has_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    made = Site(
        catalog(tmp_path, {f"film/{n}": f"</film/{n}> a schema:Movie ; schema:name '{n}' ." for n in "cab"})
    )
    assert "3 films Films a b" in Html(body(made, "films.html")).words
    second = Html(body(made, "films-2.html"))
    assert "films.html" in second.all("href")
    assert "2 / 2" in second.words
    assert made.render("films-3.html") is None
    assert_links_resolve(made)


def test_the_page_for_what_is_missing_works_at_any_address(first_site: Site) -> None:
    hrefs = Html(body(first_site, "404.html")).all("href")
    assert "/assets/filmld.css" in hrefs
    assert all(href.startswith(("/", "#")) for href in hrefs)


def test_pages_are_the_same_every_time(first_site: Site, documents: Mapping[str, Document | Stored]) -> None:
    again = Site(first_site.catalog)
    for path in first_site.all_paths():
        one, other = documents[path], again.render(path)
        assert other is not None
        assert (one.body, one.media_type) == (other.body, other.media_type), path


def test_the_largest_sitemap_holds_fifty_thousand_addresses() -> None:
    addresses = [f"{BASE}film/f{number}" for number in range(50_001)]
    assert [sitemap.sitemap_count(count) for count in (0, 1, 50_000, 50_001, 100_001)] == [1, 1, 1, 2, 3]
    sizes = [sitemap.sitemap(addresses, number).count(b"<loc>") for number in (1, 2)]
    assert sizes == [50_000, 1]
    assert b"film/f50000<" in sitemap.sitemap(addresses, 2)
    assert len(sitemap.sitemap(addresses)) < 50 * 1024 * 1024
