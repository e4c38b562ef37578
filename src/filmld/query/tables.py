"""Solutions as tables with typed columns, for pandas and Arrow.

A column has a type of its own only if every value in it has: one text among numbers makes it a
column of texts. What is not bound is missing, in every type.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final, TypeAlias

from filmld.query.errors import LibraryMissingError
from filmld.query.solutions import Row
from filmld.turtle.terms import BlankNode, Literal, Term
from filmld.vocab import XSD

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

Value: TypeAlias = str | int | float | bool | dt.date | None


class Kind(StrEnum):
    """What a column holds."""

    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"
    TEXT = "text"


_INTEGERS: Final = frozenset(XSD + name for name in ("integer", "gYear"))
_NUMBERS: Final = _INTEGERS | {XSD + name for name in ("decimal", "double", "float")}
_PANDAS: Final = {
    Kind.INTEGER: "Int64",
    Kind.NUMBER: "Float64",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "datetime64[s]",
    Kind.TEXT: "string",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One variable: its cells in the order of the rows."""

    name: str
    kind: Kind
    cells: tuple[Value, ...]


class Solutions:
    """The rows of an answer.

    Attributes:
        variables: The names of the columns, in order.
        rows: The terms of each row by variable; what is not bound is not in it.
        boolean: What an ASK query was answered with, else ``None``.
    """

    def __init__(self, variables: Sequence[str], rows: Sequence[Row], *, boolean: bool | None = None) -> None:
        self.variables = tuple(variables)
        self.rows = tuple(rows)
        self.boolean = boolean

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value]]:
        """The rows as plain values of Python."""
        columns = self.columns()
        for values in zip(*(column.cells for column in columns), strict=True):
            yield dict(zip(self.variables, values, strict=True))

    def columns(self) -> tuple[Column, ...]:
        """The columns, each with one type."""
        return tuple(_column(name, [row.get(name) for row in self.rows]) for name in self.variables)

    def to_pandas(self) -> "pd.DataFrame":
        """Make a data frame.

        Integers and years are ``Int64``, other numbers ``Float64``, texts and IRIs ``string``.

        Raises:
            LibraryMissingError: pandas is not installed.
        """
        try:
            import pandas as pd  # noqa: PLC0415  half a second, and not for everybody
        except ImportError as error:
            raise LibraryMissingError("pandas") from error
        series = {
            column.name: pd.Series(list(column.cells), dtype=_PANDAS[column.kind])
            for column in self.columns()
        }
        return pd.DataFrame(series, columns=list(self.variables))

    def to_arrow(self) -> "pa.Table":
        """Make an Arrow table, with the same types: ``int64``, ``float64``, ``bool``, ``date32``, ``string``.

        Raises:
            LibraryMissingError: pyarrow is not installed.
        """
        try:
            import pyarrow as pa  # noqa: PLC0415  an extra
        except ImportError as error:
            raise LibraryMissingError("pyarrow") from error
        types = {
            Kind.INTEGER: pa.int64(),
            Kind.NUMBER: pa.float64(),
            Kind.BOOLEAN: pa.bool_(),
            Kind.DATE: pa.date32(),
            Kind.TEXT: pa.string(),
        }
        columns = self.columns()
        arrays = [pa.array(column.cells, types[column.kind]) for column in columns]
        return pa.table(arrays, names=list(self.variables))


def _column(name: str, terms: Sequence[Term | None]) -> Column:
    bound = [term for term in terms if term is not None]
    for kind, read in _READERS:
        if bound and all(_fits(term, kind, read) for term in bound):
            return Column(name, kind, tuple(None if term is None else _read(term, read) for term in terms))
    return Column(name, Kind.TEXT, tuple(None if term is None else plain(term) for term in terms))


def plain(term: Term) -> str:
    """The text of a literal, the address of a thing, the label of a blank node."""
    match term:
        case Literal():
            return term.lexical
        case BlankNode():
            return str(term)
        case _:
            return term.value


def _fits(term: Term, kind: Kind, read: Callable[[str], Value]) -> bool:
    if not isinstance(term, Literal) or term.datatype not in _DATATYPES[kind]:
        return False
    try:
        read(term.lexical)
    except ValueError:
        return False
    return True


def _read(term: Term, read: Callable[[str], Value]) -> Value:
    return read(plain(term))


def _integer(text: str) -> int:
    value = int(text)
    if not -(2**63) <= value < 2**63:
        raise ValueError
    return value


def _boolean(text: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[text]


_READERS: Final[tuple[tuple[Kind, Callable[[str], Value]], ...]] = (
    (Kind.INTEGER, _integer),
    (Kind.NUMBER, float),
    (Kind.BOOLEAN, _boolean),
    (Kind.DATE, dt.date.fromisoformat),
)
_DATATYPES: Final = {
    Kind.INTEGER: _INTEGERS,
    Kind.NUMBER: _NUMBERS,
    Kind.BOOLEAN: frozenset({XSD + "boolean"}),
    Kind.DATE: frozenset({XSD + "date"}),
}
