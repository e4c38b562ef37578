"""The command starts at once, because it imports a heavy library only where one is needed."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import filmld
from tests.benchmark import catalogue
from tests.program import unmeasured

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

NEEDLESS = frozenset(
    {
        "calendar",
        "click",
        "concurrent.futures",
        "dataclasses",
        "decimal",
        "difflib",
        "filmld.archive.statements",
        "filmld.check.judge",
        "filmld.check.shapes.compiled.orders",
        "filmld.check.shapes.files",
        "filmld.check.stored.processes",
        "filmld.diagnostics.registry",
        "filmld.turtle.lint",
        "filmld.turtle.reader",
        "gettext",
        "inspect",
        "locale",
        "platform",
        "random",
        "secrets",
        "subprocess",
        "tempfile",
        "textwrap",
        "traceback",
        "uuid",
    }
)
"""What a check of a sound record does not need: each takes a millisecond or more, of 150 for all of it."""

MOST_MODULES = 181
"""So many modules of ours may be imported to check one record that has changed."""

BEFORE = 1_000_000_000
"""A time so long ago that a file of it counts as settled."""


def imported(at: Path, *arguments: str, code: int = 0) -> set[str]:
    """Run the command, and name all that it has imported in the end.

    While another thread is there the program does not end before it has come to its end.
    """
    program = (
        "import sys, threading\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        f"sys.argv = ['filmld', *{arguments!r}]\n"
        "from filmld.__main__ import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    sys.stderr.write('\\n' + ' '.join(sys.modules))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        cwd=at,
        env=unmeasured(),
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


def test_a_check_of_a_sound_record_imports_what_it_needs_and_no_more(tmp_path: Path) -> None:
    catalogue.write(tmp_path, films=3, faults=0)
    assert imported(tmp_path, "check")
    film = tmp_path / "records" / "film" / "film-1.ttl"
    save(film, f"# changed\n{film.read_text(encoding='utf-8')}")
    modules = imported(tmp_path, "check", str(film))
    assert modules & NEEDLESS == set()
    ours = sorted(name for name in modules if name.startswith("filmld."))
    assert len(ours) <= MOST_MODULES, ours


def compiled_at_import(module: Path) -> Iterator[str]:
    """The regular expressions that a module compiles when it is imported, and not when they are used."""
    outside = [
        node
        for node in ast.parse(module.read_bytes()).body
        if not isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    for node in outside:
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "re.compile":
                yield f"{module.name}:{call.lineno}"


@pytest.mark.parametrize("room", ["archive", "catalog", "check", "cli", "diagnostics", "turtle"])
def test_regular_expressions_are_compiled_when_they_are_used(room: str) -> None:
    modules = (Path(filmld.__file__).parent / room).rglob("*.py")
    assert [found for module in modules for found in compiled_at_import(module)] == []


def test_laying_out_imports_nothing_heavy(archive: Path) -> None:
    assert imported(archive, "fmt", "--check") & HEAVY == set()


def test_a_check_loads_what_the_one_before_has_kept(archive: Path, tmp_path: Path) -> None:
    """With a folder of its own for what Python compiles, so that this is the first check of all."""
    environment = {**unmeasured(), "PYTHONPYCACHEPREFIX": os.fspath(tmp_path / "compiled")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    film = archive / "records" / "film" / "moloch-1999.ttl"
    program = (
        "import os, sys\n"
        "leave = os._exit\n"
        "def told(code):\n"
        "    sys.stderr.write(type(sys.modules['filmld.archive.archive'].__spec__.loader).__name__)\n"
        "    sys.stderr.flush()\n"
        "    leave(code)\n"
        "os._exit = told\n"
        f"sys.argv = ['filmld', 'check', {os.fspath(film)!r}]\n"
        "from filmld.__main__ import main\n"
        "try:\n    main()\n"
        "except SystemExit as ended:\n    told(ended.code)\n"
    )
    said = []
    for _ in range(3):
        film.write_text(film.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", program],
            cwd=archive,
            env=environment,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said.append((done.stdout, done.stderr.rpartition("\n")[2]))
    first, _, last = said
    assert first[0] == last[0], "the same is found"
    assert first[1] == "SourceFileLoader"
    assert last[1] == "_Loader"
    assert len(list((tmp_path / "compiled").rglob("bundle*.modules"))) == 1
