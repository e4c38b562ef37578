"""A catalogue as a store on disk, for queries."""

from pathlib import Path

import pyoxigraph as ox

from filmld.catalog.catalog import Catalog
from filmld.errors import OutputError, StoreIncompleteError


def write_store(catalog: Catalog, folder: Path) -> int:
    """Write all records to a new store and make sure that it holds them.

    Args:
        catalog: The records; each goes to the named graph ``Record.document``, and what follows
            from them to ``urn:filmld:derived``.
        folder: Where to write; it must not exist.

    Returns:
        How many statements the store holds. A store keeps values rather than their spelling,
        so this can be fewer than the records state.

    Raises:
        OutputError: The disk refuses.
        StoreIncompleteError: What was written is not what is read back.
    """
    try:
        _load(catalog, folder)
        found = len(ox.Store.read_only(str(folder)))
    except OSError as error:
        raise OutputError(folder, error.strerror or str(error)) from error
    expected = len(catalog.store) + len(catalog.tallies())
    if found != expected:
        raise StoreIncompleteError(expected, found)
    return found


def _load(catalog: Catalog, folder: Path) -> None:
    """Copy the catalogue's own store, which has read every record already, by way of a file beside it."""
    lines = folder.with_name(f"{folder.name}.nq")
    try:
        with lines.open("wb") as file:
            catalog.dump(file)
        store = ox.Store(str(folder))
        store.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
    finally:
        lines.unlink(missing_ok=True)
    store.flush()
    store.optimize()
