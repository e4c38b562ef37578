"""Reading answers that were worked out by hand, and comparing those of engines with them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

import pyoxigraph as ox
import rdflib

Value: TypeAlias = str | Decimal | None
"""A term as N-Triples writes it, a number by what it is worth, or nothing."""

Row: TypeAlias = tuple[Value, ...]

FOLDER = Path(__file__).parent / "gallery_answers"
BASE = "https://invented.example.org/"
NAMESPACES = {
    "country": "https://w3id.org/filmld/country/",
    "fld": "https://w3id.org/filmld/ontology#",
    "schema": "https://schema.org/",
    "variant-type": "https://w3id.org/filmld/variant-type/",
}
XSD = "http://www.w3.org/2001/XMLSchema#"
NUMBERS = {XSD + "integer", XSD + "decimal", XSD + "double"}


@dataclass(frozen=True)
class Answer:
    """What a question must answer.

    Attributes:
        name: The file's name without suffix; what follows a dot tells cases of one question apart.
        values: The parameters it is asked with.
        header: The names of the columns.
        rows: The rows, in order.
    """

    name: str
    values: Mapping[str, str]
    header: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def question(self) -> str:
        return self.name.partition(".")[0]


def read_answers() -> list[Answer]:
    return [read_answer(path) for path in sorted(FOLDER.glob("*.txt"))]


def read_answer(path: Path) -> Answer:
    lines = path.read_text(encoding="utf-8").splitlines()
    values = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# "))
    header, *rows = [cells(line) for line in lines if not line.startswith("# ")]
    return Answer(
        path.name.removesuffix(".txt"),
        {name: typed(value) for name, value in values.items()},
        tuple(header),
        tuple(tuple(map(term, row)) for row in rows),
    )


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.split("|")]


def typed(cell: str) -> str:
    """What a person would type for a term."""
    return re.sub(r'^[<"](.*)[>"]$', r"\1", str(term(cell)))


def term(cell: str) -> Value:
    if not cell:
        return None
    if re.fullmatch(r"-?\d+", cell):
        return Decimal(cell)
    if cell.startswith('"'):
        return cell
    if cell.startswith("<"):
        return f"<{BASE}{cell[1:-1]}>"
    prefix, _, name = cell.partition(":")
    return f"<{NAMESPACES[prefix]}{name}>"


def from_oxigraph(solutions: ox.QuerySolutions) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    header = tuple(variable.value for variable in solutions.variables)
    return header, tuple(tuple(of_oxigraph(value) for value in row) for row in solutions)


def of_oxigraph(value: object) -> Value:
    if isinstance(value, ox.Literal) and value.datatype.value in NUMBERS:
        return Decimal(value.value)
    return None if value is None else str(value)


def from_rdflib(result: rdflib.query.Result) -> tuple[tuple[str, ...], tuple[Row, ...]]:
    header = tuple(map(str, result.vars or ()))
    return header, tuple(
        tuple(of_rdflib(value) for value in row) for row in result if isinstance(row, rdflib.query.ResultRow)
    )


def of_rdflib(value: object) -> Value:
    if isinstance(value, rdflib.Literal):
        if str(value.datatype) in NUMBERS:
            return Decimal(str(value))
        return f'"{value}"@{value.language}' if value.language else f'"{value}"'
    return f"<{value}>" if isinstance(value, rdflib.URIRef) else None
