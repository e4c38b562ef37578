"""Which rules can have anything to say of a record, told by comparing it with all others.

As in :mod:`filmld.check.columns.alone`, a screen may suspect what is sound, and must not pass over what is
not. What several records describe is not looked into: there every rule is asked.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import polars as pl

from filmld.check import rules
from filmld.check.columns.compared import Compared, Kinds
from filmld.check.columns.slim import (
    BEGAN,
    BORN,
    CREATED,
    DIED,
    DISSOLVED,
    ENDED,
    FOUNDED,
    PUBLISHED,
)
from filmld.check.index import Index
from filmld.check.lifetimes import DIRECTOR
from filmld.check.rules import (
    circular,
    conflicting_facts,
    credited_outside_life,
    dangling_link,
    described_twice,
    director_not_born,
    director_too_young,
    director_twice,
    edition_outside_series,
    file_name,
    one_sided_link,
    possible_duplicate,
    possible_duplicate_person,
    posthumous_film,
    reviewed_before_made,
    shared_identifier,
    shown_before_made,
    unused_record,
    wrong_direction,
)
from filmld.check.stored.keys import FACTS, MENTIONS
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

_MADE: Final = (CREATED, PUBLISHED)
_SAME: Final = SCHEMA + "sameAs"
_HIGHEST: Final = 20
"""Nothing is a part of a part so many times, unless of itself: of that the rule is asked in any case."""
CREDITED: Final = (DIRECTOR.value, *credited_outside_life.CREDITED)
FOLLOW: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys(
        [
            *CREDITED,
            *(name.value for name in circular.UPWARDS),
            *(name.value for pair in one_sided_link.PAIRS for name in pair),
            SCHEMA + "itemReviewed",
            SCHEMA + "workPresented",
        ],
        FACTS,
    )
    | {_SAME: MENTIONS}
)
"""The links of which screens ask more than of what class it is to which they lead, and what that is."""

FOLLOWED: Final = frozenset(
    [
        *FOLLOW,
        credited_outside_life.DISTRIBUTOR,
        SCHEMA + "superEvent",
        SCHEMA + "subEvent",
    ]
)
"""The links that are compared in all records at once."""

Screen: TypeAlias = Callable[[Compared], pl.Series]


def _agents(all_: Compared, *predicates: str, among: pl.DataFrame | None = None) -> pl.DataFrame:
    """Who is credited by some properties, straight or over a credit that repeats the property.

    Args:
        all_: All records.
        predicates: The properties.
        among: Agents, as ``subject``, if no others are wanted.
    """
    straight = all_.linked(*predicates).rename({"target": "agent"})
    given = (
        straight if among is None else straight.join(among, left_on="agent", right_on="subject", how="semi")
    )
    behind = given.rename({"subject": "target"}).select("target", "predicate", "agent")
    over = straight.rename({"agent": "target"}).join(behind, on=("target", "predicate"))
    columns = ("record", "subject", "predicate", "agent")
    return pl.concat([given.select(columns), over.select(columns)])


def _lives(all_: Compared, is_odd: pl.Expr) -> pl.Series:
    """Suspect films whose years do not fit the life of their director."""
    made = all_.span(*_MADE)
    born = all_.span(BORN).rename({"start": "born", "end": "born_late"})
    died = all_.span(DIED).rename({"start": "died_early", "end": "died"})
    directed = (
        _agents(all_, DIRECTOR.value)
        .join(made, on="subject")
        .join(born, left_on="agent", right_on="subject", how="left")
        .join(died, left_on="agent", right_on="subject", how="left")
    )
    return directed.filter(is_odd)["record"]


def _not_born(all_: Compared) -> pl.Series:
    return _lives(all_, pl.col("end") < pl.col("born"))


def _too_young(all_: Compared) -> pl.Series:
    return _lives(all_, pl.col("end") - pl.col("born") < director_too_young.YOUNGEST)


def _posthumous(all_: Compared) -> pl.Series:
    return _lives(all_, pl.col("start") - pl.col("died") > posthumous_film.LATEST)


def _director_twice(all_: Compared) -> pl.Series:
    """Suspect films with more than one director."""
    agents = _agents(all_, DIRECTOR.value).select("record", "subject", "agent").unique()
    return agents.filter(pl.struct("record", "subject").is_duplicated())["record"]


def _outside_life(all_: Compared) -> pl.Series:
    made = all_.span(*_MADE)
    founded = all_.span(FOUNDED).select("subject", pl.col("start").alias("founded"))
    dissolved = all_.span(DISSOLVED).select("subject", pl.col("end").alias("dissolved"))
    lives = founded.join(dissolved, on="subject", how="full", coalesce=True)
    credited = (
        _agents(all_, *credited_outside_life.CREDITED, among=lives)
        .join(lives, left_on="agent", right_on="subject")
        .join(made, on="subject")
    )
    outside = (pl.col("end") < pl.col("founded")) | (pl.col("start") > pl.col("dissolved"))
    return pl.concat(
        [credited.filter(outside)["record"], all_.linked(credited_outside_life.DISTRIBUTOR)["record"]]
    )


def _outside_series(all_: Compared) -> pl.Series:
    whole = all_.linked(SCHEMA + "superEvent").select(
        "record", pl.col("subject").alias("event"), pl.col("target").alias("whole")
    )
    listed = all_.linked(SCHEMA + "subEvent").select(
        pl.col("target").alias("event"), pl.col("subject").alias("whole")
    )
    events = all_.types.select("record", pl.col("subject").alias("event"))
    dates = all_.span(BEGAN, ENDED).rename({"subject": "event", "start": "first", "end": "last"})
    life = (
        all_.span(FOUNDED, BEGAN)
        .select("subject", pl.col("start").alias("began"))
        .join(
            all_.span(DISSOLVED, ENDED).select("subject", pl.col("end").alias("ended")),
            on="subject",
            how="full",
            coalesce=True,
        )
    )
    found = whole.join(dates, on="event").join(life, left_on="whole", right_on="subject")
    outside = found.filter((pl.col("first") < pl.col("began")) | (pl.col("last") > pl.col("ended")))
    return pl.concat([outside["record"], events.join(listed, on="event", how="semi")["record"]])


def _before_film(of: str, when: str) -> Screen:
    def screen(all_: Compared) -> pl.Series:
        made = all_.span(*_MADE).select("subject", pl.col("start").alias("made"))
        dated = (
            all_.linked(of)
            .join(all_.span(when), on="subject")
            .join(made, left_on="target", right_on="subject")
        )
        early = pl.concat(
            [
                dated.select("record", "made", year)
                for year in (pl.col("start").alias("year"), pl.col("end").alias("year"))
            ]
        )
        return early.filter(pl.col("year") < pl.col("made"))["record"]

    return screen


def _one_sided(all_: Compared) -> pl.Series:
    """Suspect links to what lists others on the other side."""
    found = []
    for upwards, downwards in one_sided_link.PAIRS:
        for there, back in ((upwards.value, downwards.value), (downwards.value, upwards.value)):
            links = all_.linked(there).select("record", "subject", "target")
            returned = all_.linked(back).select(
                pl.col("subject").alias("target"), pl.col("target").alias("subject")
            )
            answered = links.join(returned.select("target").unique(), on="target", how="semi")
            found.append(answered.join(returned, on=("subject", "target"), how="anti")["record"])
    return pl.concat(found)


def _circles(all_: Compared) -> pl.Series:
    """Suspect what is left when links that lead nowhere further are taken away until there is none."""
    found = []
    for upwards in circular.UPWARDS:
        left = all_.linked(upwards.value).select("record", "subject", "target")
        while True:
            kept = left.join(left.select(pl.col("subject").alias("target")).unique(), on="target", how="semi")
            if kept.height == left.height:
                break
            left = kept
        found.append(left["record"])
    return pl.concat(found)


def _dangling(all_: Compared) -> pl.Series:
    described = Kinds(all_.types.select("subject", "types").unique("subject"))
    is_address = pl.col("predicate").is_in(list(dangling_link.ADDRESSES))
    found = [
        links.filter(described.of(links["target"])["types"].is_null())["record"]
        for links in (part.links.filter(pl.col("own"), ~is_address) for part in all_.parts)
    ]
    return _all(found)


def _misnamed(all_: Compared) -> pl.Series:
    named = all_.types.join(all_.homes, on="record").filter(pl.col("subject") == pl.col("home"))
    return all_.homes.join(named.select("record").unique(), on="record", how="anti")["record"]


def _unused(all_: Compared) -> pl.Series:
    kinds = [types for types in all_.types["types"].unique().to_list() if _is_used(types, all_.vocabulary)]
    entities = all_.types.filter(pl.col("types").is_in(kinds)).join(
        all_.homes, left_on=("record", "subject"), right_on=("record", "home")
    )
    elsewhere = _all(
        links.select(pl.col("record").alias("other"), pl.col("target").alias("subject"))
        .unique()
        .join(entities, on="subject")
        .filter(pl.col("record") != pl.col("other"))["record"]
        .unique()
        for links, _, _ in all_.parts
    )
    return entities.filter(~pl.col("record").is_in(elsewhere.unique().implode()))["record"]


def _is_used(types: str, index: Index) -> bool:
    classes = index.classes_of(frozenset(types.split()))
    return classes is None or not classes.isdisjoint(unused_record.CLASSES)


def _namesakes(all_: Compared) -> pl.Series:
    """Suspect whatever shares a name with anything else."""
    names = all_.names.select("subject", "name").unique()
    shared = names.filter(pl.col("name").is_duplicated()).select("name").unique()
    return all_.names.join(shared, on="name", how="semi")["record"]


def _shared(all_: Compared) -> pl.Series:
    """Suspect whatever has a number, or a page elsewhere, that anything else has."""
    numbers = all_.numbers.select("subject", "number").unique()
    shared = numbers.filter(pl.col("number").is_duplicated()).select("number").unique()
    pages = all_.linked(_SAME).select("subject", "target").unique()
    same = pages.filter(pl.col("target").is_duplicated()).select("target").unique()
    return pl.concat(
        [
            all_.numbers.join(shared, on="number", how="semi")["record"],
            all_.linked(_SAME).join(same, on="target", how="semi")["record"],
        ]
    )


def _reversed(all_: Compared) -> pl.Series:
    found = []
    known: dict[tuple[str, ...], bool] = {}
    for links, _, _ in all_.parts:
        joined = links.select("record", "predicate").with_columns(
            all_.kinds.of(links["subject"])["types"],
            all_.kinds.of(links["target"])["types"].alias("of_target"),
        )
        joined = joined.drop_nulls()
        kinds = joined.select("types", "predicate", "of_target").unique()
        for row in kinds.iter_rows():
            if row not in known:
                known[row] = _goes_backwards(row, all_.vocabulary)
        odd = [row for row in kinds.iter_rows() if known[row]]
        wrong = pl.DataFrame(odd, schema=kinds.schema, orient="row")
        found.append(joined.join(wrong, on=("types", "predicate", "of_target"), how="semi")["record"])
    return _all(found)


def _all(records: Iterable[pl.Series]) -> pl.Series:
    return pl.concat([pl.Series("record", [], dtype=pl.UInt32), *records])


def _goes_backwards(row: tuple[str, ...], index: Index) -> bool:
    types, predicate, of_target = row
    here, there = index.classes_of(frozenset(types.split())), index.classes_of(frozenset(of_target.split()))
    return wrong_direction.is_reversed_between(
        here or frozenset(), IRI(predicate), there or frozenset(), index
    )


SCREENS: Final[Mapping[rules.RuleModule, Screen]] = MappingProxyType(
    {
        circular: _circles,
        credited_outside_life: _outside_life,
        dangling_link: _dangling,
        director_not_born: _not_born,
        director_too_young: _too_young,
        director_twice: _director_twice,
        edition_outside_series: _outside_series,
        file_name: _misnamed,
        one_sided_link: _one_sided,
        possible_duplicate: _namesakes,
        possible_duplicate_person: _namesakes,
        posthumous_film: _posthumous,
        reviewed_before_made: _before_film(SCHEMA + "itemReviewed", PUBLISHED),
        shared_identifier: _shared,
        shown_before_made: _before_film(SCHEMA + "workPresented", BEGAN),
        unused_record: _unused,
        wrong_direction: _reversed,
    }
)
"""Of rules that compare records."""

OF_TWO: Final = frozenset({conflicting_facts, described_twice})
"""Rules that have anything to say only where two records describe one thing: of those everything is asked."""


def entangled(all_: Compared) -> pl.Series:
    """The records of which every rule is asked.

    They describe what others or the ontology describe, too, or credit somebody over a credit that stands in
    another record.
    """
    described = all_.types.select("record", "subject").unique()
    twice = described.filter(pl.col("subject").is_duplicated())["record"]
    concepts = described.join(all_.members, on="subject", how="semi")["record"]
    return pl.concat([twice, concepts, _borrowing(all_)]).unique()


def _borrowing(all_: Compared) -> pl.Series:
    """The records that credit somebody over a credit of another record."""
    keys = ("record", "target", "predicate")
    found = [all_.links.select(keys).clear()]
    for part in all_.parts:  # most credits stand where they are used, or lead to somebody who has none
        credited = part.links.filter(pl.col("predicate").is_in(CREDITED))
        own = credited.select("record", pl.col("subject").alias("target"), "predicate")
        found.append(credited.select(keys).join(own, on=keys, how="anti"))
    left = pl.concat(found)
    behind = all_.linked(*CREDITED).join(left, left_on="subject", right_on="target", how="semi")
    return left.join(behind, left_on=("target", "predicate"), right_on=("subject", "predicate"), how="semi")[
        "record"
    ]


def further(all_: Compared) -> pl.DataFrame:
    """``record``, ``node``: what a record is a part of over something else; it might be a part of itself."""
    found = []
    for upwards in circular.UPWARDS:
        links = all_.linked(upwards.value).select("subject", "target")
        reached = all_.linked(upwards.value).select("record", pl.col("target").alias("node"))
        for _ in range(_HIGHEST):
            reached = reached.join(links, left_on="node", right_on="subject").select(
                "record", pl.col("target").alias("node")
            )
            reached = reached.unique()
            if reached.is_empty():
                break
            found.append(reached)
    return (
        pl.concat(found).unique() if found else pl.DataFrame(schema={"record": pl.UInt32, "node": pl.Int64})
    )


def suspects(all_: Compared) -> Iterator[tuple[rules.RuleModule, pl.Series]]:
    """For each rule that compares, the records in which it may find something."""
    for rule, screen in SCREENS.items():
        yield rule, screen(all_).unique()
