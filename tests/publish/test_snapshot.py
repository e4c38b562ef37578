import fcntl
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.catalog import Catalog, store
from filmld.catalog.store import write_store
from filmld.errors import (
    BuildRunningError,
    FilmldError,
    ForeignFolderError,
    OutputError,
    OutputInRecordsError,
    RecordChangedError,
    SnapshotError,
    StoreIncompleteError,
)
from filmld.publish import completing
from filmld.publish.completing import Built
from filmld.publish.manifest import read_manifest
from filmld.publish.snapshot import build
from filmld.publish.verify import faults
from tests.publish.helpers import archive, catalog
from tests.publish.published import Published

RECORDS = {
    "film/x": "<> a schema:Movie ; schema:name 'X' ; schema:director </person/p> .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
}

STATEMENTS = 5 + 2 + 2 + 2 + 1 + 1
"""What the records state, and what follows: who the film's director, and one of its agents, is; which
word finds each of the two, and how each word begins; that there is no copy of it, and its place among all
of which there is none."""


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalog(tmp_path / "archive", RECORDS)


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def first(made: Catalog, output: Path, first_build: Published) -> Built:
    return first_build(made, output)


def changed(made: Catalog, name: str = "Y") -> Catalog:
    return catalog(made.archive.root, {"person/p": f"</person/p> a schema:Person ; schema:name '{name}' ."})


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def pages(output: Path) -> dict[str, bytes]:
    return files(output / "current" / "www")


def names(output: Path) -> set[str]:
    return {path.name for path in (output / "snapshots").iterdir()}


def test_a_build_makes_pages_a_store_and_a_manifest(made: Catalog, output: Path) -> None:
    built = build(made, output)
    current = output / "current"
    assert current.readlink() == Path("snapshots", built.name)
    assert {path.name for path in current.iterdir()} == {
        "files.tsv",
        "manifest.json",
        "pieces",
        "records.tsv",
        "store",
        "catalog.sqlite",
        "traces.sqlite",
        "www",
    }
    assert (current / "www" / "film" / "x.html").is_file()
    assert len(ox.Store.read_only(str(current / "store"))) == built.statements == STATEMENTS
    manifest = read_manifest(current)
    assert manifest.records["records/film/x.ttl"].sha256 == made.digests["https://films.example.org/film/x"]
    assert set(manifest.files) == {f"www/{name}" for name in pages(output)} | {
        name for name in files(current) if name.startswith(("pieces/", "store/", "traces", "catalog"))
    }


def test_the_same_records_give_the_same_bytes_and_the_same_name(made: Catalog, tmp_path: Path) -> None:
    other = catalog(tmp_path / "elsewhere" / "archive", RECORDS)
    first, second = build(made, tmp_path / "one"), build(other, tmp_path / "two")
    assert first.name == second.name
    assert pages(tmp_path / "one") == pages(tmp_path / "two")


def test_nothing_written_names_a_folder_of_this_machine(made: Catalog, output: Path) -> None:
    build(made, output)
    place = str(made.archive.root.parent).encode()
    found = {**pages(output), "manifest": (output / "current" / "manifest.json").read_bytes()}
    assert [name for name, data in found.items() if place in data] == []


def test_building_again_uses_the_snapshot_that_is_there(made: Catalog, output: Path, first: Built) -> None:
    before = (output / "snapshots" / first.name).stat().st_ino
    again = build(made, output)
    assert (again.name, again.statements) == (first.name, None)
    assert (output / "snapshots" / first.name).stat().st_ino == before
    assert names(output) == {first.name}


def test_a_damaged_snapshot_is_built_anew(made: Catalog, output: Path, first: Built) -> None:
    (output / "current" / "www" / "index.html").write_text("broken", encoding="utf-8")
    assert list(faults(output / "current")) != []
    assert build(made, output).statements == STATEMENTS
    assert list(faults(output / "current")) == []
    assert names(output) == {first.name}


