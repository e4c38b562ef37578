"""``filmld verify-embed``."""

import functools
import http.server
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from filmld.cli.main import cli
from filmld.errors import FilmldError

FILM = "https://films.example.org/film/moloch-1999"


def verify(archive: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["--root", str(archive), "verify-embed", *arguments])


@pytest.fixture
def page(archive: Path) -> Path:
    """A page of somebody else, into which the block of the film was pasted."""
    command = ["--root", str(archive), "export", "film/moloch-1999", "--format", "embed"]
    block = CliRunner().invoke(cli, command).stdout
    path = archive / "page.html"
    path.write_text(f"<!doctype html>\n<title>Moloch</title>\n{block}<p>Moloch</p>", encoding="utf-8")
    return path


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def address(page: Path) -> Iterator[str]:
    """Where the folder of that page can be asked for."""
    handler = functools.partial(_Quiet, directory=str(page.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_fresh_copy_equals_the_record(archive: Path, page: Path) -> None:
    done = verify(archive, str(page))
    assert (done.exit_code, done.stdout) == (0, f"{page}:3: equals {FILM}\n")


def test_after_an_edit_of_the_record_the_page_is_told_fact_by_fact(
    archive: Path, page: Path, film: Path
) -> None:
    film.write_text(film.read_text(encoding="utf-8").replace('"Moloch"', '"Молох\u200b"'), encoding="utf-8")
    done = verify(archive, str(page))
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        f"{page}:3: differs from {FILM}",
        '  only in the record  name: "Молох\\u200b"',
        '  only in the page    name: "Moloch"',
        "  the block is a copy of an earlier state of the record; paste it again",
    ]


def test_programs_are_told_in_json(archive: Path, page: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.html"
    other.write_text(
        page.read_text(encoding="utf-8").replace("Alexander", "Aleksandr")
        + '<script type="application/ld+json">{</script>',
        encoding="utf-8",
    )
    done = verify(archive, "--format", "json", str(page), str(other))
    assert done.exit_code == 1
    first, second = json.loads(done.stdout)["pages"]
    assert (first["page"], first["equal"], first["problems"]) == (str(page), True, [])
    director = "https://films.example.org/person/alexander-sokurov"
    assert second["records"] == [
        {
            "record": FILM,
            "row": 3,
            "equal": False,
            "outdated": False,
            "regrouped": False,
            "missing": [{"subject": director, "path": ["name"], "value": '"Alexander Sokurov"'}],
            "added": [{"subject": director, "path": ["name"], "value": '"Aleksandr Sokurov"'}],
        }
    ]
    assert [problem["row"] for problem in second["problems"]] == [second["problems"][0]["row"]]


def test_facts_about_the_wrong_things_are_said_so(archive: Path, page: Path, film: Path) -> None:
    reviews = '[ schema:reviewBody "{0}" ; schema:author [ schema:name "{1}" ] ]'
    text = film.read_text(encoding="utf-8")
    for one, two, name in (("a", "b", "then"), ("b", "a", "now")):
        first, second = reviews.format("good", one), reviews.format("bad", two)
        film.write_text(f"{text} film:moloch-1999 schema:review {first}, {second} .", encoding="utf-8")
        if name == "then":
            command = ["--root", str(archive), "export", "film/moloch-1999", "--format", "embed"]
            page.write_text(CliRunner().invoke(cli, command).stdout, encoding="utf-8")
    assert "the same facts, but not about the same things" in verify(archive, str(page)).stdout


def test_a_page_without_a_block_about_a_record_is_no_success(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "empty.html"
    page.write_text('<script type="application/ld+json">{"@id": "x:y"}</script>', encoding="utf-8")
    done = verify(archive, str(page))
    assert done.exit_code == 1
    assert "no JSON-LD in this page is about a record of this archive" in done.stdout


def test_what_a_stranger_wrote_does_not_move_the_terminal(archive: Path, page: Path, tmp_path: Path) -> None:
    hostile = page.read_text(encoding="utf-8").replace('"Moloch"', f'"\u009b2J{"x" * 200}"')
    page.write_text(hostile, encoding="utf-8")
    done = verify(archive, str(page))
    assert "\\x9b2Jxxx" in done.stdout
    assert "\u009b" not in done.stdout
    assert "xxx…\n" in done.stdout


def test_a_page_on_this_computer_is_asked_for(archive: Path, address: str) -> None:
    done = verify(archive, f"{address}/page.html")
    assert (done.exit_code, done.stdout) == (0, f"{address}/page.html:3: equals {FILM}\n")


def test_localhost_is_this_computer(archive: Path, address: str) -> None:
    assert verify(archive, address.replace("127.0.0.1", "localhost") + "/page.html").exit_code == 0


@pytest.mark.parametrize(
    ("page", "problem"),
    [
        ("none.html", "No such file"),
        (".", "Is a directory"),
        ("https://films.example.org/film/moloch-1999", "is not on this computer"),
        ("http://127.0.0.1.nip.example/", "is not on this computer"),
        ("http://[::", "is not on this computer"),
        ("http://127.0.0.1:notaport/", "is no http(s) address"),
        ("http://127.0.0.1/a b", "is no http(s) address"),
        ("http://127.0.0.1:1/", "Connection refused"),
    ],
)
def test_a_page_that_cannot_be_read_is_said_so(page: str, problem: str, archive: Path) -> None:
    done = verify(archive, page)
    assert isinstance(done.exception, FilmldError)
    assert done.exception.exit_code == 2
    assert problem in done.exception.message


def test_a_page_that_the_server_does_not_have_is_said_so(archive: Path, address: str) -> None:
    done = verify(archive, f"{address}/none.html")
    assert isinstance(done.exception, FilmldError)
    assert "status 404" in done.exception.message


def test_a_page_without_end_is_not_read(archive: Path, page: Path, address: str) -> None:
    with page.open("ab") as file:
        file.truncate(17 * 1024 * 1024)
    for named in (str(page), f"{address}/page.html"):
        done = verify(archive, named)
        assert isinstance(done.exception, FilmldError)
        assert "larger than 16 MiB" in done.exception.message


def test_a_server_that_speaks_something_else_is_said_so(archive: Path) -> None:
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as server:

        def answer() -> None:
            connection, _ = server.socket.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 mail\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        done = verify(archive, f"http://127.0.0.1:{server.server_port}/")
        thread.join()
    assert isinstance(done.exception, FilmldError)
    assert "this is no HTTP" in done.exception.message


def test_a_page_of_the_site_itself_is_equal(archive: Path) -> None:
    built = CliRunner().invoke(cli, ["--root", str(archive), "build"])
    assert built.exit_code == 0
    pages = sorted((archive / "site" / "current" / "www").glob("film/*.html"))
    shutil.copy(pages[0], archive / "saved page.html")
    assert verify(archive, str(archive / "saved page.html")).exit_code == 0
