"""What is put aside comes back as it was, as often as it is wanted."""

from collections.abc import Iterator
from contextlib import closing

import polars as pl
import pytest

from filmld.check.columns import parts
from filmld.check.columns.parts import Part, Parts


@pytest.fixture
def aside(monkeypatch: pytest.MonkeyPatch) -> Iterator[Parts]:
    """Parts, of which six statements are enough."""
    monkeypatch.setattr(parts, "ENOUGH", 6)
    with closing(Parts()) as made:
        yield made


def part(number: int) -> Part:
    """What one record states."""
    record = pl.Series([number] * 3, dtype=pl.UInt32)
    links = pl.DataFrame({"record": record, "predicate": pl.Series(["a", "b", "c"], dtype=pl.Categorical)})
    return Part(links, pl.DataFrame({"record": record[:2], "sort": [number, None]}), links[:1])


def records(found: Parts) -> list[int]:
    """The records of all parts."""
    return sorted(number for one in found for number in one.links["record"].unique())


def test_all_parts_come_back_twice(aside: Parts) -> None:
    for number in range(7):
        aside.add(part(number))
    assert records(aside) == list(range(7))
    assert records(aside) == list(range(7))


def test_a_part_comes_back_as_it_was(aside: Parts) -> None:
    aside.add(part(1))
    aside.add(part(2))
    (found,) = aside
    for frame, first, second in zip(found, part(1), part(2), strict=True):
        assert frame.equals(pl.concat([first, second]))
        assert frame.schema == first.schema


def test_without_room_on_the_disk_memory_keeps_them(aside: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(parts, "TemporaryFile", full)
    for number in range(5):
        aside.add(part(number))
    assert records(aside) == list(range(5))


def test_nothing_was_added(aside: Parts) -> None:
    assert list(aside) == []
