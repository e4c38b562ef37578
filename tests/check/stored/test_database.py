"""Many rows at once, and an index of keys that is made meanwhile."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from filmld.check.stored.database import Database
from filmld.check.stored.keys import key, keys_of


def opened(folder: Path) -> Database:
    """A new index."""
    return Database(folder / "x.sqlite", for_writing=True)


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250])
def test_all_rows_are_written_in_their_order(tmp_path: Path, count: int) -> None:
    with closing(opened(tmp_path)) as database:
        rows = [(nth, -nth) for nth in range(count)]
        database.insert("number", ("file", "key"), iter(rows))
        assert database.sql.execute("SELECT file, key FROM number ORDER BY file").fetchall() == rows


def test_the_same_classes_have_one_number(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        first, other = database.kind("A B"), database.kind("")
        assert (database.kind("A B"), database.kind("")) == (first, other)
        assert first != other


def indexes(database: Database) -> set[str]:
    """The names of all indexes of keys."""
    query = "SELECT name FROM sqlite_schema WHERE type = 'index' AND name LIKE '%_key'"
    return {name for (name,) in database.sql.execute(query)}


def test_keys_get_their_indexes_while_something_else_is_done(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        database.unfinish()
        assert not indexes(database)
        with database.finishing():
            pass
        assert {"mention_key", "subject_key", "number_key"} <= indexes(database)


def test_what_goes_wrong_meanwhile_is_told(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database, pytest.raises(KeyboardInterrupt), database.finishing():
        raise KeyboardInterrupt


def test_what_goes_wrong_with_the_indexes_is_told(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        database.unfinish()
        database.sql.execute("DROP TABLE mention")
        with pytest.raises(sqlite3.OperationalError), database.finishing():
            pass


def test_numbers_are_the_same_one_by_one_and_together() -> None:
    texts = ["https://e.org/ä", "", "x" * 500]
    assert list(keys_of([text.encode() for text in texts])) == [key(text) for text in texts]
    digest = hashlib.blake2b(texts[0].encode(), digest_size=8).digest()
    assert key(texts[0]) == int.from_bytes(digest, "big", signed=True)
