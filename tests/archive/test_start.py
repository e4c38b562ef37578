"""A new archive, and what is in it for editors and git."""

import json
import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.archive.start import GIT_COMMAND, STARTER, start
from filmld.cli.check import command as check
from filmld.cli.fmt import command as fmt
from filmld.diagnostics import Diagnostic, Position, Severity, Span
from filmld.diagnostics.concise import render_concise
from filmld.errors import ArchiveExistsError, BadBaseError, NotStartedError, WouldOverwriteError
from filmld.turtle.format import format_text
from filmld.turtle.reader import read

FOUND = [
    Diagnostic(
        code="missing-year",
        severity=severity,
        message="This film has no year: 3:4: error[x]: y",
        filename="records/film/a b.ttl",
        span=Span(Position(12, 5), Position(12, 9)),
    )
    for severity in Severity
]
RECORD = '''\
@prefix film: <https://films.example.org/film/> .
@prefix schema: <https://schema.org/> .

film:moloch-1999{opening}
    schema:description """A text.
Note: not a record
https://www.example.org/page
schema:name is a property
    and so on.
"""@en ;
    schema:duration "{minutes}"^^<http://www.w3.org/2001/XMLSchema#duration> ;
    schema:comment "1" ;
    schema:comment "2" ;
    schema:comment "3" ;
    schema:comment "4" ;
    schema:comment "5" ;
    schema:comment "6" ;
    schema:comment "7" ;
    schema:comment "8" ;
.

:credit
    schema:comment "1" ;
    schema:comment "2" ;
    schema:comment "3" ;
    schema:comment "4" ;
    schema:position {minutes} ;
.
'''


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def git(*arguments: str, at: Path) -> str:
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    done = subprocess.run(
        ["git", *arguments],
        cwd=at,
        env={**os.environ, **settings},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout


def test_it_is_an_archive_whose_records_have_its_addresses(tmp_path: Path) -> None:
    written = start(tmp_path / "new", "http://kino.example/films/")
    assert files(tmp_path / "new") == set(written)
    archive = Archive.open(tmp_path / "new")
    assert archive.config.base == "http://kino.example/films/"
    for record in archive.walk().records:
        text = record.path.read_text(encoding="utf-8")
        assert text.startswith("# AN EXAMPLE, not a ")
        assert f"<{record.iri}#>" in text
        document = read(text)
        assert document.diagnostics == ()
        assert f"<{record.iri}>" in map(str, document.graph().subjects())
        assert format_text(text) == text


@pytest.mark.parametrize(
    "base",
    [
        "",
        "films.example.org/",
        "https://films.example.org",
        "ftp://a/",
        "https:///",
        'https://a/"/',
        "https://[/",
        "https://a/\n/",
        "https://a/?q/",
        "https://a/#/",
    ],
)
def test_an_address_that_cannot_be_one_is_refused(tmp_path: Path, base: str) -> None:
    with pytest.raises(BadBaseError):
        start(tmp_path, base)
    assert files(tmp_path) == set()


def test_a_file_in_the_way_stays_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("mine", encoding="utf-8")
    (tmp_path / ".editorconfig").symlink_to("nowhere")
    with pytest.raises(WouldOverwriteError) as raised:
        start(tmp_path)
    assert ".editorconfig, .gitignore already" in raised.value.message
    assert files(tmp_path) == {".gitignore", ".editorconfig"}


def test_other_files_are_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "README.md").touch()
    (tmp_path / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert "filmld.toml" in start(tmp_path)


def test_a_folder_that_has_records_gets_no_examples(tmp_path: Path) -> None:
    (tmp_path / "records/film").mkdir(parents=True)
    (tmp_path / "records/film/moloch-1999.ttl").touch()
    assert not [name for name in start(tmp_path) if name.startswith("records/")]


@pytest.mark.parametrize(
    ("name", "text"),
    [("filmld.toml", ""), ("pyproject.toml", '[tool.filmld]\nbase = "https://a.example/"\n')],
)
def test_an_archive_is_not_begun_again(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ArchiveExistsError):
        start(tmp_path)
    assert files(tmp_path) == {name}


def test_if_one_file_cannot_be_written_none_is_left(tmp_path: Path) -> None:
    (tmp_path / ".vscode").touch()
    with pytest.raises(NotStartedError):
        start(tmp_path)
    assert files(tmp_path) == {".vscode"}


@pytest.mark.parametrize("task", [0, 1])
def test_the_problem_matcher_understands_every_severity(task: int) -> None:
    tasks = json.loads((STARTER / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    pattern = tasks[task]["problemMatcher"]["pattern"]["regexp"]
    found = [re.search(pattern, line) for line in render_concise(FOUND).splitlines()]
    assert [match.groups() if match else None for match in found] == [
        ("records/film/a b.ttl", "12", "5", severity, "missing-year", FOUND[0].message)
        for severity in Severity
    ]


@pytest.mark.parametrize(
    "path", [".pre-commit-hooks.yaml", "src/filmld/archive/starter/pre-commit-config.yaml"]
)
def test_hooks_run_on_turtle_with_options_that_exist(path: str, root: Path) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert sorted(re.findall(r"id: (\S+)", text)) == ["filmld-check", "filmld-fmt"]
    assert re.findall(r"files: (\S+)", text) == [r"\.ttl$"] * 2
    entries = re.findall(r"entry: filmld (.+)", text)
    assert sorted(entry.split()[0] for entry in entries) == ["check", "fmt"]
    for entry in entries:
        words = shlex.split(entry)
        command = {"check": check, "fmt": fmt}[words[0]]
        with command.make_context(words[0], words[1:]) as context:
            assert context.params


@pytest.mark.parametrize("task", [0, 1])
def test_the_tasks_have_options_that_exist(task: int) -> None:
    tasks = json.loads((STARTER / "tasks.json").read_text(encoding="utf-8"))["tasks"]
    words = shlex.split(tasks[task]["command"])
    assert words[:2] == ["filmld", "check"]
    with check.make_context("check", words[2:]) as context:
        assert context.params["watch"] == bool(task)


@pytest.mark.parametrize("opening", ["", " a <https://schema.org/Movie> ;"])
def test_git_names_the_film_of_a_difference(tmp_path: Path, opening: str) -> None:
    git("init", "--quiet", at=tmp_path)
    (tmp_path / ".gitattributes").write_bytes((STARTER / "gitattributes").read_bytes())
    git(*shlex.split(GIT_COMMAND)[1:], at=tmp_path)
    path = tmp_path / "moloch-1999.ttl"
    path.write_text(RECORD.format(minutes=100, opening=opening), encoding="utf-8")
    git("add", ".", at=tmp_path)
    path.write_text(RECORD.format(minutes=108, opening=opening), encoding="utf-8")
    headers = re.findall("^@@ .* @@ ?(.*)", git("diff", "-U1", at=tmp_path), flags=re.MULTILINE)
    assert headers == ["film:moloch-1999", "film:moloch-1999"]


def test_git_keeps_line_ends(tmp_path: Path) -> None:
    git("init", "--quiet", at=tmp_path)
    (tmp_path / ".gitattributes").write_bytes((STARTER / "gitattributes").read_bytes())
    (tmp_path / "a.ttl").write_bytes(b"# a\r\n")
    git("add", ".", at=tmp_path)
    assert git("cat-file", "-p", ":a.ttl", at=tmp_path) == "# a\n"
