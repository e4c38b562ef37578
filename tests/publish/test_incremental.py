"""Builds that write only what has changed: their site is that of a full build, byte for byte."""

import gzip
import os
import random
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.catalog.former import FormerCatalog
from filmld.diagnostics import Diagnostic, Severity
from filmld.errors import FilmldError
from filmld.publish import slim, traces
from filmld.publish.answers import Answers
from filmld.publish.completing import Built
from filmld.publish.manifest import read_manifest
from filmld.publish.results import Asked, Results
from filmld.publish.snapshot import build
from filmld.publish.traces import Traces
from filmld.publish.verify import faults
from filmld.turtle.terms import Literal
from tests.publish.edits import Editor
from tests.publish.helpers import ROOT, catalog

EDITS = 6
"""Each costs a full build to compare with."""


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bool]]:
    """Whenever a build asks some questions once more, ask all of them, too: the same files must be stale."""
    chosen: list[bool] = []

    def read(file: Path, world: str, answers: Answers, choose: traces.Choose | None = None) -> Traces | None:
        found, every = (reading(file, world, answers, one) for one in (choose, None))
        assert (found and found.stale) == (every and every.stale)
        chosen.append(choose is not None)
        return found

    reading = traces.read
    monkeypatch.setattr(traces, "read", read)
    yield chosen
    assert chosen


def pages(output: Path) -> dict[str, bytes]:
    return pages_of(output / "current")


def pages_of(snapshot: Path) -> dict[str, bytes]:
    www = snapshot / "www"
    return {path.relative_to(www).as_posix(): path.read_bytes() for path in www.rglob("*") if path.is_file()}


def differing(one: Path, other: Path) -> list[str]:
    first, second = pages(one), pages(other)
    return sorted(path for path in first.keys() | second.keys() if first.get(path) != second.get(path))


def stored(output: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str((output / "current" / "store").resolve()))}


