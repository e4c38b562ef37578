"""The texts of all records of an archive, read once for their hashes."""

import hashlib
from functools import cached_property

from filmld.archive import Archive, Record
from filmld.catalog.reading import read
from filmld.errors import RecordUnreadableError
from filmld.tuples import NamedTuple


class Text(NamedTuple):
    """The text of a record, but for the text itself.

    Attributes:
        record: The record.
        size: How many bytes it has.
        digest: The SHA-256 of it, in hexadecimal.
    """

    record: Record
    size: int
    digest: str


class Texts:
    """What there is to know of texts before any is parsed; they are read when that is first asked for.

    Attributes:
        archive: The archive.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive

    @cached_property
    def all(self) -> tuple[Text, ...]:
        """All of them, in the order of IRIs.

        Raises:
            NoRecordsError: There are none.
            RecordUnreadableError: One of them cannot be read.
        """
        found = self.archive.walk()
        for finding in found.unreadable:
            raise RecordUnreadableError(finding.filename, finding.message)
        return tuple(_text(record, read(record)) for record in found.records)


def _text(record: Record, data: bytes) -> Text:
    return Text(record, len(data), hashlib.sha256(data).hexdigest())
