"""All records of an archive together: who refers to whom, and what each is called."""

from filmld.catalog.catalog import Catalog, Reference

__all__ = ["Catalog", "Reference"]
