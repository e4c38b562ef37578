"""Whichever engine judges, the findings are the same."""

from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.run import check
from filmld.check.shapes.engines import Engine
from tests.check.archives import make, run_here

FAULTY = """\
@prefix ex: <https://e/> .
@prefix schema: <https://schema.org/> .
<https://films.example.org/film/x> a schema:Movie ;
    schema:name "Kuu"@fi , "Moon"@fi ;
    schema:duration "77 min" ;
    schema:director <https://films.example.org/film/x> ;
    schema:review [ a schema:Review ; schema:reviewRating <https://films.example.org/film/x#rating> ] .
<https://films.example.org/film/x#rating> a schema:Rating ; schema:ratingValue 6 ; schema:bestRating 5 .
"""


@pytest.mark.parametrize("profile", Profile)
def test_the_archive_of_this_repository_gets_the_same_findings(root: Path, profile: Profile) -> None:
    archive = Archive.open(root)
    compiled, reference = (check(archive, profile=profile, engine=engine).findings for engine in Engine)
    assert compiled == reference
    assert compiled


def test_a_faulty_record_gets_the_same_findings(tmp_path: Path) -> None:
    archive = make(tmp_path, {"records/film/x.ttl": FAULTY})
    compiled, reference = (check(archive, engine=engine).findings for engine in Engine)
    assert compiled == reference
    assert "rating-range" in {finding.code for finding in compiled}


def test_the_command_takes_the_name_of_an_engine(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, {"records/film/x.ttl": FAULTY})
    compiled, reference = (
        run_here(tmp_path, capsys, "check", "--format", "concise", "--engine", engine) for engine in Engine
    )
    assert compiled.code == reference.code == 1
    assert compiled.out == reference.out
