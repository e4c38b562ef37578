"""Things that are alike to shapes: one of each sort is judged, and the others need not be.

What shapes can tell apart is said in :mod:`filmld.check.columns.sorting`.
"""

from collections import defaultdict
from typing import Final

import polars as pl

from filmld.check.columns.compared import Compared
from filmld.check.columns.parts import Part
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.sums import summed
from filmld.check.shapes.compiled.idle import Lacks
from filmld.check.stored.extract import TYPE

_NOBODY: Final = 0
_TOLD: Final = ("subject", "predicate")
_SORTED: Final = pl.Schema({"record": pl.UInt32(), "subject": pl.Int64(), "sort": pl.UInt32()})


class Sorts:
    """Tells the things that shapes are for apart, by what shapes can tell.

    Args:
        all_: All records.
        sorting: How shapes tell things apart.
    """

    def __init__(self, all_: Compared, sorting: Sorting) -> None:
        self._sorting = sorting
        self._kinds = all_.kinds.types.to_physical() + 1
        self._found = [pl.DataFrame(schema=_SORTED)]
        self._numbers: dict[tuple[int, int], int] = {}
        self._first: dict[int, int] = {}

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""
        links = self._by_class(part.links.filter("counts"))
        one, two = pl.col("one").sum(), pl.col("two").sum()
        sums = pl.concat([part.sums, summed(links, self._sorting.most)])
        self._found.append(self._numbered(sums.group_by("record", "subject").agg(one, two)))

    def _numbered(self, sums: pl.DataFrame) -> pl.DataFrame:
        """Give each sort a number: there are few, and a number takes a quarter of the room."""
        sorts = sums.group_by("one", "two").agg(pl.col("record").min())
        numbers = []
        for one, two, record in sorts.iter_rows():
            number = self._numbers.setdefault((one, two), len(self._numbers))
            self._first[number] = min(record, self._first.get(number, record))
            numbers.append(number)
        known = sorts.select("one", "two", pl.Series("sort", numbers, dtype=pl.UInt32))
        return sums.join(known, on=("one", "two")).select("record", "subject", "sort")

    def _by_class(self, links: pl.DataFrame) -> pl.DataFrame:
        """Of what sort a link is: the classes of what it leads to, and what shapes find in it."""
        return links.with_columns(self._kinds.gather(links["to"]).alias("kind")).select(
            "record",
            "subject",
            "predicate",
            pl.when(pl.col("predicate") == TYPE)
            .then(pl.col("target").hash(seed=4))
            .otherwise(pl.struct(pl.col("kind").fill_null(_NOBODY), "look").hash(seed=5))
            .alias("sort"),
        )

    def found(self) -> pl.DataFrame:
        """``record``, ``subject``, ``sort``: two things with one sort are the same to shapes."""
        return pl.concat(self._found)

    def first(self) -> pl.Series:
        """The first record with a thing of each sort."""
        return pl.Series("record", list(self._first.values()), dtype=pl.UInt32)


class ByName:
    """Finds the records with things that shapes must be asked about by name.

    Args:
        all_: All records.
        sorting: How shapes tell things apart.
    """

    def __init__(self, all_: Compared, sorting: Sorting) -> None:
        self._found = [pl.Series("record", [], dtype=pl.UInt32)]
        repeating: defaultdict[str, list[pl.DataFrame]] = defaultdict(list)
        for types in all_.types["types"].unique().to_list():
            shapes = sorting.shapes_for(types)
            focus = all_.types.filter(pl.col("types") == types).select("record", "subject")
            if any(sorting.is_far(shape) for shape in shapes):
                self._found.append(focus["record"])
            for screen in {screen for shape in shapes for screen in sorting.queries.get(shape.node, ())}:
                if isinstance(screen, Lacks):
                    self._found.append(_having(all_, focus, screen.predicate.value))
                else:
                    repeating[screen.namespace].append(focus)
        for shape, names in sorting.compiled.targets.by_use():
            if sorting.is_far(shape) or sorting.queries.get(shape.node):
                self._found.append(all_.told.filter(pl.col("predicate") == names)["record"])
        self._repeating = [
            _NotRepeating(all_, pl.concat(focus), namespace) for namespace, focus in repeating.items()
        ]

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""
        for one in self._repeating:
            one.see(part)

    def found(self) -> pl.Series:
        """The records."""
        return pl.concat([*self._found, *(one.found() for one in self._repeating)]).unique()


def _having(all_: Compared, focus: pl.DataFrame, predicate: str) -> pl.Series:
    having = all_.told.filter(pl.col("predicate") == predicate)
    return focus.join(having.select("subject").unique(), on="subject", how="semi")["record"]


class _NotRepeating:
    """Finds the records of what does not link by each property of a vocabulary that leads to it."""

    def __init__(self, all_: Compared, focus: pl.DataFrame, namespace: str) -> None:
        self._all = all_
        self._focus = focus
        self._namespace = namespace
        nothing = pl.lit("").cast(pl.Categorical).alias("predicate")
        self._left = [focus.select("subject", nothing, "record").clear()]

    def see(self, part: Part) -> None:
        of_it = [
            name
            for name in part.links["predicate"].unique().cast(pl.String)
            if name.startswith(self._namespace)
        ]
        leading = (
            part.links.filter(pl.col("predicate").is_in(of_it))
            .select(pl.col("target").alias("subject"), "predicate")
            .unique()
        )
        # Most is told where the link is.
        left = leading.join(self._focus, on="subject").join(part.links, on=_TOLD, how="anti")
        self._left.append(left)

    def found(self) -> pl.Series:
        left = pl.concat(self._left)
        for part in self._all.stated if not left.is_empty() else ():
            left = left.join(part.links, on=_TOLD, how="anti")
        return left["record"]
