"""Files that are where they were, with the size and the dates they had, are not looked up one by one."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.check.at_once import check_at_once
from filmld.check.run import Checks, check
from filmld.check.stored import planning
from filmld.errors import NoRecordsError
from tests.check.archives import make
from tests.check.stored.edits import EDITS, HEAD, invented

INDEX = ".filmld/check-archive.sqlite"
BEFORE = 1_000_000_000_000_000_000
"""A time so long ago that a file of it counts as settled."""


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive that counts as large, whose files were made long ago."""
    monkeypatch.setattr(planning, "SMALL", 0)
    archive = make(tmp_path, invented(random.Random(9)))  # noqa: S311  the same archive in every run
    settle(tmp_path / "records")
    check(archive)
    check(archive)
    return archive


def settle(records: Path) -> None:
    """Have all files look as if they had been saved long ago, each at its own time."""
    for nth, path in enumerate(sorted(records.rglob("*.ttl"))):
        os.utime(path, ns=(BEFORE, BEFORE + nth))


def rows(archive: Archive, table: str) -> int:
    with sqlite3.connect(archive.root / INDEX) as connection:
        found: int = connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608  ours
    connection.close()
    return found


def same_size_and_date(records: Path, choose: random.Random) -> None:
    """Change a letter, and set the date of the file back."""
    path = choose.choice(sorted(records.rglob("*.ttl")))
    dates = path.stat()
    text = path.read_bytes().replace(b"schema:name", b"schema:nmae", 1)
    path.write_bytes(text if b"schema:nmae" in text else text.replace(b"schema:nmae", b"schema:name", 1))
    os.utime(path, ns=(dates.st_atime_ns, dates.st_mtime_ns))


def swapped(records: Path, choose: random.Random) -> None:
    """Let two files of one size change their places, which changes neither their dates nor their inodes."""
    one, other = choose.sample(sorted(records.glob("film/*.ttl")), 2)
    one.rename(records / "aside")
    other.rename(one)
    (records / "aside").rename(other)


def replaced(records: Path, choose: random.Random) -> None:
    """Save as careful editors do: write another file and put it in the place of the first."""
    path = choose.choice(sorted(records.rglob("*.ttl")))
    aside = path.with_name(".aside")
    aside.write_bytes(path.read_bytes() + b"# saved\n")
    os.utime(aside, ns=(BEFORE, BEFORE))
    aside.replace(path)


def folder_moved(records: Path, choose: random.Random) -> None:
    """Move a folder into another and back in a later edit."""
    films, below = records / "film", records / "genre" / "film"
    if below.exists():
        for path in films.iterdir():
            path.rename(below / path.name)
        films.rmdir()
        below.rename(films)
    else:
        films.rename(below)
        films.mkdir()


def gone_and_back(records: Path, choose: random.Random) -> None:
    path = choose.choice(sorted(records.rglob("*.ttl")))
    data = path.read_bytes()
    path.unlink()
    path.write_bytes(data)


def touched(records: Path, choose: random.Random) -> None:
    os.utime(choose.choice(sorted(records.rglob("*.ttl"))), ns=(BEFORE, BEFORE + choose.randint(0, 99)))


def capitals(records: Path, choose: random.Random) -> None:
    """Make a file whose name another has on some computers, or take it away again."""
    path = choose.choice(sorted(records.rglob("f*.ttl")) or sorted(records.rglob("*.ttl")))
    other = path.with_name(path.name.swapcase().replace(".TTL", ".ttl"))
    if other.exists():
        other.unlink()
    else:
        shutil.copy(path, other)


TRICKS = (
    same_size_and_date,
    swapped,
    replaced,
    folder_moved,
    gone_and_back,
    touched,
    capitals,
)


@pytest.mark.parametrize("trick", TRICKS)
def test_no_trick_hides_a_change(trick: Callable[[Path, random.Random], None], archive: Archive) -> None:
    choose = random.Random(2)  # noqa: S311  the same edits in every run
    for _ in range(2):
        trick(archive.root / "records", choose)
        assert check(archive).findings == check_at_once(archive).findings


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(6))
def test_after_each_of_very_many_edits_the_findings_are_those_of_a_check_of_everything(
    seed: int, archive: Archive
) -> None:
    edit_at_random(archive, seed, 25)


