"""Small archives for tests, and records whose expected findings are marked in the text itself.

Below the line concerned stands a line of nothing but blanks, carets and a code::

    schema:director person:leena-kilpelinen ;
                    ^^^^^^^^^^^^^^^^^^^^^^^ dangling-link

The carets stand under the words concerned, counted in code points (a tab is one, and so is a
Chinese character); a ``|`` in their place marks a place between two characters. Marks are taken out
before the record is written; several lines of marks may follow one line.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

import filmld
from filmld.archive import Archive
from filmld.check.report import Report
from filmld.check.run import check
from filmld.cli.main import main
from filmld.diagnostics import Diagnostic
from filmld.diagnostics.formats import Format, render

CONFIG = 'base = "https://films.example.org/"\n'

_MARK = re.compile(r"(?P<before>[ \t]*)(?P<mark>\^+|\|) (?P<code>[a-z][a-z0-9-]+)")
_LINE = re.compile(r"(.*?)(\r\n|\r|\n|$)", re.DOTALL)


class Expected(NamedTuple):
    """A finding that a test expects: where it begins, where it ends, and its code."""

    row: int
    column: int
    end_row: int
    end_column: int
    code: str


class Ran(NamedTuple):
    """What a run of the command left behind."""

    code: int
    out: str
    err: str


def unmarked(text: str) -> tuple[str, list[Expected]]:
    """Part a marked text from its marks."""
    rows: list[str] = []
    marks: list[Expected] = []
    for line, end in _LINE.findall(text):
        mark = _MARK.fullmatch(line)
        if mark is None:
            rows.append(line + end)
        else:
            column = len(mark["before"]) + 1
            width = 0 if mark["mark"] == "|" else len(mark["mark"])
            marks.append(Expected(len(rows), column, len(rows), column + width, mark["code"]))
    return "".join(rows), sorted(marks)


def make(folder: Path, files: Mapping[str, str | bytes], config: str = CONFIG) -> Archive:
    """Write an archive into a folder; line ends are written as given."""
    for name, content in {"filmld.toml": config, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return Archive.open(folder)


def check_texts(folder: Path, files: Mapping[str, str | bytes]) -> Report:
    """Check an archive of these files; marks are taken out first."""
    clean = {name: unmarked(text)[0] if isinstance(text, str) else text for name, text in files.items()}
    return check(make(folder, clean))


def placed(findings: Iterable[Diagnostic]) -> list[Expected]:
    """Findings as tests expect them."""
    return sorted(
        Expected(*finding.span.start, *finding.span.end, finding.code)
        if finding.span
        else Expected(0, 0, 0, 0, finding.code)
        for finding in findings
    )


def in_file(report: Report, name: str) -> list[Expected]:
    """The findings about one file."""
    return placed(finding for finding in report.findings if finding.filename == name)


def as_text(report: Report) -> list[str]:
    """The findings as the command prints them, one text a finding."""
    text = render(Format.TEXT, report.findings, report.sources.get, report.rules)
    return [block + "\n" for block in text.split("\n\n") if block]


def run(
    folder: Path,
    *arguments: str,
    env: Mapping[str, str] | None = None,
    seconds: float = 60,
    limit_open_files: int | None = None,
) -> Ran:
    """Run ``filmld`` in a folder, in a process of its own."""
    ours = {"PYTHONPATH": str(Path(filmld.__file__).parents[1])}
    command = [sys.executable, "-m", "filmld", *arguments]
    limited = ["sh", "-c", f'ulimit -n {limit_open_files}; exec "$@"', "sh"] if limit_open_files else []
    done = subprocess.run(
        [*limited, *command],
        cwd=folder,
        env={**os.environ, **ours, **(env or {})},
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def run_here(folder: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> Ran:
    """Run ``filmld`` on the archive in a folder, in this process."""
    before = sys.argv
    sys.argv = ["filmld", "--root", str(folder), *arguments]
    try:
        with pytest.raises(SystemExit) as ended:
            main()
    finally:
        sys.argv = before
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    assert "Traceback" not in printed.err
    return Ran(ended.value.code, printed.out, printed.err)
