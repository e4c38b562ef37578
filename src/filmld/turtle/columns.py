"""Reading many sound records at once, into columns.

A large archive is read for the first time by what all its records have in common: pyoxigraph writes each as
N-Triples without an object for every term, and a data frame takes the lines apart. What is asked of a term is
asked once, however many records have it. A record of which the reader could have anything to say, or that
has nodes without names, is left to :mod:`filmld.turtle.quick` and those behind it, which read one at a time.
``tests/turtle/test_columns.py`` holds both against each other.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from io import BytesIO
from types import MappingProxyType
from typing import Final
from unicodedata import is_normalized

import polars as pl

from filmld.tuples import NamedTuple
from filmld.turtle import iris, lexical, oddities
from filmld.turtle.decoding import SIZE_LIMIT
from filmld.turtle.document import Document
from filmld.turtle.ntriples import Headed, LineWriter
from filmld.turtle.oddities import LANGUAGE_MARK
from filmld.turtle.quick import STARTS, UNORDERED
from filmld.turtle.screen import Declared, Head, Screen
from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Resource, Term
from filmld.vocab import XSD

_SURE: Final = (
    r"^(?:https?://[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]+|https://schema\.org)[/#][A-Za-z0-9_./#?&=~,;:+-]*$"
)
"""Most links: nothing in :mod:`filmld.turtle.lint` or :mod:`filmld.turtle.iris` minds them."""
_DOUBTFUL: Final = r"^https?://(?:www\.)?schema\.org"
_LANGUAGE: Final = r'"@([a-z0-9-]+)$'
_DATATYPE: Final = r'"\^\^<([^<>]+)>$'
_IS_LINK: Final = pl.col("object").str.starts_with("<")
_IS_PLAIN: Final = pl.col("object").str.ends_with('"')

_SUSPICIOUS: Final = "|".join(
    (
        r"<<<<<<<|>>>>>>>|_:|\r(?:[^\n]|\z)|@[a-z0-9-]*[A-Z]|(?i:version\s*[\x22'#]|base[\s#<])",
        *oddities.ODD_CHARACTERS,
    )
)
"""Whatever :class:`filmld.turtle.screen.Screen` suspects, language marks with capitals, and bases."""
_NO_TAGS: Final[Mapping[str, str]] = MappingProxyType({})
_SCHEMA: Final = {
    "record": pl.UInt32,
    "subject": pl.String,
    "predicate": pl.String,
    "object": pl.String,
    "language": pl.String,
    "datatype": pl.String,
    "line": pl.Int64,
    "line_end": pl.Int64,
}
IS_PLAIN_DATE: Final = pl.col("object").str.contains(
    rf'^"[1-9][0-9]{{3}}(?:"\^\^<{XSD}gYear>|-(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])"\^\^<{XSD}date>)$'
)
"""Of literals: nearly all dates, which exist on every calendar, and begin with their year of four digits."""
_NEVER: Final = "\x01"
"""A character that stands in no line."""


class Columns(NamedTuple):
    """The statements of many records.

    Attributes:
        heads: What each record declares; ``None`` where it must be read by itself.
        statements: A row a statement, in the order of the texts: ``record``, the place of its record among
            those that were read; ``subject`` and ``predicate``, IRIs as they are; ``object``, as N-Triples
            has it; of a literal ``datatype``, none of a text, and ``language``; ``line`` and ``line_end``,
            the place of its line in ``lines``.
        lines: All statements as N-Triples, in UTF-8.
    """

    heads: list[Head | None]
    statements: pl.DataFrame
    lines: bytes


class _Glance(NamedTuple):
    """What a search through a text found, all texts at once.

    Attributes:
        is_suspicious: Whether there is anything that :class:`filmld.turtle.screen.Screen` suspects.
        prefixes: How often a prefix may be declared.
    """

    is_suspicious: bool
    prefixes: int


class ColumnReader:
    """Reads records, and remembers the lines that all have at their heads."""

    def __init__(self) -> None:
        self._screen = Screen()
        self._writer = LineWriter()

    def read(self, records: Sequence[bytes]) -> Columns:
        """Read records; of those that need another reader nothing is stated."""
        texts = [_text(data) for data in records]
        heads: list[Head | None] = [None] * len(records)
        lines = [b""] * len(records)
        for (nth, data, declared), written in self._writer.written(self._headed(records, texts)):
            has_escapes = b"\\" in data
            if written and not _is_nameless(data, written) and not (has_escapes and _is_strange(written)):
                heads[nth] = Head(declared.prefixes, _NO_TAGS, has_escapes)
                lines[nth] = written
        whole = b"".join(lines)
        statements = _taken_apart(lines, whole)
        odd = _odd(statements)
        for record in odd:
            heads[record] = None
        if odd:
            statements = statements.filter(~pl.col("record").is_in(odd))
        return Columns(heads, statements, whole)

    def _headed(self, records: Sequence[bytes], texts: Sequence[str]) -> Iterator[Headed]:
        """The records that are not for another reader."""
        glances = zip(records, texts, _glances(texts), strict=True)
        for nth, (data, text, glance) in enumerate(glances):
            declared = self._declared(text, glance) if text else None
            if declared:
                yield Headed(nth, data, declared)

    def _declared(self, text: str, glance: _Glance) -> Declared | None:
        """What a text declares, unless it is for another reader."""
        if glance.is_suspicious or not is_normalized("NFC", text):
            return None
        declared = self._screen.declared(text)
        if declared is None or declared.has_base or len(declared.prefixes) != glance.prefixes:
            return None
        return declared


def _glances(texts: Sequence[str]) -> Iterator[_Glance]:
    found = pl.DataFrame({"text": texts}, schema={"text": pl.String}).select(
        pl.col("text").str.contains(_SUSPICIOUS),
        pl.col("text").str.count_matches(r"(?i)prefix[\s#]").alias("prefixes"),
    )
    return map(_Glance._make, found.iter_rows())


def _text(data: bytes) -> str:
    """The text of a file; empty if it is not for us."""
    if not data.startswith(STARTS) or len(data) > SIZE_LIMIT:
        return ""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _is_nameless(data: bytes, written: bytes) -> bool:
    """Say whether a record has any node without a name; its N-Triples, which are longer, say so for certain.

    Args:
        data: The record, which calls no node by a label.
        written: The same as N-Triples.
    """
    return (b"[" in data or b"(" in data) and b"_:" in written


def statements_of(documents: Iterable[tuple[int, Document]]) -> pl.DataFrame:
    """The statements of records that were read one at a time, as :class:`Columns` has them.

    Args:
        documents: The records, each with its place among all.
    """
    rows = [
        (record, _name(subject, record), predicate.value, _written_as(value, record), *_kind(value), 0, 0)
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


def _is_strange(lines: bytes) -> bool:
    return b"\\u" in lines or b"\\U" in lines or oddities.is_garbled(lines.decode())


def _taken_apart(records: Sequence[bytes], whole: bytes) -> pl.DataFrame:
    """Take N-Triples apart; a language or a datatype is what stands behind the last quotation mark.

    Args:
        records: The lines of each record.
        whole: The same, one after the other.
    """
    last = pl.Series(map(len, records), dtype=pl.Int64).cum_sum()
    end = (pl.col("line").str.len_bytes().cast(pl.Int64) + 1).cum_sum()
    # No link has a blank or a bracket in it, so the first two ends of one are those of subject and property.
    part = pl.col("line").str.splitn("> ", 3).struct
    marked = pl.when(~_IS_PLAIN & ~_IS_LINK).then("object")
    return (
        pl.DataFrame(_split(whole))
        .select(
            pl.lit(last).search_sorted(end, side="left").cast(pl.UInt32).alias("record"),
            part.field("field_0").str.slice(1).alias("subject"),
            part.field("field_1").str.slice(1).alias("predicate"),
            part.field("field_2").str.head(-2).alias("object"),
            end.shift(1, fill_value=0).alias("line"),
            end.alias("line_end"),
        )
        .select(
            "record",
            "subject",
            "predicate",
            "object",
            marked.str.extract(_LANGUAGE).alias("language"),
            marked.str.extract(_DATATYPE).alias("datatype"),
            "line",
            "line_end",
        )
    )


def _split(whole: bytes) -> pl.Series:
    """The lines of a text, by the reader of tables, which makes no objects of them."""
    schema = {"line": pl.String}
    if not whole:
        return pl.Series("line", [], dtype=pl.String)
    read = pl.read_csv(BytesIO(whole), has_header=False, separator=_NEVER, quote_char=None, schema=schema)
    return read["line"]


def _odd(statements: pl.DataFrame) -> list[int]:
    """The records that have a statement which the reader might say something of."""
    links = statements["object"].filter(statements.select(_IS_LINK).to_series()).unique()
    subjects = statements.filter(pl.col("subject") != pl.col("subject").shift(1, fill_value=""))["subject"]
    predicates = statements["predicate"].unique()
    names = pl.concat([subjects, predicates, links.str.strip_chars("<>").rename("subject")])
    odd_names = _failing(
        names.filter(~names.str.contains(_SURE) | names.str.contains(_DOUBTFUL)), _is_odd_name
    )
    odd_tags = _failing(
        statements["language"].drop_nulls().unique(), lambda tag: not LANGUAGE_MARK.fullmatch(f"@{tag}")
    )
    typed = statements.filter(pl.col("datatype").is_not_null()).select("object", "datatype").unique()
    odd_types = _failing(typed["datatype"].unique(), _is_odd_name)
    doubtful = typed.filter(~IS_PLAIN_DATE)
    odd_values = [value for value, datatype in doubtful.iter_rows() if _is_odd_value(value, datatype)]
    is_odd = ~(_IS_LINK | _IS_PLAIN | pl.col("language").is_not_null() | pl.col("datatype").is_not_null())
    if not UNORDERED.isdisjoint(predicates):
        is_odd |= pl.col("predicate").is_in(UNORDERED)
    if odd_names:
        is_odd |= pl.any_horizontal(pl.col("subject", "predicate").is_in(odd_names))
        is_odd |= _IS_LINK & pl.col("object").str.strip_chars("<>").is_in(odd_names)
    if odd_tags:
        is_odd |= pl.col("language").is_in(odd_tags)
    if odd_types:
        is_odd |= pl.col("datatype").is_in(odd_types)
    if odd_values:
        is_odd |= pl.col("object").is_in(odd_values)
    return list({*statements.filter(is_odd)["record"], *_repeating(statements)})


def _repeating(statements: pl.DataFrame) -> list[int]:
    """The records that state anything twice."""
    stated = pl.col("object").hash() ^ pl.col("predicate").hash(1) ^ pl.col("subject").hash(2)
    again = statements.select("record", stated.alias("stated")).filter(pl.col("stated").is_duplicated())
    return again.filter(pl.struct("record", "stated").is_duplicated())["record"].to_list()


def _failing(terms: pl.Series, is_odd: Callable[[str], bool]) -> list[str]:
    return [term for term in terms.to_list() if is_odd(term)]


def _is_odd_name(name: str) -> bool:
    return oddities.is_odd_link(name) or iris.fault(name) is not None


@lru_cache(20_000)  # the same dates are met over and over
def _is_odd_value(value: str, datatype: str) -> bool:
    text = value[1 : -len(datatype) - 5]
    return "\\" in text or lexical.is_ill_formed(text, datatype)
