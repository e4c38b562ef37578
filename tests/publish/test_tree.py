"""The files of a snapshot are in the next one, whatever was in the folder that these were given."""

import os
from pathlib import Path

import pytest

from filmld.publish.listing import Listing
from filmld.publish.manifest import entry_of
from filmld.publish.tree import Held, remove, take_over

FILES = {"www/a.html": "a", "www/film/b.html": "b", "www/film/c/d.html": "d"}
LATER = 2**40
"""A time, in nanoseconds, after which nothing is written here."""


def held(folder: Path, files: dict[str, str]) -> Held:
    """Write files, as if long ago."""
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(1, 1))
    listing = Listing.of((path, entry_of(folder / path)) for path in files)
    return Held(folder, listing, LATER)


def texts(folder: Path) -> dict[str, str]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in found}


@pytest.fixture
def source(tmp_path: Path) -> Held:
    return held(tmp_path / "source", FILES)


def test_without_a_spare_folder_files_are_linked(source: Held, tmp_path: Path) -> None:
    assert take_over(source, tmp_path / "new", "www") == frozenset()
    assert texts(tmp_path / "new") == FILES
    assert (tmp_path / "new" / "www" / "a.html").samefile(source.folder / "www" / "a.html")


@pytest.mark.parametrize("times", [1, 2])
def test_of_a_spare_folder_stays_what_is_the_same_and_nothing_else(
    times: int, source: Held, tmp_path: Path
) -> None:
    spare = held(
        tmp_path / "spare", {**FILES, "www/a.html": "A", "www/old/e.html": "e", "www/film/c/f.html": "f"}
    )
    inode = (spare.folder / "www" / "film" / "b.html").stat().st_ino
    for _ in range(times):  # as after a process that did not come to its end
        assert take_over(source, tmp_path / "new", "www", spare) == frozenset()
    assert texts(tmp_path / "new") == FILES
    assert (tmp_path / "new" / "www" / "film" / "b.html").stat().st_ino == inode
    assert not (tmp_path / "new" / "www" / "old").exists()
    assert texts(source.folder) == FILES


@pytest.mark.parametrize("how", ["gone", "longer", "younger", "a link"])
@pytest.mark.parametrize("where", ["source", "spare"])
def test_what_is_not_as_it_was_written_is_not_taken(
    how: str, where: str, source: Held, tmp_path: Path
) -> None:
    spare = held(tmp_path / "spare", FILES)
    page = tmp_path / where / "www" / "a.html"
    text = page.read_text(encoding="utf-8")
    page.unlink()
    match how:
        case "longer":
            page.write_text(text + text, encoding="utf-8")
            os.utime(page, ns=(1, 1))
        case "younger":
            page.write_text(text, encoding="utf-8")
        case "a link":
            page.symlink_to("film/b.html")
    without_spare = take_over(source, tmp_path / "one", "www")
    with_spare = take_over(source, tmp_path / "other", "www", spare)
    assert without_spare == ({"www/a.html"} if where == "source" else set())
    assert with_spare == frozenset()  # one of the two has it
    assert texts(tmp_path / "other") == FILES


def test_a_name_that_is_taken_is_given_up_and_its_file_stays_as_it_is(source: Held, tmp_path: Path) -> None:
    (tmp_path / "new" / "www").mkdir(parents=True)
    (tmp_path / "new" / "www" / "a.html").write_text("other", encoding="utf-8")
    (tmp_path / "kept").hardlink_to(tmp_path / "new" / "www" / "a.html")
    assert take_over(source, tmp_path / "new", "www") == frozenset()
    assert texts(tmp_path / "new") == FILES
    assert (tmp_path / "kept").read_text(encoding="utf-8") == "other"


def test_folders_go_with_their_last_file(source: Held) -> None:
    remove(source.folder, ["www/film/c/d.html", "www/none.html"])
    assert not (source.folder / "www" / "film" / "c").exists()
    assert texts(source.folder) == {path: FILES[path] for path in ("www/a.html", "www/film/b.html")}
