"""Terms in columns: as N-Triples writes them, and numbered."""

import json
from functools import lru_cache
from typing import Final

import polars as pl

from filmld.check.stored.extract import TYPE
from filmld.check.stored.keys import keys_of_bytes
from filmld.turtle.columns import IS_PLAIN_DATE
from filmld.turtle.dates import years
from filmld.turtle.edtf import Years
from filmld.turtle.terms import IRI, RDF_LANG_STRING, BlankNode, Literal, Term

IS_LINK: Final = pl.col("target").is_not_null()
"""Of numbered statements: whether the value is an IRI."""
_ESCAPED: Final = "\\"


def _numbers_of(names: pl.Series) -> pl.DataFrame:
    """``name``, ``number``: the numbers of some nodes.

    They are not remembered: what stays of many small things keeps much memory from being given back.
    """
    numbers = keys_of_bytes(names.cast(pl.Binary).to_list())
    return pl.DataFrame([names.rename("name"), pl.Series("number", numbers, dtype=pl.Int64)])


def _looked_up(names: pl.Series, numbers: pl.DataFrame) -> pl.Series:
    """The number of each node, in place of its name."""
    wanted = names.to_frame("name")
    return wanted.join(numbers, on="name", how="left", maintain_order="left")["number"]


def numbered(statements: pl.DataFrame, after: int = 0) -> pl.DataFrame:
    """Number the nodes of statements.

    Args:
        statements: As :class:`filmld.turtle.columns.Columns` has them.
        after: The last number that runs of other statements have, beside which these will stand.

    Returns:
        The same, with ``subject_key`` and ``target_key``, the numbers of subjects and links in the index,
        ``target``, the IRI where the value is one, and ``node``, a number for each run of statements that
        have one subject.
    """
    target = pl.when(pl.col("object").str.starts_with("<")).then(pl.col("object").str.strip_chars("<>"))
    is_new = (pl.col("subject") != pl.col("subject").shift(1)) | (
        pl.col("record") != pl.col("record").shift(1)
    )
    known = statements.with_columns(
        target.alias("target"),
        is_new.fill_null(value=True).cum_sum().cast(pl.UInt32).alias("node"),
        pl.col("predicate").cast(pl.Categorical),
    )
    subjects = known.filter(is_new.fill_null(value=True))["subject"]
    targets = known["target"]
    numbers = _numbers_of(pl.concat([subjects, targets.drop_nulls().rename("subject")]).unique())
    return known.with_columns(
        pl.col("node") + after,
        _looked_up(subjects, numbers).gather(known["node"] - 1).alias("subject_key"),
        _looked_up(targets, numbers).alias("target_key"),
    )


def broken_up(statements: pl.DataFrame) -> list[int]:
    """The records in which a subject, or a property of a subject, is come back to after another."""
    is_new = (pl.col("node") != pl.col("node").shift(1)) | (
        pl.col("predicate") != pl.col("predicate").shift(1)
    )
    runs = statements.select("record", "node", "subject_key", "predicate").filter(
        is_new.fill_null(value=True)
    )
    again = _repeating(runs, "record", "subject_key", "predicate")
    nodes = runs.filter((pl.col("node") != pl.col("node").shift(1)).fill_null(value=True))
    return list({*again, *_repeating(nodes, "record", "subject_key")})


def _repeating(frame: pl.DataFrame, *names: str) -> pl.Series:
    """The records in which some columns say the same twice; hardly any do, which a hash tells."""
    hashes = [pl.col(name).hash(seed) for seed, name in enumerate(names)]
    is_suspect = pl.fold(pl.lit(0, dtype=pl.UInt64), lambda one, other: one ^ other, hashes).is_duplicated()
    suspects = frame.filter(is_suspect)
    return suspects.filter(pl.struct(names).is_duplicated())["record"]


def classes_of(statements: pl.DataFrame) -> pl.DataFrame:
    """``node``, ``types``: the classes of each node that has any, in order, parted by blanks."""
    typed = statements.filter(pl.col("predicate") == TYPE, IS_LINK).select(
        "node", pl.col("target").alias("types")
    )
    return joined(typed, "types", "node")


def joined(frame: pl.DataFrame, text: str, *by: str) -> pl.DataFrame:
    """Put texts that belong to the same into one, in order and parted by blanks; most stand alone."""
    is_again = pl.struct(by).is_duplicated() if len(by) > 1 else pl.col(by[0]).is_duplicated()
    again = frame.filter(is_again)
    if again.is_empty():
        return frame
    together = again.sort(*by, text).group_by(by, maintain_order=True).agg(pl.col(text).str.join(" "))
    return pl.concat([frame.filter(~is_again), together.select(frame.columns)])


def spans_of(dates: pl.Series) -> pl.DataFrame:
    """``object``, ``start``, ``end``: the years that each literal in N-Triples can mean that is a date."""
    known = dates.unique().to_frame("object")
    year = pl.col("object").str.slice(1, 4).cast(pl.Int64)
    plain = known.filter(IS_PLAIN_DATE).select("object", year.alias("start"), year.alias("end"))
    others = [(date, span) for date in known.filter(~IS_PLAIN_DATE)["object"] if (span := _years_of(date))]
    rows = [(date, span.start, span.end) for date, span in others]
    return pl.concat([plain, pl.DataFrame(rows, schema=plain.schema, orient="row")])


@lru_cache(20_000)
def _years_of(date: str) -> Years | None:
    """The years that a literal in N-Triples can mean; the same dates are met over and over."""
    literal = term_of(date)
    return years(literal) if isinstance(literal, Literal) else None


def lexical_of(literal: str) -> str:
    """The text of a literal in N-Triples."""
    text = literal[1 : literal.rindex('"')]
    return text if _ESCAPED not in text else str(json.loads(f'"{text}"'))


def term_of(written: str) -> Term:
    """A term out of N-Triples."""
    if written.startswith("<"):
        return IRI(written[1:-1])
    if written.startswith("_:"):
        return BlankNode(written[2:])
    text, _, rest = written.rpartition('"')
    lexical = lexical_of(f'{text}"')
    if rest.startswith("@"):
        return Literal(lexical, RDF_LANG_STRING, rest[1:])
    return Literal(lexical, rest[3:-1]) if rest else Literal(lexical)
