"""``filmld serve --watch``: a saved edit is shown in the pages that are open, with its findings."""

import http.client
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.serve.running import BROWSER, Reply, Running, serving

INVENTED = Path(__file__).parents[1] / "archives" / "invented"
FILM, PAGE = "records/film/winter-harbour-1986.ttl", "/film/winter-harbour-1986"


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Running]]:
    root = copy(tmp_path_factory.mktemp("watched"))
    with serving(root, "--watch") as server:
        yield root, server


@pytest.fixture
def film(watched: tuple[Path, Running]) -> Iterator[Path]:
    """A record that a test may edit; should it fail halfway, the next one finds what was there."""
    path = watched[0] / FILM
    text = path.read_text(encoding="utf-8")
    yield path
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")


def copy(folder: Path) -> Path:
    shutil.copytree(INVENTED, folder / "archive")
    return folder / "archive"


class Listener:
    """A page that is open: it hears of changes."""

    def __init__(self, server: Running) -> None:
        self.connection = http.client.HTTPConnection(*server.address, timeout=20)
        self.connection.request("GET", "/.live/changes", headers={"Accept": "text/event-stream"})
        self.response = self.connection.getresponse()
        assert self.response.status == 200
        assert self.response.headers["Content-Type"].startswith("text/event-stream")

    def next(self) -> int:
        for line in iter(self.response.readline, b""):
            if line.startswith(b"data: "):
                return int(line.removeprefix(b"data: "))
        raise EOFError


@contextmanager
def listening(server: Running) -> Iterator[Listener]:
    listener = Listener(server)
    try:
        listener.next()
        yield listener
    finally:
        listener.connection.close()


def look(server: Running, page: str) -> Reply:
    return server.ask(page, headers={"Accept": BROWSER})


def shown(listener: Listener, server: Running, page: str, *texts: str, status: int = 200) -> str:
    """Wait for the page that has all texts; each look is a change that was told."""
    while True:
        reply = look(server, page)
        if reply.status == status and all(text in reply.text for text in texts):
            return reply.text
        listener.next()


def test_an_edit_is_shown_with_its_findings_and_a_mistake_with_the_page_as_it_was(
    watched: tuple[Path, Running], film: Path
) -> None:
    _, server = watched
    text = film.read_text(encoding="utf-8")
    with listening(server) as page:
        film.write_text(text.replace('"Winter Harbour"@en', '"Winter Haven"@en'), encoding="utf-8")
        found = shown(page, server, PAGE, '<h1><bdi lang="en">Winter Haven')
        assert "page-outdated" not in found

        last = text.replace("schema:duration", "schema:durration")
        film.write_text(last, encoding="utf-8")
        found = shown(page, server, PAGE, "schema.org has no property ‘durration’")
        assert '<span class="badge">1 error' in found

        film.write_text(text + "film:x a", encoding="utf-8")
        number = len(text.splitlines()) + 1
        found = shown(
            page, server, PAGE, "page-outdated", f'line {number}: <span lang="en"><bdi>‘a’ has no value'
        )
        assert found.index("page-outdated") < found.index("<h1>")
        assert "Winter Harbour" in found
        assert server.ask(PAGE + ".ttl").body.decode() == last

        film.write_text(text, encoding="utf-8")
        while "page-outdated" in look(server, PAGE).text:
            page.next()


NAMES = "SELECT ?name { <film/winter-harbour-1986> schema:name ?name . FILTER(lang(?name) = 'en') }"


def asked(server: Running, query: str = NAMES) -> str:
    """Ask, and ask again when told to: while data change, workers may be few."""
    address = "/sparql?" + urlencode({"query": query})
    for _ in range(100):
        answer = server.ask(address, headers={"Accept": "text/csv"})
        if answer.status != 503:
            break
        time.sleep(0.1)
    assert answer.status == 200, answer.text
    return answer.text


