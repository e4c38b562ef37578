r"""Tables: a row for each thing of a class, for people who work with spreadsheets and data frames.

A table flattens a record. Each property is a column, each language of it another (``name@en``);
datatypes are not told; a credit counts as the people credited, and beside a column of links
stands one with their names. Several values share a cell, with ``|`` between them; a ``|`` or a
``\`` of the text itself has a ``\`` before it, so that a cell can be taken apart again.
"""

import csv
import io
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.gather import credited
from filmld.publish.jsonld import Word, terms
from filmld.publish.texts import preferred
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Term
from filmld.vocab import RDF, SCHEMA

Row: TypeAlias = Mapping[str, Sequence[str]]
"""The values of each column that has any."""

FIRST: Final = ("iri", "record", "class")
"""The columns that every table begins with."""

MARK: Final = "\ufeff"
"""A byte order mark."""

_TYPE: Final = IRI(RDF + "type")
_NAME: Final = SCHEMA + "name"
_SPECIAL: Final = re.compile(r"[\\|]")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # noqa: RUF001  spreadsheets take the wide forms too


class Tabulator:
    """Makes rows of things."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._words = terms()

    def row(self, record: Record, graph: Graph, subject: Resource) -> Row:
        """Make the row of one thing that a record describes."""
        cells: dict[str, list[str]] = {"iri": [_address(subject)], "record": [record.document]}
        for predicate, stated in graph.properties(subject).items():
            if predicate == _TYPE:
                cells["class"] = [self.word(_address(value)) for value in stated]
            else:
                self._property(cells, graph, predicate, stated)
        return cells

    def word(self, iri: str) -> str:
        """What a property or a class is called: as in the context, else by its whole IRI."""
        return self._words.get(iri, Word(iri)).name

    def _property(
        self, cells: dict[str, list[str]], graph: Graph, predicate: IRI, stated: Collection[Term]
    ) -> None:
        name = self.word(predicate.value)
        named: list[str] = []
        for value in credited(graph, predicate, stated) or stated:
            language = value.language if isinstance(value, Literal) else None
            column = f"{name}@{language}" if language else name
            cells.setdefault(column, []).append(_address(value))
            if not language:
                named.append("" if isinstance(value, Literal) else self._name(graph, value))
        if any(named):
            cells[f"{name}_name"] = named

    def _name(self, graph: Graph, value: Resource) -> str:
        record = self._catalog.record_of(value.value) if isinstance(value, IRI) else None
        names = preferred(self._names(record, graph, value), self._catalog.archive.config.languages)
        return names[0].lexical if names else ""

    def _names(self, record: Record | None, graph: Graph, value: Resource) -> Sequence[Literal]:
        if record and IRI(record.iri) == value:
            return self._catalog.brief(record).names
        return list((self._catalog.graph(record) if record else graph).literals(value, _NAME))


def in_order(columns: Iterable[str]) -> tuple[str, ...]:
    """Put columns in an order for people: what it is, its names, and the rest by the alphabet."""
    rest = set(columns) - set(FIRST)
    return (*FIRST, *sorted(rest, key=lambda name: (not re.fullmatch("name(@.*)?", name), name)))


def cell(values: Sequence[str]) -> str:
    r"""Put values into one cell.

    >>> cell(["a|b", "c"])
    'a\\|b|c'
    """
    return "|".join(_SPECIAL.sub(r"\\\g<0>", value) for value in values)


def line(cells: Iterable[str], *, quote_all: bool = False) -> str:
    """Write one line of CSV (RFC 4180)."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL if quote_all else csv.QUOTE_MINIMAL).writerow(cells)
    return text.getvalue()


def csv_line(columns: Sequence[str], row: Row) -> str:
    """Write one row of a table as CSV."""
    return line(cell(row.get(column, ())) for column in columns)


def defused(text: str) -> str:
    """Keep a spreadsheet from taking a text for a formula: it gets an apostrophe in front.

    >>> defused("=1+1"), defused("Moloch")
    ("'=1+1", 'Moloch')
    """
    return f"'{text}" if text.startswith(_FORMULA) else text


def spreadsheet_line(cells: Iterable[str]) -> str:
    """Write one line so that a spreadsheet reads letters as letters and no text as a formula.

    Before the first goes :data:`MARK`, by which spreadsheets know UTF-8.
    """
    return line((defused(text) for text in cells), quote_all=True)


def _address(value: Term) -> str:
    if isinstance(value, Literal):
        return value.lexical
    return value.value if isinstance(value, IRI) else str(value)
