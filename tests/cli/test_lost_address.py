"""A published address whose record is gone."""

import json
from pathlib import Path

from click.testing import CliRunner

from filmld.cli.main import cli
from tests.cli.conftest import HEAD, Run


def test_check_names_the_file_that_is_missing_until_it_is_retired(
    archive: Path, film: Path, filmld: Run
) -> None:
    assert CliRunner().invoke(cli, ["--root", str(archive), "build"]).exit_code == 0
    film.unlink()
    done = filmld("check", "--format", "json")
    found = [one for one in json.loads(done.stdout) if one["code"] == "lost-address"]
    assert done.returncode == 1
    assert [one["filename"] for one in found] == ["records/film/moloch-1999.ttl"]
    film.write_text(
        f"@prefix fld: <https://w3id.org/filmld/ontology#> .\n{HEAD}\nfilm:moloch-1999 fld:retired true .\n"
    )
    done = filmld("check", "--format", "concise", "--fail-on", "warning")
    assert "lost-address" not in done.stdout


def test_explain_says_what_to_write(filmld: Run) -> None:
    assert "fld:replacedBy film:moloch-1999" in filmld("explain", "lost-address").stdout
