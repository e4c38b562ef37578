"""What other records may want to know of many files, told at once.

The same as :mod:`filmld.check.stored.extract` says of each, row for row.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final

import polars as pl

from filmld.check.authorities import GIVING, LINKS, Number, number
from filmld.check.columns.terms import IS_LINK, lexical_of, spans_of, term_of
from filmld.check.index import HAPPENED, NAMES, RELEASED, folded
from filmld.check.stored.extract import COMMON, LONGEST, SUBCLASS, TYPE
from filmld.check.stored.keys import (
    NARROW,
    SUBCLASSES,
    key,
    keys_of,
    marks_of,
    of_name,
    of_number,
    short,
)
from filmld.tuples import NamedTuple
from filmld.turtle.columns import Columns
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Triple
from filmld.vocab import SCHEMA

_NUMBERS: Final = {
    "record": pl.UInt32,
    "subject": pl.Int64,
    "predicate": pl.String,
    "system": pl.String,
    "written": pl.String,
}
_NOBODY: Final = Graph(())
"""Says nothing of any system."""


class Rows(NamedTuple):
    """What the index keeps of what many records state; ``record`` stands for the file in each.

    Attributes:
        subjects: ``record``, ``nth``, ``key``, ``iri``, ``types``, ``mark``, ``facts``
            (:class:`filmld.check.stored.extract.Subject`).
        mentions: ``record``, ``key``, ``predicate``, ``mark``.
        names: ``record``, ``nth``, ``key``, ``node``, ``name``.
        numbers: ``record``, ``key``.
    """

    subjects: pl.DataFrame
    mentions: pl.DataFrame
    names: pl.DataFrame
    numbers: pl.DataFrame


def rows_of(
    homes: Sequence[str],
    columns: Columns,
    classes: pl.DataFrame,
    names: pl.DataFrame,
    numbers: pl.DataFrame,
) -> Rows:
    """Take out of records what others may ask for.

    Args:
        homes: The IRI of the main entity of each record.
        columns: What the records state, numbered (:func:`filmld.check.columns.terms.numbered`).
        classes: The classes of what is described (:func:`filmld.check.columns.terms.classes_of`).
        names: The names that these and perhaps other records give (:func:`names_given`).
        numbers: The numbers of other systems that they give (:func:`numbers_given`).
    """
    statements = columns.statements
    stated = statements.with_columns(_homes(homes, statements))
    records = statements.select("record").unique()
    return Rows(
        _subjects(stated, classes, columns.lines),
        _mentions(stated),
        _names(names.join(records, on="record", how="semi", maintain_order="left")),
        _numbers(statements, numbers.join(records, on="record", how="semi")),
    )


def named_after(homes: Sequence[str], statements: pl.DataFrame) -> frozenset[int]:
    """The records that describe what they are named after."""
    return frozenset(statements.filter(pl.col("subject") == _homes(homes, statements))["record"].unique())


def _homes(homes: Sequence[str], statements: pl.DataFrame) -> pl.Series:
    """The IRI of the main entity of its record beside each statement."""
    return pl.Series("home", homes, dtype=pl.String).gather(statements["record"])


def newest(statements: pl.DataFrame) -> dict[int, int]:
    """The newest year that each record says has come, where that is news."""
    dated = statements.filter(pl.col("predicate").is_in(list(HAPPENED)), ~IS_LINK).select("record", "object")
    late = spans_of(dated["object"]).filter(pl.col("end") > RELEASED)
    return dict(dated.join(late, on="object").group_by("record").agg(pl.col("end").max()).iter_rows())


def _subjects(stated: pl.DataFrame, classes: pl.DataFrame, lines: bytes) -> pl.DataFrame:
    is_first = (pl.col("node") != pl.col("node").shift(1)).fill_null(value=True)
    is_last = (pl.col("node") != pl.col("node").shift(-1)).fill_null(value=True)
    nodes = stated.filter(is_first).select(
        "node",
        "record",
        "subject",
        "subject_key",
        "line",
        stated.filter(is_last)["line_end"],
        _is_inside("subject").alias("is_inside"),
        pl.col("subject").str.starts_with(pl.concat_str("home", pl.lit("#"))).alias("is_part"),
    )
    kept = nodes.filter(~pl.col("is_part"), pl.col("line_end") - pl.col("line") <= LONGEST).select("node")
    found = nodes.join(
        _facts(stated.join(kept, on="node", how="semi")), "node", "left", maintain_order="left"
    )
    places = zip(nodes["line"].to_list(), nodes["line_end"].to_list(), strict=True)
    return found.join(classes, on="node", how="left", maintain_order="left").select(
        "record",
        pl.int_range(pl.len()).over("record").alias("nth"),
        pl.col("subject_key").alias("key"),
        pl.when(~pl.col("is_inside")).then("subject").alias("iri"),
        pl.col("types").fill_null("").cast(pl.Categorical),
        pl.Series("mark", marks_of(lines[start:end] for start, end in places), dtype=pl.Int64),
        "facts",
    )


def _facts(stated: pl.DataFrame) -> pl.DataFrame:
    """``node``, ``facts``: all statements of each, as JSON."""
    return (
        stated.select("node", _pieces().alias("facts"))
        .group_by("node")
        .agg(pl.col("facts").str.join())
        .with_columns(pl.concat_str(pl.lit("{"), "facts", pl.lit("}")).alias("facts"))
    )


def _is_inside(name: str) -> pl.Expr:
    """Whether an IRI is that of the main entity of its record, or inside it."""
    iri, home = pl.col(name), pl.col("home")
    return (iri == home) | iri.str.starts_with(pl.concat_str(home, pl.lit("#")))


def _pieces() -> pl.Expr:
    """What each statement adds to the JSON of its node: properties with lists of their values."""
    is_first = (pl.col("node") != pl.col("node").shift(1)).fill_null(value=True)
    is_last = (pl.col("node") != pl.col("node").shift(-1)).fill_null(value=True)
    begins = is_first | (pl.col("predicate") != pl.col("predicate").shift(1))
    ends = is_last | (pl.col("predicate") != pl.col("predicate").shift(-1)).fill_null(value=True)
    name = pl.col("predicate").cast(pl.String)
    return pl.concat_str(
        pl.when(begins & ~is_first).then(pl.lit(",")).otherwise(pl.lit("")),
        pl.when(begins).then(pl.concat_str(pl.lit('"'), name, pl.lit('":['))).otherwise(pl.lit(",")),
        _encoded(),
        pl.when(ends).then(pl.lit("]")).otherwise(pl.lit("")),
    )


def _encoded() -> pl.Expr:
    """A term as JSON has it; texts are escaped in JSON as they are in N-Triples."""
    value = pl.col("object")
    marked = value.str.strip_suffix(pl.concat_str(pl.lit("@"), "language"))
    typed = value.str.strip_suffix(pl.concat_str(pl.lit("^^<"), "datatype", pl.lit(">")))
    is_text, is_plain = pl.col("language").is_not_null(), pl.col("datatype").is_null()
    return (
        pl.when(IS_LINK)
        .then(pl.concat_str(pl.lit('"'), "target", pl.lit('"')))
        .when(is_text)
        .then(pl.concat_str(pl.lit("["), marked, pl.lit(f',"{RDF_LANG_STRING}","'), "language", pl.lit('"]')))
        .when(is_plain)
        .then(pl.concat_str(pl.lit("["), "object", pl.lit(f',"{XSD_STRING}"]')))
        .otherwise(pl.concat_str(pl.lit("["), typed, pl.lit(',"'), "datatype", pl.lit('"]')))
    )


def _mentions(stated: pl.DataFrame) -> pl.DataFrame:
    links = stated.select("record", "subject_key", "predicate", "target", "target_key", "home").filter(
        IS_LINK
    )
    is_common = pl.any_horizontal(pl.col("target").str.starts_with(start) for start in COMMON)
    is_near = pl.col("target").str.starts_with(pl.col("home"))  # few are, beside those inside
    away = links.filter(~is_near | ~_is_inside("target")).filter((pl.col("predicate") != TYPE) | ~is_common)
    # Who links is told by one number, the sum of theirs, whatever their order.
    told = (
        away.group_by("record", pl.col("target_key").alias("key"), "predicate")
        .agg(((pl.col("subject_key") & (NARROW - 1)).sum() % NARROW).alias("mark"))
        .sort("record", "key")
    )
    known = told["predicate"].unique()
    numbers = pl.Series("number", [short(name) for name in known.cast(pl.String)], dtype=pl.UInt32)
    shortened = told.join(pl.DataFrame([known, numbers]), on="predicate", maintain_order="left")
    return shortened.select("record", "key", pl.col("number").alias("predicate"), "mark")


def _names(names: pl.DataFrame) -> pl.DataFrame:
    return names.select(
        "record",
        pl.int_range(pl.len()).over("record").alias("nth"),
        pl.col("name").alias("key"),
        pl.col("iri").alias("node"),
        pl.col("written").alias("name"),
    )


def _numbers(statements: pl.DataFrame, numbers: pl.DataFrame) -> pl.DataFrame:
    subclass = statements.filter(pl.col("predicate") == SUBCLASS).select(
        "record", pl.lit(key(SUBCLASSES), dtype=pl.Int64).alias("key")
    )
    given = numbers.select("record", pl.col("number").alias("key"))
    return pl.concat([subclass, given]).unique().sort("record", "key")


def names_given(statements: pl.DataFrame) -> pl.DataFrame:
    """``record``, ``subject``, ``iri``, ``name``, ``written``: who goes by which name.

    Of a thing those come first that it goes by first; ``subject`` and ``name`` are numbers of the index.
    """
    order = pl.col("predicate").replace_strict(list(NAMES), list(range(len(NAMES))), return_dtype=pl.UInt8)
    named = (
        statements.filter(pl.col("predicate").is_in(NAMES), pl.col("object").str.starts_with('"'))
        .with_columns(order.alias("order"))
        .sort("node", "order", maintain_order=True)
    )
    names = [lexical_of(value) for value in named["object"].to_list()]
    return named.select(
        "record",
        pl.col("subject_key").alias("subject"),
        pl.col("subject").alias("iri"),
        pl.Series("name", keys_of(of_name(folded(name)) for name in names), dtype=pl.Int64),
        pl.Series("written", names, dtype=pl.String),
    )


def numbers_given(statements: pl.DataFrame) -> pl.DataFrame:
    """The numbers of other systems.

    Returns:
        ``record``, ``subject``, ``predicate``, ``system``, ``written``, and ``number``; the last and
        ``subject`` are numbers of the index.
    """
    given = statements.filter(pl.col("predicate").is_in(list(GIVING)))
    written = given.filter(~IS_LINK)
    found = pl.concat([_in_links(given.filter(IS_LINK)), _in_literals(written, _systems(statements))])
    bare = (Number(*pair).bare for pair in found.select("system", "written").iter_rows())
    numbers = keys_of(of_number(*each) for each in bare)
    return found.with_columns(pl.Series("number", numbers, dtype=pl.Int64))


def _in_links(given: pl.DataFrame) -> pl.DataFrame:
    """The numbers inside addresses."""
    links = given.filter(pl.col("predicate") == SCHEMA + "sameAs")
    inside = {
        system: pl.col("target").str.extract(f"^(?:{pattern.pattern})$") for system, pattern in LINKS.items()
    }
    found = links.select(
        "record",
        pl.col("subject_key").alias("subject"),
        pl.col("predicate").cast(pl.String),
        pl.coalesce(
            pl.when(each.is_not_null()).then(pl.lit(system)) for system, each in inside.items()
        ).alias("system"),
        pl.coalesce(inside.values()).alias("written"),
    )
    return found.filter(pl.col("system").is_not_null())


def _in_literals(given: pl.DataFrame, systems: Mapping[int, Graph]) -> pl.DataFrame:
    """The numbers that are written beside the names of their systems."""
    rows = []
    for record, thing, node, subject, predicate, value in given.select(
        "record", "subject_key", "node", "subject", "predicate", "object"
    ).iter_rows():
        triple = Triple(IRI(subject), IRI(predicate), term_of(value))
        found = number(triple, systems.get(node, _NOBODY))
        if found:
            rows.append((record, thing, predicate, *found))
    return pl.DataFrame(rows, schema=_NUMBERS, orient="row")


def _systems(statements: pl.DataFrame) -> dict[int, Graph]:
    """What says of which system a number is, by the runs of statements."""
    named: defaultdict[int, list[Triple]] = defaultdict(list)
    stated = statements.filter(pl.col("predicate") == SCHEMA + "propertyID", ~IS_LINK)
    for node, subject, value in stated.select("node", "subject", "object").iter_rows():
        named[node].append(Triple(IRI(subject), IRI(SCHEMA + "propertyID"), term_of(value)))
    return {node: Graph(triples) for node, triples in named.items()}
