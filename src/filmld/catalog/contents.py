"""What a store on disk holds, noted beside it: reading it back from there would take as long as writing it.

A compressed file: a line ``IRI-of-the-record SHA-256-of-its-text`` for each record in use, an empty
line, then what follows from all of them as N-Triples. What the facts are about does not matter here:
whatever is derived, the difference of two such lists is what has to be done.
"""

import gzip
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from filmld.catalog.catalog import Catalog
from filmld.tuples import NamedTuple
from filmld.vocab import DERIVED

CONTENTS: Final = "contents.gz"

_FACTS: Final = ox.NamedNode(DERIVED)
_LEVEL: Final = 1
_BUFFER: Final = 1 << 20


class Contents(NamedTuple):
    """What a store holds.

    Attributes:
        digests: SHA-256 of the text of each record, by the IRI of its document.
        path: Where its derived facts are read, as often as they are needed.
    """

    digests: Mapping[str, str]
    path: Path

    def facts(self) -> Iterator[bytes]:
        """The lines of derived facts."""
        with gzip.open(self.path) as lines:
            for line in lines:
                if line == b"\n":
                    break
            yield from lines


class Difference(NamedTuple):
    """What a store has to be given, or lose.

    Attributes:
        records: The documents of the records that have changed, come or gone.
        gone: Derived facts that are no more, as lines of N-Triples.
        come: Derived facts that are new.
    """

    records: tuple[str, ...]
    gone: tuple[bytes, ...]
    come: tuple[bytes, ...]


def write_contents(catalog: Catalog, path: Path) -> Contents:
    """Note what the store of a catalogue holds."""
    digests = {record.document: catalog.digests[iri] for iri, record in catalog.records.items()}
    with gzip.GzipFile(path, "wb", _LEVEL, mtime=0) as packed, io.BufferedWriter(packed, _BUFFER) as lines:
        for document, digest in digests.items():
            lines.write(f"{document} {digest}\n".encode())
        lines.write(b"\n")
        for store in (catalog.store, catalog.tallies()):
            store.dump(lines, ox.RdfFormat.N_TRIPLES, from_graph=_FACTS)
    return Contents(digests, path)


def read_contents(path: Path) -> Contents:
    """Read what a store holds.

    Raises:
        OSError: It is not noted there.
        ValueError: It is damaged.
    """
    digests: dict[str, str] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line == "\n":
                break
            document, digest = line.split()
            digests[document] = digest
    return Contents(digests, path)


def difference(known: Contents, wanted: Contents) -> Difference:
    """Compare what a store holds with what it should hold.

    Facts are compared by their hashes, so that no list of all of them is held.
    """
    records = {document for document, _ in known.digests.items() ^ wanted.digests.items()}
    left = {hash(line) for line in known.facts()}
    come = []
    for line in wanted.facts():
        number = hash(line)
        if number in left:
            left.remove(number)
        else:
            come.append(line)
    gone = tuple(line for line in known.facts() if hash(line) in left) if left else ()
    return Difference(tuple(sorted(records)), gone, tuple(come))
