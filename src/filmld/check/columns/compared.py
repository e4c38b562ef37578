"""All records of an archive, ready to be compared."""

from collections.abc import Iterator

import polars as pl

from filmld.check.columns.parts import Part, Parts
from filmld.check.columns.slim import Slim
from filmld.check.columns.sorting import Followed
from filmld.check.index import Index
from filmld.check.stored.keys import key_of
from filmld.tuples import NamedTuple


class Kinds:
    """All that is described, found by halving: to join a part with all would hash all again.

    Args:
        types: ``record``, ``subject``, ``types``: what records describe, and of which classes.
        members: ``subject``, ``types``: the concepts of the ontology.

    Attributes:
        subjects: Whatever is described, in order; its place here stands for it.
        types: Its classes, whoever says so.
        owners: The record that describes it, where no other does, nor the ontology.
        is_recorded: Whether any record describes it.
    """

    def __init__(self, types: pl.DataFrame, members: pl.DataFrame) -> None:
        described = pl.concat(
            [
                types.select("subject", "types", "record"),
                members.select("subject", "types", pl.lit(None, dtype=pl.UInt32).alias("record")),
            ]
        )
        known = _kinds(described)
        self.subjects, self.types, self.owners = known["subject"], known["types"], known["record"]
        self.is_recorded = known["is_recorded"]

    def places(self, nodes: pl.Series) -> pl.Series:
        """The places of some nodes among all; none where nobody describes one."""
        if self.subjects.is_empty():
            return nodes.clear().cast(pl.UInt32).extend_constant(None, nodes.len())
        places = self.subjects.search_sorted(nodes, side="left").clip(upper_bound=self.subjects.len() - 1)
        return places.zip_with(self.subjects.gather(places) == nodes, pl.Series([None], dtype=places.dtype))

    def places_of_runs(self, nodes: pl.Series) -> pl.Series:
        """The same, of nodes of which many follow the one that is like them."""
        is_new = (nodes != nodes.shift()).fill_null(value=True)
        return self.places(nodes.filter(is_new)).gather(is_new.cum_sum() - 1)


class Compared(NamedTuple):
    """All records, to be compared. Nodes, names and numbers are those of the index.

    Attributes:
        stated: All that they state, as far as it is compared, a part at a time (:meth:`parts`).
        followed: Of which properties the next two are.
        links: ``record``, ``subject``, ``predicate``, ``target``.
        told: As in :class:`filmld.check.columns.slim.Slim`.
        spans: As in :class:`filmld.check.columns.slim.Slim`, and so are ``types``, ``names``, ``numbers``.
        homes: ``record``, ``home``: the number of what each record is named after.
        members: ``subject``, ``types``: the concepts of the ontology.
        kinds: Whatever is described, by a record or the ontology.
        vocabulary: An index of nothing, to ask what the vocabularies say.
    """

    stated: Parts
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

    def parts(self) -> Iterator[Part]:
        """All that records state, as far as it is compared, a part at a time.

        The links have the places among :attr:`kinds` of what they lead from, ``at``, and of what they lead
        to, ``to``.
        """
        for part in self.stated:
            at = self.kinds.places_of_runs(part.links["subject"]).alias("at")
            to = self.kinds.places(part.links["target"]).alias("to")
            yield part._replace(links=part.links.with_columns(at, to))

    def named(self) -> pl.DataFrame:
        """``record``, ``place``, ``types``: the entity that a record is named after, where it is described.

        What only another record describes is left out; what several describe is told of each of them.
        """
        place = self.kinds.places(self.homes["home"]).alias("place")
        owners, types = self.kinds.owners.gather(place), self.kinds.types.gather(place)
        is_own = (owners == self.homes["record"]).fill_null(value=True) & place.is_not_null()
        return pl.DataFrame([self.homes["record"], place, types.alias("types")]).filter(is_own)

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
        for frames in (self._links, self._told, self._others, self._homes):
            frames.clear()

    def compared(self, vocabulary: Index) -> Compared:
        """Make all ready to be compared; see :class:`Compared`."""
        ontology = vocabulary.ontology
        rows = [
            (key_of(member.value), " ".join(sorted(ontology.types(member)))) for member in ontology.members
        ]
        members = pl.DataFrame(rows, schema={"subject": pl.Int64, "types": pl.Categorical}, orient="row")
        spans, types, names, numbers = (pl.concat(frames) for frames in zip(*self._others, strict=True))
        return Compared(
            stated=self._parts,
            followed=self._followed,
            links=pl.concat(self._links),
            told=pl.concat(self._told),
            spans=spans,
            types=types,
            names=names,
            numbers=numbers,
            homes=pl.concat(self._homes),
            members=members,
            kinds=Kinds(types, members),
            vocabulary=vocabulary,
        )


def _of(stated: pl.DataFrame, properties: frozenset[str]) -> pl.DataFrame:
    return stated.filter(pl.col("predicate").is_in(sorted(properties)))


def _kinds(described: pl.DataFrame) -> pl.DataFrame:
    """Each thing once, in order, with its classes, whoever says so, and the record that has it alone."""
    by_record = pl.col("record").is_not_null()
    known = described.sort("subject").with_columns(by_record.alias("is_recorded"))
    subject = pl.col("subject")
    is_again = ((subject == subject.shift()) | (subject == subject.shift(-1))).fill_null(value=False)
    several = known.filter(is_again)
    if several.is_empty():
        return known
    again = several.group_by("subject").agg(
        pl.col("types").cast(pl.String).unique().sort().str.join(" ").cast(pl.Categorical),
        pl.lit(None, dtype=pl.UInt32).alias("record"),
        pl.col("is_recorded").any(),
    )
    return pl.concat([known.filter(~is_again), again.select(known.columns)]).sort("subject")
