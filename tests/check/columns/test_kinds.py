"""The classes of things, found by halving."""

import polars as pl

from filmld.check.columns.compared import Kinds


def kinds(known: dict[int, str]) -> Kinds:
    """The classes of some things."""
    types = pl.Series("types", list(known.values()), dtype=pl.Categorical)
    subjects = pl.Series("subject", list(known), dtype=pl.Int64)
    records = pl.Series("record", range(len(known)), dtype=pl.UInt32)
    return Kinds(pl.DataFrame([records, subjects, types]), pl.DataFrame([subjects, types]).clear())


def of(known: dict[int, str], *nodes: int) -> list[str | None]:
    """The classes of some nodes."""
    all_ = kinds(known)
    places = all_.places(pl.Series(nodes, dtype=pl.Int64))
    assert all_.places_of_runs(pl.Series(nodes, dtype=pl.Int64)).to_list() == places.to_list()
    return all_.types.gather(places).to_list()


def test_each_node_has_the_classes_that_are_told_of_it() -> None:
    assert of({7: "A", -3: "B C", 12: ""}, 12, -3, 7, -3) == ["", "B C", "A", "B C"]


def test_what_nobody_describes_has_none() -> None:
    assert of({7: "A", 9: "B"}, -100, 8, 100, 9) == [None, None, None, "B"]


def test_where_nothing_is_described_nothing_has_any() -> None:
    assert of({}, 1, 2) == [None, None]
    assert of({}) == []
