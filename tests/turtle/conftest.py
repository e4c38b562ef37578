import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

SAMPLE_STEP = 72  # every 72nd of 36,273 records: 504 of all decades


@pytest.fixture(scope="session")
def turtle_suite(shared: Path) -> Path:
    suite = shared / "suites" / "turtle"
    if not (suite / "manifest.ttl").is_file():
        pytest.skip(f"the W3C Turtle suite is not in {suite}")
    return suite


@pytest.fixture(scope="session")
def corpus(shared: Path) -> tuple[bytes, ...]:
    return tuple(_records(shared, 1))


@pytest.fixture(scope="session")
def sample(shared: Path) -> tuple[bytes, ...]:
    return tuple(_records(shared, SAMPLE_STEP))


def _records(shared: Path, step: int) -> Iterator[bytes]:
    """Every so manieth record of the corpus."""
    archive = shared / "corpora" / "wikipedia-us.tar.gz"
    if not archive.is_file():
        pytest.skip(f"the corpus {archive} is not there")
    with tarfile.open(archive) as opened:
        members = (member for member in opened if member.name.endswith(".ttl"))
        for member in islice(members, 0, None, step):
            stream = opened.extractfile(member)
            if stream is not None:
                yield stream.read()
