"""All records of an archive, ready to be compared."""

from typing import NamedTuple

import polars as pl

from filmld.check.columns.parts import Part, Parts
from filmld.check.columns.slim import Slim
from filmld.check.index import Index
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.tree import Shape
from filmld.check.stored.data import Classes
from filmld.check.stored.keys import key_of


class Followed(NamedTuple):
    """The properties by which all records are compared at once.

    Attributes:
        links: Those whose links are followed from record to record.
        told: Those of which is asked whether a thing has them, whatever the value.
    """

    links: frozenset[str]
    told: frozenset[str] = frozenset()


class Compared(NamedTuple):
    """All records, to be compared. Nodes, names and numbers are those of the index.

    Attributes:
        parts: All that they state, as far as it is compared.
        followed: Of which properties the next two are.
        links: ``record``, ``subject``, ``predicate``, ``target``.
        told: ``record``, ``subject``, ``predicate``, of links and literals.
        spans: As in :class:`filmld.check.columns.slim.Slim`, and so are ``types``, ``names``, ``numbers``.
        homes: ``record``, ``home``: the number of what each record is named after.
        members: ``subject``, ``types``: the concepts of the ontology.
        kinds: ``subject``, ``types``: all classes of whatever is described, by a record or the ontology.
        vocabulary: An index of nothing, to ask what the vocabularies say.
        classes: The classes above each class.
    """

    parts: Parts
    followed: Followed
    links: pl.DataFrame
    told: pl.DataFrame
    spans: pl.DataFrame
    types: pl.DataFrame
    names: pl.DataFrame
    numbers: pl.DataFrame
    homes: pl.DataFrame
    members: pl.DataFrame
    kinds: pl.DataFrame
    vocabulary: Index
    classes: Classes

    def shapes_for(self, types: str, compiled: Compiled) -> tuple[Shape, ...]:
        """The shapes that are for things of some classes, written one after the other."""
        return compiled.targets.of(self.classes.of(frozenset(types.split())))

    def linked(self, *predicates: str) -> pl.DataFrame:
        """The links by some properties.

        Raises:
            LookupError: One of these is not followed.
        """
        if not self.followed.links.issuperset(predicates):
            raise LookupError(predicates)
        return self.links.filter(pl.col("predicate").is_in(predicates))

    def span(self, *predicates: str) -> pl.DataFrame:
        """``subject``, ``start``, ``end``: the first and the last year that any of some dates can mean."""
        dated = self.spans.filter(pl.col("predicate").is_in(predicates))
        return dated.group_by("subject").agg(pl.col("start").min(), pl.col("end").max())


class Gathering:
    """Gathers what records state.

    Args:
        followed: The properties by which all are compared at once.
    """

    def __init__(self, followed: Followed) -> None:
        self._followed = followed
        self._parts = Parts()
        self._links: list[pl.DataFrame] = []
        self._told: list[pl.DataFrame] = []
        self._others: list[tuple[pl.DataFrame, ...]] = []
        self._homes: list[pl.DataFrame] = []

    def add(self, slim: Slim, homes: pl.DataFrame) -> None:
        """Add some records; their numbers must differ from those of all others."""
        self._parts.add(Part(slim.links, slim.literals, slim.types))
        link = ("record", "subject", "predicate", "target")
        self._links.append(_of(slim.links, self._followed.links).select(link))
        told = [_of(frame, self._followed.told).select(link[:3]) for frame in slim[:2]]
        self._told.append(pl.concat(told))
        self._others.append((slim.spans, slim.types, slim.names, slim.numbers))
        self._homes.append(homes)

    def close(self) -> None:
        """Let go of what was gathered."""
        self._parts.close()

    def compared(self, vocabulary: Index) -> Compared:
        """Make all ready to be compared; see :class:`Compared`."""
        ontology = vocabulary.ontology
        rows = [
            (key_of(member.value), " ".join(sorted(ontology.types(member)))) for member in ontology.members
        ]
        members = pl.DataFrame(rows, schema={"subject": pl.Int64, "types": pl.Categorical}, orient="row")
        spans, types, names, numbers = (pl.concat(frames) for frames in zip(*self._others, strict=True))
        return Compared(
            parts=self._parts,
            followed=self._followed,
            links=pl.concat(self._links),
            told=pl.concat(self._told),
            spans=spans,
            types=types,
            names=names,
            numbers=numbers,
            homes=pl.concat(self._homes),
            members=members,
            kinds=_kinds(pl.concat([types.select("subject", "types"), members])),
            vocabulary=vocabulary,
            classes=Classes(ontology.subclasses),
        )


def _of(stated: pl.DataFrame, properties: frozenset[str]) -> pl.DataFrame:
    return stated.filter(pl.col("predicate").is_in(sorted(properties)))


def _kinds(known: pl.DataFrame) -> pl.DataFrame:
    """The classes of each thing, whoever says so."""
    is_again = pl.col("subject").is_duplicated()
    again = (
        known.filter(is_again)
        .select("subject", pl.col("types").cast(pl.String))
        .unique()
        .sort("subject", "types")
        .group_by("subject", maintain_order=True)
        .agg(pl.col("types").str.join(" ").cast(pl.Categorical))
    )
    return pl.concat([known.filter(~is_again), again])
