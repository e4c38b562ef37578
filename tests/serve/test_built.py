"""What a build has worked out is not asked again."""

import csv
import gzip
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from filmld.serve.built import answer_in, put_into
from tests.serve.running import archive_with, serving
from tests.serve.test_questions import INVENTED


def test_an_answer_is_put_into_another_page() -> None:
    built = b"old <!--answer--><p>rows</p><!--/answer--> old"
    answer = answer_in(built)
    assert answer == b"<p>rows</p>"
    page = b"new <!--answer-->nothing yet<!--/answer--> new"
    assert put_into(page, answer) == b"new <!--answer--><p>rows</p><!--/answer--> new"
    assert answer_in(b"<!--answer--> without an end") is None


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
        for name in ("05-co-productions", "15-critics", "20-possibly-lost"):
            rows = [
                body.text.partition("<tbody")[2].partition("</tbody")[0]
                for body in (live.ask(f"/queries/{name}"), built.ask(f"/queries/{name}"))
            ]
            first, second = (re.sub(r'\.html(?=")', "", each) for each in rows)
            assert first == second != ""
            asked = live.ask(live.ask(f"/queries/{name}.csv").headers["Location"])
            known = built.ask(f"/queries/{name}.csv")
            assert known.status == 200
            assert list(csv.reader(io.StringIO(known.text))) == list(csv.reader(io.StringIO(asked.text)))
        for language, said in (("", "Next"), ("/fi", "Seuraava")):
            path = f"{language}/queries/05-co-productions"
            page = built.ask(path).text
            packed = built.ask(path, headers={"Accept-Encoding": "gzip"})
            assert packed.headers["Content-Encoding"] == "gzip"
            assert gzip.decompress(packed.body).decode() == page
            assert f">{said}</a>" not in page
            assert 'action="' in page
            assert "Worked out in" not in page  # it was not asked again
        other = built.ask("/queries/17-titles.csv?text=clock")
        assert (other.status, "/sparql?" in other.headers["Location"]) == (303, True)
