"""Pages are made while a large file is, and nothing is made while the records change."""

import threading
from pathlib import Path
from typing import NamedTuple

import pytest

from filmld.publish.site import Site
from filmld.serve.pages import PageServer
from filmld.serve.turns import Turns
from tests.publish.helpers import catalog

PATIENCE = 20


class Text(NamedTuple):
    body: bytes
    media_type: str


class Slow:
    """Pages of which those that are made of all records wait until they may go on."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.may_go_on = threading.Event()

    def paths(self) -> tuple[str, ...]:
        return ("data/all.nq", "data/index.html", "film/x.html", "void.ttl")

    def render(self, path: str) -> Text | None:
        if path not in self.paths():
            return None
        if not path.endswith(".html"):
            self.begun.set()
            assert self.may_go_on.wait(PATIENCE)
        return Text(path.encode(), "text/plain")


@pytest.mark.parametrize("large", ["data/all.nq", "void.ttl"])
def test_a_page_does_not_wait_for_a_large_file(large: str) -> None:
    slow = Slow()
    server = PageServer(slow, base="https://films.example.org/", max_age=0)
    made: list[str | None] = []
    thread = threading.Thread(target=lambda: made.append(server.text(large)))
    thread.start()
    assert slow.begun.wait(PATIENCE)
    assert server.text("film/x.html") == "film/x.html"
    assert server.text("data/index.html") == "data/index.html"
    assert made == []
    slow.may_go_on.set()
    thread.join(PATIENCE)
    assert made == [large]


def test_a_change_waits_for_all_and_keeps_all_away() -> None:
    turns = Turns()
    with turns:
        assert not turns.of("film/x.html").acquire(blocking=False)
        assert not turns.of("data/all.nq").acquire(blocking=False)
    with turns.of("data/all.nq"):
        assert turns.of("film/x.html").acquire(blocking=False)


def test_a_server_starts_without_the_index_of_names_and_finds_it_when_asked(tmp_path: Path) -> None:
    site = Site(catalog(tmp_path, {"film/x": "<> a schema:Movie ; schema:name 'Moloch' ."}))
    server = PageServer(site, base="https://films.example.org/", max_age=0)
    assert site.plan.overview.entries == []
    assert "Moloch" in (server.text("search/s-m.js") or "")
    assert server.text("search/s-none.js") is None
    assert set(site.all_paths()) - set(site.paths()) == {"search/s-m.js"}
