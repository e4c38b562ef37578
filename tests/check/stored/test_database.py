"""Many rows at once, and an index of keys that is made meanwhile."""

import hashlib
import sqlite3
from contextlib import closing
from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.check.stored.database import IN_MEMORY, Database
from filmld.check.stored.keys import TYPES, key, keys_of

_FILE = "INSERT INTO file VALUES (?, ?, '', '', '', x'', 1, 1, 1, 0, 1, ?, NULL, '', '', '', '')"
"""A file that has been judged, by its number, its shown name, and whether not everything was asked of it."""


def opened(folder: Path) -> Database:
    """A new index."""
    return Database(folder / "x.sqlite", for_writing=True)


@pytest.mark.parametrize("count", [0, 1, 100, 101, 250])
def test_all_rows_are_written_in_their_order(tmp_path: Path, count: int) -> None:
    with closing(opened(tmp_path)) as database:
        rows = [(nth, -nth) for nth in range(count)]
        database.insert("number", ("file", "key"), list(chain.from_iterable(rows)))
        assert database.sql.execute("SELECT file, key FROM number ORDER BY file").fetchall() == rows


@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_text_is_nothing_where_nothing_may_stand(tmp_path: Path, nothing: str | None) -> None:
    columns = ("file", "nth", "key", "iri", "kind", "mark", "facts")
    with closing(opened(tmp_path)) as database:
        database.insert("subject", columns, [1, 0, 7, nothing, 1, 3, "{}", 1, 1, 8, "a:b", 1, 3, nothing])
        database.insert("name", ("file", "nth", "key", "node", "name"), [1, 0, 7, "a:b", ""])
        found = database.sql.execute("SELECT * FROM subject ORDER BY nth").fetchall()
        assert found == [(1, 0, 7, None, 1, 3, "{}"), (1, 1, 8, "a:b", 1, 3, None)]
        assert database.sql.execute("SELECT name FROM name").fetchone() == ("",)


def test_the_same_classes_have_one_number(tmp_path: Path) -> None:
    with closing(opened(tmp_path)) as database:
        first, other = database.kind("A B"), database.kind("")
        assert (database.kind("A B"), database.kind("")) == (first, other)
        assert first != other


BITS = st.sampled_from([0, 1, 2, 4, 6])
KEYS = st.integers(1, 2)
FILES = st.integers(1, 4)
PREDICATES = st.integers(1, 2)
OF_A_KEY = st.sets(st.tuples(FILES, KEYS), max_size=4)


@settings(max_examples=200)
@given(
    asked=st.dictionaries(st.tuples(FILES, KEYS), BITS, max_size=4),
    described=OF_A_KEY,
    mentioned=st.sets(st.tuples(FILES, KEYS, PREDICATES), min_size=2),
    borne=st.tuples(OF_A_KEY, OF_A_KEY),
    followed=st.dictionaries(PREDICATES, BITS, min_size=1),
    screened=st.sets(FILES, min_size=2),
    changed=st.dictionaries(KEYS, BITS, min_size=1),
)
def test_what_depends_on_a_change_is_judged_again_and_nothing_else(
    asked: dict[tuple[int, int], int],
    described: set[tuple[int, int]],
    mentioned: set[tuple[int, int, int]],
    borne: tuple[set[tuple[int, int]], set[tuple[int, int]]],
    followed: dict[int, int],
    screened: set[int],
    changed: dict[int, int],
) -> None:
    """Who asked, who describes it, and who was not asked everything and has to do with it."""
    named, numbered = borne
    with closing(Database(IN_MEMORY, for_writing=True)) as database:
        write = database.sql.executemany
        database.finish()
        write(_FILE, [(file, f"{file}.ttl", file in screened) for file in range(1, 5)])
        write("INSERT INTO ask VALUES (?, ?, ?)", [(*one, bits) for one, bits in asked.items()])
        write("INSERT INTO subject VALUES (?, ?, ?, NULL, 1, 0, NULL)", [(f, k, k) for f, k in described])
        write("INSERT INTO mention VALUES (?, ?, ?, 0)", mentioned)
        write("INSERT INTO name VALUES (?, ?, ?, '', '')", [(f, k, k) for f, k in named])
        write("INSERT INTO number VALUES (?, ?)", numbered)
        write("INSERT INTO follow VALUES (?, ?)", followed.items())
        database.reopen(changed)
        found = {case.id for case in database.open_cases()}
    assert found == {
        *(file for (file, key_), bits in asked.items() if bits & changed.get(key_, 0)),
        *(file for file, key_ in described if key_ in changed),
        *(file for file, key_ in named | numbered if key_ in changed and file in screened),
        *(
            file
            for file, key_, predicate in mentioned
            if changed.get(key_, 0) & (TYPES | followed.get(predicate, 0)) and file in screened
        ),
    }


@pytest.mark.parametrize("name", ["Ä.ttl", "film/ß.ttl", "日本.ttl"])
def test_names_with_letters_beyond_ascii_are_found_whatever_is_asked_for(tmp_path: Path, name: str) -> None:
    with closing(opened(tmp_path)) as database:
        for number, each in enumerate(["A.ttl", name, "b.ttl"], 1):
            database.sql.execute(_FILE, (number, each, False))
        assert set(database.named(["a.ttl"])) == {(1, "A.ttl"), (2, name)}


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
    assert list(keys_of(texts)) == [key(text) for text in texts]
    digest = hashlib.md5(texts[0].encode(), usedforsecurity=False).digest()
    assert key(texts[0]) == int.from_bytes(digest[:8], "big", signed=True)
