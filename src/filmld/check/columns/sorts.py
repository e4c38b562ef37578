"""Things that are alike to shapes: one of each sort is judged, and the others need not be.

What shapes can tell apart is said in :mod:`filmld.check.columns.sorting`.
"""

from collections import defaultdict
from typing import Final

import polars as pl

from filmld.check.columns.compared import Compared, Kinds
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.sums import summed
from filmld.check.shapes.compiled.idle import Lacks
from filmld.check.stored.extract import TYPE

_NOBODY: Final = 0
_TOLD: Final = ("subject", "predicate")
_SORTED: Final = pl.Schema(
    {
        "record": pl.UInt32(),
        "subject": pl.Int64(),
        "sort": pl.Struct({"one": pl.UInt64, "two": pl.UInt64}),
    }
)


def sorts(all_: Compared, sorting: Sorting) -> pl.DataFrame:
    """Tell the things that shapes are for apart, by what shapes can tell.

    Args:
        all_: All records.
        sorting: How shapes tell things apart.

    Returns:
        ``record``, ``subject``, ``sort``: two things with one sort are the same to shapes. It is a pair of
        numbers of 64 bits each, so that two sorts have one pair in no archive that fits on a disk.
    """
    found = [pl.DataFrame(schema=_SORTED)]
    for part in all_.parts:
        links = _by_class(part.links.filter("counts"), all_.kinds)
        one, two = pl.col("one").sum(), pl.col("two").sum()
        sums = pl.concat([part.sums, summed(links, sorting.most)]).group_by("record", "subject").agg(one, two)
        found.append(sums.select("record", "subject", pl.struct("one", "two").alias("sort")))
    return pl.concat(found)


def _by_class(links: pl.DataFrame, kinds: Kinds) -> pl.DataFrame:
    """Of what sort a link is: the classes of what it leads to, and what shapes find in it."""
    kind = kinds.of(links["target"])["types"].to_physical() + 1
    return links.with_columns(kind.alias("kind")).select(
        "record",
        "subject",
        "predicate",
        pl.when(pl.col("predicate") == TYPE)
        .then(pl.col("target").hash(seed=4))
        .otherwise(pl.struct(pl.col("kind").fill_null(_NOBODY), "look").hash(seed=5))
        .alias("sort"),
    )


def asked(all_: Compared, sorting: Sorting) -> pl.Series:
    """The records with things that shapes must be asked about by name."""
    found = [pl.Series("record", [], dtype=pl.UInt32)]
    repeating: defaultdict[str, list[pl.DataFrame]] = defaultdict(list)
    for types in all_.types["types"].unique().to_list():
        shapes = sorting.shapes_for(types)
        focus = all_.types.filter(pl.col("types") == types).select("record", "subject")
        if any(sorting.is_far(shape) for shape in shapes):
            found.append(focus["record"])
        for screen in {screen for shape in shapes for screen in sorting.queries.get(shape.node, ())}:
            if isinstance(screen, Lacks):
                found.append(_having(all_, focus, screen.predicate.value))
            else:
                repeating[screen.namespace].append(focus)
    found += [_not_repeating(all_, pl.concat(focus), namespace) for namespace, focus in repeating.items()]
    for shape, names in sorting.compiled.targets.by_use():
        if sorting.is_far(shape) or sorting.queries.get(shape.node):
            found.append(all_.told.filter(pl.col("predicate") == names)["record"])
    return pl.concat(found).unique()


def _having(all_: Compared, focus: pl.DataFrame, predicate: str) -> pl.Series:
    having = all_.told.filter(pl.col("predicate") == predicate)
    return focus.join(having.select("subject").unique(), on="subject", how="semi")["record"]


def _not_repeating(all_: Compared, focus: pl.DataFrame, namespace: str) -> pl.Series:
    """The records of what does not link by each property of a vocabulary that leads to it."""
    is_of_it = pl.col("predicate").cast(pl.String).str.starts_with(namespace)
    found = [focus.select("subject", pl.lit("").cast(pl.Categorical).alias("predicate"), "record").clear()]
    for part in all_.parts:  # most is told where the link is
        leading = part.links.filter(is_of_it).select(pl.col("target").alias("subject"), "predicate").unique()
        found.append(leading.join(focus, on="subject").join(part.links, on=_TOLD, how="anti"))
    left = pl.concat(found)
    for part in all_.parts if not left.is_empty() else ():
        left = left.join(part.links, on=_TOLD, how="anti")
    return left["record"]
