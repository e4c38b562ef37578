"""A list of records as data: a table, JSON, and Turtle."""

import csv
import io
from collections.abc import Sequence
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.jsontext import Json
from filmld.publish.texts import preferred
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import SCHEMA, XSD

_COLUMNS: Final = ("iri", "name", "language", "date", "directors")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
"""What makes a spreadsheet take a cell for a formula (OWASP, CSV Injection)."""


def as_csv(catalog: Catalog, records: Sequence[Record]) -> bytes:
    """Write a table for spreadsheets (RFC 4180): cells that would be formulas begin with an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for record in records:
        name, brief = _name(catalog, record), catalog.brief(record)
        directors = "; ".join(_called(catalog, value) for value in brief.directors)
        date = brief.dates[0].lexical if brief.dates else ""
        cells = (
            record.iri,
            name.lexical if name else "",
            name.language or "" if name else "",
            date,
            directors,
        )
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return text.getvalue().encode()


def as_json(catalog: Catalog, address: str, title: str, records: Sequence[Record]) -> Json:
    """Describe a list for programs; texts and dates are exactly those of the records."""
    return {
        "list": address,
        "title": title,
        "count": len(records),
        "items": [_item(catalog, record) for record in records],
    }


def as_turtle(catalog: Catalog, address: str, title: Literal, records: Sequence[Record]) -> bytes:
    """Write a list as a schema:ItemList, with the names and dates of what is listed."""
    lines = [
        f"@prefix schema: <{SCHEMA}> .\n@prefix xsd: <{XSD}> .\n",
        f"<{address}>",
        "    a schema:ItemList ;",
        f"    schema:name {title} ;",
        f"    schema:numberOfItems {len(records)} ;",
        *(f"    schema:itemListElement <{record.iri}> ;" for record in records),
        ".",
    ]
    for record in records:
        brief = catalog.brief(record)
        statements = [
            *(f"    schema:name {name} ;" for name in brief.names),
            *(f"    schema:director {value} ;" for value in brief.directors),
        ]
        if statements:
            lines += [f"\n<{record.iri}>", *statements, "."]
    return "\n".join([*lines, ""]).encode()


def _item(catalog: Catalog, record: Record) -> Json:
    brief = catalog.brief(record)
    return {
        "iri": record.iri,
        "names": [_text(name) for name in brief.names],
        "dates": [date.lexical for date in brief.dates],
        "directors": [_director(catalog, value) for value in brief.directors],
    }


def _director(catalog: Catalog, value: IRI | Literal) -> Json:
    if isinstance(value, Literal):
        return {"names": [_text(value)]}
    return {"iri": value.value, "names": [_text(name) for name in catalog.names(value.value)]}


def _text(literal: Literal) -> Json:
    language: dict[str, Json] = {"language": literal.language} if literal.language else {}
    return {"text": literal.lexical, **language}


def _name(catalog: Catalog, record: Record) -> Literal | None:
    return next(iter(preferred(catalog.brief(record).names, catalog.archive.config.languages)), None)


def _called(catalog: Catalog, value: IRI | Literal) -> str:
    if isinstance(value, Literal):
        return value.lexical
    record = catalog.records.get(value.value)
    name = _name(catalog, record) if record else None
    return name.lexical if name else value.value
