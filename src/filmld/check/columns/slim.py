"""Of many records, what is kept of their statements to compare them: numbers in place of texts."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import polars as pl

from filmld.check.columns.sorting import Look, Sorting
from filmld.check.columns.sums import summed, targets
from filmld.check.columns.terms import IS_LINK, spans_of, term_of
from filmld.check.shapes.compiled.values import is_ill_typed
from filmld.tuples import NamedTuple
from filmld.turtle.columns import IS_PLAIN_DATE
from filmld.turtle.terms import Literal
from filmld.vocab import SCHEMA

BORN, DIED = SCHEMA + "birthDate", SCHEMA + "deathDate"
FOUNDED, DISSOLVED = SCHEMA + "foundingDate", SCHEMA + "dissolutionDate"
BEGAN, ENDED = SCHEMA + "startDate", SCHEMA + "endDate"
CREATED, PUBLISHED = SCHEMA + "dateCreated", SCHEMA + "datePublished"
_DATES: Final = (BORN, DIED, FOUNDED, DISSOLVED, BEGAN, ENDED, CREATED, PUBLISHED)
"""Properties whose values are compared as years."""


class Slim(NamedTuple):
    """What records state, as far as it is compared. Nodes, names and numbers are those of the index.

    Attributes:
        links: ``record``, ``subject``, ``predicate``, ``target``, whether that is the archive's ``own``, and
            what shapes find in it, ``look``; and whether it ``counts`` for the sort of its subject.
        sums: Of what sort the literals of a thing are (:func:`filmld.check.columns.sums.summed`), of
            all that any shape is for.
        told: ``record``, ``subject``, ``predicate``: which properties a thing has, of those of which that is
            asked.
        spans: ``record``, ``subject``, ``predicate``, and the years from ``start`` to ``end`` that a date can
            mean.
        types: ``record``, ``subject``, ``types``: classes in order, parted by blanks.
        names: ``record``, ``subject``, ``name``.
        numbers: ``record``, ``subject``, ``number``, of other systems.
    """

    links: pl.DataFrame
    sums: pl.DataFrame
    told: pl.DataFrame
    spans: pl.DataFrame
    types: pl.DataFrame
    names: pl.DataFrame
    numbers: pl.DataFrame


def slim(
    statements: pl.DataFrame,
    classes: pl.DataFrame,
    names: pl.DataFrame,
    numbers: pl.DataFrame,
    base: str,
    sorting: Sorting,
) -> Slim:
    """Make statements slim.

    Args:
        statements: What records state, numbered.
        classes: The classes of what they describe (:func:`filmld.check.columns.terms.classes_of`).
        names: The names that they give (:func:`filmld.check.columns.facts.names_given`).
        numbers: The numbers of other systems that they give.
        base: The IRI under which the archive's own entities live.
        sorting: How shapes tell things apart.
    """
    known = _looked(statements.rename({"subject": "iri", "subject_key": "subject"}), sorting.looked_at)
    literals = known.filter(~IS_LINK)
    types = _types(known, classes)
    focus = targets(known, types, sorting)
    counts = pl.col("predicate").is_in(sorted(sorting.properties)) & pl.col("node").is_in(focus.implode())
    is_told = pl.col("predicate").is_in(sorted(sorting.followed(()).told))
    return Slim(
        links=known.filter(IS_LINK).select(
            "record",
            "subject",
            "predicate",
            pl.col("target").str.starts_with(base).alias("own"),
            pl.col("target_key").alias("target"),
            "look",
            counts.alias("counts"),
        ),
        sums=summed(_sorted(literals.filter(counts)), sorting.most),
        told=known.filter(is_told).select("record", "subject", "predicate"),
        spans=_spans(literals),
        types=types.select("record", "subject", "types"),
        names=names.select("record", "subject", "name"),
        numbers=numbers.select("record", "subject", "number"),
    )


def _looked(known: pl.DataFrame, looks: Mapping[str, Look]) -> pl.DataFrame:
    """Put beside each value, as ``look``, what shapes find in it."""
    nth = known.with_row_index("nth")
    looked = nth.select("nth", "predicate", "object").filter(pl.col("predicate").is_in(list(looks)))
    values = looked.select("predicate", "object").unique()
    found = [looks[predicate](term_of(value)) for predicate, value in values.iter_rows()]
    seen = values.with_columns(pl.Series("look", found, dtype=pl.String).cast(pl.Categorical))
    found_in = looked.join(seen, on=("predicate", "object")).select("nth", "look")
    return nth.join(found_in, on="nth", how="left", maintain_order="left")


def _sorted(literals: pl.DataFrame) -> pl.DataFrame:
    """Of what sort a literal is: its language or datatype, whether it has a value, what shapes find in it."""
    typed = literals.filter(pl.col("datatype").is_not_null()).select("object").unique().filter(~IS_PLAIN_DATE)
    ill = [value for value in typed["object"].to_list() if _is_ill(value)]
    sort = pl.struct(
        "datatype", "language", pl.col("object").is_in(ill).alias("ill"), pl.col("look").cast(pl.String)
    )
    return literals.select("record", "subject", "predicate", sort.hash(seed=6).alias("sort"))


@lru_cache(20_000)  # the same dates are met over and over
def _is_ill(value: str) -> bool:
    literal = term_of(value)
    return isinstance(literal, Literal) and is_ill_typed(literal)


def _spans(literals: pl.DataFrame) -> pl.DataFrame:
    dated = literals.filter(pl.col("predicate").is_in(_DATES))
    spans = spans_of(dated["object"])
    return dated.join(spans, on="object").select("record", "subject", "predicate", "start", "end")


def _types(known: pl.DataFrame, classes: pl.DataFrame) -> pl.DataFrame:
    """Every subject, with its classes."""
    nodes = known.group_by("node", maintain_order=True).agg(pl.col("record", "subject").first())
    return nodes.join(classes, on="node", how="left").select(
        "node", "record", "subject", pl.col("types").fill_null("").cast(pl.Categorical)
    )
