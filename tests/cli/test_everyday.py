"""What is understood without click is what click would have understood."""

import builtins
import os
import subprocess
import sys
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any

import click
import pytest

from filmld.__main__ import main
from filmld.cli.check import command
from filmld.cli.everyday import everyday
from filmld.cli.main import INTERRUPTED, cli
from filmld.cli.wishes import Wishes
from filmld.diagnostics import Severity
from filmld.diagnostics.formats import Format
from tests.cli.program import SOURCES, filmld

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="click reads all there is")

ROOTS: tuple[list[str], ...] = (
    [],
    ["--root", "."],
    ["--root", "film"],
    ["--root", "gone"],
    ["--root", "a.ttl"],
    ["--root", ""],
    ["--root"],
)
OPTIONS: tuple[list[str], ...] = (
    [],
    ["--all"],
    ["--all", "--all"],
    ["--format"],
    ["--fail-on"],
    *(["--format", name] for name in ("text", "TEXT", "", "odd", "--all", "JSON")),
    *(["--format", one.value] for one in Format),
    *(["--fail-on", one.value] for one in Severity),
    ["--format", "json", "--format", "text"],
    ["--fail-on", "info", "--all", "--format", "concise"],
    ["--format=json"],
    ["--fix"],
    ["--watch"],
    ["--help"],
    ["-h"],
    ["--audit", "3"],
)
PATHS: tuple[list[str], ...] = (
    [],
    ["a.ttl"],
    ["film"],
    ["a.ttl", "film/b c.ttl", "a.ttl"],
    ["gone.ttl"],
    [""],
    ["-"],
    ["--", "a.ttl"],
    ["-a.ttl"],
)
LINES = [
    [*root, "check", *line]
    for root, options, paths in product(ROOTS, OPTIONS, PATHS)
    for line in ((*options, *paths), (*paths, *options))
]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "film").mkdir()
    for name in ("a.ttl", "film/b c.ttl", "-a.ttl"):
        (tmp_path / name).write_bytes(b"")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("_FILMLD_COMPLETE", raising=False)
    return tmp_path


def by_click(words: list[str]) -> Wishes | None:
    """What click makes of a line; nothing if it has something else to say."""
    try:
        with cli.make_context("filmld", list(words)) as ctx:
            name, found, rest = cli.resolve_command(ctx, [*ctx._protected_args, *ctx.args])  # noqa: SLF001
            assert (name, found) == ("check", command)
            with command.make_context("check", rest, parent=ctx) as below:
                return Wishes(root=ctx.params["root"], **below.params)
    except (click.ClickException, click.exceptions.Exit):
        return None


def test_whatever_is_understood_means_the_same_to_click() -> None:
    understood = [(line, wishes) for line in LINES if (wishes := everyday(line))]
    assert len(understood) > 300
    for line, wishes in understood:
        assert by_click(line) == wishes, line


def test_what_is_said_all_day_is_understood() -> None:
    assert everyday(["check", "a.ttl", "--format", "json"]) == Wishes(
        paths=(Path("a.ttl"),), format=Format.JSON
    )
    assert everyday(["--root", "film", "check"]) == Wishes(root=Path("film"))


@pytest.mark.parametrize(
    "line",
    [
        [],
        ["build"],
        ["--version"],
        ["check", "--fix"],
        ["check", "gone.ttl"],
        ["check", "a\0b"],
        ["--root", "-", "check"],
    ],
)
def test_anything_else_is_for_click(line: list[str]) -> None:
    assert everyday(line) is None


def test_a_shell_that_completes_is_answered_by_click(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_FILMLD_COMPLETE", "bash_complete")
    assert everyday(["check"]) is None


def test_what_cannot_be_read_is_for_click(here: Path) -> None:
    (here / "a.ttl").chmod(0)
    expected = None if not os.access("a.ttl", os.R_OK) else Wishes(paths=(Path("a.ttl"),))
    assert everyday(["check", "a.ttl"]) == expected == by_click(["check", "a.ttl"])


def started(
    *words: str, at: Path, start: Sequence[str] = ("-m", "filmld"), **named: str
) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run(
        [sys.executable, *start, *words],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(SOURCES), **named},
        capture_output=True,
        timeout=60,
        check=False,
    )


WITH_CLICK = ("-c", "from filmld.cli.main import main; main()")


def test_the_program_says_the_same_without_click(archive: Path) -> None:
    film = archive / "records" / "film" / "moloch-1999.ttl"
    text = film.read_text(encoding="utf-8").replace("schema:director", "schema:directr")
    film.write_text(text + "\n# “Молох”  \n", encoding="utf-8")
    for output, encoding in ((Format.TEXT, "utf-8"), (Format.TEXT, "ascii"), (Format.JSON, "utf-8")):
        words = ("check", "--format", output.value, str(film))
        one = started(*words, at=archive, PYTHONIOENCODING=encoding)
        other = started(*words, at=archive, start=WITH_CLICK, PYTHONIOENCODING=encoding)
        assert (one.returncode, one.stdout) == (other.returncode, other.stdout)
        assert one.returncode == 1
        assert one.stderr.partition(b"(")[0] == other.stderr.partition(b"(")[0]


def test_errors_are_told_as_by_click(tmp_path: Path) -> None:
    done = started("check", at=tmp_path)
    other = filmld("check", at=tmp_path)
    assert (done.returncode, done.stdout.decode(), done.stderr.decode()) == (2, other.stdout, other.stderr)
    assert done.stderr.startswith(b"filmld: ")


def test_whoever_stops_listening_hears_no_complaint(archive: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-m", "filmld", "check", "--format", "json"],
            cwd=archive,
            env={**os.environ, "PYTHONPATH": str(SOURCES)},
            stdout=pipe,
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert done.returncode == 1
    assert b"rror" not in done.stderr


def test_an_index_that_was_left_open_is_taken_up(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COVERAGE_PROCESS_START", "COVERAGE_PROCESS_CONFIG"):
        monkeypatch.delenv(name, raising=False)  # a process that is measured ends as usual
    film = archive / "records" / "film" / "moloch-1999.ttl"
    assert started("check", at=archive).returncode == 0
    text = film.read_text(encoding="utf-8")
    film.write_text(text.replace("schema:director", "schema:directr"), encoding="utf-8")
    assert started("check", at=archive).returncode == 1
    assert (archive / ".filmld" / "check-archive.sqlite-wal").exists()
    done, other = (
        started("check", "--format", "json", at=archive),
        filmld("check", "--format", "json", at=archive),
    )
    assert (done.returncode, done.stdout.decode()) == (1, other.stdout)
    film.write_text(text, encoding="utf-8")
    assert started("check", at=archive).returncode == 0


@pytest.mark.parametrize(
    ("module", "arguments"),
    [
        ("filmld.bundle", ["check"]),
        ("filmld.cli.everyday", ["check"]),
        ("filmld.cli.wishes", ["check"]),
        ("filmld.cli.checking", ["check"]),
        ("filmld.cli.main", ["--help"]),
    ],
)
def test_an_interruption_while_it_starts_leaves_no_traceback(
    module: str,
    arguments: list[str],
    archive: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(archive)
    monkeypatch.setattr(sys, "argv", ["filmld", *arguments])
    real, left = builtins.__import__, [module]

    def importing(name: str, *others: Any, **named: Any) -> object:
        if name in left:
            left.remove(name)
            raise KeyboardInterrupt
        return real(name, *others, **named)

    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == INTERRUPTED
    assert capsys.readouterr() == ("", "\ninterrupted\n")
