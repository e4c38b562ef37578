"""SPARQL without a server, and the questions with their answers, as files of a site."""

import gzip
import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish import frontend, slim
from filmld.publish.dumps import all_nquads
from filmld.publish.results import Asked, Parameter, Results
from filmld.publish.search_index import read_call
from filmld.publish.site import Site
from filmld.publish.words import ENGLISH
from filmld.turtle.terms import IRI, Literal

INVENTED = Path(__file__).parents[1] / "archives" / "invented"
FILM = IRI("https://invented.example.org/film/the-ferryman-1926")
FRANCE = "https://w3id.org/filmld/country/fr"
ASKED = Asked(
    name="01-films",
    title="Films & <films>",
    description="Every film.",
    chart="table",
    parameters=(Parameter(name="country", kind="iri", label="The country", value=FRANCE),),
    query="SELECT ?film ?title { … }",
    results=Results(("film", "title"), ({"film": FILM, "title": Literal("</script>", language="en")},)),
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load(Archive.open(INVENTED))


@pytest.fixture(scope="module")
def site(catalog: Catalog) -> Site:
    return Site(catalog, (ASKED,))


def text(site: Site, path: str) -> str:
    document = site.render(path)
    assert document is not None
    return document.body.decode()


def test_every_path_of_the_site_can_be_made(site: Site) -> None:
    ours = [path for path in site.paths() if path.startswith(("queries/", "sparql/"))]
    assert ours == [
        "queries/01-films.csv",
        "queries/01-films.html",
        "queries/01-films.json",
        "queries/01-films.rq",
        "queries/examples.ttl",
        "queries/index.html",
        "sparql/derived.nq.gz",
        "sparql/index.html",
        "sparql/pages.json",
        "sparql/vocabulary.json",
    ]
    assert all(site.render(path) for path in ours)
    assert site.render("queries/02-none.html") is None
    assert site.render("queries/01-films.xml") is None


def test_a_question_shows_names_with_links_to_their_pages(site: Site) -> None:
    page = text(site, "queries/01-films.html")
    assert '<a href="../film/the-ferryman-1926.html" lang="en">The Ferryman</a>' in page
    assert "<h1>Films &amp; &lt;films&gt;</h1>" in page
    assert page.count("</script>") == page.count("<script")


def test_a_parameter_is_shown_by_its_name(site: Site) -> None:
    assert 'name="country" value="France"' in text(site, "queries/01-films.html")


def test_the_answer_is_there_as_a_file(site: Site) -> None:
    assert text(site, "queries/01-films.csv") == f"film,title\r\n{FILM.value},</script>\r\n"
    assert json.loads(text(site, "queries/01-films.json"))["head"] == {"vars": ["film", "title"]}
    assert text(site, "queries/01-films.rq") == ASKED.query


def test_a_site_without_questions_has_no_page_of_them(catalog: Catalog) -> None:
    site = Site(catalog)
    assert site.render("queries/index.html") is None
    assert "queries/" not in text(site, "index.html")


def test_a_question_without_an_answer_says_so(catalog: Catalog) -> None:
    site = Site(catalog, (Asked(**{name: getattr(ASKED, name) for name in UNANSWERED}),))
    assert "queries/01-films.csv" not in site.paths()
    assert site.render("queries/01-films.csv") is None
    assert "This question has not been asked here." in text(site, "queries/01-films.html")


UNANSWERED = ("name", "title", "description", "chart", "parameters", "query")


def test_the_vocabulary_holds_what_the_records_use_by_its_names(catalog: Catalog, site: Site) -> None:
    words = json.loads(text(site, "sparql/vocabulary.json"))
    classes = {iri: count for iri, _, count in words["classes"]}
    films = len([quad for _, quad in catalog.triples() if str(quad.object) == "<https://schema.org/Movie>"])
    assert classes["https://schema.org/Movie"] == films
    assert "https://schema.org/director" in {iri for iri, _, _ in words["properties"]}
    assert [FRANCE, "France"] in [row[:2] for row in words["terms"]]


def test_every_record_can_be_found_by_its_name(catalog: Catalog, site: Site) -> None:
    found = {
        row[6] if len(row) > PLAIN else str(row[0]).removesuffix(".html")
        for path in site.plan.entries.paths
        for row in read_call(text(site, path))
    }
    assert found == {iri.removeprefix("https://invented.example.org/") for iri in catalog.records}
    assert json.loads(text(site, "sparql/pages.json")) == {}


PLAIN = 6
"""Columns of a thing whose page is called like it."""


def test_a_page_that_is_not_called_like_its_thing_is_listed(tmp_path: Path) -> None:
    folder = tmp_path / "records" / "film"
    folder.mkdir(parents=True)
    (tmp_path / "filmld.toml").write_text('base = "https://x.example/"\n', encoding="utf-8")
    (folder / "Été.ttl").write_text(
        "<https://x.example/film/%C3%89t%C3%A9> a <https://schema.org/Movie> ;\n"
        '    <https://schema.org/name> "Été"@fr .\n',
        encoding="utf-8",
    )
    site = Site(Catalog.load(Archive.open(tmp_path)), (ASKED,))
    pages = json.loads(text(site, "sparql/pages.json"))
    (place,) = pages
    assert pages[place].startswith("film/ete-")
    (row,) = read_call(text(site, next(iter(site.plan.entries.paths))))
    assert (row[0], row[6]) == (pages[place], place)


def test_the_dumps_hold_what_a_server_would_be_asked(catalog: Catalog, site: Site) -> None:
    documents = [site.render(path) for path in ("data/all.nq.gz", "sparql/derived.nq.gz")]
    lines = b"".join(gzip.decompress(document.body) for document in documents if document).splitlines()
    assert len(set(lines)) == len(catalog.store) + len(catalog.tallies())


def test_what_follows_from_all_records_is_in_no_other_file(site: Site) -> None:
    """Nor on pages, in exports, embeds or the description of the data; the vocabulary tells of its terms."""
    ours = re.compile(rb"urn:filmld:tally:|(fld:|/ontology#)(copies|copyOf|shotAbroadIn|counts)\b")
    files = {path: document.body for path in site.paths() if (document := site.render(path))}
    plain = {path: gzip.decompress(body) if path.endswith(".gz") else body for path, body in files.items()}
    holding = {path for path, body in plain.items() if ours.search(body)}
    assert {path for path in holding if "ontology/" not in path} == {
        "sparql/derived.nq.gz",
        "sparql/vocabulary.json",
    }


def test_the_page_asks_the_files_of_its_own_site(site: Site) -> None:
    page = text(site, "sparql/index.html")
    block = page.partition('id="settings">')[2].partition("</script>")[0]
    settings = json.loads(block)
    assert settings["endpoint"] is None
    assert settings["dumps"] == ["../data/all.nq.gz", "../sparql/derived.nq.gz"]
    assert "Without script this page cannot answer" in page


def test_without_the_bundle_pages_say_what_is_missing(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frontend, "resources", SimpleNamespace(files=lambda _package: Path("/nowhere")))
    site = Site(catalog)
    assert frontend.bundle() == {}
    page = text(site, "sparql/index.html")
    assert ENGLISH.asking["no_bundle"] in page
    assert '<script type="module"' not in page


def test_the_bundle_is_part_of_the_site_where_it_was_made(site: Site) -> None:
    if not frontend.is_bundled():
        pytest.skip("the bundle was not made: npm run build in src/filmld/publish/web")
    script = site.render("assets/web/sparql.js")
    assert script
    assert script.media_type.startswith("text/javascript")
    assert "assets/web/oxigraph.wasm" in site.paths()


def test_a_large_archive_gives_browsers_slim_data_and_says_so(
    catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slim, "LARGE", 10)
    site = Site(catalog, (ASKED,))
    assert "sparql/slim.nq.gz" in site.paths()
    document = site.render("sparql/slim.nq.gz")
    assert document is not None
    all_lines = {
        line
        for text in (*all_nquads(catalog), *catalog.derived_nquads())
        for line in text.splitlines(keepends=True)
    }
    kept = set(gzip.decompress(document.body).decode().splitlines(keepends=True))
    assert kept < all_lines
    left_out = all_lines - kept
    assert {line.split(" ", 2)[1].strip("<>") for line in left_out if len(line) < 200} <= slim.LEFT_OUT
    assert not any(f"<{name}>" in line for line in kept for name in slim.LEFT_OUT)
    page = text(site, "sparql/index.html")
    assert f"Of {len(catalog.store):,} statements it loads a slim form, without pictures" in page
    assert settings(page)["dumps"] == ["../sparql/slim.nq.gz"]
    assert settings(text(site, "queries/01-films.html"))["slim"] == ENGLISH.asking["slim_without"].format(200)


def test_a_small_archive_gives_browsers_all_of_its_data(site: Site) -> None:
    found = settings(text(site, "sparql/index.html"))
    assert (found["dumps"], found["slim"]) == (["../data/all.nq.gz", "../sparql/derived.nq.gz"], None)


def settings(page: str) -> dict[str, object]:
    block = re.search(r'<script[^>]* id="settings"[^>]*>(.*?)</script>', page, re.DOTALL)
    assert block
    found: dict[str, object] = json.loads(block[1])
    return found