def test_queries_are_answered_from_an_edit_as_soon_as_its_page_is_shown(
    watched: tuple[Path, Running], film: Path
) -> None:
    _, server = watched
    text = film.read_text(encoding="utf-8")
    assert asked(server).split() == ["name", "Winter", "Harbour"]
    with listening(server) as page:
        for name in ("Winter Haven", "Summer Harbour", "Spring Harbour"):
            film.write_text(text.replace('"Winter Harbour"@en', f'"{name}"@en'), encoding="utf-8")
            shown(page, server, PAGE, f'<h1><bdi lang="en">{name}')
            assert asked(server).splitlines() == ["name", name]
        word = "ASK { ?word fld:beginsWith 'summer' ; fld:wordOf <film/winter-harbour-1986> }"
        assert asked(server, word) == "false"

        counts = "<https://w3id.org/filmld/tally/country-output>"
        tallied = f"SELECT (SUM(?films) AS ?all) {{ ?tally fld:counts {counts} ; fld:films ?films }}"
        before = asked(server, tallied)
        assert int(before.split()[1]) > 2
        film.unlink()
        shown(page, server, PAGE, "404", status=404)
        assert asked(server, "ASK { GRAPH <film/winter-harbour-1986#record> {} }") == "false"
        of_the_film = "ASK { <film/winter-harbour-1986> ?p ?o }"  # what is counted of it goes a little later
        for _ in range(200):
            if asked(server, tallied) != before and asked(server, of_the_film) == "false":
                break
            time.sleep(0.05)
        else:
            pytest.fail("what is counted does not follow")

        film.write_text(text, encoding="utf-8")
        shown(page, server, PAGE, '<h1><bdi lang="en">Winter Harbour')
        assert asked(server).splitlines() == ["name", "Winter Harbour"]


def test_records_come_move_and_go(watched: tuple[Path, Running]) -> None:
    root, server = watched
    film = root / FILM
    new = root / "records/film/new.ttl"
    text = film.read_text(encoding="utf-8")
    with listening(server) as page:
        assert 'href="film/new.html"' not in look(server, "/search?q=harbour").text
        new.write_text(text.replace("winter-harbour-1986", "new"), encoding="utf-8")
        shown(page, server, "/film/new", "Winter Harbour")
        assert server.ask("/film/new.ttl").status == 200
        shown(page, server, "/films", 'href="film/new.html"')

        found = look(server, "/search?q=harbour").text
        assert 'href="film/new.html"' in found

        new.rename(new.with_name("newer.ttl"))
        shown(page, server, "/film/new", "404", status=404)

        new.with_name("newer.ttl").unlink()
        shown(page, server, "/film/newer", "404", status=404)


def test_pages_ask_only_where_they_come_from_and_others_are_as_ever(watched: tuple[Path, Running]) -> None:
    _, server = watched
    page = look(server, PAGE)
    assert page.text.count('<script src="/.live/script.js"') == 1
    assert "connect-src 'self'" in page.headers["Content-Security-Policy"]
    assert server.ask("/.live/script.js").headers["Content-Type"].startswith("text/javascript")
    assert ".live" not in server.ask("/embed/film/winter-harbour-1986.html").text
    assert ".live" not in look(server, "/sparql").text


def test_unwatched_pages_have_no_such_script(server: Running) -> None:
    page = look(server, "/film/the-voice-of-sokurov-2014")
    assert ".live" not in page.text
    assert "connect-src" not in page.headers["Content-Security-Policy"]
    assert server.ask("/.live/changes").status == 404


def test_many_pages_can_be_open_and_one_too_many_is_told_to_come_again(
    watched: tuple[Path, Running], film: Path
) -> None:
    _, server = watched
    text = film.read_text(encoding="utf-8")
    pages = [Listener(server) for _ in range(100)]
    try:
        assert all(page.next() >= 0 for page in pages)
        refused = server.ask("/.live/changes")
        assert (refused.status, refused.headers["Retry-After"]) == (503, "5")
        film.write_text(text + "# a remark\n", encoding="utf-8")
        assert all(page.next() > 0 for page in pages)
    finally:
        film.write_text(text, encoding="utf-8")
        for page in pages:
            page.connection.close()


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), pytest.param(signal.SIGTERM, 0, marks=pytest.mark.slow)]
)
def test_it_ends_while_pages_are_open_and_though_a_record_is_broken(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    root = copy(tmp_path)
    (root / "records" / "film" / "broken.ttl").write_text("<", encoding="utf-8")
    with serving(root, "--watch") as server, listening(server) as page:
        server.process.send_signal(number)
        assert server.process.wait(timeout=60) == code
        assert page.response.read() is not None
        assert server.process.stderr is not None
        said = server.process.stderr.read()
    assert "records/film/broken.ttl cannot be read; it has no page until it can" in said
    assert "Traceback" not in said


@pytest.mark.parametrize("options", [("--data", __file__), ("--snapshot", ".")])
def test_only_records_are_watched(root: Path, options: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "filmld", "--root", str(root), "serve", "--watch", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    assert done.returncode == 2
    assert "--watch is for records" in done.stderr
