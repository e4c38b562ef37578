"""Git tells which files have changed; what is found is what a look at all of them finds."""

import os
import random
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.at_once import check_at_once
from filmld.check.report import Report
from filmld.check.run import Checks, check
from filmld.check.shapes.engines import Engine
from filmld.check.stored import dates, planning
from filmld.check.stored.ahead import Ahead, ahead
from filmld.check.stored.by_git import Dated, Question, can_ask, write
from filmld.check.stored.database import Database
from filmld.check.stored.dates import Dates
from filmld.check.stored.lock import locked
from filmld.check.stored.planning import Planner
from filmld.check.stored.seen import Seen
from filmld.check.stored.whereabouts import dates_of, index_of, lock_of
from tests.check.archives import make
from tests.check.stored.edits import EDITS, film, invented

pytestmark = pytest.mark.skipif(not can_ask(), reason="there is no git here that could be asked")

FRESH = 1_100_000_000
"""Nanoseconds for which files are fresh here: git compares seconds, so that more than one is enough."""
SETTLED = 2.2
"""Seconds after which no file is fresh any more, be it for these dates or for the index."""
AT_ONCE = 4
"""So many archives are made at a time."""


@pytest.fixture(autouse=True)
def _every_archive_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planning, "SMALL", 0)
    monkeypatch.setattr(planning, "SHARED", 0)
    monkeypatch.setattr(dates, "_FRESH", FRESH)


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What has been done to find out what has changed: git asked, or all files looked at."""
    done: list[str] = []
    others, listing = Dates.others, Planner._listing  # noqa: SLF001  to see which of the two it was

    def asked(self: Dates, question: Question) -> set[str] | None:
        done.append("git")
        return others(self, question)

    def listed(self: Planner) -> object:
        done.append("list")
        return listing(self)

    monkeypatch.setattr(Dates, "others", asked)
    monkeypatch.setattr(Planner, "_listing", listed)
    return done


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Archives that have been checked and are settled; some are made at once, and waited for together."""

    def made() -> Iterator[Archive]:
        while True:
            some = [
                make(tmp_path_factory.mktemp("archive"), invented(random.Random(5)))  # noqa: S311  always the same
                for _ in range(AT_ONCE)
            ]
            for archive in some:
                check(archive)
            time.sleep(SETTLED)
            yield from some

    return made()


