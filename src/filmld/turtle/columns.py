"""Reading many sound records at once, into columns.

A large archive is read for the first time by what all its records have in common: pyoxigraph writes each as
N-Triples without an object for every term, and a data frame takes the lines apart. What is asked of a term is
asked once, however many records have it. A record of which the reader could have anything to say, or that
has nodes without names, is left to :mod:`filmld.turtle.quick` and those behind it, which read one at a time.
``tests/turtle/test_columns.py`` holds both against each other.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import polars as pl
from pyoxigraph import RdfFormat, parse, serialize

from filmld.turtle import iris, lexical, lint
from filmld.turtle.decoding import SIZE_LIMIT
from filmld.turtle.document import Document
from filmld.turtle.faults_in_terms import LANGUAGE_MARK
from filmld.turtle.quick import STARTS, UNORDERED
from filmld.turtle.screen import Head, Screen
from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Resource, Term

_SURE: Final = r"^(?:https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+|https://schema\.org)[/#][A-Za-z0-9_./#?&=~,;:+-]*$"
"""Most links, of which :func:`filmld.turtle.lint.is_odd_link` and :func:`filmld.turtle.iris.fault` say nothing."""
_DOUBTFUL: Final = r"^https?://(?:www\.)?schema\.org"
_LITERAL: Final = r'^"(?s:.*)"(?:@(?<language>[a-z0-9-]+)|\^\^<(?<datatype>[^<>]+)>)?$'


_SCHEMA: Final = {
    "record": pl.UInt32,
    "subject": pl.String,
    "predicate": pl.String,
    "object": pl.String,
    "language": pl.String,
    "datatype": pl.String,
}


class Columns(NamedTuple):
    """The statements of many records.

    Attributes:
        heads: What each record declares; ``None`` where it must be read by itself.
        statements: A row a statement, in the order of the texts: ``record``, the place of its record among
            those that were read; ``subject`` and ``predicate``, IRIs as they are; ``object``, as N-Triples has
            it; of a literal ``datatype``, none of a text, and ``language``.
    """

    heads: list[Head | None]
    statements: pl.DataFrame


class ColumnReader:
    """Reads records, and remembers the lines that all have at their heads."""

    def __init__(self) -> None:
        self._screen = Screen()

    def read(self, records: Sequence[bytes]) -> Columns:
        """Read records; of those that need another reader nothing is stated."""
        heads: list[Head | None] = []
        lines: list[str] = []
        for data in records:
            head, text = self._written(data)
            heads.append(head)
            lines.append(text)
        statements = _taken_apart(lines)
        odd = _odd(statements)
        for record in odd:
            heads[record] = None
        if odd:
            statements = statements.filter(~pl.col("record").is_in(odd))
        return Columns(heads, statements)

    def _written(self, data: bytes) -> tuple[Head | None, str]:
        """A record as N-Triples, unless a glance at its text tells that it is not for us."""
        if not data.startswith(STARTS) or len(data) > SIZE_LIMIT:
            return None, ""
        try:
            text = data.decode("utf-8")
            head = self._screen.head(text)
            if head is None or head.tags:
                return None, ""
            if b"\r" in data:
                data = data.replace(b"\r\n", b"\n")
            lines = serialize(parse(data, format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES).decode()
        except (SyntaxError, ValueError):
            return None, ""
        if not lines or "_:" in lines or (head.has_escapes and _is_strange(lines)):
            return None, ""
        return head, lines


def statements_of(documents: Iterable[tuple[int, Document]]) -> pl.DataFrame:
    """The statements of records that were read one at a time, as :class:`Columns` has them.

    Args:
        documents: The records, each with its place among all.
    """
    rows = [
        (record, _name(subject, record), predicate.value, _written_as(value, record), *_kind(value))
        for record, document in documents
        for subject, predicate, value in document.triples
    ]
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


def _name(node: Resource, record: int) -> str:
    """A node; those without a name get one that no other record has."""
    return node.value if isinstance(node, IRI) else f"_:{record}.{node.label}"


def _written_as(value: Term, record: int) -> str:
    return _name(value, record) if isinstance(value, BlankNode) else str(value)


def _kind(value: Term) -> tuple[str | None, str | None]:
    """The language and the datatype of a literal, where there is anything to say of them."""
    if not isinstance(value, Literal) or value.datatype == XSD_STRING:
        return None, None
    return (value.language, None) if value.language is not None else (None, value.datatype)


def _is_strange(lines: str) -> bool:
    return "\\u" in lines or "\\U" in lines or lint.is_garbled(lines)


def _taken_apart(lines: Sequence[str]) -> pl.DataFrame:
    part = pl.col("line").str.splitn(" ", 3).struct
    return (
        pl.DataFrame({"record": range(len(lines)), "line": lines}, schema={"record": pl.UInt32, "line": pl.String})
        .with_columns(pl.col("line").str.split("\n"))
        .explode("line")
        .filter(pl.col("line") != "")
        .select(
            "record",
            part.field("field_0").str.strip_chars("<>").alias("subject"),
            part.field("field_1").str.strip_chars("<>").alias("predicate"),
            part.field("field_2").str.strip_suffix(" .").alias("object"),
        )
        .with_columns(pl.col("object").str.extract_groups(_LITERAL).alias("parts"))
        .unnest("parts")
    )


def _odd(statements: pl.DataFrame) -> list[int]:
    """The records that have a statement which the reader might say something of."""
    is_link = pl.col("object").str.starts_with("<")
    links = statements.filter(is_link).select(pl.col("object").str.strip_chars("<>"))
    names = pl.concat([statements["subject"], statements["predicate"], links["object"]]).unique()
    odd_names = _failing(names.filter(~names.str.contains(_SURE) | names.str.contains(_DOUBTFUL)), _is_odd_name)
    odd_tags = _failing(statements["language"].drop_nulls().unique(), lambda tag: not LANGUAGE_MARK.fullmatch(f"@{tag}"))
    typed = statements.filter(pl.col("datatype").is_not_null()).select("object", "datatype").unique()
    odd_values = [value for value, datatype in typed.iter_rows() if _is_odd_value(value, datatype)]
    is_odd = (
        pl.col("predicate").is_in(UNORDERED)
        | pl.struct("record", "subject", "predicate", "object").is_duplicated()
        | (~is_link & ~pl.col("object").str.contains(_LITERAL))
    )
    if odd_names:
        is_odd |= pl.any_horizontal(pl.col("subject", "predicate").is_in(odd_names))
        is_odd |= is_link & pl.col("object").str.strip_chars("<>").is_in(odd_names)
    if odd_tags:
        is_odd |= pl.col("language").is_in(odd_tags)
    if odd_values:
        is_odd |= pl.col("object").is_in(odd_values)
    return statements.filter(is_odd)["record"].unique().to_list()


def _failing(terms: pl.Series, is_odd: Callable[[str], bool]) -> list[str]:
    return [term for term in terms.to_list() if is_odd(term)]


def _is_odd_name(name: str) -> bool:
    return lint.is_odd_link(name) or iris.fault(name) is not None


def _is_odd_value(value: str, datatype: str) -> bool:
    text = value[1 : -len(datatype) - 5]
    return "\\" in text or lexical.is_ill_formed(text, datatype)
