"""Several processes find what one finds, and leave nothing behind."""

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import filmld
from filmld.archive import Archive, Profile
from filmld.check.at_once import check_at_once
from filmld.check.run import check
from filmld.check.stored import hands, processes
from filmld.check.stored.processes import LostWorkerError, Order, Pool
from filmld.check.stored.stamps import Sheet
from tests.benchmark.catalogue import write
from tests.check.archives import make
from tests.check.stored.edits import invented


def test_the_findings_do_not_depend_on_how_many_processes_look_for_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hands, "WORTHWHILE", 1)
    monkeypatch.setattr(processes, "cores", lambda: 2)
    archive = make(tmp_path, invented(random.Random(8)))  # noqa: S311  the same archive in every run
    assert check(archive).findings == check_at_once(archive).findings


def test_a_process_that_ends_without_a_word_is_an_error_and_no_wait_for_ever(tmp_path: Path) -> None:
    archive = make(tmp_path, invented(random.Random(8)))  # noqa: S311  the same archive in every run
    check(archive)
    order = Order(root=archive.root, profile=Profile.ARCHIVE, index=tmp_path / "there-is-none.sqlite")
    pool = Pool(order, 1)
    try:
        with pytest.raises(LostWorkerError):
            list(pool.take([Sheet("records/film/f1.ttl", "records/film/f1.ttl", "https://e.org/")]))
    finally:
        pool.close()


def test_a_process_that_is_given_nothing_to_do_ends_without_a_word() -> None:
    mine, theirs = multiprocessing.Pipe()
    mine.close()
    program = f"from filmld.check.stored.processes import serve; serve({theirs.fileno()})"
    with theirs:
        ended = subprocess.run(
            [sys.executable, "-c", program],
            pass_fds=[theirs.fileno()],
            stderr=subprocess.PIPE,
            timeout=60,
            check=False,
        )
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.slow
def test_an_interrupt_ends_a_long_check_at_once_and_leaves_an_index_of_use(tmp_path: Path) -> None:
    write(tmp_path, 700, 0.01)
    with subprocess.Popen(
        [sys.executable, "-m", "filmld", "check"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(filmld.__file__).parents[1])},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        index = tmp_path / ".filmld" / "check-archive.sqlite-wal"
        patience = time.monotonic() + 60
        while not (index.exists() and index.stat().st_size > 100_000) and time.monotonic() < patience:
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does, to all processes of the command
        _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    assert said.decode().strip() == "interrupted"
    archive = Archive.open(tmp_path)
    assert check(archive).findings == check_at_once(archive).findings
