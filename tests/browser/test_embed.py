"""The embed kit in a page of somebody else, in a real browser, under a policy that allows little."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from typing import TypeAlias

import pytest

from filmld.publish.jsontext import Json
from filmld.publish.site import Site
from tests.browser.test_pages import HERE, demanded
from tests.publish.helpers import catalog

pytestmark = pytest.mark.browser

Report: TypeAlias = Mapping[str, Json]

HOSTILE = "</script><img src=x onerror=alert(1)>"
RECORDS = {
    "film/x": f"""<> a schema:Movie ; schema:name "{HOSTILE}" ; schema:dateCreated "2014"^^xsd:gYear ;
        schema:director </person/p> ; schema:genre </genre/g> ; schema:description "A film about it."@en .""",
    "genre/g": "</genre/g> a schema:DefinedTerm ; schema:name 'Documentary'@en .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' ; schema:jobTitle 'Director'@en .",
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    chromium = demanded("chromium", shutil.which("chromium") or shutil.which("chromium-browser"))
    node = demanded("node", shutil.which("node"))
    modules = HERE.parent / "node_modules" / "playwright-core"
    demanded("playwright-core (npm ci --prefix tests)", str(modules) if modules.is_dir() else None)
    folder = tmp_path_factory.mktemp("kit")
    site = Site(catalog(folder / "archive", RECORDS))
    for path in site.all_paths():
        document = site.render(path)
        assert document is not None
        (folder / "www" / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / "www" / path).write_bytes(document.body)
    script = [node, str(HERE / "embed.mjs"), chromium, str(folder / "www"), str(folder)]
    command = [*script, "film/x", "person/p", "film/none", "../etc/passwd"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    found: Report = json.loads(done.stdout)
    return found


def test_cards_show_what_tells_a_record_from_others(report: Report) -> None:
    film, person, none, bad = cards(report)
    assert film["text"] == f"{HOSTILE}\n\n2014 · P · Documentary\n\nA film about it."
    assert film["href"] == "https://films.example.org/film/x"
    assert person["text"] == "P\n\nDirector"
    assert (none["text"], bad["text"]) == (None, None)
    assert none["inside"] == "film/none"


def cards(report: Report) -> list[dict[str, Json]]:
    found = report["cards"]
    assert isinstance(found, list)
    return [card for card in found if isinstance(card, dict)]


def test_the_loader_adds_the_block_and_no_element_of_a_title(report: Report) -> None:
    blocks = report["blocks"]
    assert isinstance(blocks, list)
    assert [json.loads(str(block))["name"] for block in blocks] == [HOSTILE]
    assert "<" not in str(blocks[0])
    assert report["elements"] == ["meta", "title", "script", "script"]


def test_each_file_is_asked_for_once_and_nobody_else_is(report: Report) -> None:
    asked = report["asked"]
    assert isinstance(asked, list)
    assert sorted(map(str, asked)) == [
        "http://films.test/assets/card.css",
        "http://films.test/embed.js",
        "http://films.test/embed/film/none.jsonld",
        "http://films.test/embed/film/x.card.html",
        "http://films.test/embed/film/x.jsonld",
        "http://films.test/embed/person/p.jsonld",
    ]


def test_nothing_is_complained_of_but_the_records_that_are_not_there(report: Report) -> None:
    complaints = report["complaints"]
    assert isinstance(complaints, list)
    assert sorted(str(complaint).partition(" ")[0] for complaint in complaints) == [
        "../etc/passwd",
        "Failed",
        "http://films.test/embed/film/none.jsonld",
    ]


def test_axe_finds_no_violation(report: Report) -> None:
    assert report["violations"] == []


def test_without_script_what_stands_inside_is_shown(report: Report) -> None:
    words = str(report["plain"]).split()
    assert words == ["A", "blog", "film/x", "person/p", "film/none", "../etc/passwd"]


def test_the_frame_shows_the_card(report: Report) -> None:
    assert f"{HOSTILE} (2014)" in str(report["framed"])
