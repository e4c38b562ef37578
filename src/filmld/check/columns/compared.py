"""All records of an archive, ready to be compared."""

from typing import NamedTuple

import polars as pl

from filmld.check.columns.parts import Part, Parts
from filmld.check.columns.slim import Slim
from filmld.check.columns.sorting import Followed
from filmld.check.index import Index
from filmld.check.stored.keys import key_of


class Kinds:
    """The classes of whatever is described, found by halving: to join a part with all would hash all again.

    Args:
        known: ``subject``, ``types``: each subject once.
    """

    def __init__(self, known: pl.DataFrame) -> None:
        self._known = known.sort("subject")

    def of(self, nodes: pl.Series) -> pl.DataFrame:
        """``subject``, ``types``: the classes of some nodes in order; none where nobody describes one."""
        subjects = self._known["subject"]
        if subjects.is_empty():
            return pl.DataFrame(
                {"subject": nodes, "types": self._known["types"].clear().extend_constant(None, nodes.len())}
            )
        places = subjects.search_sorted(nodes, side="left").clip(upper_bound=subjects.len() - 1)
        found = pl.DataFrame([nodes.alias("subject"), self._known["types"].gather(places)])
        is_known = subjects.gather(places) == nodes
        return found.with_columns(pl.when(is_known).then("types").alias("types"))


class Compared(NamedTuple):
    """All records, to be compared. Nodes, names and numbers are those of the index.

    Attributes:
        parts: All that they state, as far as it is compared.
        followed: Of which properties the next two are.
        links: ``record``, ``subject``, ``predicate``, ``target``.
        told: As in :class:`filmld.check.columns.slim.Slim`.
        spans: As in :class:`filmld.check.columns.slim.Slim`, and so are ``types``, ``names``, ``numbers``.
        homes: ``record``, ``home``: the number of what each record is named after.
        members: ``subject``, ``types``: the concepts of the ontology.
        kinds: All classes of whatever is described, by a record or the ontology.
        vocabulary: An index of nothing, to ask what the vocabularies say.
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
    kinds: Kinds
    vocabulary: Index

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
        self._parts.add(Part(slim.links, slim.sums, slim.types))
        link = ("record", "subject", "predicate", "target")
        self._links.append(_of(slim.links, self._followed.links).select(link))
        self._told.append(slim.told)
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
            kinds=Kinds(_kinds(pl.concat([types.select("subject", "types"), members]))),
            vocabulary=vocabulary,
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
