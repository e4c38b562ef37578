"""What all tests may ask for."""

import gc
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: how long an example takes says nothing about what it shows.
settings.register_profile("filmld", deadline=None)
settings.load_profile("filmld")

# A shell that starts tests in the background has them ignore ^C, and so would every program they start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Where a shell forbids bytecode, every program that tests start would compile all of filmld once more.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

ROOT = Path(__file__).parents[1]


def pytest_configure() -> None:
    """Look for no garbage while tests are collected: there is hardly any."""
    gc.disable()


def pytest_collection_finish() -> None:
    """Leave alone what stays to the end, some 5,000 tests; a third of the time went into looking at it."""
    gc.freeze()
    gc.set_threshold(50_000)  # as the command itself has it
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _on_no_disk() -> Iterator[None]:
    """Wait for no disk, which is that of the whole machine: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "sync", lambda: None)
        yield


@pytest.fixture(scope="session")
def root() -> Path:
    """The top of this repository, itself an archive."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test suites, vocabularies and corpora that are no part of this repository."""
    folder = Path(os.environ.get("FILMLD_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the shared test suites are absent; FILMLD_SHARED names their folder")
    return folder
