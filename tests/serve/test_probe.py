"""``filmld probe``."""

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner, Result

from filmld.cli.main import cli
from filmld.errors import FilmldError
from filmld.serve.probe import Expected, probe
from tests.publish.helpers import archive
from tests.serve.running import serving

EXPECTED = Expected(
    base="https://films.example.org/",
    places=("film/x",),
    moves={"film/old": "film/x", "film/away": "https://elsewhere.example/a b", "film/gone": None},
)


class _Plain(BaseHTTPRequestHandler):
    """A host that knows no rules: some answers, and the same headers for all."""

    answers: dict[str, tuple[int, dict[str, str]]]

    def do_GET(self) -> None:
        status, headers = self.answers.get(self.path, (404, {}))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def plain() -> Iterator[tuple[str, dict[str, tuple[int, dict[str, str]]]]]:
    answers: dict[str, tuple[int, dict[str, str]]] = {}
    handler = type("Handler", (_Plain,), {"answers": answers})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", answers
        server.shutdown()
        thread.join()


def test_a_host_without_rules_is_told_all_it_lacks(
    plain: tuple[str, dict[str, tuple[int, dict[str, str]]]],
) -> None:
    home, answers = plain
    html = {"Content-Type": "text/html"}
    answers |= {"/": (200, html), "/film/x": (200, html), "/no-such-record-a7f3": (200, html)}
    answers["/film/x.ttl"] = (200, {"Content-Type": "text/plain", "ETag": '"1"'})
    answers["/film/x.jsonld"] = (200, {"Content-Type": "application/ld+json"})
    answers["/film/old"] = (301, {"Location": "/film/y"})
    answers["/film/away"] = (302, {"Location": "https://elsewhere.example/a%20b"})
    found = [
        f"{'' if fault.grave else '- '}{fault.url.removeprefix(home)} {fault.problem}"
        for fault in probe(home.rstrip("/"), EXPECTED)
    ]
    assert found == [
        "no-such-record-a7f3 answers 200 instead of 404",
        "- film/x has no “Vary: Accept”, so a cache may give the wrong form",
        "- film/x has no Link header with its canonical address",
        "- film/x has no Link header to its link set",
        "film/x.ttl is text/plain instead of text/turtle",
        "film/x.ttl may not be read by scripts of other sites (Access-Control-Allow-Origin: *)",
        "- film/x.ttl has no “X-Content-Type-Options: nosniff”",
        "- film/x.ttl is sent again although it has not changed (If-None-Match)",
        "film/x is text/html instead of text/turtle",
        "film/x.jsonld may not be read by scripts of other sites (Access-Control-Allow-Origin: *)",
        "- film/x.jsonld has no “X-Content-Type-Options: nosniff”",
        "- film/x.jsonld has no ETag, so it is sent again when it has not changed",
        "film/x is text/html instead of application/ld+json",
        "film/x.nt answers 404 instead of 200",
        "film/x is text/html instead of application/n-triples",
        "film/x.linkset.json answers 404 instead of 200",
        "film/away answers 302 instead of leading on for good (301)",
        "film/gone answers 404 instead of 410",
        "film/old leads to /film/y instead of film/x",
    ]


def test_a_redirect_to_another_form_is_told(plain: tuple[str, dict[str, tuple[int, dict[str, str]]]]) -> None:
    home, answers = plain
    answers["/film/x"] = (303, {"Location": "/film/x.nt"})
    found = [fault.problem for fault in probe(home, EXPECTED) if fault.accept == "text/turtle"]
    assert found == [f"leads to /film/x.nt instead of {home}film/x.ttl"]


def run(root: Path, url: str) -> Result:
    return CliRunner().invoke(cli, ["--root", str(root), "probe", url])


def test_the_command_finds_nothing_wrong_with_our_own_server(tmp_path: Path) -> None:
    made = archive(
        tmp_path,
        {"film/x": "<> a schema:Movie ; schema:name 'X' .", "film/old": "</film/old> fld:retired true ."},
    )
    with serving(made.root) as running:
        done = run(made.root, running.home)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "1 records asked for, 0 faults, 0 advice" in done.stderr


def test_the_command_says_what_is_wrong(
    tmp_path: Path, plain: tuple[str, dict[str, tuple[int, dict[str, str]]]]
) -> None:
    made = archive(tmp_path, {"film/x": "<> a schema:Movie ; schema:name 'X' ."})
    home, _ = plain
    done = run(made.root, home)
    assert done.exit_code == 1
    assert f"{home}: answers 404 instead of 200\n" in done.stdout
    assert f"{home}film/x (Accept: text/turtle): answers 404 instead of 200\n" in done.stdout
    assert "advice: has no Link header to its link set" in done.stdout


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "films.example.org", "ftp://films.example.org/"])
def test_what_cannot_be_asked_is_said_so(url: str, tmp_path: Path) -> None:
    made = archive(tmp_path, {"film/x": "<> a schema:Movie ; schema:name 'X' ."})
    done = run(made.root, url)
    assert isinstance(done.exception, FilmldError)
    assert done.exception.exit_code == 2