def test_after_each_of_many_edits_too(archive: Archive) -> None:
    edit_at_random(archive, 40, 4)


def edit_at_random(archive: Archive, seed: int, rounds: int) -> None:
    choose = random.Random(seed)  # noqa: S311  the same edits in every run
    records, done = archive.root / "records", []
    with Checks(archive) as checks:
        checks.check()
        for _ in range(rounds):
            edit = choose.choice((*EDITS, *TRICKS) if (records / "film").exists() else EDITS)
            try:
                edit(records, choose)
            except (OSError, ValueError, IndexError):  # there are too few files left for it
                continue
            done.append(edit.__name__)
            if choose.random() < 0.5:
                settle(records)
            warm = checks.check() if choose.random() < 0.5 else check(archive)
            cold = check_at_once(archive)
            assert warm.findings == cold.findings, done
            assert warm.files == cold.files, done
    assert done


def test_where_nothing_has_changed_no_row_is_compared(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert rows(archive, "folder") > 0
    assert rows(archive, "moved") == 0
    (archive.root / "records/genre/g1.ttl").unlink()
    monkeypatch.delattr(planning.Planner, "_compare")
    assert check(archive).findings == check_at_once(archive).findings
    assert rows(archive, "moved") == 1


def test_a_file_that_is_fresh_is_looked_at_until_it_has_settled(archive: Archive) -> None:
    film = archive.root / "records/film/f1.ttl"
    for text in ("# a\n", "# b\n", "# c\n"):  # perhaps within one tick of the clock
        film.write_text(HEAD + text, encoding="utf-8")
        assert check(archive).findings == check_at_once(archive).findings
    assert rows(archive, "moved") == 1


def test_where_too_much_has_changed_another_list_is_kept(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "FEW", 3)
    settle(archive.root / "records")
    for path in (archive.root / "records").rglob("*.ttl"):
        path.write_bytes(path.read_bytes() + b"# more\n")
    settle(archive.root / "records")
    assert check(archive).findings == check_at_once(archive).findings
    assert rows(archive, "folder") == 0
    assert check(archive).findings == check_at_once(archive).findings
    assert rows(archive, "folder") > 0
    assert rows(archive, "moved") == 0


def test_when_the_last_record_is_gone_there_is_none(archive: Archive) -> None:
    for path in (archive.root / "records").rglob("*.ttl"):
        path.unlink()
    with pytest.raises(NoRecordsError):
        check(archive)


@pytest.mark.parametrize(
    "harm",
    [
        "UPDATE folder SET numbers = x'00'",
        "UPDATE folder SET numbers = x'0000000000000000'",
        "UPDATE folder SET numbers = 7",
        "UPDATE folder SET names = x'ff'",
        "UPDATE folder SET names = x'612e74746c2f622e74746c'",
        "DELETE FROM folder WHERE place LIKE '%film'",
    ],
)
def test_a_list_that_is_broken_changes_nothing_but_the_time(harm: str, archive: Archive) -> None:
    (archive.root / "records/film/f1.ttl").write_text(HEAD, encoding="utf-8")
    with sqlite3.connect(archive.root / INDEX) as connection:
        connection.execute(harm)
    connection.close()
    assert check(archive).findings == check_at_once(archive).findings


def test_the_tables_of_another_version_are_made_anew(archive: Archive) -> None:
    with sqlite3.connect(archive.root / INDEX) as connection:
        connection.execute("DROP TABLE folder")
        connection.execute(
            "CREATE TABLE folder (place TEXT, half INTEGER NOT NULL, names BLOB, numbers BLOB)"
        )
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'context'")
    connection.close()
    for text in ("# a\n", "# b\n"):
        (archive.root / "records/film/f1.ttl").write_text(HEAD + text, encoding="utf-8")
        assert check(archive).findings == check_at_once(archive).findings
    with sqlite3.connect(archive.root / INDEX) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(folder)")]
    connection.close()
    assert columns == ["place", "names", "numbers"]
    assert rows(archive, "folder") > 0