def test_the_last_three_snapshots_are_kept(made: Catalog, output: Path, first: Built) -> None:
    built = [first.name, *(build(changed(made, name), output).name for name in "abcd")]
    assert len(set(built)) == 5
    assert names(output) == set(built[2:])
    assert (output / "current").readlink() == Path("snapshots", built[-1])


def test_returning_to_earlier_records_returns_to_their_snapshot(
    made: Catalog, output: Path, first: Built
) -> None:
    second = build(changed(made), output)
    back = build(changed(made, "P"), output)
    assert (back.name, back.statements) == (first.name, None)
    assert names(output) == {first.name, second.name}


def test_progress_is_told_file_by_file(made: Catalog, output: Path) -> None:
    told: list[tuple[int, int]] = []
    built = build(made, output, lambda done, total: told.append((done, total)))
    assert told == [(number, built.files) for number in range(1, built.files + 1)]


@pytest.mark.parametrize("name", ["notes.txt", ".git", "index.html"])
def test_a_folder_with_something_else_in_it_is_left_alone(name: str, made: Catalog, output: Path) -> None:
    output.mkdir()
    (output / name).write_text("mine", encoding="utf-8")
    with pytest.raises(ForeignFolderError, match="nothing was changed"):
        build(made, output)
    assert files(output) == {name: b"mine"}


@pytest.mark.parametrize("name", ["snapshots", "current", ".lock"])
def test_a_link_or_file_in_the_place_of_ours_is_not_followed(
    name: str, made: Catalog, tmp_path: Path
) -> None:
    output, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    output.mkdir()
    elsewhere.mkdir()
    (elsewhere / "file").write_text("mine", encoding="utf-8")
    if name == "current":
        (output / name).mkdir()
    else:
        (output / name).symlink_to(elsewhere if name == "snapshots" else elsewhere / "file")
    with pytest.raises(ForeignFolderError):
        build(made, output)
    assert files(elsewhere) == {"file": b"mine"}


def test_an_empty_folder_may_be_used(made: Catalog, output: Path) -> None:
    output.mkdir()
    assert build(made, output).records == 2


def test_a_file_in_the_place_of_the_folder_is_refused(made: Catalog, output: Path) -> None:
    output.write_text("mine", encoding="utf-8")
    with pytest.raises(OutputError, match="cannot be written"):
        build(made, output)
    assert output.read_text(encoding="utf-8") == "mine"


def test_nothing_is_built_among_the_records(made: Catalog) -> None:
    folder = made.archive.root / "records" / "site"
    with pytest.raises(OutputInRecordsError):
        build(made, folder)
    assert not folder.exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is unwritable for the superuser")
def test_an_unwritable_folder_is_said_so(made: Catalog, output: Path) -> None:
    output.mkdir(mode=0o500)
    with pytest.raises(OutputError, match="Permission denied"):
        build(made, output)


def test_a_folder_that_cannot_be_made_is_said_so(made: Catalog) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        build(made, Path("/proc/filmld/site"))


def test_a_second_build_is_refused_with_the_number_of_the_first(
    made: Catalog, output: Path, first: Built
) -> None:
    with (output / ".lock").open("r+", encoding="utf-8") as held:
        held.write("4711\n")
        held.flush()
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(BuildRunningError, match="process 4711"):
            build(changed(made), output)
    assert build(changed(made), output).statements == STATEMENTS


