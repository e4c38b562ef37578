"""The command's output in every format, and how it ends."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SH

import filmld
from tests.check.archives import make, run, run_here

Capsys = pytest.CaptureFixture[str]

FILM = """\
@prefix film: <https://films.example.org/film/> .
@prefix person: <https://films.example.org/person/> .
@prefix schema: <https://schema.org/> .

film:moloch-1999
    a schema:Movie ;
    schema:name "Молох"@ru , "Molok\\u001B[2J"@fin ;
    schema:director person:nobody ;
    schema:genre "100 %: drama, war" ;
.
"""
NAME = "records/film/moloch-1999.ttl"
# What is expected of the record, by hand: row, column, severity and code.
EXPECTED = [
    (5, 1, "warning", "missing-country"),
    (5, 1, "warning", "missing-duration"),
    (5, 1, "warning", "missing-language"),
    (5, 1, "warning", "missing-year"),
    (5, 1, "info", "missing-identifier"),
    (5, 1, "info", "missing-synopsis"),
    (7, 30, "error", "control-character"),
    (7, 46, "warning", "language-tag"),
    (8, 21, "error", "dangling-link"),
    (9, 18, "info", "genre-link"),
]


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    make(tmp_path, {NAME: FILM})
    return tmp_path


def printed(archive: Path, capsys: Capsys, form: str) -> str:
    done = run_here(archive, capsys, "check", "--format", form)
    assert done.code == 1
    assert done.err.startswith("2 errors, 5 warnings, 3 info in 1 of 1 file checked (")
    assert "\x1b" not in done.out
    return done.out


def test_concise_is_a_line_a_finding_that_editors_can_jump_to(archive: Path, capsys: Capsys) -> None:
    matcher = re.compile(r"^(.*):(\d+):(\d+): (error|warning|info)\[([\w-]+)\]: (.*)$")
    found = [matcher.fullmatch(line) for line in printed(archive, capsys, "concise").splitlines()]
    assert [(int(m[2]), int(m[3]), m[4], m[5]) for m in found if m and m[1] == NAME] == EXPECTED
    assert all(found)


def test_text_shows_the_same_findings_with_their_lines(archive: Path, capsys: Capsys) -> None:
    out = printed(archive, capsys, "text")
    headers = re.findall(rf"^{re.escape(NAME)}:(\d+):(\d+): (\w+)\[([\w-]+)\]", out, re.MULTILINE)
    assert [(int(row), int(column), severity, code) for row, column, severity, code in headers] == EXPECTED
    assert (
        "8 |     schema:director person:nobody ;\n  |                     ^^^^^^^^^^^^^ no person has" in out
    )


def test_json_can_be_read_back(archive: Path, capsys: Capsys) -> None:
    found = json.loads(printed(archive, capsys, "json"))
    places = [(f["location"]["row"], f["location"]["column"], f["severity"], f["code"]) for f in found]
    assert places == EXPECTED
    assert {f["filename"] for f in found} == {NAME}
    assert found[8]["value"] == "<https://films.example.org/person/nobody>"
    assert found[8]["resultPath"] == "<https://schema.org/director>"
    assert found[7]["fix"]["edits"][0]["content"] == "@fi"
    assert all(
        f["name"] != f["code"] and f["url"].endswith(f["code"])
        for f in found
        if f["code"] != "control-character"
    )


def test_github_is_an_escaped_command_a_finding(archive: Path, capsys: Capsys) -> None:
    lines = printed(archive, capsys, "github").splitlines()
    commands = [
        re.fullmatch(r"::(error|warning|notice) file=([^,]*),line=(\d+),(.*),title=([\w-]+)::.*", line)
        for line in lines
    ]
    words = {"error": "error", "warning": "warning", "notice": "info"}
    assert [(int(m[3]), words[m[1]], m[5]) for m in commands if m] == [
        (row, severity, code) for row, _, severity, code in EXPECTED
    ]
    assert all(commands)


def test_sarif_can_be_read_back(archive: Path, capsys: Capsys) -> None:
    (log,) = json.loads(printed(archive, capsys, "sarif"))["runs"]
    regions = [result["locations"][0]["physicalLocation"]["region"] for result in log["results"]]
    levels = {"error": "error", "warning": "warning", "note": "info"}
    assert [
        (region["startLine"], region["startColumn"], levels[result["level"]], result["ruleId"])
        for region, result in zip(regions, log["results"], strict=True)
    ] == EXPECTED


def test_shacl_is_a_report_that_can_be_asked(archive: Path, capsys: Capsys) -> None:
    report = rdflib.Graph().parse(data=printed(archive, capsys, "shacl"), format="turtle")
    results = list(report.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == len(EXPECTED)
    severities = [str(report.value(result, SH.resultSeverity)).rpartition("#")[2] for result in results]
    assert sorted(severities) == ["Info"] * 3 + ["Violation"] * 2 + ["Warning"] * 5


@pytest.mark.parametrize("form", ["text", "concise", "json", "github", "sarif", "shacl"])
def test_the_same_archive_prints_the_same_bytes(form: str, archive: Path, capsys: Capsys) -> None:
    assert printed(archive, capsys, form) == printed(archive, capsys, form)


CLEAN = "@prefix schema: <https://schema.org/> .\n<https://films.example.org/film/x> schema:name 1 .\n"
REMARK = CLEAN + "<https://e.org/y> a <https://w3id.org/filmld/ontology#FilmFestival> ; schema:name 1 .\n"
WARNED = CLEAN + '<https://films.example.org/film/x> schema:name "a"@fin .\n'
WRONG_TAG = '<https://e.org/y> <https://schema.org/name> "a"@fin .\n'
WRONG = CLEAN + "<https://films.example.org/film/x> schema:nmae 1 .\n"


@pytest.mark.parametrize(
    ("text", "codes"),
    [(CLEAN, (0, 0, 0)), (REMARK, (0, 0, 1)), (WARNED, (0, 1, 1)), (WRONG, (1, 1, 1))],
    ids=["clean", "info", "warning", "error"],
)
def test_the_exit_code_says_whether_anything_grave_was_found(
    text: str, codes: Sequence[int], tmp_path: Path, capsys: Capsys
) -> None:
    make(tmp_path, {"records/film/x.ttl": text})
    for threshold, code in zip(("error", "warning", "info"), codes, strict=True):
        assert run_here(tmp_path, capsys, "check", "--fail-on", threshold).code == code
    assert run_here(tmp_path, capsys, "check").code == codes[0]


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ('base = "https://e.org/"\ntitel = "x"\n', "filmld.toml:2: `titel` is not a setting of filmld"),
        (
            'base = "https://e.org/"\n\n[limits]\nquery_seconds = "x"\n',
            "filmld.toml:4: `query_seconds` must be a whole number",
        ),
        ('base = "ftp://e.org/"\n', "filmld.toml:1: `base` is not an http(s) address"),
        ("base = \n", "filmld.toml: not valid TOML: "),
        (
            'base = "https://e.org/"\nedit = "git@e.org:films"\n',
            "filmld.toml:2: `edit` is not an http(s) address that ends in a slash: 'git@e.org:films'",
        ),
        ("", "filmld.toml: `base` is missing"),
    ],
)
def test_a_mistake_in_the_settings_is_shown_at_its_line(
    config: str, message: str, archive: Path, capsys: Capsys
) -> None:
    (archive / "filmld.toml").write_text(config, encoding="utf-8")
    done = run_here(archive, capsys, "check")
    assert (done.code, done.out) == (2, "")
    assert message in done.err


def test_a_folder_without_an_archive_and_a_path_without_a_record(archive: Path, capsys: Capsys) -> None:
    (archive / "empty").mkdir()
    done = run_here(archive, capsys, "check", str(archive / "empty"))
    assert (done.code, done.out) == (2, "")
    assert "there is no record at " in done.err
    assert run_here(archive, capsys, "check", "no/such/file.ttl").code == 2


def test_a_reader_who_has_seen_enough_is_no_mistake(tmp_path: Path) -> None:
    # More than a pipe holds, of a mistake that is quickly described.
    make(
        tmp_path, {f"records/film/x{n}.ttl": CLEAN.replace("/x>", f"/x{n}>") + WRONG_TAG for n in range(400)}
    )
    command = f"{sys.executable} -m filmld check | head -n 1; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(filmld.__file__).parents[1])},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.stdout.count(b"\n") == 1
    assert b"Traceback" not in done.stderr
    assert b"Exception" not in done.stderr
    assert done.returncode in {0, 1}


def test_a_terminal_that_knows_ascii_only_is_no_mistake(archive: Path) -> None:
    env = {"LANG": "C", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = run(archive, "check", env=env)
    assert done.code == 1
    assert "Traceback" not in done.err
    assert "8:21: error[dangling-link]" in done.out
