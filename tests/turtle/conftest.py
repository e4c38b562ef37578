import tarfile
from pathlib import Path

import pytest

SAMPLE_STEP = 18  # every 18th of 36,273 records: 2,016 of all decades


@pytest.fixture(scope="session")
def turtle_suite(shared: Path) -> Path:
    suite = shared / "suites" / "turtle"
    if not (suite / "manifest.ttl").is_file():
        pytest.skip(f"the W3C Turtle suite is not in {suite}")
    return suite


@pytest.fixture(scope="session")
def corpus(shared: Path) -> tuple[bytes, ...]:
    archive = shared / "corpora" / "wikipedia-us.tar.gz"
    if not archive.is_file():
        pytest.skip(f"the corpus {archive} is not there")
    records = []
    with tarfile.open(archive) as opened:
        for member in opened:
            stream = opened.extractfile(member) if member.name.endswith(".ttl") else None
            if stream is not None:
                records.append(stream.read())
    return tuple(records)


@pytest.fixture(scope="session")
def sample(corpus: tuple[bytes, ...]) -> tuple[bytes, ...]:
    return corpus[::SAMPLE_STEP]
