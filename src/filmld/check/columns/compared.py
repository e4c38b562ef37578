"""All records of an archive, ready to be compared."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import polars as pl

from filmld.check.columns.slim import Slim
from filmld.check.index import Index
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.tree import Shape
from filmld.check.stored.data import Classes
from filmld.check.stored.keys import key_of

_SLICE: Final = 10_000
"""So many records are worked on at a time."""


class Compared(NamedTuple):
    """All records, to be compared.

    Attributes:
        slim: What they state.
        homes: ``record``, ``home``: the number of what each record is named after.
        members: ``subject``, ``types``: the concepts of the ontology.
        kinds: ``subject``, ``types``: all classes of whatever is described, by a record or the ontology.
        vocabulary: An index of nothing, to ask what the vocabularies say.
        classes: The classes above each class.
    """

    slim: Slim
    homes: pl.DataFrame
    members: pl.DataFrame
    kinds: pl.DataFrame
    vocabulary: Index
    classes: Classes

    def shapes_for(self, types: str, compiled: Compiled) -> tuple[Shape, ...]:
        """The shapes that are for things of some classes, written one after the other."""
        return compiled.targets.of(self.classes.of(frozenset(types.split())))

    def links(self, *predicates: str) -> pl.DataFrame:
        """The links by some properties."""
        return self.slim.links.filter(pl.col("predicate").is_in(predicates))

    def span(self, *predicates: str) -> pl.DataFrame:
        """``subject``, ``start``, ``end``: the first and the last year that any of some dates can mean."""
        dated = self.slim.spans.filter(pl.col("predicate").is_in(predicates))
        return dated.group_by("subject").agg(pl.col("start").min(), pl.col("end").max())


def compared(slim: Slim, homes: pl.DataFrame, vocabulary: Index) -> Compared:
    """Make records ready to be compared; see :class:`Compared`."""
    ontology = vocabulary.ontology
    rows = [(key_of(member.value), " ".join(sorted(ontology.types(member)))) for member in ontology.members]
    members = pl.DataFrame(rows, schema={"subject": pl.Int64, "types": pl.Categorical}, orient="row")
    known = pl.concat([slim.types.select("subject", "types"), members])
    is_again = pl.col("subject").is_duplicated()
    again = (
        known.filter(is_again)
        .select("subject", pl.col("types").cast(pl.String))
        .unique()
        .sort("subject", "types")
        .group_by("subject", maintain_order=True)
        .agg(pl.col("types").str.join(" ").cast(pl.Categorical))
    )
    kinds = pl.concat([known.filter(~is_again), again])
    return Compared(slim, homes, members, kinds, vocabulary, Classes(ontology.subclasses))


def slices(frame: pl.DataFrame) -> Iterator[pl.DataFrame]:
    """Some records of a frame after the other: what is worked out of all together takes gigabytes."""
    last = frame["record"].max()
    for start in range(0, (last if isinstance(last, int) else -1) + 1, _SLICE):
        yield frame.filter(pl.col("record").is_between(start, start + _SLICE - 1))
