"""The rules for hosts, tried on the hosts: each answers as ``filmld serve`` does."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from click.testing import CliRunner

from filmld.cli.main import cli
from filmld.serve.client import Answer, fetch
from tests.publish.helpers import archive
from tests.serve.hosts import PROGRAMS, hosting
from tests.serve.running import BROWSER, serving

pytestmark = pytest.mark.slow

RECORDS = {
    "film/x": "<> a schema:Movie ; schema:name 'X' ; schema:director </person/p> .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "film/old": "</film/old> fld:replacedBy <> .",
    "film/away": "</film/away> fld:replacedBy <https://elsewhere.example/a%201?b=$1&c> .",
    "film/gone": "</film/gone> fld:retired true ; schema:name 'Gone' .",
}
FORMS = {"text/turtle": ".ttl", "application/ld+json": ".jsonld", "application/n-triples": ".nt"}


def location(home: str, answer: Answer) -> str:
    return urljoin(home, str(answer.headers["Location"]))


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = archive(tmp_path_factory.mktemp("hosted"), RECORDS)
    assert CliRunner().invoke(cli, ["--root", str(made.root), "build"]).exit_code == 0
    return made.root


@pytest.fixture(scope="module", params=[*PROGRAMS, "filmld"])
def home(
    request: pytest.FixtureRequest, root: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    snapshot = root / "site" / "current"
    if request.param == "filmld":
        with serving(root, "--snapshot", str(snapshot)) as running:
            yield running.home
        return
    work = tmp_path_factory.mktemp("host") / "work"
    with hosting(request.param, snapshot.resolve() / "www", work) as home:
        yield home


def test_the_probe_finds_nothing_wrong(home: str, root: Path) -> None:
    done = CliRunner().invoke(cli, ["--root", str(root), "probe", home])
    assert done.stdout == ""
    assert done.exit_code == 0


@pytest.mark.parametrize(
    ("accept", "ending"),
    [
        (BROWSER, ""),
        ("*/*", ""),
        ("text/turtle", ".ttl"),
        ("application/ld+json;profile=x, text/html;q=0.9", ".jsonld"),
        ("application/json", ".jsonld"),
        ("application/n-triples;q=0.5", ".nt"),
    ],
)
def test_each_client_gets_its_form(accept: str, ending: str, home: str) -> None:
    answer = fetch(f"{home}film/x", {"Accept": accept})
    if ending:
        assert (answer.status, location(home, answer)) == (303, f"{home}film/x{ending}")
    else:
        assert (answer.status, answer.headers.get_content_type()) == (200, "text/html")
        assert answer.headers.get_content_charset() == "utf-8"
    (vary,) = answer.headers.get_all("Vary") or [""]
    assert vary.split(", ")[0] == "Accept"


def test_files_have_their_types_and_may_be_read_by_all(home: str) -> None:
    for media_type, ending in FORMS.items():
        answer = fetch(f"{home}film/x{ending}", {"Origin": "https://other.example"})
        assert answer.status == 200
        assert answer.headers.get_content_type() == media_type
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert 'rel="cite-as"' in answer.headers["Link"]
    assert fetch(f"{home}context.jsonld").headers.get_content_type() == "application/ld+json"
    void = fetch(f"{home}.well-known/void")
    assert (void.status, void.headers.get_content_type()) == (200, "text/turtle")


def test_only_pages_that_ask_may_ask_and_only_cards_may_be_framed(home: str) -> None:
    def policy(path: str) -> dict[str, str]:
        (found,) = fetch(home + path, {"Accept": BROWSER}).headers.get_all("Content-Security-Policy") or []
        return dict(part.split(" ", 1) for part in found.split("; "))

    for path in ("", "films.html", "film/x", "film/x.html", "person/p", "data/", "search.html", "none"):
        assert policy(path)["default-src"] == "'none'", path
        assert policy(path)["script-src"] == "'self'", path
        assert "connect-src" not in policy(path), path
        assert policy(path)["frame-ancestors"] == "'self'", path
    for path in ("sparql/", "queries/"):
        assert policy(path)["connect-src"] == "'self'", path
    assert policy("embed/film/x.card.html")["frame-ancestors"] == "*"
    assert "script-src" not in policy("embed/film/x.card.html")


@pytest.mark.parametrize("ending", ["", ".html", ".ttl", ".jsonld", ".nt"])
def test_what_is_out_of_use_leads_on_or_is_gone(ending: str, home: str) -> None:
    old = fetch(f"{home}film/old{ending}")
    assert (old.status, location(home, old)) == (301, f"{home}film/x{ending}")
    away = fetch(f"{home}film/away{ending}")
    assert away.status == 301
    assert away.headers["Location"] in {
        "https://elsewhere.example/a%201?b=$1&c",
        "https://elsewhere.example/a%201?b=%241&c",
    }
    gone = fetch(f"{home}film/gone{ending}")
    assert gone.status == 410
    assert b"This record is out of use" in gone.body


def test_what_is_nowhere_is_not_found(home: str) -> None:
    for path in ("none", "film/none", "film/none.ttl", "film", "film/x.pdf"):
        answer = fetch(home + path, {"Accept": BROWSER})
        assert answer.status == 404, path
        assert b"There is no such page" in answer.body
