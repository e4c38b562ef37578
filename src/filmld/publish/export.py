"""Records in another form, for ``filmld export``."""

from collections.abc import Iterator, Sequence
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.errors import FormatError
from filmld.publish import dumps, tables
from filmld.publish.embed import Engine, embed_document
from filmld.publish.jsonld import context, record_document
from filmld.publish.jsontext import pretty, script_element
from filmld.publish.site import Site
from filmld.publish.turtle import joined
from filmld.turtle.terms import IRI

ONE_RECORD: Final = frozenset({"embed", "html", "turtle"})
"""The forms that describe a single record."""


def export(
    catalog: Catalog, chosen: Sequence[Record], form: str, engine: Engine = Engine.DIRECT
) -> Iterator[bytes]:
    """Write records in a form, piece by piece; all of them if none is chosen.

    Args:
        catalog: The archive.
        chosen: The records.
        form: One of the forms of ``filmld export``.
        engine: Who arranges the embed form.

    Raises:
        FormatError: The form takes one record and there is not exactly one, or schema.org has
            no word for what the record describes.
    """
    if form in ONE_RECORD:
        if len(chosen) != 1:
            raise FormatError(form, f"this takes one record, and {len(chosen) or 'none'} was named")
        return iter((_one(catalog, chosen[0], form, engine),))
    records = chosen or tuple(catalog.records.values())
    return joined(_texts(catalog, records, form))


def _texts(catalog: Catalog, records: Sequence[Record], form: str) -> Iterator[str]:
    if form == "jsonld":
        graphs = [dumps.stable_graph(catalog, record) for record in records]
        yield pretty(record_document(graphs, context()))
    elif form == "csv":
        yield from _table(catalog, records)
    else:
        write = dumps.nquads if form == "nquads" else dumps.ntriples
        yield from (write(catalog, record) for record in records)


def _table(catalog: Catalog, records: Sequence[Record]) -> Iterator[str]:
    """A row for what each record is about, of whatever class."""
    tabulator = tables.Tabulator(catalog)

    def rows() -> Iterator[tables.Row]:
        for record in records:
            yield tabulator.row(record, dumps.stable_graph(catalog, record), IRI(record.iri))

    columns = tables.in_order({column for row in rows() for column in row})
    yield tables.line(columns)
    yield from (tables.csv_line(columns, row) for row in rows())


def _one(catalog: Catalog, record: Record, form: str, engine: Engine) -> bytes:
    if form == "turtle":
        return catalog.source(record)
    if form == "html":
        return Site(catalog).page(record).body
    document = embed_document(catalog, record, engine)
    if document is None:
        raise FormatError(form, f"schema.org has no class for what {record.filename} describes")
    return script_element(document).encode()
