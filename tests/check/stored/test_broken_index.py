"""Whatever becomes of the index, the next check is right."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

import filmld
from filmld.archive import Archive
from filmld.check.at_once import check_at_once
from filmld.check.run import Checks, check
from filmld.check.stored import update
from tests.check.archives import make, run
from tests.check.stored.edits import change, invented

INDEX = ".filmld/check-archive.sqlite"


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    archive = make(tmp_path, invented(random.Random(5)))  # noqa: S311  the same archive in every run
    check(archive)
    assert (tmp_path / INDEX).stat().st_size > 0
    return archive


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def emptied(path: Path) -> None:
    os.truncate(path, 0)


def of_noise(path: Path) -> None:
    path.write_bytes(random.Random(1).randbytes(20_000))  # noqa: S311  the same noise in every run


def torn(path: Path) -> None:
    """Every page but the first two is filled with zeros, as after a power cut on some disks."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(8192)
        file.write(bytes(size - 8192))


def of_another_version(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE meta SET value = 'another' WHERE name = 'context'")
    connection.close()


def of_other_tables(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE file (something TEXT)")
    connection.close()


def with_garbled_findings(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE file SET judged = '[[1,2' WHERE judged != ''")
    connection.close()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "harm",
    [
        truncated,
        pytest.param(emptied, marks=pytest.mark.slow),
        of_noise,
        pytest.param(torn, marks=pytest.mark.slow),
        of_another_version,
        pytest.param(of_other_tables, marks=pytest.mark.slow),
        with_garbled_findings,
        pytest.param(a_folder, marks=pytest.mark.slow),
    ],
)
def test_a_broken_index_changes_nothing_but_the_time(archive: Archive, harm: Callable[[Path], None]) -> None:
    change(archive.root / "records", random.Random(3))  # noqa: S311  the same change in every run
    for suffix in ("-wal", "-shm"):
        (archive.root / f"{INDEX}{suffix}").unlink(missing_ok=True)
    harm(archive.root / INDEX)
    expected = check_at_once(archive).findings
    assert expected
    assert check(archive).findings == expected
    assert check(archive).findings == expected


def test_a_folder_that_cannot_be_made_changes_nothing_but_the_time(archive: Archive) -> None:
    shutil.rmtree(archive.root / ".filmld")
    (archive.root / ".filmld").write_text("in the way", encoding="utf-8")
    assert check(archive).findings == check_at_once(archive).findings


def test_without_any_place_for_files_the_index_is_in_memory(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.rmtree(archive.root / ".filmld")
    (archive.root / ".filmld").write_text("in the way", encoding="utf-8")

    def full(**_: object) -> object:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryDirectory", full)
    assert check(archive).findings == check_at_once(archive).findings


def test_a_full_disk_changes_nothing_but_the_time(archive: Archive) -> None:
    """No file may grow beyond some pages, which is how a disk looks that fills up."""
    shutil.rmtree(archive.root / ".filmld")
    program = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (40960, 40960)); "
        "from filmld.cli.main import main; sys.argv = ['filmld', 'check', '--format', 'json']; main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=archive.root,
        # Whoever measures coverage could not write down what it has measured, and would say so.
        env={name: value for name, value in os.environ.items() if not name.startswith("COV")}
        | {"PYTHONPATH": str(Path(filmld.__file__).parents[1])},
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.decode().splitlines()[-1].startswith(tuple("0123456789"))
    assert done.stdout.decode() == run(archive.root, "check", "--format", "json").out


def test_an_index_that_may_not_be_written_changes_nothing_but_the_time(archive: Archive) -> None:
    change(archive.root / "records", random.Random(3))  # noqa: S311  the same change in every run
    for path in (archive.root / ".filmld").iterdir():
        path.chmod(0o444)
    (archive.root / ".filmld").chmod(0o555)
    try:
        assert check(archive).findings == check_at_once(archive).findings
    finally:
        (archive.root / ".filmld").chmod(0o755)


def test_git_passes_the_folder_over_whatever_the_archive_says(archive: Archive) -> None:
    assert (archive.root / ".filmld" / ".gitignore").read_text(encoding="utf-8") == "*\n"


def test_two_checks_at_once_are_both_right(archive: Archive) -> None:
    shutil.rmtree(archive.root / ".filmld")
    expected = check_at_once(archive).findings
    found: list[object] = []
    both = [threading.Thread(target=lambda: found.append(check(archive).findings)) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join(60)
    assert found == [expected, expected]


def test_after_a_first_check_that_was_ended_all_is_looked_at_as_if_for_the_first_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "LARGE", 5)
    monkeypatch.setattr(update, "_AT_A_TIME", 2)
    shutil.rmtree(archive.root / ".filmld")

    def progress(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with Checks(archive, progress=progress) as checks, pytest.raises(KeyboardInterrupt):
        checks.check()
    assert _meta(archive, "presumed") == "yes"
    change(archive.root / "records", random.Random(3))  # noqa: S311  the same change in every run
    with Checks(archive) as checks:
        for _ in range(2):
            assert checks.check().findings == check_at_once(archive).findings
    assert _meta(archive, "presumed") == "no"
    assert _screened(archive) > 0


def test_where_most_files_have_changed_all_are_looked_at_as_if_for_the_first_time(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(update, "LARGE", 2)
    monkeypatch.setattr(update, "MANY", 5)
    assert _screened(archive) == 0
    with Checks(archive) as checks:
        checks.check()
        for path in (archive.root / "records").rglob("*.ttl"):
            path.write_bytes(path.read_bytes() + b"# more\n")
        (archive.root / "records/film/f1.ttl").unlink()
        assert checks.check().findings == check_at_once(archive).findings
    assert _screened(archive) > 0


def _meta(archive: Archive, name: str) -> str:
    with sqlite3.connect(archive.root / INDEX) as connection:
        row: tuple[str] = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    connection.close()
    return row[0]


def _screened(archive: Archive) -> int:
    """How many files were judged in columns."""
    with sqlite3.connect(archive.root / INDEX) as connection:
        row: tuple[int] = connection.execute("SELECT count(*) FROM file WHERE is_screened").fetchone()
    connection.close()
    return row[0]


@pytest.mark.slow
@pytest.mark.parametrize("large", [10**9, 5])
def test_a_check_that_is_killed_at_any_moment_leaves_an_index_of_use(
    large: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Twenty moments, from the first import to the last write, with a change before each."""
    monkeypatch.setattr(update, "LARGE", large)
    choose = random.Random(20)  # noqa: S311  the same moments in every run, as far as clocks go
    archive = make(tmp_path, invented(choose))
    program = (
        f"import sys; from filmld.check.stored import update; update.LARGE = {large}; "
        "from filmld.cli.main import main; sys.argv = ['filmld', 'check']; main()"
    )
    command = [sys.executable, "-c", program]
    ours = {**os.environ, "PYTHONPATH": str(Path(filmld.__file__).parents[1])}
    began = time.monotonic()
    subprocess.run(command, cwd=tmp_path, env=ours, capture_output=True, timeout=60, check=False)
    usual = time.monotonic() - began
    killed = 0
    for _ in range(20):
        change(tmp_path / "records", choose)
        if choose.random() < 0.3 or large == 5:  # a first check is all that reads in columns
            shutil.rmtree(tmp_path / ".filmld", ignore_errors=True)
        with subprocess.Popen(
            command, cwd=tmp_path, env=ours, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            time.sleep(usual * choose.random())
            process.send_signal(signal.SIGKILL)
            killed += process.wait(60) == -signal.SIGKILL
        assert check(archive).findings == check_at_once(archive).findings
    assert killed > 10
