"""The place of a row among many: a number, since engines put numbers in order many times faster than names.

A question with a hundred thousand rows is read a page at a time, and for the first page, too, all rows have
to be put in order. Names would have to be looked up for that, two for each comparison; a number stands in the
statement itself. It is made of the first letters of an address, or of a year and letters, and of nothing that
other records state: an edit changes the places of its own rows only. Rows whose letters are the same are
told apart by the names of their nodes, which are made of the whole addresses.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

import pyoxigraph as ox

from filmld.patterns import regex
from filmld.tuples import NamedTuple

Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal

YEAR: Final = "byYear"
LETTERS: Final = "-0123456789abcdefghijklmnopqrstuvwxyz"

_SAID: Final = regex(r"^# In the order of ((?:by\w+ )+)as (\w+Place)$", re.MULTILINE)
_BASE: Final = len(LETTERS) + 1
_IN_ALL: Final = 12
"""So many letters, or a year and so many less three, are a number of 63 bits, as engines have them."""
_YEARS: Final = 10_000
_CODES: Final = {letter: code for code, letter in enumerate(LETTERS, 1)}


class Order(NamedTuple):
    """In which order rows are read.

    Attributes:
        columns: By which columns, the first before the others.
        place: The property that has the number.
    """

    columns: tuple[str, ...]
    place: str

    def number(self, row: Mapping[str, Term]) -> int:
        """The place of a row."""
        first, *others = self.columns
        if first == YEAR:
            letters = _number(row.get(others[0]), _IN_ALL - 3)
            return int(_year(row.get(first)) * _BASE ** (_IN_ALL - 3) + letters)
        return _number(row.get(first), _IN_ALL)

    def name(self, row: Mapping[str, Term]) -> str:
        """What a row is called, so that rows of the same letters come in the order of their columns."""
        return "/".join(_plain(row.get(column)) for column in self.columns)


def order_in(query: str) -> Order | None:
    """Find what a query says of the order of its rows, ``# In the order of byCritic byFilm as …Place``."""
    found = _SAID.search(query)
    return Order(tuple(found[1].split()), found[2]) if found else None


class Placed(NamedTuple):
    """A row with its place, and with what it is called, so that rows of the same letters keep their order."""

    number: int
    name: str
    row: Mapping[str, Term]


def in_order(rows: Iterable[Mapping[str, Term]], order: Order) -> list[Placed]:
    """Put rows in their order: a store that lists statements as they came has less to do for every page."""
    return sorted(
        (Placed(order.number(row), order.name(row), row) for row in rows),
        key=lambda placed: (placed.number, placed.name),
    )


def _year(term: Term | None) -> int:
    """A year as a number from 1 on; 0 where there is none, so that those come first, as SPARQL has it."""
    if not isinstance(term, ox.Literal) or not re.fullmatch(r"-?[0-9]{1,9}", term.value):
        return 0
    return max(1, min(int(term.value), _YEARS - 1) + _YEARS)


def _number(term: Term | None, length: int) -> int:
    number = 0
    for letter in _plain(term)[:length].ljust(length):
        number = number * _BASE + _CODES.get(letter, 0)
    return number


def _plain(term: Term | None) -> str:
    """The last part of an address, or a text, in small letters."""
    text = "" if term is None else str(term.value)
    return re.sub(r"[^a-z0-9]+", "-", text.rstrip("/").rpartition("/")[2].lower())
