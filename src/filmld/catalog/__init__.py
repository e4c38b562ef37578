"""All records of an archive together: who refers to whom, and what each is called."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filmld.catalog.catalog import Catalog, Reference

__all__ = ["Catalog", "Reference"]


def __getattr__(name: str) -> object:
    """Import the catalogue when it is asked for: what is derived from one record does not need it."""
    if name not in __all__:
        raise AttributeError(name)
    from filmld.catalog import catalog  # noqa: PLC0415  it takes a store

    return getattr(catalog, name)
