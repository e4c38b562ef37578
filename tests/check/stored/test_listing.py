"""A list of files tells of each what the system tells of it, and two lists what differs."""

import os
import random
from array import array
from pathlib import Path
from typing import Any

import pytest

from filmld.archive.records import MAX_BYTES
from filmld.check.stored.listing import Folder, OddError, listing, stamp_at, stamps, unlike

NAMES = ("a.ttl", "b.ttl", "kuu.ttl", "Kilpeläinen.ttl", "c d.ttl", "#e.ttl", ".f.ttl", "g.txt")
RECORDS = {"a.ttl", "b.ttl", "kuu.ttl", "Kilpeläinen.ttl", "c d.ttl"}


@pytest.fixture
def records(tmp_path: Path) -> Path:
    for folder in ("", "film", "film/old", ".git"):
        (tmp_path / "records" / folder).mkdir(parents=True, exist_ok=True)
        for name in NAMES:
            path = tmp_path / "records" / folder / name
            path.write_text(name * len(folder), encoding="utf-8")
    os.utime(tmp_path / "records/film/a.ttl", ns=(0, -1_500_000_000))
    return tmp_path / "records"


def test_the_stamps_of_a_list_are_those_of_each_file(records: Path) -> None:
    expected = {
        f"records/{folder}{name}": stamp_at(records / folder / name)
        for folder in ("", "film/", "film/old/")
        for name in RECORDS
    }
    assert dict(stamps(listing(records, records.parent))) == expected


def test_an_inode_may_be_any_number_of_64_bits(records: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    look, most = os.stat, 2**64 - 1

    def high(*arguments: Any, **named: Any) -> os.stat_result:
        status = look(*arguments, **named)
        times = {name: getattr(status, name) for name in ("st_mtime_ns", "st_ctime_ns")}
        return os.stat_result((*status[:1], most, *status[2:]), times)

    monkeypatch.setattr(os, "stat", high)
    monkeypatch.setattr(os, "supports_dir_fd", {high})
    found = dict(stamps(listing(records, records.parent)))
    monkeypatch.undo()
    expected = (stamp_at(records.parent / place) for place in found)
    assert list(found.values()) == [f"{(stamp or '').rpartition(' ')[0]} {most}" for stamp in expected]


def linked(records: Path) -> None:
    (records / "film" / "l.ttl").symlink_to(records / "a.ttl")


def folder_linked(records: Path) -> None:
    (records / "more").symlink_to(records / "film")


def folder_called_a_record(records: Path) -> None:
    (records / "film" / "x.ttl").mkdir()
    os.mkfifo(records / "film" / "x.ttl" / "y.ttl")


def large(records: Path) -> None:
    os.truncate(records / "film" / "a.ttl", MAX_BYTES + 1)


def not_unicode(records: Path) -> None:
    with open(os.fsencode(records) + b"/film/kilpel\xe4inen.ttl", "wb"):  # noqa: PTH123  no text names it
        pass


@pytest.mark.parametrize("odd", [linked, folder_linked, folder_called_a_record, large, not_unicode])
def test_what_is_no_plain_record_is_left_to_those_who_can_say_so(odd: object, records: Path) -> None:
    assert callable(odd)
    odd(records)
    with pytest.raises(OddError):
        listing(records, records.parent)


def test_links_that_are_no_records_are_passed_over(records: Path) -> None:
    before = listing(records, records.parent)
    (records / "film" / "notes").symlink_to(records / "a.ttl")
    (records / "film" / "nowhere").symlink_to(records / "gone")
    assert listing(records, records.parent) == before


def of(files: dict[str, tuple[int, int, int, int, int]]) -> Folder:
    return Folder("/".join(files), array("q", [number for numbers in files.values() for number in numbers]))


@pytest.mark.parametrize("size", [0, 1, 5, 700])
@pytest.mark.parametrize("seed", range(10))
def test_two_lists_differ_in_what_came_went_or_has_other_numbers(size: int, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311  the same lists in every run
    before = {f"{nth}.ttl": (0, nth, 2, 3, -4) for nth in range(size)}
    after = dict(before)
    for _ in range(choose.randint(0, 4)):
        name = f"{choose.randint(0, size)}.ttl"
        if name in after and choose.random() < 0.3:
            del after[name]
        else:
            numbers = [0, 1, 2, 3, -4]
            numbers[choose.randint(0, 4)] += choose.randint(0, 1)
            after[name] = (numbers[0], numbers[1], numbers[2], numbers[3], numbers[4])
    if choose.random() < 0.2:  # a good part of the folder is new
        after |= {f"n{nth}.ttl": (0, nth, 2, 3, -4) for nth in range(size)}
    if choose.random() < 0.3:  # some systems list a folder in another order once it has changed
        after = dict(sorted(after.items(), key=lambda _: choose.random()))
    expected = {name for name in before | after if before.get(name) != after.get(name)}
    assert set(unlike(of(before), of(after))) == expected
