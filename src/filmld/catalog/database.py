"""Databases that a build leaves for the next one: written aside once, then only looked into."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path


def connected(file: Path, version: int) -> sqlite3.Connection:
    """Open a database to look things up in it.

    Raises:
        sqlite3.Error: It cannot be read.
        ValueError: Another version has written it.
    """
    database = sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        (found,) = database.execute("PRAGMA user_version").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    if found != version:
        database.close()
        raise ValueError(file)
    return database


@contextmanager
def written(file: Path, version: int) -> Iterator[sqlite3.Connection]:
    """Write a file that nobody else knows of yet: it needs no journal, for it counts when all is written."""
    with closing(sqlite3.connect(file, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;")
        database.execute(f"PRAGMA user_version = {version}")
        database.execute("BEGIN")
        yield database
        database.execute("COMMIT")
