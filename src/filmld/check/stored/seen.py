"""The files as they were seen at the last look at all of them.

What is known of each file stands in its row. To read hundreds of thousands of rows takes longer than to
compare two lists of files. So the list is kept as well, a folder in a row, with the promise that each file
in it was what its row says, but for those that are named in the table ``moved``: triggers of the database
write down there whose row has come, gone or changed since.
"""

from array import array
from collections.abc import Collection, Iterator
from typing import Final

from filmld.check.stored.database import Database
from filmld.check.stored.listing import NUMBERS, Folder, Listing, count_in, unlike
from filmld.check.stored.wire import UnreadableError

DATES: Final = "dates"
"""What is kept of the dates of the list for git (:mod:`filmld.check.stored.dates`); it goes with the list."""
_NOTHING = Folder("", array("q"))


class Seen:
    """The list of files that an index keeps.

    Args:
        database: The index.
    """

    def __init__(self, database: Database) -> None:
        self._sql = database.sql
        self._database = database
        self._before: Listing | None = None

    def read(self) -> None:
        """Read the list, so that it is there when it is compared.

        Raises:
            UnreadableError: It is not what was written.
        """
        self._before = dict(self._folders())

    def names_at(self, place: str) -> str:
        """The names in a folder, joined.

        Raises:
            UnreadableError: They are not what was written.
        """
        row = self._sql.execute("SELECT names FROM folder WHERE place = ?", (place,)).fetchone()
        return _text(row[0] if row else None)

    def names(self) -> dict[str, str]:
        """The names in each folder, joined; none if no list is kept.

        Raises:
            UnreadableError: They are not what was written.
        """
        rows = self._sql.execute("SELECT place, names FROM folder")
        return {place: _text(names) for place, names in rows}

    def others_than(self, found: Listing) -> set[str] | None:
        """The places of the files that may not be what the index knows, of those there are or were.

        Args:
            found: The files as they are.

        Returns:
            None if no list is kept.

        Raises:
            UnreadableError: It is not what was written.
        """
        before = dict(self._folders()) if self._before is None else self._before
        self._before = None
        if not before:
            return None
        return self.moved().union(
            f"{place}/{name}"
            for place in {**before, **found}
            for name in unlike(before.get(place, _NOTHING), found.get(place, _NOTHING))
        )

    def moved(self) -> set[str]:
        """The places of the files that are not what their rows in the list say."""
        return {place for (place,) in self._sql.execute("SELECT place FROM moved")}

    def keep(self, found: Listing, but: Collection[str] | None) -> None:
        """Keep another list, in one transaction.

        Args:
            found: The files as they are.
            but: The places of those, there or known, that are not what their rows say. None if these are
                too many: then no list is kept.
        """
        self._before = None
        with self._database.transaction():
            self._sql.execute("DELETE FROM folder")
            self._sql.execute("DELETE FROM moved")
            self._sql.execute("DELETE FROM meta WHERE name = ?", (DATES,))
            if but is None:
                return
            self._sql.executemany("INSERT INTO moved VALUES (?)", ((place,) for place in sorted(but)))
            self._sql.executemany(
                "INSERT INTO folder VALUES (?, ?, ?)",
                ((place, one.names.encode(), one.numbers.tobytes()) for place, one in found.items()),
            )

    def _folders(self) -> Iterator[tuple[str, Folder]]:
        query = "SELECT place, names, numbers FROM folder"
        for place, names, numbers in self._sql.execute(query):
            try:
                folder = Folder(_text(names), array("q", numbers))
            except (TypeError, ValueError) as error:
                raise UnreadableError(str(error)) from error
            if len(folder.numbers) != NUMBERS * count_in(folder.names):
                raise UnreadableError(place)
            yield place, folder


def _text(names: object) -> str:
    try:
        if isinstance(names, bytes):
            return names.decode()
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    raise UnreadableError(str(names)[:80])
