"""A build that would change nothing says so after hashing the records, and does nothing."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.cli.main import cli
from filmld.diagnostics import Diagnostic, Severity
from filmld.publish.results import Asked
from filmld.publish.snapshot import build, unchanged
from filmld.publish.verify import faults
from tests.publish.helpers import archive, catalog
from tests.publish.published import Published
from tests.publish.test_incremental import question

RECORDS = {
    "film/a": "</film/a> a schema:Movie ; schema:name 'A' ; schema:director </person/p> .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "person/q": "</person/q> fld:retired true .",
}
ANSWERED = question(0)
QUESTION = replace(ANSWERED, results=None)
FINDING = Diagnostic(code="odd", severity=Severity.ERROR, message="odd", filename="records/film/a.ttl")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("first")
    made = catalog(folder / "archive", RECORDS)
    build(made, folder / "site", examples=(ANSWERED,), findings={"records/film/a.ttl": (FINDING,)})
    return folder


@pytest.fixture
def folder(first: Path, tmp_path: Path) -> Path:
    """A copy that may be changed; files keep their times."""
    return shutil.copytree(first, tmp_path / "copy", symlinks=True)


def asked(folder: Path, question: Asked = QUESTION, finding: Diagnostic = FINDING) -> bool:
    opened = Archive.open(folder / "archive")
    found = unchanged(opened, folder / "site", (question,), {"records/film/a.ttl": (finding,)})
    if found:
        assert (found.records, found.written, found.removed, found.statements) == (2, 0, 0, None)
        assert found.linked == found.files == sum(p.is_file() for p in (found.folder / "www").rglob("*"))
    return found is not None


def test_nothing_has_changed(folder: Path) -> None:
    assert asked(folder)


def test_a_build_in_its_turn_changes_nothing_and_says_the_same(folder: Path) -> None:
    made = Catalog.load(Archive.open(folder / "archive"))
    found = {"records/film/a.ttl": (FINDING,)}
    before = (folder / "site" / "current" / "manifest.json").stat().st_ino
    built = build(made, folder / "site", examples=(ANSWERED,), findings=found)
    assert built == unchanged(made.archive, folder / "site", (QUESTION,), found)
    assert (folder / "site" / "current" / "manifest.json").stat().st_ino == before


def current(folder: Path, name: str) -> Path:
    return folder / "site" / "current" / name


def write_a_record(folder: Path) -> None:
    archive(folder / "archive", {"film/b": "</film/b> a schema:Movie ."})


def set_the_publisher(folder: Path) -> None:
    archive(folder / "archive", {}, 'publisher = "Somebody"')


def add_a_shape(folder: Path) -> None:
    (folder / "archive" / "shapes").mkdir()
    (folder / "archive" / "shapes" / "own.ttl").write_text("# none\n", encoding="utf-8")


def link_a_page(folder: Path) -> None:
    page = current(folder, "www/film/a.html")
    page.rename(folder / "x")
    page.symlink_to(folder / "x")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a comment": lambda folder: archive(folder / "archive", {"film/a": RECORDS["film/a"] + "# seen"}),
    "a record more": write_a_record,
    "a record less": lambda folder: (folder / "archive/records/person/q.ttl").unlink(),
    "a record moved": lambda folder: (folder / "archive/records/film/a.ttl").rename(
        folder / "archive/records/film/b.ttl"
    ),
    "a mistake": lambda folder: archive(folder / "archive", {"film/a": "</film/a> a"}),
    "no file": lambda folder: os.mkfifo(folder / "archive/records/film/b.ttl"),
    "a setting": set_the_publisher,
    "a shape": add_a_shape,
    "a page gone": lambda folder: current(folder, "www/film/a.html").unlink(),
    "a page longer": lambda folder: current(folder, "www/film/a.html").write_text("?"),
    "a page more": lambda folder: current(folder, "www/film/b.html").write_text("?"),
    "a page that is a link": link_a_page,
    "a page touched": lambda folder: os.utime(current(folder, "www/film/a.html"), (2**33, 2**33)),
    "no traces": lambda folder: current(folder, "traces.sqlite").unlink(),
    "no store": lambda folder: shutil.rmtree(current(folder, "store")),
    "no pieces": lambda folder: shutil.rmtree(current(folder, "pieces")),
    "a manifest that is damaged": lambda folder: current(folder, "manifest.json").write_text("{"),
    "no snapshot": lambda folder: (folder / "site" / "current").unlink(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_something_has_changed(change: str, folder: Path) -> None:
    CHANGES[change](folder)
    assert not asked(folder)


def test_another_finding_or_question_is_a_change(folder: Path) -> None:
    assert not asked(
        folder, finding=Diagnostic(code="odd", severity=Severity.ERROR, message="o", filename="")
    )
    other = replace(QUESTION, query="ASK {}")
    assert not asked(folder, question=other)


def test_a_question_without_an_answer_is_asked_again(tmp_path: Path) -> None:
    made = catalog(tmp_path / "archive", RECORDS)
    build(made, tmp_path / "site", examples=(QUESTION,))
    assert unchanged(made.archive, tmp_path / "site", (QUESTION,)) is None


def test_the_command_says_that_nothing_has_changed_and_full_writes_all(folder: Path) -> None:
    root = str(folder / "archive")
    first = CliRunner().invoke(cli, ["--root", root, "build", "--no-check"])
    again = CliRunner().invoke(cli, ["--root", root, "build", "--no-check"])
    full = CliRunner().invoke(cli, ["--root", root, "build", "--no-check", "--full"])
    assert [result.exit_code for result in (first, again, full)] == [0, 0, 0], first.output
    assert first.stdout == again.stdout
    assert first.stdout.endswith("film/a.html\n")
    assert "0 files written" in again.stderr
    assert "nothing has changed since this snapshot was built" in again.stderr
    assert " 0 taken over unchanged" in full.stderr


def test_other_inputs_of_the_same_files_are_noted_with_the_snapshot_that_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_build: Published
) -> None:
    """As after a new version of Python: what was asked then would never be asked again."""
    made, output = catalog(tmp_path / "archive", RECORDS), tmp_path / "site"
    first = first_build(made, output)
    monkeypatch.setattr("platform.python_version", lambda: "3.99")
    assert unchanged(made.archive, output) is None
    second = build(made, output)
    assert (second.name, second.linked, second.statements) == (first.name, 0, None)
    assert list(faults(output / "current")) == []
    assert unchanged(made.archive, output) is not None
    third = build(catalog(tmp_path / "archive", {"film/a": RECORDS["film/a"] + "# a"}), output)
    assert third.linked > third.written
    assert list(faults(output / "current")) == []
