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
    told = f"records/film/moloch-1999.ttl: {others} more findings are not shown; --all shows them"
    assert told in result.stderr
    assert len(filmld("check", "--format", "concise", "--all").stdout.splitlines()) == len(every)


def test_of_very_many_findings_twenty_a_rule_are_shown_and_all_are_counted(filmld: Run, film: Path) -> None:
    for number in range(11):
        text = MANY.replace("moloch-1999", f"f{number}") + ".\n"
        film.with_name(f"f{number}.ttl").write_text(text, encoding="utf-8")
    result = filmld("check", "--format", "concise")
    shown = [line for line in result.stdout.splitlines() if "[unknown-property]" in line]
    assert len(shown) == 20
    assert "  1,210 error[unknown-property]\n" in result.stderr
    assert result.returncode == 1
