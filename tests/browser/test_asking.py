"""The pages that ask, driven as a visitor does: with a server, without one, and without script."""

import csv
import functools
import http.server
import io
import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest

from filmld.publish.frontend import is_bundled
from filmld.query.gallery import gallery
from tests.browser.test_pages import HERE, ROOT, demanded
from tests.serve.running import serving

ARCHIVE = ROOT / "tests" / "archives" / "invented"
POLICY = (
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a careful static host would send."""

pytestmark = pytest.mark.browser


class Host(http.server.SimpleHTTPRequestHandler):
    """A plain static host."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  the base class calls it so
        """Say nothing."""


@contextmanager
def hosted(folder: Path) -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Host, directory=folder)) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{host.server_port}/"
        finally:
            host.shutdown()


def parts(value: object, *path: str) -> object:
    for name in path:
        value = cast("dict[str, object]", value)[name]
    return value


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What happened."""
    chromium = demanded("chromium", shutil.which("chromium") or shutil.which("chromium-browser"))
    node = demanded("node", shutil.which("node"))
    modules = HERE.parent / "node_modules" / "playwright-core"
    demanded("playwright-core (npm ci --prefix tests)", str(modules) if modules.is_dir() else None)
    demanded("the bundle (npm run build in src/filmld/publish/web)", "yes" if is_bundled() else None)
    folder = tmp_path_factory.mktemp("site")
    build = [sys.executable, "-m", "filmld", "--root", str(ARCHIVE), "build", "-o", str(folder)]
    subprocess.run(build, check=True, capture_output=True, timeout=120)
    queries = folder / "queries.json"
    queries.write_text(json.dumps({question.name: question.text for question in gallery()}), encoding="utf-8")
    with serving(ARCHIVE) as server, hosted(folder / "current" / "www") as site:
        command = [node, str(HERE / "ask.mjs"), chromium, server.home, site, str(queries)]
        known = {**os.environ, "SERVER_PID": str(server.process.pid)}
        done = subprocess.run(command, capture_output=True, check=True, timeout=400, env=known)
    found = json.loads(done.stdout)
    assert "failure" not in found, found["failure"]
    return cast("dict[str, object]", found)


@pytest.fixture(scope="module")
def asked_for_films() -> list[list[str]]:
    """What the command line answers to the question that the browser asks."""
    query = (HERE / "ask.mjs").read_text(encoding="utf-8").partition('const FILMS = "')[2].partition('"')[0]
    return table(command("query", query, "--format", "csv"))


def command(*arguments: str) -> str:
    line = [sys.executable, "-m", "filmld", "--root", str(ARCHIVE), *arguments]
    return subprocess.run(line, check=True, capture_output=True, timeout=120, encoding="utf-8").stdout


def table(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("where", ["server", "site"])
def test_an_answer_is_a_table_with_names_links_and_languages(
    report: dict[str, object], asked_for_films: list[list[str]], where: str
) -> None:
    answer = cast("dict[str, object]", report[where])
    rows = len(asked_for_films) - 1
    assert str(answer["status"]).startswith(f"{rows} rows, in ")
    assert answer["rows"] == rows
    ending = ".html" if where == "site" else ""
    assert str(answer["link"]).endswith(f"film/aino-in-her-own-light-1988{ending}")
    assert len(cast("list[str]", answer["languages"])) == rows
    assert answer["sorted"] == sorted(row[2] for row in asked_for_films[1:])
    assert answer["filtered"] == 0


@pytest.mark.parametrize("where", ["server", "site"])
def test_an_answer_is_shared_by_its_address_and_downloaded_whole(
    report: dict[str, object], asked_for_films: list[list[str]], where: str
) -> None:
    answer = cast("dict[str, object]", report[where])
    assert "?query=SELECT" in str(answer["address"])
    assert "#chart=timeline&x=year" in str(answer["shared"])
    assert str(answer["again"]).startswith("Timeline of name from year")
    assert table(str(answer["csv"])) == asked_for_films


@pytest.mark.parametrize("where", ["server", "site"])
def test_a_chart_has_a_bar_for_each_year(
    report: dict[str, object], asked_for_films: list[list[str]], where: str
) -> None:
    assert parts(report, where, "bars") == len({row[2] for row in asked_for_films[1:]})


@pytest.mark.parametrize("where", ["server", "site"])
def test_a_mistake_is_marked_where_it_is(report: dict[str, object], where: str) -> None:
    mistake = cast("dict[str, object]", parts(report, where, "mistake"))
    assert (mistake["marks"], mistake["line"]) == (1, 3)
    assert str(mistake["error"]).startswith("line 3, column 21: this is not SPARQL")


@pytest.mark.parametrize("where", ["server", "site"])
def test_escape_stops_a_query(report: dict[str, object], where: str) -> None:
    assert parts(report, where, "stopped", "told") == "Stopped."


def test_escape_ends_the_work_on_the_server(report: dict[str, object]) -> None:
    """The limit of the query is ten seconds: its worker is gone long before."""
    stopped = cast("dict[str, object]", parts(report, "server", "stopped"))
    assert (stopped["worked"], stopped["ended"]) == (True, True)


@pytest.mark.parametrize("where", ["server", "site"])
def test_the_editor_completes_with_what_the_records_have_and_lets_tab_go(
    report: dict[str, object], where: str
) -> None:
    assert parts(report, where, "completed") == {
        "property": "PREFIX schema: <https://schema.org/>\nSELECT * { ?film schema:director",
        "name": (
            "SELECT * { ?film schema:director <https://invented.example.org/film/summer-at-the-lock-1951>"
        ),
        "left": True,
    }


def test_what_is_copied_for_curl_names_the_endpoint(report: dict[str, object]) -> None:
    copied = str(parts(report, "server", "copied"))
    assert copied.startswith("curl -H 'Accept: text/csv' --data-urlencode 'query=SELECT ?film ")
    assert copied.rstrip().endswith("/sparql'")


def test_from_the_home_page_to_a_chart_of_co_productions_by_decade_without_an_iri(
    report: dict[str, object],
) -> None:
    journey = cast("dict[str, object]", report["journey"])
    assert str(journey["chart"]).startswith("Bar chart of films by decade")
    assert {"1930", "1960", "1970", "1980", "2000", "Finland"} <= set(cast("list[str]", journey["labels"]))


def test_a_parameter_is_filled_in_by_name(report: dict[str, object]) -> None:
    assert (parts(report, "journey", "country"), parts(report, "journey", "other")) == ("Finland", "France")
    assert "VALUES ?country { <https://w3id.org/filmld/country/fr> }" in str(
        parts(report, "journey", "query")
    )
    rows = len(table(command("query", "--name", "06", *FRANCE, "--format", "csv"))) - 1
    assert str(parts(report, "site", "parameter")).startswith(f"{rows} rows, in ")


FRANCE = ("--set", "country=https://w3id.org/filmld/country/fr")


@pytest.fixture(scope="module")
def served() -> dict[str, object]:
    """What a server answers to every question of the gallery."""
    with serving(ARCHIVE) as server:
        return {
            question.name: json.loads(server.query(question.text, "application/sparql-results+json").body)
            for question in gallery()
        }


def test_a_browser_without_server_gives_the_answers_that_a_server_gives(
    report: dict[str, object], served: dict[str, object]
) -> None:
    answers = cast("dict[str, dict[str, str]]", parts(report, "site", "engine", "answers"))
    assert len(answers) == 25
    assert {name: json.loads(told["answer"]) for name, told in answers.items()} == served


def test_without_script_a_question_has_its_bars_and_its_table(report: dict[str, object]) -> None:
    answer = table(command("query", "--name", "05", "--format", "csv"))
    pairs = {(row[1], row[2]) for row in answer[1:]}
    assert parts(report, "plain", "bars") == len(pairs)
    assert f"{len(answer) - 1} rows" in str(parts(report, "plain", "text"))


def test_names_are_proposed_that_begin_as_is_typed_and_no_others_are_loaded(
    report: dict[str, object],
) -> None:
    here, there = parts(report, "site", "named"), parts(report, "paged", "named")
    assert parts(here, "proposed") == parts(there, "proposed") == ["Ilse Brandt"]
    assert parts(there, "loaded") == []
    loaded = cast("list[str]", parts(here, "loaded"))
    assert loaded[0] == "/search/keys.js"
    assert len(loaded) < 4
    assert "from this browser" in str(parts(here, "status"))
    assert parts(here, "nobody") == "Nothing here is called ‘Nobody At All’."


def test_an_answer_is_read_a_page_at_a_time(report: dict[str, object]) -> None:
    paged = cast("dict[str, object]", report["paged"])
    assert paged["first"] == 4
    assert str(paged["said"]).startswith("The first 4 of 10 rows.")
    assert str(paged["next"]).startswith("Rows 5–8 of 10 rows.")
    assert paged["remark"] == "Drawn only of the rows on this page."
    assert "Nothing in the catalogue answers this question" in str(paged["empty"])


def test_a_site_asks_in_finnish_too(report: dict[str, object]) -> None:
    finnish = cast("dict[str, object]", parts(report, "site", "finnish"))
    assert finnish["heading"] == "Mitkä maat tekevät elokuvia yhdessä"
    assert str(finnish["chart"]).startswith("Verkko: country1 ja country2")
    assert finnish["buttons"] == ["Taulukko", "Pylväät", "Viiva", "Aikajana", "Kartta", "Verkko"]
    assert finnish["link"] == "../../queries/05-co-productions.html"


def test_axe_finds_no_violation_and_nothing_scrolls_sideways(report: dict[str, object]) -> None:
    assert report["violations"] == []


def test_the_policies_are_kept_and_nobody_else_is_asked(report: dict[str, object]) -> None:
    assert report["complaints"] == []
