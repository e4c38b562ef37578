"""Which rules can have anything to say of a record, told by looking at all links once.

What is asked of every link is asked here, a part of the records at a time; rules that ask for few of them
are in :mod:`filmld.check.columns.together`. A screen may suspect what is sound, and must not pass over what
is not.
"""

from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Final, Protocol

import polars as pl

from filmld.check import rules
from filmld.check.columns.compared import Compared
from filmld.check.columns.parts import Part
from filmld.check.columns.slim import DISSOLVED, FOUNDED
from filmld.check.columns.together import CREDITED, MADE
from filmld.check.index import Index
from filmld.check.rules import credited_outside_life, dangling_link, unused_record, wrong_direction
from filmld.turtle.terms import IRI

_USE: Final = ("types", "predicate", "of_target")


class Look(Protocol):
    """Looks at all records, as :meth:`filmld.check.columns.compared.Compared.parts` gives them."""

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""

    def found(self) -> pl.Series:
        """The records, each as often as may be, of which a rule may have something to say."""


class Dangling:
    """Suspects links to what nobody describes, in the archive's own name."""

    def __init__(self, all_: Compared) -> None:
        self._is_recorded = all_.kinds.is_recorded
        self._found: list[pl.Series] = []

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""
        is_address = pl.col("predicate").is_in(list(dangling_link.ADDRESSES))
        links = part.links.filter(pl.col("own"), ~is_address)
        is_there = self._is_recorded.gather(links["to"]).fill_null(value=False)
        self._found.append(links["record"].filter(~is_there))

    def found(self) -> pl.Series:
        """The records that link to nothing."""
        return _all(self._found)


class Unused:
    """Suspects entities to which no other record links."""

    def __init__(self, all_: Compared) -> None:
        entities = all_.named()
        kinds = [kind for kind in entities["types"].unique().to_list() if _is_used(kind, all_.vocabulary)]
        wanted = entities.filter(pl.col("types").is_in(kinds))
        self._records, self._places = wanted["record"], wanted["place"]
        self._owners = all_.kinds.owners
        self._is_used = _marks(all_)

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""
        is_elsewhere = self._owners.gather(part.links["to"]) != part.links["record"]
        _mark(self._is_used, part.links["to"].filter(is_elsewhere))

    def found(self) -> pl.Series:
        """The records of what is not used, or might not be: what several describe has no owner."""
        return self._records.filter(~self._is_used.gather(self._places))


class Reversed:
    """Suspects links that would make sense the other way round."""

    def __init__(self, all_: Compared) -> None:
        self._types = all_.kinds.types
        self._vocabulary = all_.vocabulary
        self._known: dict[tuple[str, ...], bool] = {}
        self._found: list[pl.Series] = []

    def see(self, part: Part) -> None:
        """Take notice of what some records state."""
        links = part.links.select(
            "record",
            "predicate",
            self._types.gather(part.links["at"]).alias("types"),
            self._types.gather(part.links["to"]).alias("of_target"),
        ).drop_nulls()
        uses = links.select(_USE).unique()
        odd = [use for use in uses.iter_rows() if self._is_odd(use)]
        if odd:
            wrong = pl.DataFrame(odd, schema=uses.schema, orient="row")
            self._found.append(links.join(wrong, on=_USE, how="semi")["record"])

    def _is_odd(self, use: tuple[str, ...]) -> bool:
        known = self._known.get(use)
        if known is None:
            known = self._known[use] = _goes_backwards(use, self._vocabulary)
        return known

    def found(self) -> pl.Series:
        """The records with such links."""
        return _all(self._found)


