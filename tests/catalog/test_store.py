"""A store on disk that is made from a former one holds what one holds that is written anew."""

import hashlib
import shutil
from itertools import chain
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog, linking
from filmld.catalog import store as writing
from filmld.catalog.contents import CONTENTS, difference, read_contents, write_contents
from filmld.catalog.linking import link_or_copy
from filmld.catalog.store import write_store
from filmld.errors import OutputError
from tests.publish.edits import Editor

INVENTED = Path(__file__).parents[1] / "archives" / "invented"
FILM = "records/film/winter-harbour-1986.ttl"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    shutil.copytree(INVENTED, tmp_path / "invented")
    return Archive.open(tmp_path / "invented")


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the archive as it is."""
    folder = tmp_path_factory.mktemp("first") / "store"
    write_store(Catalog.load(Archive.open(INVENTED)), folder)
    return folder


@pytest.fixture
def former(first: Path, tmp_path: Path) -> Path:
    """A copy of it that may be spoilt."""
    return shutil.copytree(first, tmp_path / "former")


@pytest.fixture(scope="module")
def later(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """The archive after an edit."""
    root = shutil.copytree(INVENTED, tmp_path_factory.mktemp("later") / "invented")
    return edited(Archive.open(root))


def quads(folder: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(folder))}


def assert_holds(folder: Path, catalog: Catalog) -> None:
    """Compare every statement and every graph, by way of the engine that did not write it."""
    assert quads(folder) == {str(quad) for quad in chain(catalog.store, catalog.tallies())}
    found = ox.Store.read_only(str(folder)).named_graphs()
    assert set(found) == {*catalog.store.named_graphs(), ox.NamedNode("urn:filmld:derived")}


def files(folder: Path) -> dict[str, str]:
    """The files of a store that count; opening it to read leaves a log."""
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if not path.name.startswith("LOG")
    }


def edited(archive: Archive) -> Catalog:
    path = archive.root / FILM
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"Winter Harbour"@en', '"Winter Haven"@en'), encoding="utf-8")
    return Catalog.load(archive)


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_after_any_edits_it_holds_what_is_written_anew(archive: Archive, tmp_path: Path, seed: int) -> None:
    editor = Editor(archive.root, seed)
    former = tmp_path / "0"
    write_store(Catalog.load(archive), former)
    made_of_former = 0
    for step in range(1, 13):
        edits = editor.edit()
        catalog = Catalog.load(archive)
        before, reader = files(former), ox.Store.read_only(str(former))
        stated = {str(quad) for quad in reader}
        made = write_store(catalog, tmp_path / str(step), former)
        made_of_former += made.replaced is not None
        assert_holds(tmp_path / str(step), catalog)
        assert made.statements == len(catalog.store) + len(catalog.tallies()), edits
        assert files(former) == before
        assert {str(quad) for quad in reader} == stated
        former = tmp_path / str(step)
    assert made_of_former >= 8


def test_only_what_is_different_is_written(
    later: Catalog, former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    linked: list[str] = []

    def link(source: Path, target: Path) -> None:
        linked.append(source.name)
        link_or_copy(source, target)

    monkeypatch.setattr(linking, "link_or_copy", link)
    made = write_store(later, tmp_path / "later", former)
    assert made.replaced == 1
    assert linked == sorted(path.name for path in former.glob("*.sst"))


def test_facts_are_compared_whatever_they_are_about(archive: Archive, tmp_path: Path) -> None:
    """Those who derive facts need not say which: here one is made that no record of today gives."""
    catalog = Catalog.load(archive)
    write_store(catalog, tmp_path / "former")
    known = read_contents(tmp_path / "former" / CONTENTS)
    graph = ox.NamedNode("urn:filmld:derived")
    gone = next(catalog.store.quads_for_pattern(None, None, None, graph))
    come = ox.Quad(ox.NamedNode("a:new"), ox.NamedNode("a:is"), ox.BlankNode("b0"), graph)
    catalog.store.remove(gone)
    catalog.store.add(come)

    found = difference(known, write_contents(catalog, tmp_path / "wanted.gz"))
    assert found.records == ()
    assert found.gone == (f"{gone.subject} {gone.predicate} {gone.object} .\n".encode(),)
    assert found.come == (b"<a:new> <a:is> _:b0 .\n",)
    assert write_store(catalog, tmp_path / "later", tmp_path / "former").replaced == 0
    assert_holds(tmp_path / "later", catalog)


def test_much_is_written_anew(archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "LEAST", 1)
    write_store(Catalog.load(archive), tmp_path / "former")
    for path in sorted((archive.root / "records" / "film").glob("*.ttl")):
        path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    catalog = Catalog.load(archive)
    assert write_store(catalog, tmp_path / "later", tmp_path / "former").replaced is None
    assert_holds(tmp_path / "later", catalog)


@pytest.mark.parametrize("name", [CONTENTS, "CURRENT", "MANIFEST-*", "*.sst"])
@pytest.mark.parametrize("harm", ["missing", "empty", "garbage", "cut"])
def test_a_former_store_that_is_damaged_is_no_help(
    later: Catalog, former: Path, tmp_path: Path, name: str, harm: str
) -> None:
    for path in former.glob(name):
        data = path.read_bytes()
        path.unlink()
        if harm != "missing":
            path.write_bytes({"empty": b"", "garbage": b"\xff" * len(data)}.get(harm, data[: len(data) // 2]))
    made = write_store(later, tmp_path / "later", former)
    assert made.replaced is None
    assert_holds(tmp_path / "later", later)


@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), RuntimeError("Corruption")])
def test_an_edit_that_fails_leaves_nothing_and_all_is_written(
    later: Catalog, former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:

    held: list[ox.Store] = []

    def fail(folder: Path, *_: object) -> int:
        held.append(ox.Store(str(folder)))
        held[0].clear()
        raise error

    monkeypatch.setattr(writing, "_edit", fail)
    assert write_store(later, tmp_path / "later", former).replaced is None
    assert_holds(tmp_path / "later", later)
    assert not (tmp_path / "later-edited").exists()


def test_a_disk_that_stays_full_is_told(
    later: Catalog, former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing, "_edit", fail)
    monkeypatch.setattr(writing, "_load", fail)
    with pytest.raises(OutputError, match="No space left on device"):
        write_store(later, tmp_path / "later", former)
    assert [path.name for path in tmp_path.iterdir()] == ["former"]


def test_an_edit_that_loses_something_is_noticed(
    later: Catalog, former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:

    def lose(folder: Path, *_: object) -> int:
        store = ox.Store(str(folder))
        store.remove(next(iter(store)))
        return len(store)

    monkeypatch.setattr(writing, "_edit", lose)
    assert write_store(later, tmp_path / "later", former).replaced is None
    assert_holds(tmp_path / "later", later)


def test_where_files_cannot_have_two_names_they_are_copied(
    later: Catalog, former: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", refuse)
    assert write_store(later, tmp_path / "later", former).replaced == 1
    assert_holds(tmp_path / "later", later)