def some_findings(made: Catalog, dice: random.Random) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Findings in some records, not the same each time."""
    finding = Diagnostic(code="odd", severity=Severity.WARNING, message="odd", filename="")
    names = [record.filename for record in made.records.values()]
    return {name: (finding,) * dice.randint(1, 2) for name in dice.sample(names, 5)}


def question(count: int) -> Asked:
    rows = tuple({"n": Literal(str(number))} for number in range(count))
    return Asked(
        name="how-many",
        title="How many?",
        description="Rows.",
        chart="table",
        parameters=(),
        query="SELECT ?n {}",
        results=Results(("n",), rows),
    )


def damage(current: Path, dice: random.Random) -> str:
    """Spoil some of what a build leaves for the next one; times stay, so that only the content tells."""
    path = dice.choice(
        [
            *sorted((current / "pieces").iterdir()),
            *[
                current / name
                for name in ("traces.sqlite", "catalog.sqlite", "manifest.json", "files.tsv")
                for _ in "123"
            ],
            current / "www" / "sparql" / "derived.nq.gz",
            *sorted((current / "store").iterdir()),
        ]
    )
    how = dice.choice(("gone", "cut", "other bytes", "another version"))
    status, data = path.stat(), path.read_bytes()
    path.unlink()  # it may have another name in the snapshot before
    match how:
        case "gone":
            return f"{path.name} gone"
        case "cut":
            path.write_bytes(data[: dice.randrange(len(data))])
        case "other bytes":
            place = dice.randrange(len(data))
            path.write_bytes(data[:place] + bytes([data[place] ^ 255]) + data[place + 1 :])
        case _:
            path.write_bytes(
                data.replace(b'"format":1', b'"format":9').replace(b'"format": 2', b'"format": 9')
            )
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    return f"{path.name}: {how}"


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
def test_after_any_edits_the_site_is_that_of_a_full_build(
    seed: int, tmp_path: Path, compared: list[bool]
) -> None:
    root = tmp_path / "archive"
    shutil.copytree(ROOT / "tests" / "archives" / "invented", root)
    editor, dice = Editor(root, seed), random.Random(seed)  # noqa: S311  edits, no secrets
    linked = damaged = 0
    for number in range(EDITS):
        said = editor.edit() if number else []
        if number % 2:
            damaged += 1
            said.append(damage(tmp_path / "some" / "current", dice))
        made = Catalog.load(Archive.open(root))
        findings, questions = some_findings(made, dice), (question(dice.randint(1, 2)),)
        source = made if number == EDITS - 1 else made.archive  # of which only what has changed is read
        some = build(source, tmp_path / "some", examples=questions, findings=findings)
        every = build(made, tmp_path / "every", examples=questions, findings=findings, full=True)
        assert differing(tmp_path / "some", tmp_path / "every") == [], said
        assert some.name == every.name
        assert list(faults(tmp_path / "some" / "current")) == []
        assert (
            stored(tmp_path / "some")
            == stored(tmp_path / "every")
            == {*map(str, made.store), *map(str, made.tallies())}
        )
        linked += some.linked
        assert every.linked == 0
    assert linked > (EDITS - 1 - damaged) * 400
    assert any(compared)


RECORDS = {
    "film/a": "</film/a> a schema:Movie ; schema:name 'A' ; schema:director </person/p> .",
    "film/b": "</film/b> a schema:Movie ; schema:name 'B', 'The Second'@en ; schema:genre 'drama' ; "
    "schema:dateCreated '1952'^^xsd:gYear .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
    "person/q": "</person/q> a schema:Person ; schema:name 'Q' .",
}


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalog(tmp_path / "archive", RECORDS)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> tuple[Built, Path]:
    """A full build of these records."""
    folder = tmp_path_factory.mktemp("first")
    return build(catalog(folder / "archive", RECORDS), folder / "site"), folder / "site"


@pytest.fixture
def output(first: tuple[Built, Path], tmp_path: Path) -> Path:
    """A folder with what the first build has written; files keep their times, and it may be spoilt."""
    return shutil.copytree(first[1], tmp_path / "site", symlinks=True)


def edited(made: Catalog, **records: str) -> Catalog:
    """Write records anew, named as in ``film_a``."""
    named = {name.replace("_", "/"): text for name, text in records.items()}
    return catalog(made.archive.root, named)


def inodes(output: Path) -> dict[str, int]:
    www = output / "current" / "www"
    return {path.relative_to(www).as_posix(): path.stat().st_ino for path in www.rglob("*") if path.is_file()}


def written(made: Catalog, output: Path) -> tuple[Built, set[str]]:
    """Build, and name the files that were written anew."""
    before = inodes(output)
    built = build(made.archive, output)
    after = inodes(output)
    return built, {path for path in after if after[path] != before.get(path)}


def test_a_person_renamed_is_renamed_wherever_they_are_named_and_nothing_else_is_written(
    made: Catalog, output: Path, first: tuple[Built, Path], compared: list[bool]
) -> None:
    later = edited(made, person_p="</person/p> a schema:Person ; schema:name 'Paula' .")
    built, anew = written(later, output)
    assert {"person/p.html", "person/p.ttl", "film/a.html", "embed/film/a.html", "films.html"} <= anew
    assert {"people.html", "data/all.nq", "void.ttl"} <= anew
    assert not [path for path in anew if path.startswith(("film/b", "person/q", "ontology/", "shapes/"))]
    assert (first[0].linked, first[0].written) == (0, first[0].files)
    assert (built.written, built.linked, built.removed) == (len(anew), built.files - len(anew), 0)
    assert b"Paula" in pages(output)["film/a.html"]
    assert compared == [True]


@pytest.mark.usefixtures("compared")
def test_what_has_no_record_any_more_is_removed(made: Catalog, output: Path) -> None:
    before = pages(output).keys()
    built, _ = written(edited(made, person_q="</person/q> fld:retired true ."), output)
    gone = before - pages(output).keys()
    assert built.removed == len(gone)
    assert {"person/q.ttl", "person/q.jsonld", "embed/person/q.card.html"} <= gone
    assert "person/q.html" in pages(output)


@pytest.mark.usefixtures("compared")
def test_a_comment_changes_the_source_alone(made: Catalog, output: Path) -> None:
    _, anew = written(edited(made, person_q=f"{RECORDS['person/q']}\n# seen"), output)
    of_the_record = {path for path in anew if path.startswith(("person/q.", "embed/person/q."))}
    assert "person/q.ttl" in anew
    assert anew == of_the_record


def test_a_last_change_that_git_knows_is_shown(made: Catalog, output: Path) -> None:
    root = made.archive.root
    who = {"NAME": "A", "EMAIL": "a@example.org", "DATE": "2020-02-02T00:00:00Z"}
    environment = {f"GIT_{one}_{key}": value for one in ("AUTHOR", "COMMITTER") for key, value in who.items()}
    for command in (["init", "-q"], ["add", "records/film/b.ttl"], ["commit", "-q", "-m", "b"]):
        subprocess.run(["git", *command], cwd=root, check=True, env={**os.environ, **environment})
    _, anew = written(Catalog.load(made.archive), output)
    assert anew == {"film/b.html"}
    assert b"2020-02-02" in pages(output)["film/b.html"]


def test_a_finding_is_shown_on_its_page_alone(made: Catalog, output: Path) -> None:
    build(made, output, findings={}, full=True)
    before = inodes(output)
    finding = Diagnostic(code="odd", severity=Severity.ERROR, message="odd", filename="records/film/b.ttl")
    build(made.archive, output, findings={"records/film/b.ttl": (finding,)})
    anew = {path for path, inode in inodes(output).items() if before.get(path) != inode}
    assert anew == {"film/b.html"}


@pytest.mark.parametrize(
    "what", ["settings", "traces", "manifest", "forced", "shapes", "old traces", "traces of another version"]
)
def test_in_doubt_all_is_written(what: str, made: Catalog, output: Path, first: tuple[Built, Path]) -> None:
    current = output / "current"
    settings = ""
    match what:
        case "settings":
            settings = 'publisher = "Somebody"'
        case "traces":
            (current / "traces.sqlite").write_bytes(b"SQLite")
        case "manifest":
            (current / "manifest.json").unlink()
        case "shapes":
            (made.archive.root / "shapes").mkdir()
            (made.archive.root / "shapes" / "own.ttl").write_text("# nothing yet\n", encoding="utf-8")
        case "traces of another version":
            with closing(sqlite3.connect(current / "traces.sqlite")) as database:
                database.execute("PRAGMA user_version = 1")
        case "old traces":
            (current / "traces.sqlite").unlink()
    later = catalog(made.archive.root, {"film/b": RECORDS["film/b"] + "# b"}, settings)
    built = build(later.archive, output, full=what == "forced")
    assert (built.linked, built.written) == (0, built.files)
    assert built.name != first[0].name


@pytest.mark.parametrize("how", ["longer", "same size", "gone", "a link"])
def test_a_file_that_is_not_as_it_was_written_is_not_taken_over(
    how: str, made: Catalog, output: Path
) -> None:
    page = output / "current" / "www" / "film" / "b.html"
    right = page.read_bytes()
    match how:
        case "longer":
            page.write_bytes(right + b" ")
        case "same size":
            page.write_bytes(right.swapcase())
            later = (output / "current" / "manifest.json").stat().st_mtime_ns + 1
            os.utime(page, ns=(later, later))
        case "gone":
            page.unlink()
        case _:
            page.rename(page.with_suffix(".old"))
            page.symlink_to("b.old")
    build(edited(made, person_q="</person/q> a schema:Person ; schema:name 'R' ."), output)
    assert pages(output)["film/b.html"] == right
    assert list(faults(output / "current")) == []


@pytest.mark.parametrize("name", ["catalog.sqlite", "store/CURRENT", "www/sparql/derived.nq.gz"])
@pytest.mark.parametrize("how", ["gone", "other bytes"])
def test_where_what_is_kept_of_records_is_damaged_all_are_read(
    name: str, how: str, made: Catalog, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = output / "current" / name
    status, data = path.stat(), path.read_bytes()
    path.unlink()
    if how == "other bytes":
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 255]))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    made_of_former: list[object] = []
    monkeypatch.setattr(FormerCatalog, "made", lambda *given: made_of_former.append(given))
    later = edited(made, person_q="</person/q> a schema:Person ; schema:name 'R' .")
    built = build(later.archive, output)
    assert made_of_former == []
    assert b"R" in pages(output)["person/q.html"]
    assert built.linked > built.written or name.startswith("www")


def test_what_is_kept_serves_build_after_build(made: Catalog, output: Path, tmp_path: Path) -> None:
    for number in range(3):
        text = f"</person/q> a schema:Person ; schema:name 'Quentin the {number}th', 'Квентин' ."
        later = edited(made, person_q=text)
        built = build(later.archive, output)
        assert built.replaced == 1
    every = build(later, tmp_path / "every", full=True)
    assert (built.name, built.statements) == (every.name, every.statements)
    assert differing(output, tmp_path / "every") == []
    assert list(faults(output / "current")) == []


def test_the_pages_of_the_oldest_snapshot_become_those_of_the_new_one(
    made: Catalog, output: Path, tmp_path: Path
) -> None:
    for number in range(2):
        built = build(edited(made, person_q=f"{RECORDS['person/q']}\n# {number}").archive, output)
    by_age = sorted((output / "snapshots").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    assert (len(by_age), by_age[-1].name) == (3, built.name)
    www = by_age[0] / "www"
    (www / "films" / "new").mkdir()
    (www / "films" / "new" / "stranger.html").write_text("no page", encoding="utf-8")
    (www / "film" / "b.html").unlink()
    (www / "film" / "b.html").write_text("another", encoding="utf-8")
    (www / "film" / "a.html").unlink()
    (www / "film" / "a.html").symlink_to("b.html")
    (www / "robots.txt").unlink()
    inode = www.stat().st_ino
    others = {path: sorted(pages_of(path).items()) for path in by_age[1:]}
    later = edited(made, person_q=f"{RECORDS['person/q']}\n# 2")
    build(later.archive, output)
    assert (output / "current" / "www").stat().st_ino == inode
    assert not (output / "current" / "www" / "films" / "new").exists()
    build(later, tmp_path / "every", full=True)
    assert differing(output, tmp_path / "every") == []
    assert list(faults(output / "current")) == []
    assert {path: sorted(pages_of(path).items()) for path in by_age[1:]} == others
    assert {path.name for path in (output / "snapshots").iterdir()} == {
        (output / "current").readlink().name,
        *(path.name for path in others),
    }


@pytest.mark.parametrize("mistake", ["a mistake", "a lost address"])
def test_a_build_that_cannot_be_done_gives_up_no_snapshot(mistake: str, made: Catalog, output: Path) -> None:
    for number in range(2):
        build(edited(made, person_q=f"{RECORDS['person/q']}\n# {number}").archive, output)
    before = {path.name: pages_of(path) for path in (output / "snapshots").iterdir()}
    assert len(before) == 3
    if mistake == "a mistake":
        (made.archive.root / "records" / "film" / "a.ttl").write_text("</film/a> a", encoding="utf-8")
    else:
        (made.archive.root / "records" / "film" / "a.ttl").unlink()
    with pytest.raises(FilmldError):
        build(made.archive, output)
    assert {path.name: pages_of(path) for path in (output / "snapshots").iterdir()} == before


def test_the_thinned_data_of_a_large_archive_follow_an_edit(
    made: Catalog, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(slim, "LARGE", len(made.store) + 1)
    build(made.archive, output)
    assert "sparql/slim.nq.gz" not in pages(output)
    for name in ("Quentin", "Quincy"):  # with more statements than before, and with as many
        later = edited(
            made, person_q=f"</person/q> a schema:Person ; schema:name '{name}' ; schema:alternateName 'q' ."
        )
        build(later.archive, output)
        assert name in gzip.decompress(pages(output)["sparql/slim.nq.gz"]).decode()
        build(later, tmp_path / name, full=True)
        assert differing(output, tmp_path / name) == []


def test_where_traces_say_nothing_all_is_written(
    made: Catalog, output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(made.archive, output)
    later = edited(made, person_q="</person/q> a schema:Person ; schema:name 'q' . # a comment")
    monkeypatch.setattr(traces, "read", lambda *_: None)
    built = build(later.archive, output)
    assert built.linked == 0
    build(later, tmp_path / "full", full=True)
    assert differing(output, tmp_path / "full") == []


def test_where_there_are_no_hard_links_files_are_copied(
    made: Catalog, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def refuse(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", refuse)
    built, anew = written(edited(made, person_q=RECORDS["person/q"] + "# q"), output)
    assert len(anew) == built.files
    assert built.linked > built.written
    assert list(faults(output / "current")) == []


def test_the_manifest_of_a_later_build_holds_every_file(made: Catalog, output: Path) -> None:
    build(edited(made, person_q=RECORDS["person/q"] + "# q"), output)
    manifest = read_manifest(output / "current")
    assert {name.removeprefix("www/") for name in manifest.files if name.startswith("www/")} == set(
        pages(output)
    )


def test_the_traces_of_a_later_build_are_those_of_a_full_one(
    made: Catalog, output: Path, tmp_path: Path
) -> None:
    one, other = output, tmp_path / "other"
    for text in ("# 1", "# 2"):
        later = edited(made, person_q=f"{RECORDS['person/q']}{text}")
        build(later, one)
    build(later, other)
    assert traced(one) == traced(other)


def traced(output: Path) -> object:
    with closing(sqlite3.connect(output / "current" / "traces.sqlite")) as database:
        rows = database.execute(
            "SELECT path, text, answer FROM file JOIN asked USING (trace) "
            "JOIN question ON question.id = asked.question ORDER BY path, text"
        ).fetchall()
        lonely = database.execute("SELECT text FROM question WHERE id NOT IN (SELECT question FROM asked)")
        return rows, lonely.fetchall()
