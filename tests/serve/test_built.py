"""What a build has worked out is not asked again."""

import csv
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from filmld.publish.results import Results, Solution
from filmld.serve.built import shown_rows
from filmld.serve.naming import SHOWN_ROWS
from filmld.turtle.terms import IRI, Literal, lang_string
from tests.serve.running import archive_with, serving
from tests.serve.test_questions import INVENTED

ROWS: tuple[Solution, ...] = (
    {"film": IRI("https://films.example.org/film/x"), "name": lang_string("one\u2028line\n", "en")},
    {"name": Literal('"]}}', datatype="http://www.w3.org/2001/XMLSchema#string")},
)


def test_an_answer_is_read_as_it_was_written() -> None:
    found = shown_rows(Results(("film", "name"), ROWS).as_json().decode())
    assert (found.variables, found.rows, found.cut) == (("film", "name"), ROWS, False)


@pytest.mark.parametrize("count", [0, SHOWN_ROWS, SHOWN_ROWS + 1, SHOWN_ROWS + 2000])
def test_no_more_is_read_than_is_shown(count: int) -> None:
    found = shown_rows(Results(("film", "name"), ROWS[:1] * count).as_json().decode())
    assert (len(found.rows), found.cut) == (min(count, SHOWN_ROWS), count > SHOWN_ROWS)


@pytest.mark.slow
def test_answers_to_questions_are_the_same_bytes_in_every_build(tmp_path: Path) -> None:
    """Whatever the folder is called, and however texts are hashed in that process."""
    found = []
    for number in ("1", "2"):
        archive = invented(tmp_path / number)
        command = [sys.executable, "-m", "filmld", "--root", str(archive), "build", "--no-check"]
        known = {**os.environ, "PYTHONHASHSEED": number}
        subprocess.run(command, check=True, timeout=120, capture_output=True, env=known)
        www = archive / "site" / "current" / "www"
        found.append(
            {str(each.relative_to(www)): each.read_bytes() for each in www.rglob("*") if each.is_file()}
        )
    one, other = found
    assert sorted(one) == sorted(other)
    assert [path for path, body in one.items() if other[path] != body] == []
    assert sum(path.startswith("queries/") and path.endswith(".json") for path in one) == 25


def invented(folder: Path) -> Path:
    archive = archive_with(folder / "archive", INVENTED, "client_seconds = 10000")
    settings = archive / "filmld.toml"
    settings.write_text(settings.read_text("utf-8").replace("films.example", "invented.example"), "utf-8")
    return archive


@pytest.mark.slow
def test_a_snapshot_answers_its_questions_as_its_records_do(tmp_path: Path) -> None:
    from click.testing import CliRunner  # noqa: PLC0415

    from filmld.cli.main import cli  # noqa: PLC0415

    archive = invented(tmp_path)
    assert CliRunner().invoke(cli, ["--root", str(archive), "build"]).exit_code == 0
    with (
        serving(archive) as live,
        serving(archive, "--snapshot", str(archive / "site" / "current")) as built,
    ):
        for name in ("05-co-productions", "17-titles", "20-possibly-lost"):
            rows = [
                body.text.partition("<tbody")[2].partition("</tbody")[0]
                for body in (live.ask(f"/queries/{name}"), built.ask(f"/queries/{name}"))
            ]
            assert rows[0] == rows[1]
            asked = live.ask(live.ask(f"/queries/{name}.csv").headers["Location"])
            known = built.ask(f"/queries/{name}.csv")
            assert known.status == 200
            assert list(csv.reader(io.StringIO(known.text))) == list(csv.reader(io.StringIO(asked.text)))
        other = built.ask("/queries/17-titles.csv?text=clock")
        assert (other.status, "/sparql?" in other.headers["Location"]) == (303, True)
