"""A build that is killed at any moment: what was published stays, and the next build works."""

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filmld.catalog import Catalog
from filmld.publish.snapshot import build
from filmld.publish.verify import faults
from tests.publish.helpers import archive, catalog

TIMES = 20


@pytest.mark.slow
def test_at_twenty_random_moments(tmp_path: Path) -> None:
    records = {f"film/f{number}": f"</film/f{number}> a schema:Movie ." for number in range(20)}
    made = catalog(tmp_path / "archive", records)
    output = tmp_path / "site"
    build(made, output)
    # Without a check, which writes nothing there, more of the moments are in the build.
    build_again = ["--root", str(made.archive.root), "build", "--no-check", "-o", str(output)]
    command = [sys.executable, "-m", "filmld", *build_again]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    longest = time.monotonic() - started
    chance = random.Random(7)  # noqa: S311  moments, no secrets
    killed = 0
    for number in range(4 * TIMES):
        if killed == TIMES:
            break
        before = (output / "current").readlink()
        archive(made.archive.root, {"film/f0": f"</film/f0> a schema:Movie ; schema:name '{number}' ."})
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                running.wait(chance.uniform(0, longest))
            except subprocess.TimeoutExpired:
                running.kill()
        killed += running.returncode == -signal.SIGKILL
        current = output / "current"
        assert current.readlink() == before or running.returncode == 0 or is_new(current, before)
        assert list(faults(current)) == []
    assert killed == TIMES
    last = build(Catalog.load(made.archive), output)
    assert (output / "current").readlink() == Path("snapshots", last.name)
    assert list(faults(output / "current")) == []
    assert [path.name for path in (output / "snapshots").iterdir() if path.name.startswith(".")] == []


def is_new(current: Path, before: Path) -> bool:
    """Killed after the swap: the new snapshot is whole, and the old one is still there."""
    return current.readlink() != before and (current.parent / before).is_dir()
