"""Terms and tables for people to read."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from filmld.query.names import prefixed
from filmld.query.solutions import Row
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal, Term
from filmld.vocab import XSD

MEASURED_ROWS = 1000
"""The widths of columns come from so many rows; the rows after them are shown as they come."""

MOST_COLUMNS = 60
"""A column is padded to no more than this; longer texts stand out of it."""

_JOINERS = frozenset("\u200c\u200d")


def cell(term: Term | None) -> str:
    """Show a term in one line; what a terminal would obey or reorder is escaped.

    >>> cell(Literal("The Voice of Sokurov", language="en"))
    'The Voice of Sokurov @en'
    """
    match term:
        case None:
            return ""
        case IRI(value):
            return harmless(prefixed(value))
        case Literal(lexical, datatype, language):
            return harmless(lexical) + _suffix(datatype, language)
        case _:
            return harmless(str(term))


def _suffix(datatype: str, language: str | None) -> str:
    if language:
        return f" @{language}"
    plain = datatype in {XSD_STRING, RDF_LANG_STRING} or datatype.startswith(XSD)
    return "" if plain else f" ^^{harmless(prefixed(datatype))}"


def harmless(text: str) -> str:
    """Escape line breaks, control characters and whatever else has no shape of its own."""
    if text.isprintable():
        return text
    return "".join(
        char if char.isprintable() or char in _JOINERS else char.encode("unicode_escape").decode()
        for char in text
    )


def width(text: str) -> int:
    """How many columns of a terminal a text takes (UAX #11).

    >>> width("Москва"), width("東京"), width("e\u0301")
    (6, 4, 1)
    """
    if text.isascii():
        return len(text)
    return sum(_width(char) for char in text)


def _width(char: str) -> int:
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def shortened(text: str, columns: int) -> str:
    """Cut a text to a width, with a mark where something is left out."""
    if width(text) <= columns:
        return text
    taken, room = [], columns - 1
    for char in text:
        room -= _width(char)
        if room < 0:
            break
        taken.append(char)
    return "".join(taken) + "…"


class Table:
    """Lays out rows in columns, the later rows as they come.

    Attributes:
        rows: How many rows have been laid out.
        cut: Whether any text was shortened.
    """

    def __init__(self, variables: Sequence[str], max_columns: int | None = None) -> None:
        self._variables = tuple(variables)
        self._max_columns = max_columns
        self._widths: list[int] = []
        self._waiting: list[list[str]] = []
        self.rows = 0
        self.cut = False

    def add(self, row: Row) -> Iterator[str]:
        """Take a row, and give the lines that can be shown now."""
        self.rows += 1
        cells = [self._fit(cell(row.get(name))) for name in self._variables]
        if self._widths:
            yield self._line(cells)
            return
        self._waiting.append(cells)
        if len(self._waiting) >= MEASURED_ROWS:
            yield from self._begin()

    def finish(self) -> Iterator[str]:
        """Give the lines that are left."""
        if not self._widths:
            yield from self._begin()

    def _fit(self, text: str) -> str:
        if self._max_columns is None or width(text) <= self._max_columns:
            return text
        self.cut = True
        return shortened(text, self._max_columns)

    def _begin(self) -> Iterator[str]:
        every = [list(self._variables), *self._waiting]
        widest = (max(1, *map(width, column)) for column in zip(*every, strict=True))
        self._widths = [min(MOST_COLUMNS, columns) for columns in widest] or [1]
        yield self._line(self._variables)
        yield "  ".join("─" * columns for columns in self._widths)
        yield from map(self._line, self._waiting)
        self._waiting = []

    def _line(self, cells: Iterable[str]) -> str:
        padded = [
            text + " " * (columns - width(text)) for text, columns in zip(cells, self._widths, strict=False)
        ]
        return "  ".join(padded).rstrip()
