"""Records in another form, for ``filmld export``."""

from collections.abc import Sequence
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.errors import FormatError
from filmld.publish import dumps
from filmld.publish.jsonld import context, record_document
from filmld.publish.jsontext import pretty
from filmld.publish.site import Site

ONE_RECORD: Final = frozenset({"embed", "html", "turtle"})
"""The forms that describe a single record."""


def export(catalog: Catalog, chosen: Sequence[Record], form: str) -> bytes:
    """Write records in a form; all of them if none is chosen.

    Raises:
        FormatError: The form takes one record and there is not exactly one, or schema.org has
            no word for what the record describes.
    """
    if form in ONE_RECORD:
        if len(chosen) != 1:
            raise FormatError(form, f"this takes one record, and {len(chosen) or 'none'} was named")
        return _one(catalog, chosen[0], form)
    records = chosen or tuple(catalog.records.values())
    if form == "jsonld":
        graphs = [dumps.stable_graph(catalog, record) for record in records]
        return pretty(record_document(graphs, context())).encode()
    write = dumps.nquads if form == "nquads" else dumps.ntriples
    return "".join(write(catalog, record) for record in records).encode()


def _one(catalog: Catalog, record: Record, form: str) -> bytes:
    if form == "turtle":
        return catalog.source(record)
    site = Site(catalog)
    document = site.embed(record) if form == "embed" else site.page(record)
    if document is None:
        raise FormatError(form, f"schema.org has no class for what {record.filename} describes")
    return document.body
