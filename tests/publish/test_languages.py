import posixpath
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site
from tests.publish.helpers import BASE, ROOT, Html, body, catalog

FILM = "film/winter-harbour-1986.html"
ADDRESS = "https://invented.example.org/"


@pytest.fixture(scope="module")
def invented() -> Site:
    return Site(Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented")))


def test_every_page_is_there_in_every_language(invented: Site) -> None:
    pages = {path for path in invented.paths() if path.endswith(".html")}
    finnish = {path.removeprefix("fi/") for path in pages if path.startswith("fi/")}
    once = ("fi/", "embed/", "404.html")
    plain = {path for path in pages if not path.startswith(once)}
    assert finnish == plain
    assert [path for path in invented.paths() if path.startswith("fi/") and not path.endswith(".html")] == []


def test_a_page_names_itself_in_every_language(invented: Site) -> None:
    for path, canonical in (
        (FILM, f"{ADDRESS}film/winter-harbour-1986"),
        (f"fi/{FILM}", f"{ADDRESS}fi/{FILM}"),
    ):
        links = [e for tag, e in Html(body(invented, path)).elements if tag == "link"]
        alternates = {link["hreflang"]: link["href"] for link in links if "hreflang" in link}
        assert alternates == {
            "en": f"{ADDRESS}film/winter-harbour-1986",
            "x-default": f"{ADDRESS}film/winter-harbour-1986",
            "fi": f"{ADDRESS}fi/{FILM}",
        }
        assert [link["href"] for link in links if link["rel"] == "canonical"] == [canonical]


def test_a_page_speaks_its_language_and_prefers_texts_in_it(invented: Site) -> None:
    page = Html(body(invented, f"fi/{FILM}"))
    assert ("html", {"lang": "fi"}) in page.elements
    assert ("meta", {"property": "og:locale", "content": "fi_FI"}) in page.elements
    assert "Talvisatama (1986)" in page.words
    assert "Etusivu Elokuvat Talvisatama" in page.words.replace("/", "")
    assert "Levitys Nordanfilm AB (Ruotsi)" in page.words


@pytest.mark.parametrize(
    "step", [pytest.param(1, marks=pytest.mark.slow, id="every page"), pytest.param(25, id="some pages")]
)
def test_links_stay_in_the_language_and_all_lead_somewhere(step: int, invented: Site) -> None:
    paths = set(invented.paths())
    ids: dict[str, list[str]] = {}
    broken, strayed = [], []
    # Of the many pages of terms, which are made alike, one is looked at.
    terms = tuple(path for path in paths if path.startswith(("fi/ontology/", "fi/shapes/")))
    finnish = sorted(path for path in paths - set(terms) if path.startswith("fi/"))
    for path in (*finnish[::step], "fi/ontology/roles-2.html"):
        for tag, attributes in Html(body(invented, path)).elements:
            href = attributes.get("href", "").partition("?")[0]
            if urlsplit(href).scheme or not href or href.startswith("#"):
                continue
            target, _, fragment = posixpath.normpath(posixpath.join(posixpath.dirname(path), href)).partition(
                "#"
            )
            if target not in paths:
                broken.append((path, href))
            elif fragment:
                if target not in ids:
                    ids[target] = Html(body(invented, target)).all("id")
                broken += [(path, href)] if fragment not in ids[target] else []
            is_page = target.endswith(".html") and not target.startswith("embed/")
            if tag == "a" and is_page and not target.startswith("fi/") and "hreflang" not in attributes:
                strayed.append((path, href))
    assert (broken, strayed) == ([], [])


def test_one_language_needs_no_choice(first_site: Site) -> None:
    page = Html(body(first_site, "index.html"))
    assert page.all("hreflang") == []


def test_the_first_language_of_an_archive_has_the_plain_addresses(tmp_path: Path) -> None:
    record = {
        "film/x": "<> a schema:Movie ; schema:name 'Das Boot'@de, 'The Boat'@en ; schema:director 'Ann' ."
    }
    site = Site(catalog(tmp_path, record, 'languages = ["de", "en"]'))
    german, english = Html(body(site, "film/x.html")), Html(body(site, "en/film/x.html"))
    assert ("html", {"lang": "de"}) in german.elements
    assert "Film Das Boot" in german.words
    assert "Regie Ann" in german.words
    assert "Film The Boat" in english.words
    assert "Director Ann" in english.words


def test_a_folder_of_records_that_is_called_like_a_language_gives_way(tmp_path: Path) -> None:
    record = {"fi/x": "</fi/x> a schema:Movie ; schema:name 'X' ."}
    site = Site(catalog(tmp_path, record, 'languages = ["en", "fi"]'))
    own = [path for path in site.paths() if path.endswith("/x.ttl") or path.startswith("fi-")]
    own = [path for path in own if path.endswith(".ttl")]
    assert len(own) == 1
    assert own[0].startswith("fi-")
    assert BASE + "fi/x" in body(site, own[0].replace(".ttl", ".html"))


def test_shapes_of_an_archive_name_and_order_its_fields(tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir(parents=True)
    (tmp_path / "shapes" / "own.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://a.example/> .
        @prefix schema: <https://schema.org/> .
        ex:S a sh:NodeShape ; sh:targetClass schema:Movie ; sh:property
          [ sh:path ex:second ; sh:name "zweites"@de, "the second"@en ; sh:order 91 ],
          [ sh:path ex:first ; sh:name "erstes"@de, "the first"@en ; sh:order 90 ],
          [ sh:path ex:plain ; sh:name "only English"@en ; sh:order 92 ] .""",
        encoding="utf-8",
    )
    record = {
        "film/x": "<> a schema:Movie ; <https://a.example/unknownThing> '0' ; "
        "<https://a.example/plain> '3' ; "
        "<https://a.example/second> '2' ; <https://a.example/first> '1' ."
    }
    site = Site(catalog(tmp_path, record, 'languages = ["en", "de"]'))
    assert "The first 1 The second 2 Only English 3 Unknown thing 0" in Html(body(site, "film/x.html")).words
    german = Html(body(site, "de/film/x.html"))
    assert "Erstes 1 Zweites 2 Only English 3 Unknown thing 0" in german.words
    assert ("dt", {"lang": "en"}) in german.elements


def test_pages_about_data_and_terms_speak_their_language(tmp_path: Path) -> None:
    record = {"film/x": "<> a schema:Movie ; schema:name 'X' ."}
    site = Site(catalog(tmp_path, record, 'languages = ["en", "de", "fi"]'))
    german, finnish = Html(body(site, "de/data/index.html")), Html(body(site, "fi/ontology/index.html"))
    assert "Alles" in german.words
    assert "all.nq.gz jeder Datensatz in einem eigenen Graphen, komprimiert" in german.words
    assert "../../data/all.nq.gz" in german.all("href")
    assert "Ontologia" in finnish.words
    assert "../../ontology/filmld.ttl" in finnish.all("href")
    english = {"Everything", "Tables", "for people and", "compressed", "what the terms mean"}
    for path in ("de/data/index.html", "de/index.html", "de/shapes/index.html"):
        words = Html(body(site, path)).words
        assert not [word for word in english if word in words], path
