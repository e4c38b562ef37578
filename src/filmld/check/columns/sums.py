"""Of what sort the values of a thing are, summed up in two numbers."""

import polars as pl

from filmld.check.columns.sorting import Sorting


def summed(stated: pl.DataFrame, most: int) -> pl.DataFrame:
    """Sum up of what sort values are.

    Args:
        stated: ``record``, ``subject``, ``predicate``, ``sort``, a row for each value.
        most: So many values of one sort are as good as more.

    Returns:
        ``record``, ``subject``, ``one``, ``two``. Where a thing has values of other sorts beside these, the
        sums of all are those of these and of the others together. They are two numbers of 64 bits each, so
        that the values of two things have one pair in no archive that fits on a disk.
    """
    counted = (
        stated.with_columns(pl.col("predicate").cast(pl.String).hash(seed=7))
        .group_by("record", "subject", "predicate", "sort")
        .agg(pl.len().clip(upper_bound=most).alias("count"))
    )
    one = pl.struct("predicate", "sort", "count")
    return counted.group_by("record", "subject").agg(
        one.hash(seed=1).sum().alias("one"), one.hash(seed=2).sum().alias("two")
    )


def targets(statements: pl.DataFrame, types: pl.DataFrame, sorting: Sorting) -> pl.Series:
    """The runs of statements of whatever any shape is for.

    Args:
        statements: Numbered; ``subject`` is a number, too.
        types: ``node``, ``record``, ``subject``, ``types``: the classes of all nodes.
        sorting: How shapes tell things apart.
    """
    thing = ("record", "subject")
    wanted = [name for name in types["types"].unique().to_list() if sorting.shapes_for(name)]
    by_class = types.filter(pl.col("types").is_in(wanted)).select(thing)
    by_use = statements.filter(pl.col("predicate").is_in(sorted(sorting.names))).select(thing)
    return types.join(pl.concat([by_class, by_use]), on=thing, how="semi")["node"]