def keep(archive: Archive) -> None:
    """Check an archive, and have the list of its files kept anew."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(planning, "STALE", -1)
        check(archive)


def index(archive: Archive) -> "closing[Database]":
    return closing(Database(archive.root / ".filmld" / "check-archive.sqlite", for_writing=True))


@pytest.fixture
def archive(archives: Iterator[Archive]) -> Archive:
    """An archive of which the dates are kept."""
    archive = next(archives)
    check(archive)
    keep(archive)
    with index(archive) as database:
        assert Seen(database).moved() == set()
    assert (archive.root / ".filmld" / "check-archive.dates").is_file()
    return archive


def holds(archive: Archive) -> None:
    assert check(archive).findings == check_at_once(archive).findings


def misspell(path: Path) -> None:
    path.write_text(
        path.read_text(encoding="utf-8").replace("schema:Movie", "schema:Movje"), encoding="utf-8"
    )


def tells_of(report: Report, word: str) -> bool:
    return any(word in finding.message for finding in report.findings)


def test_an_edit_is_found_without_a_look_at_all_files(archive: Archive, looks: list[str]) -> None:
    path = archive.root / "records" / "film" / "f1.ttl"
    before = path.stat()
    text = path.read_text(encoding="utf-8")
    holds(archive)
    assert looks == ["git"]
    path.write_text(text.replace("a schema:Movie", "a schema:Movje"), encoding="utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))  # as some programs that copy files do
    holds(archive)
    assert any("Movje" in finding.message for finding in check(archive).findings)
    path.write_text(text, encoding="utf-8")
    holds(archive)
    assert set(looks) == {"git"}


def test_a_file_that_was_fresh_is_looked_at_each_time(archive: Archive, looks: list[str]) -> None:
    path = archive.root / "records" / "film" / "f1.ttl"
    text, status = path.read_text(encoding="utf-8"), path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - 1))
    check(archive)
    keep(archive)
    looks.clear()
    path.write_text(text.replace("a schema:Movie", "a schema:Movje"), encoding="utf-8")
    holds(archive)
    assert looks == ["git"]


def test_what_is_not_as_its_row_says_is_looked_at(archive: Archive, looks: list[str]) -> None:
    path = archive.root / "records" / "film" / "f1.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace("a schema:Movie", "a x"), encoding="utf-8")
    check(archive)
    time.sleep(SETTLED)
    check(archive)
    keep(archive)
    looks.clear()
    with index(archive) as database:  # as of a run that ended before it had read the file
        database.sql.execute(
            "UPDATE file SET digest = x'00', stamp = '', judged = '', read = '' WHERE place = ?",
            (path.relative_to(archive.root).as_posix(),),
        )
    holds(archive)
    assert looks == ["git"]


def test_what_comes_goes_or_is_called_otherwise_is_found(archive: Archive, looks: list[str]) -> None:
    films = archive.root / "records" / "film"
    (films / "f9.ttl").write_text(film(9, random.Random(1)), encoding="utf-8")  # noqa: S311  as above
    holds(archive)
    (films / "f1.ttl").unlink()
    holds(archive)
    (films / "f2.ttl").rename(films / "f8.ttl")
    holds(archive)
    kept = (films / "f3.ttl").read_text(encoding="utf-8")
    (films / ".f3.ttl.swp").write_text(kept.replace("Movie", "Moovie"), encoding="utf-8")
    (films / ".f3.ttl.swp").replace(films / "f3.ttl")  # as editors save
    holds(archive)
    assert set(looks) == {"git"}
    assert check(archive).files == check_at_once(archive).files


def test_what_is_no_plain_record_is_found(archive: Archive, looks: list[str]) -> None:
    records = archive.root / "records"
    (records / "film" / "f4.ttl").unlink()
    (records / "film" / "f4.ttl").symlink_to(records / "film" / "f3.ttl")
    holds(archive)
    (records / "film" / "old").mkdir()
    (records / "film" / "old" / "f7.ttl").write_text(film(7, random.Random(1)), encoding="utf-8")  # noqa: S311  as above
    holds(archive)
    (records / "genre").rename(records / "genres")
    holds(archive)
    assert "list" in looks


def test_after_random_edits_the_findings_are_those_of_a_look_at_all(
    archive: Archive, looks: list[str]
) -> None:
    choose = random.Random(11)  # noqa: S311  the same edits in every run
    for _ in range(25):
        choose.choice(EDITS)(archive.root / "records", choose)
        holds(archive)
    assert "git" in looks


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[Question]:
    """The questions that git has been asked."""
    asked: list[Question] = []
    begin = Question.__init__

    def begun(self: Question, root: Path, path: Path) -> None:
        begin(self, root, path)
        asked.append(self)

    monkeypatch.setattr(Question, "__init__", begun)
    return asked


def begun(archive: Archive) -> Ahead:
    return ahead(archive, Profile.ARCHIVE, ())


def are_over(questions: list[Question]) -> bool:
    return all(one.places() is None and one._process == 0 for one in questions)  # noqa: SLF001  nobody else knows


def test_git_is_at_work_before_the_index_is_open(
    archive: Archive, looks: list[str], questions: list[Question]
) -> None:
    path = archive.root / "records" / "film" / "f1.ttl"
    misspell(path)
    with Checks(archive, ahead=begun(archive)) as checks:
        assert len(questions) == 1
        assert tells_of(checks.check(), "Movje")
        assert (looks, len(questions)) == (["git"], 1)
        path.write_text(path.read_text(encoding="utf-8").replace("Movje", "Moovie"), encoding="utf-8")
        assert tells_of(checks.check(), "Moovie"), "what git said once is not believed twice"
    assert (looks, len(questions)) == (["git", "git"], 2)
    assert are_over(questions)


def test_git_is_asked_again_if_the_list_is_another_by_then(
    archive: Archive, looks: list[str], questions: list[Question]
) -> None:
    with Checks(archive, ahead=begun(archive)) as checks:
        keep(archive)
        misspell(archive.root / "records" / "film" / "f1.ttl")
        time.sleep(0.2)  # git has long answered the first question
        before = len(questions)
        assert tells_of(checks.check(), "Movje")
    assert len(questions) == before + 1
    assert are_over(questions)


def test_git_is_asked_again_after_a_wait_for_another_check(
    archive: Archive, questions: list[Question]
) -> None:
    path = archive.root / "records" / "film" / "f1.ttl"
    with ExitStack() as other:
        other.enter_context(locked(lock_of(index_of(archive.root, Profile.ARCHIVE)), lambda: None))

        def wait() -> None:
            misspell(path)
            other.close()

        with Checks(archive, wait=wait, ahead=begun(archive)) as checks:
            assert questions[0].places() == frozenset(), "it would not be told"
            assert tells_of(checks.check(), "Movje")
    assert len(questions) == 2
    assert are_over(questions)


def test_nothing_is_left_of_what_git_was_asked_for_nothing(
    archive: Archive, questions: list[Question]
) -> None:
    with Checks(archive, ahead=begun(archive)):
        pass
    with Checks(archive, ahead=begun(archive)) as checks:
        checks.check((archive.root / "records" / "film" / "f1.ttl",))
    index_of(archive.root, Profile.ARCHIVE).write_text("no index", encoding="utf-8")
    holds(archive)
    assert len(questions) == 3
    assert are_over(questions)


def test_git_is_not_asked_for_the_reference_nor_where_no_list_is_kept(
    archive: Archive, questions: list[Question]
) -> None:
    with Checks(archive):
        pass
    check(archive, engine=Engine.PYSHACL)
    dates_of(index_of(archive.root, Profile.ARCHIVE)).unlink()
    holds(archive)
    assert not questions


def test_where_many_have_changed_all_are_looked_at_and_dates_are_kept_anew(
    archive: Archive, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "STALE", 2)
    for path in (archive.root / "records" / "film").iterdir():
        path.write_text(path.read_text(encoding="utf-8").replace("2014", "2013"), encoding="utf-8")
    holds(archive)
    time.sleep(SETTLED)
    holds(archive)  # reads once more what was fresh, and could have changed again
    holds(archive)
    assert "list" in looks
    looks.clear()
    holds(archive)
    assert looks == ["git"]


@pytest.mark.parametrize("garbage", [b"", b"DIRC", b"DIRC\0\0\0\2\0\0\0\7" + b"\1" * 99])
def test_a_list_that_is_broken_changes_nothing_but_the_time(archive: Archive, garbage: bytes) -> None:
    path = archive.root / ".filmld" / "check-archive.dates"
    (archive.root / "records" / "film" / "f1.ttl").unlink()
    status = path.stat()
    with path.open("r+b") as file:  # as a disk does it
        file.truncate()
        file.write(garbage)
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    holds(archive)
    path.unlink()
    (archive.root / "records" / "film" / "f2.ttl").unlink()
    holds(archive)


def test_a_list_that_git_cannot_read_changes_nothing_but_the_time(
    archive: Archive, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (archive.root / "records" / "film" / "f1.ttl").unlink()
    path = archive.root / ".filmld" / "check-archive.dates"
    path.write_bytes(b"no list of git's")
    monkeypatch.setattr(dates, "full_stamp", lambda _: "as it was")
    monkeypatch.setattr(Dates, "_kept", lambda _: dates._Kept("as it was", 1, {}, []))  # noqa: SLF001  to get there
    holds(archive)
    assert looks[:2] == ["git", "list"]


def test_garbage_beside_the_list_changes_nothing_but_the_time(archive: Archive) -> None:
    for nth, kept in enumerate(["", "[]", "[1, 2]", '["", 1, 2, 3]', '{"stamp": 1}', "7"]):
        with index(archive) as database:
            database.set_meta("dates", kept)
        (archive.root / "records" / "film" / "f1.ttl").write_text(f"# {nth}\n", encoding="utf-8")
        holds(archive)


def test_without_git_all_files_are_looked_at(
    archive: Archive, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.devnull)
    (archive.root / "records" / "film" / "f1.ttl").unlink()
    holds(archive)
    assert looks == ["list"]


def test_dates_are_not_kept_of_what_is_fresh(
    tmp_path: Path, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dates, "_FRESH", 60_000_000_000)
    archive = make(tmp_path, invented(random.Random(5)))  # noqa: S311  as above
    for _ in range(3):
        holds(archive)
    assert not (tmp_path / ".filmld" / "check-archive.dates").exists()
    assert "git" not in looks


def test_nothing_that_a_repository_asks_for_is_run(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    root = archive.root
    run = root / "run.sh"
    run.write_text(f"#!/bin/sh\ntouch {root}/was-run\ncat\n", encoding="utf-8")
    run.chmod(0o700)
    git = ["git", "-C", str(root)]
    subprocess.run([*git, "init", "-q"], check=True)
    for name in ("core.fsmonitor", "filter.evil.clean", "diff.external", "diff.evil.textconv"):
        subprocess.run([*git, "config", name, str(run)], check=True)
    (root / ".gitattributes").write_text("*.ttl filter=evil diff=evil\n", encoding="utf-8")
    subprocess.run([*git, "status"], check=True, capture_output=True)
    assert (root / "was-run").exists(), "it would not be run by anybody"
    (root / "was-run").unlink()
    monkeypatch.setenv("GIT_DIR", str(root / ".git"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(run))
    path = root / "records" / "film" / "f1.ttl"
    path.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    later = time.time_ns() + 10**12
    os.utime(path, ns=(later, later))  # git looks into what is as new as its list
    holds(archive)
    holds(archive)
    assert not (root / "was-run").exists()


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    paths = {
        name: tmp_path / name for name in ("records/ä b.ttl", "records/film/1.ttl", "records/film/2.ttl")
    }
    for path in paths.values():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("text", encoding="utf-8")
    return paths


def listed(root: Path, files: dict[str, Path]) -> Path:
    rows = []
    for name, path in files.items():
        one = path.stat()
        rows.append(Dated(os.fsencode(name), one.st_size, one.st_mtime_ns, one.st_ctime_ns, one.st_ino))
    status = root.stat()
    write(root / "list", len(rows), sorted(rows), (status.st_uid, status.st_gid))
    return root / "list"


def unlike(root: Path, path: Path) -> set[str] | None:
    with Question(root, path) as question:
        places = question.places()
        return None if places is None else set(places)


def test_git_tells_of_the_files_that_are_not_as_listed(tmp_path: Path, files: dict[str, Path]) -> None:
    path = listed(tmp_path, files)
    if unlike(tmp_path, path):  # written in one second with the list, so that it looks into them
        time.sleep(1.1)
        path = listed(tmp_path, files)
    assert unlike(tmp_path, path) == set()
    files["records/film/1.ttl"].write_text("TEXT", encoding="utf-8")
    assert unlike(tmp_path, path) == {"records/film/1.ttl"}
    files["records/film/2.ttl"].unlink()
    files["records/ä b.ttl"].unlink()
    files["records/ä b.ttl"].symlink_to("x")
    assert unlike(tmp_path, path) == set(files)


def test_git_tells_nothing_of_what_is_no_list(tmp_path: Path) -> None:
    (tmp_path / "list").write_text("nonsense", encoding="utf-8")
    assert unlike(tmp_path, tmp_path / "list") is None


def test_a_list_is_not_written_where_a_link_leads(tmp_path: Path, files: dict[str, Path]) -> None:
    (tmp_path / "elsewhere").write_text("mine", encoding="utf-8")
    (tmp_path / "list.new").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "list").symlink_to(tmp_path / "elsewhere")
    assert not listed(tmp_path, files).is_symlink()
    assert (tmp_path / "elsewhere").read_text(encoding="utf-8") == "mine"


def test_nothing_is_left_of_a_question_that_nobody_waits_for(tmp_path: Path, files: dict[str, Path]) -> None:
    path = listed(tmp_path, files)
    before = sorted(Path("/proc/self/fd").iterdir())
    with Question(tmp_path, path) as question:
        process = question._process  # noqa: SLF001  nobody else knows it
    assert sorted(Path("/proc/self/fd").iterdir()) == before
    with pytest.raises(ChildProcessError):
        os.waitpid(process, os.WNOHANG)