def test_a_record_that_changes_meanwhile_stops_the_build(made: Catalog, output: Path, first: Built) -> None:
    record = made.find("person/p")
    record.path.write_text(record.path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(RecordChangedError):
        build(Catalog(made.archive, made.records, made.digests, made.store), output)
    assert names(output) == {first.name}


@pytest.mark.parametrize("step", ["write_store", "measured", "put_in_place"])
def test_a_full_disk_leaves_what_was_published(
    step: str, made: Catalog, output: Path, first: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = pages(output)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(completing, step, fail)
    with pytest.raises(OutputError, match="No space left on device") as caught:
        build(changed(made), output)
    assert caught.value.exit_code == 2
    assert pages(output) == before
    assert names(output) == {first.name}


def test_a_new_output_is_not_half_there_after_a_failure(
    made: Catalog, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(completing, "write_store", fail)
    with pytest.raises(OutputError):
        build(made, output)
    assert not (output / "current").exists()
    assert names(output) == set()
    monkeypatch.undo()
    assert build(made, output).records == 2


KILLED = """
import os, signal, sys
from pathlib import Path
from filmld.archive import Archive
from filmld.catalog import Catalog, store
from filmld.publish import completing, output, snapshot
module, name = {"store": (completing, "write_store"), "place": (completing, "put_in_place"),
                "swap": (output, "point_to"), "pages": (completing, "_is_sound"),
                "edit": (store, "_edit")}[sys.argv[3]]
setattr(module, name, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
snapshot.build(Catalog.load(Archive.open(Path(sys.argv[1]))), Path(sys.argv[2]))
"""


@pytest.mark.parametrize("moment", ["pages", "store", "edit", "place", "swap"])
def test_a_killed_build_leaves_the_old_and_the_next_one_cleans_up(
    moment: str, made: Catalog, output: Path, first: Built
) -> None:
    before = pages(output)
    later = changed(made)
    command = [sys.executable, "-c", KILLED, str(made.archive.root), str(output), moment]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    assert pages(output) == before
    last = build(later, output)
    assert (output / "current").readlink() == Path("snapshots", last.name)
    assert len(names(output)) == 2
    assert list(faults(output / "current")) == []


def test_what_a_build_left_behind_is_swept(made: Catalog, output: Path) -> None:
    (output / "snapshots" / ".tmp-1" / "www").mkdir(parents=True)
    (output / ".tmp-1").symlink_to("snapshots/none")
    built = build(made, output)
    assert names(output) == {built.name}
    assert {path.name for path in output.iterdir()} == {".lock", "current", "snapshots"}


def test_a_sound_snapshot_has_no_faults(made: Catalog, output: Path, first: Built) -> None:
    ox.Store.read_only(str(output / "current" / "store")).query("ASK {}")
    assert list(faults(output / "current")) == []


def test_every_fault_of_a_snapshot_is_named(made: Catalog, output: Path, first: Built) -> None:
    www = output / "current" / "www"
    (www / "film" / "x.ttl").unlink()
    (www / "robots.txt").write_bytes((www / "robots.txt").read_bytes().swapcase())
    (www / "404.html").write_text("short", encoding="utf-8")
    (www / "new.html").write_text("new", encoding="utf-8")
    store = min((output / "current" / "store").glob("*.sst"))
    data = bytearray(store.read_bytes())
    data[len(data) // 2] ^= 1
    store.write_bytes(data)
    found = list(faults(output / "current"))
    assert [fault.partition(":")[0] for fault in found] == [
        f"store/{store.name}",
        "www/404.html",
        "www/film/x.ttl",
        "www/robots.txt",
        "www/new.html",
    ]


@pytest.mark.parametrize("text", [None, "", "[]", "{", '{"files": {}}', '{"files": {}, "records": {}}'])
def test_a_snapshot_without_a_usable_manifest_is_refused(
    text: str | None, made: Catalog, output: Path, first: Built
) -> None:
    path = output / "current" / "manifest.json"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(SnapshotError):
        read_manifest(output / "current")


def test_a_manifest_made_to_fit_a_changed_page_does_not_fit_the_name(
    made: Catalog, output: Path, first: Built
) -> None:
    current = output / "current"
    manifest = read_manifest(current)
    changed = manifest.files["www/index.html"]._replace(sha256="0" * 64)
    edited = replace(manifest, files=manifest.files.edited({"www/index.html": changed}))
    edited.write(current, current.resolve().name)
    with pytest.raises(SnapshotError, match=r"manifest\.json does not belong to it, or was edited"):
        list(faults(current))


@pytest.mark.parametrize("name", ["files.tsv", "records.tsv"])
@pytest.mark.parametrize("how", ["gone", "edited"])
def test_a_list_that_is_not_that_of_the_manifest_is_refused(
    name: str, how: str, made: Catalog, output: Path, first: Built
) -> None:
    path = output / "current" / name
    text = path.read_bytes()
    path.unlink()
    if how == "edited":
        path.write_bytes(text.replace(b"0", b"1"))
    with pytest.raises(SnapshotError, match=f"{name} (cannot be read|does not belong to manifest.json)"):
        read_manifest(output / "current")


def test_a_manifest_of_another_version_is_said_so(made: Catalog, output: Path, first: Built) -> None:
    path = output / "current" / "manifest.json"
    path.write_text(path.read_text(encoding="utf-8").replace('"format": 2', '"format": 1'), encoding="utf-8")
    with pytest.raises(SnapshotError, match="was written by another version of filmld"):
        read_manifest(output / "current")


def test_no_snapshot_is_no_traceback(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match="cannot be read"):
        list(faults(tmp_path / "none"))


def test_an_archive_with_a_broken_record_is_not_built(tmp_path: Path) -> None:
    broken = archive(tmp_path / "archive", {**RECORDS, "film/y": "<> a ."})
    with pytest.raises(FilmldError):
        build(Catalog.load(broken), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_snapshot_can_be_moved(made: Catalog, output: Path, first: Built, tmp_path: Path) -> None:
    shutil.copytree(output / "snapshots" / first.name, tmp_path / "copy" / first.name)
    assert list(faults(tmp_path / "copy" / first.name)) == []


def test_a_snapshot_that_lost_its_manifest_is_built_anew(made: Catalog, output: Path, first: Built) -> None:
    (output / "current" / "manifest.json").unlink()
    assert build(made, output).statements == STATEMENTS
    assert list(faults(output / "current")) == []


def test_the_store_is_made_from_the_one_before(made: Catalog, output: Path, first: Built) -> None:
    assert first.replaced is None
    later = changed(made)
    assert build(later, output).replaced == 1
    found = ox.Store.read_only(str(output / "current" / "store"))
    assert {str(quad) for quad in found} == {str(quad) for quad in (*later.store, *later.tallies())}
    assert list(faults(output / "current")) == []
    assert build(changed(made, "Z"), output, full=True).replaced is None


@pytest.mark.parametrize("harm", ["missing", "cut", "another bit"])
def test_a_store_that_is_damaged_is_no_beginning(
    harm: str, made: Catalog, output: Path, first: Built
) -> None:
    for path in (output / "current" / "store").glob("*.sst"):
        data = bytearray(path.read_bytes())
        data[len(data) // 3] ^= 1
        path.unlink()
        if harm != "missing":
            path.write_bytes(data[:100] if harm == "cut" else data)
    later = changed(made)
    assert build(later, output).replaced is None
    assert list(faults(output / "current")) == []
    found = ox.Store.read_only(str(output / "current" / "store"))
    assert {str(quad) for quad in found} == {str(quad) for quad in (*later.store, *later.tallies())}


def test_a_store_that_cannot_be_written_is_said_so(made: Catalog) -> None:
    with pytest.raises(OutputError, match="cannot be written"):
        write_store(made, Path("/proc/filmld"))


def test_a_store_that_lost_something_is_noticed(
    made: Catalog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(_catalog: Catalog, folder: Path) -> None:
        ox.Store(str(folder)).flush()

    monkeypatch.setattr(store, "_load", lose)
    with pytest.raises(StoreIncompleteError, match=f"0 statements instead of {STATEMENTS}"):
        write_store(made, tmp_path / "store")
