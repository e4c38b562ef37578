"""Two processes list what one does."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from filmld.archive.records import MAX_BYTES
from filmld.check.stored.listing import listing

PROGRAM = """
import json, os, sys
from pathlib import Path
from filmld.check.stored.listing import OddError, listing
from filmld.check.stored.sharing import can_share, shared_listing

def forked():
    global forks
    forks += 1
    return fork()

assert can_share()
forks, fork, os.fork = 0, os.fork, forked
records, before = Path(sys.argv[1]), json.loads(sys.argv[2])
try:
    done = []
    found = shared_listing(records, records.parent, before, lambda: done.append(forks))
    print(found == listing(records, records.parent), forks, done)
except OddError:
    print("odd", forks)
print(len(os.listdir("/proc/self/fd")))
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is no second process"
)


@pytest.fixture
def records(tmp_path: Path) -> Path:
    for folder in ("", "film", "film/old", "film/none", "person"):
        path = tmp_path / "records" / folder
        path.mkdir(parents=True, exist_ok=True)
        for nth in range(0 if folder.endswith("none") else 3 * len(folder)):
            (path / f"{nth}.ttl").write_text(folder, encoding="utf-8")
    return tmp_path / "records"


def shared(records: Path, before: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(records), before],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr == ""
    said, descriptors = done.stdout.splitlines()
    assert int(descriptors) <= 5  # three, the folder that is listed, and what Python may hold
    return said


def test_where_names_are_those_of_the_last_time_one_other_process_begins_at_once(records: Path) -> None:
    assert shared(records, shown(records)) == "True 1 [1]"


@pytest.mark.parametrize(
    "before",
    [
        "{}",
        '{"records/film": "0.ttl/1.ttl"}',
        '{"records/film": "0.ttl/gone.ttl", "records/gone": "0.ttl"}',
        '{"records": "", "records/film": "", "records/film/old": "x", "records/person": ""}',
    ],
)
def test_where_names_have_come_or_gone_another_process_begins_anew(records: Path, before: str) -> None:
    assert shared(records, before) == "True 2 [2]"


def test_nothing_is_listed_by_two_where_nothing_is(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    assert shared(tmp_path / "records", '{"records": ""}') == "True 1 [1]"


@pytest.mark.parametrize("name", ["film/0.ttl", "film/5.ttl", "person/17.ttl"])
@pytest.mark.parametrize(("known", "odd"), [(None, "odd 1"), ("{}", "odd 2")])
def test_what_is_odd_is_told_whoever_finds_it(records: Path, name: str, known: str | None, odd: str) -> None:
    before = known or shown(records)
    assert shared(records, before).startswith("True")
    os.truncate(records / name, MAX_BYTES + 1)
    assert shared(records, before) == odd
    os.truncate(records / name, MAX_BYTES)
    assert shared(records, before).startswith("True")


def shown(records: Path) -> str:
    """The names in each folder, as they are known from the last time."""
    found = listing(records, records.parent)
    return json.dumps({place: one.names for place, one in found.items()})
