"""What a copy of the process judges is what the process would have judged, and nobody depends on the copy."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.asking import EVERYTHING, SHAPES
from filmld.check.at_once import check_at_once
from filmld.check.run import Checks, check
from filmld.check.stored.ahead import Ahead
from filmld.check.stored.database import CONTEXT, Case, Database, remove
from filmld.check.stored.deputy import Deputy, together
from filmld.check.stored.whereabouts import index_of
from filmld.check.stored.work import Verdict
from filmld.diagnostics import Diagnostic
from tests.check.archives import make
from tests.check.stored.edits import change, film, invented
from tests.program import unmeasured

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no process is copied")

ROOT = Path(__file__).parents[3]
ROUNDS = 12
PATIENCE = 5.0
FILM = Path("records/film/f1.ttl")
TABLES = ("file", "subject", "mention", "name", "number", "ask", "speak")
SHAPE = """\
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://films.example.org/shapes#own> a sh:NodeShape ;
    sh:targetClass schema:Movie ;
    sh:property [ sh:path schema:name ; sh:minLength 30 ] .
"""


def test_a_verdict_of_both_is_what_either_says() -> None:
    case = Case(7, "records/f.ttl", "records/f.ttl", "", b"", EVERYTHING)
    nothing = Verdict(7, is_stale=False, judged="", asked={}, is_screened=True)
    by_rules = nothing._replace(judged='[["a"]]', asked={1: 1, 2: 1}, speaks_of=(3, 5))
    by_shapes = nothing._replace(judged='[["b"]]', asked={2: 2, 4: 4}, faulty=(6,), speaks_of=(2, 3))
    asked = {1: 1, 2: 3, 4: 4}
    both = Verdict(7, is_stale=False, judged='[["a"],["b"]]', asked=asked, faulty=(6,), speaks_of=(2, 3, 5))
    assert together(case, by_rules, by_shapes) == both
    assert together(case._replace(asked=SHAPES | 1), by_rules, by_shapes) == both._replace(is_screened=True)
    stale = by_shapes._replace(is_stale=True)
    assert together(case, by_rules, stale).is_stale
    assert together(case, by_rules._replace(is_stale=True), by_shapes).is_stale


def files(seed: int) -> dict[str, str]:
    return invented(random.Random(seed))  # noqa: S311  the same in every run


def alone(task: Callable[..., None], *arguments: object) -> object:
    """What a function of this module says in a process of its own, which has no other threads."""
    words = ", ".join(repr(os.fspath(one)) if isinstance(one, Path) else repr(one) for one in arguments)
    program = f"from {task.__module__} import {task.__name__}; {task.__name__}({words})"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**unmeasured(), "PYTHONPATH": os.pathsep.join(map(os.fspath, (ROOT, ROOT / "src")))},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    said: object = json.loads(done.stdout)
    return said


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what))


def checked(archive: Archive, ahead: Ahead, name: Path = FILM) -> tuple[Diagnostic, ...]:
    with Checks(archive, ahead=ahead) as checks:
        return checks.check((archive.root / name,)).findings


def judged_at_once(archive: Archive, name: Path = FILM) -> tuple[Diagnostic, ...]:
    return check_at_once(archive, (archive.root / name,)).findings


def contents(archive: Archive) -> dict[str, list[dict[str, object]]]:
    """What an index knows, but for when it looked at files."""
    database = Database(index_of(archive.root, Profile.ARCHIVE), for_writing=False)
    known: dict[str, list[dict[str, object]]] = {}
    for table in TABLES:
        rows = database.sql.execute(f"SELECT * FROM {table} ORDER BY 1, 2")  # noqa: S608  ours
        names = [column[0] for column in rows.description]
        known[table] = [dict(zip(names, row, strict=True)) | {"stamp": None} for row in rows]
    database.close()
    return known


def edit_at_random(root: str, other: str, seed: int) -> None:
    """Change an archive and its twin in the same way; judge the one with a copy, the other without."""
    archive, twin = make(Path(root), files(seed)), make(Path(other), files(seed))
    found: list[int] = []
    for one in (archive, twin):
        check(one)
    for nth in range(ROUNDS):
        name = Path("records") / "film" / f"f{1 + nth % 6}.ttl"
        for one in (archive, twin):
            change(one.root / "records", random.Random(seed * 1_000 + nth))  # noqa: S311  as above
            (one.root / name).write_text(film(1 + nth % 6, random.Random(nth)))  # noqa: S311  as above
        deputy = Deputy(archive, Profile.ARCHIVE, [archive.root / name])
        with_it, without = checked(archive, Ahead(deputy=deputy), name), checked(twin, Ahead(), name)
        assert deputy.has_answered, nth
        assert with_it == without == judged_at_once(archive, name), nth
        assert contents(archive) == contents(twin), nth
        found.append(len(with_it))
    say(found)


def test_after_each_of_many_edits_findings_and_index_are_those_of_one_process(tmp_path: Path) -> None:
    found = alone(edit_at_random, tmp_path / "one", tmp_path / "other", 3)
    assert isinstance(found, list)
    assert len(found) == ROUNDS
    assert all(found), "each time something is found"


def nothing(archive: Archive, deputy: Deputy) -> None:
    """Let it do its work."""


def kill(archive: Archive, deputy: Deputy) -> None:
    os.kill(deputy.process, 9)


def kill_late(archive: Archive, deputy: Deputy) -> None:
    time.sleep(0.5)  # it has made ready by now
    os.kill(deputy.process, 9)


def change_shapes(archive: Archive, deputy: Deputy) -> None:
    """Have the index begun anew, with other shapes, once the copy has told of those before."""
    time.sleep(0.5)
    shapes = archive.root / "shapes" / "own.ttl"
    shapes.parent.mkdir(exist_ok=True)
    shapes.write_text(SHAPE)
    check(archive)


def replace_index(archive: Archive, deputy: Deputy) -> None:
    """Put an index of the same content in the place of the one that the copy reads."""
    time.sleep(0.5)
    index = index_of(archive.root, Profile.ARCHIVE)
    other = index.with_name("other")
    database = Database(index, for_writing=True)
    database.sql.execute("VACUUM INTO ?", (os.fspath(other),))
    database.close()
    remove(index)
    other.rename(index)


def begin_anew(archive: Archive, deputy: Deputy) -> None:
    """Have the index be of these shapes only now; the copy has read what it held before."""
    time.sleep(0.5)
    database = Database(index_of(archive.root, Profile.ARCHIVE), for_writing=True)
    database.set_meta(CONTEXT, deputy.context or "")
    database.close()


def break_index(archive: Archive, deputy: Deputy) -> None:
    time.sleep(0.5)
    index_of(archive.root, Profile.ARCHIVE).write_text("no index")


WAYS = (nothing, kill, kill_late, change_shapes, replace_index, begin_anew, break_index)


def lose(root: str, way: str) -> None:
    """Check with a copy to which something happens; say whether it has answered, and what was found."""
    archive = make(Path(root), files(5))
    check(archive)
    path = archive.root / FILM
    path.write_text(path.read_text().replace("schema:name", "schema:nmae"))
    if way == begin_anew.__name__:
        Database(index_of(archive.root, Profile.ARCHIVE), for_writing=True).set_meta(CONTEXT, "another")
    deputy = Deputy(archive, Profile.ARCHIVE, [path])
    globals()[way](archive, deputy)
    found = checked(archive, Ahead(deputy=deputy))
    assert found == judged_at_once(archive)
    with pytest.raises(ChildProcessError):  # it has been waited for
        os.waitpid(-1, os.WNOHANG)
    say([deputy.has_answered, sorted({finding.code for finding in found})])


@pytest.mark.parametrize("way", WAYS)
def test_whatever_happens_to_the_copy_the_same_is_found(
    way: Callable[[Archive, Deputy], None], tmp_path: Path
) -> None:
    said = alone(lose, tmp_path, way.__name__)
    assert isinstance(said, list)
    has_answered, codes = said
    assert has_answered == (way is nothing)
    assert {"missing-title", "unknown-property"} <= set(codes), "shapes and rules find something"


def leave(root: str) -> None:
    """End without a word to the copy, as a process does that is killed."""
    archive = make(Path(root), files(5))
    check(archive)
    deputy = Deputy(archive, Profile.ARCHIVE, [archive.root / FILM])
    assert deputy.context  # it has let go of what it does not need
    streams = [Path(f"/proc/{deputy.process}/fd/{stream}").readlink() for stream in range(3)]
    say([deputy.process, list(map(os.fspath, streams))])
    sys.stdout.flush()
    os._exit(0)


def test_the_copy_ends_with_the_process_and_keeps_nobody_waiting(tmp_path: Path) -> None:
    said = alone(leave, tmp_path)
    assert isinstance(said, list)
    process, streams = said
    assert streams == [os.devnull] * 3
    ended = time.monotonic() + PATIENCE
    while Path(f"/proc/{process}").exists() and is_running(process):
        assert time.monotonic() < ended
        time.sleep(0.01)


def is_running(process: int) -> bool:
    """Whether it has not ended, be it that nobody has been told."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def open_files() -> int:
    return sum(1 for _ in Path("/proc/self/fd").iterdir())


def stay(root: str) -> None:
    """Say how many files are open before and after a copy that was made for nothing."""
    archive = make(Path(root), files(5))
    before = open_files()
    Deputy(archive, Profile.ARCHIVE, [archive.root / FILM]).close()
    say([before, open_files()])
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_nothing_is_left_of_a_copy_that_was_made_for_nothing(tmp_path: Path) -> None:
    said = alone(stay, tmp_path)
    assert isinstance(said, list)
    assert said[0] == said[1]
