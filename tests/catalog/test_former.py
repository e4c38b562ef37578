"""A catalogue made from what a build has left is what a catalogue would be that is read anew."""

import gzip
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive import Archive, Record
from filmld.catalog import Catalog, reading
from filmld.catalog import former as making
from filmld.catalog.former import FormerCatalog, Left
from filmld.catalog.kept import open_kept, write_kept
from filmld.catalog.store import write_store
from filmld.catalog.texts import Texts
from filmld.errors import FilmldError, RecordChangedError, RecordUnreadableError
from filmld.turtle.terms import Triple
from filmld.vocab import FLD, ROLE
from tests.publish.edits import Editor

INVENTED = Path(__file__).parents[1] / "archives" / "invented"
FILM = "records/film/winter-harbour-1986.ttl"
IRI = "https://invented.example.org/film/winter-harbour-1986"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    shutil.copytree(INVENTED, tmp_path / "invented")
    return Archive.open(tmp_path / "invented")


def in_folder(folder: Path) -> Left:
    return Left(folder / "store", folder / "kept", folder / "facts")


def leave(catalog: Catalog, folder: Path) -> Left:
    """Leave what a build leaves."""
    folder.mkdir()
    left = in_folder(folder)
    left.facts.write_bytes(gzip.compress("".join(catalog.derived_nquads()).encode()))
    write_store(catalog, left.store)
    assert any(lists(catalog))
    write_kept(catalog, left.kept, len(catalog.tallies()))
    return left


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a build of the archive as it is leaves."""
    folder = tmp_path_factory.mktemp("left") / "0"
    leave(Catalog.load(Archive.open(INVENTED)), folder)
    return folder


@pytest.fixture
def left(first: Path, tmp_path: Path) -> Left:
    """A copy of it that may be spoilt."""
    return in_folder(shutil.copytree(first, tmp_path / "0"))


def made(archive: Archive, left: Left, folder: Path) -> FormerCatalog:
    folder.mkdir()
    catalog = FormerCatalog.made(Texts(archive), left, folder / "store")
    assert catalog is not None
    return catalog


def assert_is_as_read_anew(former: FormerCatalog, anew: Catalog) -> None:
    assert {*map(str, former.store)} == {*map(str, anew.store), *map(str, anew.tallies())}
    assert set(former.store.named_graphs()) == {
        *anew.store.named_graphs(),
        ox.NamedNode("urn:filmld:derived"),
    }
    assert former.statements == anew.statements
    assert list(former.derived_nquads()) == list(anew.derived_nquads())
    assert former.usage() == anew.usage()
    assert list(former.records.items()) == list(anew.records.items())
    assert list(former.retired.items()) == list(anew.retired.items())
    assert former.digests == anew.digests
    for record in anew.records.values():
        assert former.brief(record) == anew.brief(record)
        assert former.source(record) == anew.source(record)
        assert former.size(record) == anew.size(record)
        assert list(former.graph(record)) == list(anew.graph(record))
        assert former.references(record.iri) == anew.references(record.iri)
        assert former.mentions(record.iri) == anew.mentions(record.iri)
    assert former.classes() == anew.classes()
    assert lists(former) == lists(anew)


def lists(catalog: Catalog) -> list[list[tuple[str, str]]]:
    """All lists of pairs that pages are made of."""
    roles = [
        catalog.credited_as(f"{ROLE}{name}") for name in ("director", "editor", "cinematographer", "actor")
    ]
    capacities = [
        catalog.in_capacity(f"https://schema.org/{name}")
        for name in ("director", "actor", "editor", "musicBy")
    ]
    others = [catalog.agents(f"{FLD}distributor"), catalog.shown_at(), catalog.credited_names()]
    return [list(found) for found in (*roles, *capacities, *others)]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (2, 3))])
def test_after_any_edits_it_is_as_one_that_is_read_anew(
    archive: Archive, left: Left, tmp_path: Path, seed: int
) -> None:
    editor = Editor(archive.root, seed)
    for step in range(1, 9):
        said = editor.edit()
        former, anew = made(archive, left, tmp_path / str(step)), Catalog.load(archive)
        assert_is_as_read_anew(former, anew)
        left = left_by(former, tmp_path / str(step))
        assert {*map(str, ox.Store.read_only(str(left.store)))} == {
            *map(str, anew.store),
            *map(str, anew.tallies()),
        }, said


def left_by(former: FormerCatalog, folder: Path) -> Left:
    left = in_folder(folder)
    left.facts.write_bytes(gzip.compress("".join(former.derived_nquads()).encode()))
    assert former.finish(left.store).statements == len(ox.Store.read_only(str(left.store)))
    former.keep(left.kept)
    return left


def test_only_what_has_changed_is_read(
    archive: Archive, left: Left, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[str] = []
    path = archive.root / FILM
    path.write_text(
        path.read_text(encoding="utf-8").replace("Winter Harbour", "Winter Haven"), encoding="utf-8"
    )

    def triples(record: Record, data: bytes) -> Iterator[Triple]:
        parsed.append(record.iri)
        return reading.triples(record, data)

    monkeypatch.setattr(making, "triples", triples)
    found = made(archive, left, tmp_path / "1")
    assert parsed == [IRI]
    assert found.changed == {IRI}


def test_a_file_that_changes_meanwhile_is_told(archive: Archive, left: Left, tmp_path: Path) -> None:
    found = made(archive, left, tmp_path / "1")
    path = archive.root / FILM
    path.write_text(path.read_text(encoding="utf-8") + "#", encoding="utf-8")
    with pytest.raises(RecordChangedError):
        found.graph(found.records[IRI])


def test_a_mistake_is_told_as_by_whoever_reads_all(archive: Archive, left: Left, tmp_path: Path) -> None:
    (archive.root / FILM).write_text("</film/a> a", encoding="utf-8")
    with pytest.raises(RecordUnreadableError) as anew:
        Catalog.load(archive)
    with pytest.raises(RecordUnreadableError) as former:
        FormerCatalog.made(Texts(archive), left, tmp_path / "store")
    assert str(former.value) == str(anew.value)


def unreadable(archive: Archive) -> None:
    (archive.root / FILM).unlink()
    os.mkfifo(archive.root / FILM)


def without_records(archive: Archive) -> None:
    shutil.rmtree(archive.root / "records")


@pytest.mark.parametrize("harm", [unreadable, without_records])
def test_what_cannot_be_read_is_told(
    archive: Archive, left: Left, tmp_path: Path, harm: Callable[[Archive], None]
) -> None:
    harm(archive)
    with pytest.raises(FilmldError) as anew:
        Catalog.load(archive)
    with pytest.raises(FilmldError) as former:
        FormerCatalog.made(Texts(archive), left, tmp_path / "store")
    assert str(former.value) == str(anew.value)


def test_where_much_has_changed_all_is_read(archive: Archive, left: Left, tmp_path: Path) -> None:
    for path in (archive.root / "records").rglob("*.ttl"):
        path.write_text(path.read_text(encoding="utf-8") + "#\n", encoding="utf-8")
    assert FormerCatalog.made(Texts(archive), left, tmp_path / "store") is None
    assert not (tmp_path / "store").exists()


def another_version(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


HARMS: dict[str, Callable[[Left], object]] = {
    "nothing kept": lambda left: left.kept.unlink(),
    "kept by another version": lambda left: another_version(left.kept),
    "no database": lambda left: left.kept.write_bytes(b"?" * 5000),
    "no store": lambda left: shutil.rmtree(left.store),
    "no log of the store": lambda left: (left.store / "CURRENT").write_bytes(b"?"),
}


@pytest.mark.parametrize("harm", HARMS)
def test_where_what_was_left_is_damaged_all_is_read(
    harm: str, archive: Archive, left: Left, tmp_path: Path
) -> None:
    HARMS[harm](left)
    assert FormerCatalog.made(Texts(archive), left, tmp_path / "store") is None
    assert not (tmp_path / "store").exists()


def test_what_was_left_stays_as_it_was(archive: Archive, left: Left, tmp_path: Path) -> None:
    before = {*map(str, ox.Store.read_only(str(left.store)))}
    Editor(archive.root, 5).edit()
    made(archive, left, tmp_path / "1").finish(tmp_path / "1" / "store")
    assert {*map(str, ox.Store.read_only(str(left.store)))} == before
    with closing(open_kept(left.kept)) as kept:
        assert kept.brief("https://invented.example.org/film/none") is None
