"""A catalogue as a store on disk, for queries."""

import shutil
import zlib
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from filmld.catalog.catalog import Catalog
from filmld.catalog.contents import (
    CONTENTS,
    Contents,
    Difference,
    difference,
    read_contents,
    write_contents,
)
from filmld.catalog.linking import linked
from filmld.errors import OutputError, StoreIncompleteError
from filmld.tuples import NamedTuple
from filmld.vocab import DERIVED

MOST_ANEW: Final = 0.2
"""The part of a store that may be replaced in it; beyond that, writing all of it is quicker."""

LEAST: Final = 1000
"""So many records or facts are replaced in any store."""

_ENGINE_ERRORS: Final = (OSError, RuntimeError, ValueError, EOFError, zlib.error)
_FACTS: Final = ox.NamedNode(DERIVED)
_NOT_TAKEN: Final = frozenset({"LOCK", "LOG", CONTENTS})


class Stored(NamedTuple):
    """A store that has been written.

    Attributes:
        statements: How many it holds. A store keeps values rather than their spelling, so this can
            be fewer than the records state.
        replaced: How many records were replaced in what was taken over of another store; ``None``
            if nothing was.
    """

    statements: int
    replaced: int | None


def write_store(catalog: Catalog, folder: Path, former: Path | None = None) -> Stored:
    """Write all records to a new store and make sure that it holds them.

    Args:
        catalog: The records; each goes to the named graph ``Record.document``, and what follows
            from them to ``urn:filmld:derived``.
        folder: Where to write; it must not exist.
        former: A store that this function, in the same version, has written of other records. It is
            not changed: its files get a second name, and only what is different is written.

    Raises:
        OutputError: The disk refuses.
        StoreIncompleteError: What was written is not what is read back.
    """
    expected = len(catalog.store) + len(catalog.tallies())
    notes = folder.with_name(f"{folder.name}-{CONTENTS}")
    try:
        contents = write_contents(catalog, notes)
        replaced = _edited(catalog, contents, folder, former, expected) if former else None
        if replaced is None:
            _load(catalog, folder)
        notes.rename(folder / CONTENTS)
        found = len(ox.Store.read_only(str(folder)))
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    finally:
        notes.unlink(missing_ok=True)
    if found != expected:
        raise StoreIncompleteError(expected, found)
    return Stored(found, replaced)


def copied(former: Path, folder: Path) -> None:
    """Copy a store so that the copy can be edited: files that never change get a second name."""
    linked(former, folder, lambda name: name.endswith(".sst"), _NOT_TAKEN)


def _load(catalog: Catalog, folder: Path) -> None:
    """Copy the catalogue's own store, which has read every record already.

    Nameless things keep their names, which loading from a file would replace by others: so a later
    store can be made from this one.
    """
    store = ox.Store(str(folder))
    store.bulk_extend(catalog.store)
    store.bulk_extend(catalog.tallies())
    store.flush()
    store.optimize()


def _edited(catalog: Catalog, contents: Contents, folder: Path, former: Path, expected: int) -> int | None:
    """Write a store by editing a copy of another; ``None``, and no folder, if it is not worth it or fails."""
    # Under a name of its own: a store that failed may stay locked while its error is looked at.
    draft = folder.with_name(f"{folder.name}-edited")
    try:
        known = read_contents(former / CONTENTS)
        different = difference(known, contents)
        if not _is_little(different, known, expected):
            return None
        copied(former, draft)
        if _edit(draft, catalog, different) != expected:
            return None
        draft.rename(folder)
    except _ENGINE_ERRORS:  # whatever it is, the store can be written from the records
        return None
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return len(different.records)


def _is_little(different: Difference, known: Contents, statements: int) -> bool:
    facts = len(different.gone) + len(different.come)
    return len(different.records) <= max(LEAST, MOST_ANEW * len(known.digests)) and facts <= max(
        LEAST, MOST_ANEW * statements
    )


def _edit(folder: Path, catalog: Catalog, different: Difference) -> int:
    """Give a store what it lacks, and count what it holds then."""
    store = ox.Store(str(folder))
    for document in different.records:
        store.remove_graph(ox.NamedNode(document))
    for quad in _facts(different.gone):
        store.remove(quad)
    graphs = (
        catalog.store.quads_for_pattern(None, None, None, ox.NamedNode(document))
        for document in different.records
    )
    store.extend(chain(chain.from_iterable(graphs), _facts(different.come)))
    store.flush()
    return len(store)


def _facts(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    """Read derived facts from N-Triples."""
    for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES):
        yield ox.Quad(quad.subject, quad.predicate, quad.object, _FACTS)
