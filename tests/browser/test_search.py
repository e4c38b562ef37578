"""The search of the script in the pages, compared with that of the server: two programs, one index."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from filmld.publish.search import Searcher
from filmld.publish.site import Site
from tests.browser.test_pages import HERE, demanded, invented, within

QUERIES = (
    *(
        "bridge",
        "the",
        "t",
        "THE CLOCK tower",
        "ristisaaren silta",
        "brücke",
        "brucke",
        "BRÜCKE von",
        "2 bell",
    ),
    *("зимняя", "ЗИМ", "zimnyaya", "vera zim", "asak", "東", "kenji 1986", "1964", "nothing at all", "o"),
    *("İ", "straße", "l’", "duvalier marguerite", "\u0438\u0306", "ﬁlm"),
)

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site() -> Site:
    return invented()


def test_script_and_server_find_the_same(site: Site, tmp_path: Path) -> None:
    chromium = demanded("chromium", shutil.which("chromium") or shutil.which("chromium-browser"))
    node = demanded("node", shutil.which("node"))
    modules = HERE.parent / "node_modules" / "playwright-core"
    demanded("playwright-core (npm ci --prefix tests)", str(modules) if modules.is_dir() else None)
    files = dict(within("www", site))
    for path, body in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(body)
    command = [node, str(HERE / "search.mjs"), chromium, str(tmp_path / "www" / "search.html"), *QUERIES]
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    by_script = {query: set(found) for query, found in json.loads(done.stdout).items()}

    def read(path: str) -> str | None:
        return files[f"www/{path}"].decode() if f"www/{path}" in files else None

    searcher = Searcher(read)
    by_server = {query: {entry.path for entry in searcher.find(query).entries} for query in QUERIES}
    menu = {"films.html", "people.html"}
    assert not any(found & menu for found in by_script.values())
    assert by_script == by_server
    assert sum(map(bool, by_server.values())) >= 20
