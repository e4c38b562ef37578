"""The command starts at once, because it imports a heavy library only where one is needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = frozenset(
    {
        "asyncio",
        "email",
        "httpx",
        "importlib.metadata",
        "jinja2",
        "langcodes",
        "multiprocessing",
        "polars",
        "pyld",
        "pyoxigraph",
        "pyshacl",
        "rdflib",
        "starlette",
        "uvicorn",
        "watchfiles",
        "wcwidth",
    }
)
"""Of the standard library, what takes longer to import than a record to check."""

BEFORE = 1_000_000_000
"""A time so long ago that a file of it counts as settled."""


def imported(at: Path, *arguments: str, code: int = 0) -> set[str]:
    """Run the command, and name all that it has imported in the end."""
    program = (
        "import sys\n"
        f"sys.argv = ['filmld', *{arguments!r}]\n"
        "from filmld.cli.main import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    sys.stderr.write('\\n' + ' '.join(sys.modules))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=at,
        env={name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == code, result.stderr
    return set(result.stderr.splitlines()[-1].split(" "))


def save(file: Path, text: str) -> None:
    """Save a file as it would have been a while ago."""
    file.write_text(text, encoding="utf-8")
    os.utime(file, (BEFORE, BEFORE))


@pytest.fixture
def checked(archive: Path) -> Path:
    """An archive that has been checked."""
    for file in archive.rglob("*.ttl"):
        os.utime(file, (BEFORE, BEFORE))
    imported(archive, "check")
    return archive


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["--version"],
        ["check", "--help"],
        ["init", "--help"],
        ["new", "--help"],
        ["serve", "--help"],
    ],
)
def test_help_imports_no_heavy_library(arguments: list[str], tmp_path: Path) -> None:
    assert imported(tmp_path, *arguments) & HEAVY == set()


@pytest.mark.parametrize("paths", [[], ["records/film/moloch-1999.ttl"]])
def test_a_check_imports_nothing_heavy_where_nothing_has_changed(paths: list[str], checked: Path) -> None:
    modules = imported(checked, "check", *paths)
    assert modules & HEAVY == set()
    assert not {name for name in modules if name.startswith(("filmld.check.rules", "filmld.check.shapes.c"))}


def test_a_check_tells_of_known_findings_without_looking_for_them_again(checked: Path) -> None:
    film = checked / "records" / "film" / "moloch-1999.ttl"
    save(film, film.read_text(encoding="utf-8").replace("schema:director", "schema:directr"))
    assert "filmld.check.rules" in imported(checked, "check", code=1)
    modules = imported(checked, "check", code=1)
    assert "filmld.check.rules" not in modules
    assert modules & HEAVY == set()


def test_a_check_of_what_has_changed_reads_and_judges_without_the_reference(checked: Path) -> None:
    film = checked / "records" / "film" / "moloch-1999.ttl"
    save(film, f"# changed\n{film.read_text(encoding='utf-8')}")
    modules = imported(checked, "check", str(film))
    assert {"filmld.check.rules", "pyoxigraph"} <= modules
    assert modules & HEAVY == {"pyoxigraph"}


def test_laying_out_imports_nothing_heavy(archive: Path) -> None:
    assert imported(archive, "fmt", "--check") & HEAVY == set()
