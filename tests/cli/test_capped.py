"""A file full of mistakes does not bury the others."""

import json
from pathlib import Path

from tests.cli.conftest import HEAD, Run

MANY = (
    HEAD
    + "\nfilm:moloch-1999\n    a schema:Movie ;\n"
    + "".join(f'    schema:nothing{number} "x" ;\n' for number in range(110))
)


def test_a_hundred_findings_of_a_file_are_shown_and_the_others_counted(filmld: Run, film: Path) -> None:
    film.write_text(MANY + ".\n", encoding="utf-8")
    result = filmld("check", "--format", "concise")
    every = json.loads(filmld("check", "--format", "json").stdout)
    assert len(every) > 110
    mine = [line for line in result.stdout.splitlines() if line.startswith("records/film/moloch-1999.ttl:")]
    assert len(mine) == 100
    others = sum(finding["filename"] == "records/film/moloch-1999.ttl" for finding in every) - 100
    assert f"records/film/moloch-1999.ttl: {others} more findings are not shown" in result.stderr
