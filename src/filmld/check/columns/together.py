"""Which rules can have anything to say of a record, told by comparing it with all others.

As in :mod:`filmld.check.columns.alone`, a screen may suspect what is sound, and must not pass over what is
not. What several records describe is not looked into: there every rule is asked.
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

import polars as pl

from filmld.check import rules
from filmld.check.columns.compared import Compared
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
from filmld.check.lifetimes import DIRECTOR
from filmld.check.rules import (
    circular,
    conflicting_facts,
    credited_outside_life,
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
)
from filmld.check.stored.keys import FACTS, MENTIONS
from filmld.vocab import SCHEMA

MADE: Final = (CREATED, PUBLISHED)
_SAME: Final = SCHEMA + "sameAs"
_HIGHEST: Final = 20
"""Nothing is a part of a part so many times, unless of itself: of that the rule is asked in any case."""
CREDITED: Final = (DIRECTOR.value, *credited_outside_life.CREDITED)
_PAIRED: Final = frozenset(
    [
        *(name.value for name in circular.UPWARDS),
        *(name.value for pair in one_sided_link.PAIRS for name in pair),
        SCHEMA + "itemReviewed",
        SCHEMA + "workPresented",
    ]
)
FOLLOW: Final[Mapping[str, int]] = MappingProxyType(
    dict.fromkeys([*CREDITED, *_PAIRED], FACTS) | {_SAME: MENTIONS}
)
"""The links of which screens ask more than of what class it is to which they lead, and what that is."""

FOLLOWED: Final = _PAIRED | {
    _SAME,
    DIRECTOR.value,
    credited_outside_life.DISTRIBUTOR,
    SCHEMA + "superEvent",
    SCHEMA + "subEvent",
}
"""The links that are compared in all records at once; credits, of which there are most, are not."""

Screen: TypeAlias = Callable[[Compared], pl.Series]


def _directors(all_: Compared) -> pl.DataFrame:
    """``record``, ``subject``, ``agent``: directors, straight or over a credit that repeats the property."""
    straight = all_.linked(DIRECTOR.value).select("record", "subject", pl.col("target").alias("agent"))
    behind = straight.select(pl.col("subject").alias("credit"), pl.col("agent").alias("behind"))
    over = straight.join(behind, left_on="agent", right_on="credit")
    return pl.concat([straight, over.select("record", "subject", pl.col("behind").alias("agent"))])


def _lives(all_: Compared, is_odd: pl.Expr) -> pl.Series:
    """Suspect films whose years do not fit the life of their director."""
    made = all_.span(*MADE)
    born = all_.span(BORN).rename({"start": "born", "end": "born_late"})
    died = all_.span(DIED).rename({"start": "died_early", "end": "died"})
    directed = (
        _directors(all_)
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
    agents = _directors(all_).unique()
    return agents.filter(pl.struct("record", "subject").is_duplicated())["record"]


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
        made = all_.span(*MADE).select("subject", pl.col("start").alias("made"))
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


def _misnamed(all_: Compared) -> pl.Series:
    """Suspect records that do not alone describe what they are named after."""
    homes = all_.homes
    owners = all_.kinds.owners.gather(all_.kinds.places(homes["home"]))
    return homes["record"].filter(~(owners == homes["record"]).fill_null(value=False))


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


SCREENS: Final[Mapping[rules.RuleModule, Screen]] = MappingProxyType(
    {
        circular: _circles,
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
    }
)
"""Of rules that compare records."""

OF_TWO: Final = frozenset({conflicting_facts, described_twice})
"""Rules that have anything to say only where two records describe one thing: of those everything is asked."""


def described_elsewhere(all_: Compared) -> pl.Series:
    """The records that describe what others or the ontology describe, too: of them every rule is asked."""
    several = all_.kinds.subjects.filter(all_.kinds.owners.is_null())
    return all_.types.filter(pl.col("subject").is_in(several.implode()))["record"].unique()


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
