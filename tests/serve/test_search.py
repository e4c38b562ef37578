"""The search as a server answers it, from an archive and from a snapshot alike."""

from collections.abc import Iterator

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.snapshot import build
from tests.publish.helpers import ROOT, Html
from tests.serve.running import Running, serving

INVENTED = ROOT / "tests" / "archives" / "invented"


@pytest.fixture(scope="module", params=["archive", "snapshot"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    arguments: tuple[str, ...] = ()
    if request.param == "snapshot":
        folder = tmp_path_factory.mktemp("site") / "out"
        build(Catalog.load(Archive.open(INVENTED)), folder)
        arguments = ("--snapshot", str(folder / "current"))
    with serving(INVENTED, *arguments) as running:
        yield running


def ask(server: Running, path: str) -> Html:
    answer = server.ask(path)
    assert answer.status == 200, path
    return Html(answer.body.decode())


def test_a_search_is_answered_without_a_script(server: Running) -> None:
    for path in ("/search", "/search.html"):
        page = ask(server, f"{path}?q=ristisaaren+silt")
        assert "The Bridge at Ristisaari Film · 1964 · Ristisaaren silta" in page.words
        assert "film/the-bridge-at-ristisaari-1964.html" in page.all("href")
        assert page.count("noscript") == 0


def test_a_search_is_answered_in_the_language_of_the_page(server: Running) -> None:
    page = ask(server, "/fi/search.html?q=bridge+ristisaari")
    assert ("html", {"lang": "fi"}) in page.elements
    assert "Ristisaaren silta Elokuva" in page.words
    assert "../fi/film/the-bridge-at-ristisaari-1964.html" in page.all("href")


def test_a_search_for_nothing_is_the_page_itself(server: Running) -> None:
    assert ask(server, "/search").count("noscript") == 1
    assert ask(server, "/search.html?q=+").count("noscript") == 1


def test_a_hostile_search_is_text(server: Running) -> None:
    page = ask(server, "/search?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E%0d%0aX:1%00%ed%a0%80")
    assert page.count("script") == 1
    assert "X" not in server.ask("/search?q=a%0d%0aX:1").headers


def test_no_other_language_has_a_search(server: Running) -> None:
    assert server.ask("/de/search?q=a").status == 404
    assert server.ask("/en/search?q=a").status == 404


def test_the_search_tells_machines_that_it_changes(server: Running) -> None:
    assert server.ask("/search?q=a").headers["Cache-Control"] == "no-cache"


def test_lists_are_negotiated(server: Running) -> None:
    assert server.ask("/films").status == 200
    turtle = server.ask("/films", headers={"Accept": "text/turtle"})
    assert (turtle.status, turtle.headers["Location"]) == (303, "/films.ttl")
    assert server.ask("/films/genre/drama.csv").headers["Content-Type"].startswith("text/csv")
    assert server.ask("/search/keys.js").headers["Content-Type"].startswith("text/javascript")