class OutsideLife:
    """Suspects credits of organizations outside the years in which they existed."""

    def __init__(self, all_: Compared) -> None:
        founded = all_.span(FOUNDED).select("subject", pl.col("start").alias("founded"))
        dissolved = all_.span(DISSOLVED).select("subject", pl.col("end").alias("dissolved"))
        self._lives = founded.join(dissolved, on="subject", how="full", coalesce=True)
        self._made = all_.span(*MADE)
        self._credited = [all_.links.select("record", "subject", pl.col("target").alias("agent")).clear()]
        self._distributed = all_.linked(credited_outside_life.DISTRIBUTOR)["record"]

    def see(self, part: Part) -> None:
        """Take notice of what some records state: straight, or over a credit that repeats the property."""
        credited = part.links.filter(pl.col("predicate").is_in(credited_outside_life.CREDITED))
        given = credited.join(self._lives, left_on="target", right_on="subject", how="semi")
        behind = given.select(
            "record", "predicate", pl.col("subject").alias("target"), pl.col("target").alias("agent")
        )
        over = credited.join(behind, on=("record", "predicate", "target"))
        self._credited.append(given.select("record", "subject", pl.col("target").alias("agent")))
        self._credited.append(over.select("record", "subject", "agent"))

    def found(self) -> pl.Series:
        """The records; of those that credit over a credit of another record every rule is asked."""
        credited = (
            pl.concat(self._credited)
            .join(self._lives, left_on="agent", right_on="subject")
            .join(self._made, on="subject")
        )
        outside = (pl.col("end") < pl.col("founded")) | (pl.col("start") > pl.col("dissolved"))
        return _all([credited.filter(outside)["record"], self._distributed])


class Borrowing:
    """Finds the records that credit somebody over a credit of another record: every rule is asked of them.

    A credit leads to somebody who has none, nearly always. What both is led to from another record and has
    credits is marked; where there is anything so, the links are looked at once more.
    """

    def __init__(self, all_: Compared) -> None:
        self._all = all_
        self._owners = all_.kinds.owners
        self._is_led_to = _marks(all_)
        self._has_credits = _marks(all_)

    def see(self, part: Part) -> None:
        """Take notice of what some records state: who credits, and which credits lead out of their record."""
        credited = self._credited(part)
        _mark(self._is_led_to, self._away(credited)["to"])
        _mark(self._has_credits, credited["at"])

    def found(self) -> pl.Series:
        """The records whose credits lead to what has credits by the same property itself."""
        is_both = self._is_led_to & self._has_credits
        records = [pl.Series("record", [], dtype=pl.UInt32)]
        if not is_both.any():
            return records[0]
        credits_ = [self._credited(part) for part in self._all.parts()]
        led_to = [part.filter(is_both.gather(part["at"])).select("predicate", to="at") for part in credits_]
        away = (
            self._away(part.filter(is_both.gather(part["to"]).fill_null(value=False))) for part in credits_
        )
        crediting = pl.concat(led_to)
        records += (part.join(crediting, on=("predicate", "to"), how="semi")["record"] for part in away)
        return pl.concat(records)

    def _credited(self, part: Part) -> pl.DataFrame:
        credited = part.links.filter(pl.col("predicate").is_in(CREDITED))
        return credited.select("record", "predicate", "at", "to")

    def _away(self, credited: pl.DataFrame) -> pl.DataFrame:
        is_here = self._owners.gather(credited["to"]) == credited["record"]
        return credited.filter(pl.col("to").is_not_null(), ~is_here.fill_null(value=False))


LOOKS: Final[Mapping[rules.RuleModule, Callable[[Compared], Look]]] = MappingProxyType(
    {
        credited_outside_life: OutsideLife,
        dangling_link: Dangling,
        unused_record: Unused,
        wrong_direction: Reversed,
    }
)
"""Of rules that ask something of every link."""


def _marks(all_: Compared) -> pl.Series:
    """A mark for each thing, by its place, that is not set."""
    return pl.zeros(all_.kinds.subjects.len(), dtype=pl.Boolean, eager=True)


def _mark(marks: pl.Series, places: pl.Series) -> None:
    marks.scatter(places.drop_nulls(), values=True)


def _all(records: Iterable[pl.Series]) -> pl.Series:
    return pl.concat([pl.Series("record", [], dtype=pl.UInt32), *records])


def _is_used(types: str, index: Index) -> bool:
    classes = index.classes_of(frozenset(types.split()))
    return classes is None or not classes.isdisjoint(unused_record.CLASSES)


def _goes_backwards(use: tuple[str, ...], index: Index) -> bool:
    types, predicate, of_target = use
    here, there = index.classes_of(frozenset(types.split())), index.classes_of(frozenset(of_target.split()))
    return wrong_direction.is_reversed_between(
        here or frozenset(), IRI(predicate), there or frozenset(), index
    )
