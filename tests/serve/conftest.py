"""Servers that several tests talk to."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.canary import Canary
from tests.serve.running import Running, archive_with, serving

LIMITS = """
query_seconds = 1
query_workers = 2
query_memory_mib = 512
query_characters = 70000
client_queries = 50
client_seconds = 100000
result_mib = 2
"""


# Modules come in random order: what lasted for this folder would be made anew after each of another one.
@pytest.fixture(scope="session")
def archive(tmp_path_factory: pytest.TempPathFactory, root: Path) -> Path:
    """An archive whose limits are small enough to be met in a test."""
    return archive_with(tmp_path_factory.mktemp("served") / "archive", root, LIMITS)


@pytest.fixture(scope="session")
def server(archive: Path) -> Iterator[Running]:
    """A server of that archive."""
    with serving(archive) as running:
        yield running


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server on loopback that a query may not reach."""
    with Canary() as canary:
        yield canary
        assert canary.visits == 0, "a query reached the network"
