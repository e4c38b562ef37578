"""The files of the index, looked up one by one and remembered."""

import sqlite3
from collections.abc import Iterator, Mapping

from filmld.check.stored.wire import UnreadableError
from filmld.tuples import NamedTuple


class File(NamedTuple):
    """A file, and its place in the order of all."""

    id: int
    filename: str
    iri: str
    place: str

    @property
    def order(self) -> tuple[str, str]:
        """What files are sorted by."""
        return (self.iri, self.place)


class Filenames:
    """Files by their numbers and by their shown names.

    Args:
        sql: The database.
    """

    def __init__(self, sql: sqlite3.Connection) -> None:
        self._sql = sql
        self._files: dict[int, File] = {}
        self._ids: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._files)

    def clear(self) -> None:
        """Forget what is remembered."""
        self._files.clear()
        self._ids.clear()

    def add(self, file: File) -> None:
        """Remember a file that is known already."""
        self._files[file.id] = file
        self._ids[file.filename] = file.id

    def numbered(self, file: int) -> File:
        """A file by its number.

        Raises:
            UnreadableError: There is none.
        """
        found = self._files.get(file)
        if found is None:
            row = self._sql.execute(
                "SELECT id, filename, iri, place FROM file WHERE id = ?", (file,)
            ).fetchone()
            if row is None:
                raise UnreadableError
            found = self._files[file] = File(*row)
            self._ids[found.filename] = file
        return found

    def called(self, filename: str) -> File | None:
        """A file by its shown name."""
        if filename not in self._ids:
            row = self._sql.execute("SELECT id FROM file WHERE filename = ?", (filename,)).fetchone()
            if row is None:
                return None
            self._ids[filename] = row[0]
        return self.numbered(self._ids[filename])


class Homes(Mapping[str, str]):
    """The main entities of files, looked up one by one."""

    def __init__(self, files: Filenames) -> None:
        self._files = files

    def __getitem__(self, filename: str) -> str:
        found = self._files.called(filename)
        if found is None:
            raise KeyError(filename)
        return found.iri

    def __iter__(self) -> Iterator[str]:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError
