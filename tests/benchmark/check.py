"""How long ``filmld check`` takes, beside what else could read or judge the same records.

    python -m tests.benchmark.check 10000 --write docs/benchmark.md

makes a catalogue of that many films (:mod:`tests.benchmark.catalogue`), measures all contenders in the same
run, each in a process of its own, and prints how they compare. Ratios mean something on any machine;
seconds only on this one. Contenders that need minutes for thousands of records get fewer of them, and are
compared by the record. pyrudof takes part where it is installed.
"""

import argparse
import gc
import importlib.util
import json
import multiprocessing
import os
import platform
import queue
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

import filmld
from filmld.__main__ import OBJECTS
from filmld.archive import Archive
from tests.benchmark.catalogue import write

FEW = 4_000
"""So many films are judged by what needs twelve seconds for each hundred. Festivals, genres and places take
less time than films and are as many in any catalogue, so that of 600 films half of the records are theirs;
of so many films 58 records in 100 are the films themselves, of 100,000 films 59. And what looks at all
records at once takes longer for each the more there are."""
SAMPLE = 2_000
"""So many records are read by rdflib."""
PATIENCE = 3_600
_CREATED = re.compile(r'(schema:dateCreated ")(\d{4})')
TIMES = 5
"""So often is measured what takes no second; the median counts."""


class Measured(NamedTuple):
    """What a contender needed.

    Attributes:
        seconds: By the clock.
        cpu: Of all its processes.
        memory: The most memory of one of its processes, in MiB.
        files: How many records it was given.
        found: How many findings it had.
    """

    seconds: float
    cpu: float
    memory: int
    files: int
    found: int = 0

    @property
    def a_record(self) -> float:
        """Seconds of computing for a record."""
        return self.cpu / max(1, self.files)


class Row(NamedTuple):
    """A line of the table."""

    what: str
    measured: Measured


def _used(who: int) -> float:
    used = resource.getrusage(who)
    return used.ru_utime + used.ru_stime


def measured(work: Callable[[Path], tuple[int, int]], root: Path) -> Measured:
    """Run something in a process of its own, so that its memory is its own."""
    context = multiprocessing.get_context("spawn")
    mine, theirs = context.Pipe()
    process = context.Process(target=_measure, args=(work, root, theirs))
    process.start()
    theirs.close()
    measured: Measured = mine.recv()
    process.join()
    return measured


def _measure(
    work: Callable[[Path], tuple[int, int]], root: Path, pipe: "multiprocessing.connection.Connection"
) -> None:
    gc.set_threshold(OBJECTS)  # as in the command, and for the peers alike
    began, cpu = time.perf_counter(), _used(resource.RUSAGE_SELF) + _used(resource.RUSAGE_CHILDREN)
    files, found = work(root)
    seconds = time.perf_counter() - began
    cpu = _used(resource.RUSAGE_SELF) + _used(resource.RUSAGE_CHILDREN) - cpu
    memory = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    pipe.send(Measured(seconds, cpu, memory // 1024, files, found))


def _paths(root: Path) -> list[Path]:
    return sorted((root / "records").rglob("*.ttl"))


def floor(root: Path) -> tuple[int, int]:
    """Parse every record with pyoxigraph, and nothing else, on one core."""
    from pyoxigraph import RdfFormat, parse, serialize

    paths = _paths(root)
    for path in paths:
        try:
            serialize(parse(path.read_bytes(), format=RdfFormat.TURTLE), format=RdfFormat.N_TRIPLES)
        except SyntaxError:
            continue
    return len(paths), 0


def _is_turtle(path: Path) -> bool:
    from filmld.turtle.bulk import BulkSyntaxError, parse

    try:
        parse(path.read_bytes())
    except BulkSyntaxError:
        return False
    return True


def by_rdflib(root: Path) -> tuple[int, int]:
    """Parse with rdflib."""
    import rdflib
    from rdflib.plugins.parsers.notation3 import BadSyntax

    paths = _paths(root)
    paths = paths[:: max(1, len(paths) // SAMPLE)]
    for path in paths:
        try:
            rdflib.Graph(bind_namespaces="none").parse(data=path.read_bytes(), format="turtle")
        except BadSyntax:
            continue
    return len(paths), 0


def by_pyshacl(root: Path) -> tuple[int, int]:
    """Judge with filmld's rules, and by the shapes with pySHACL."""
    from filmld.check.run import check
    from filmld.check.shapes.engines import Engine

    report = check(Archive.open(root), engine=Engine.PYSHACL)
    return report.files, len(report.findings)


def by_pyrudof(root: Path) -> tuple[int, int]:
    """Judge by the shapes with rudof."""
    pyrudof = importlib.import_module("pyrudof")
    archive = Archive.open(root)
    paths = _paths(root)
    rudof = pyrudof.Rudof(pyrudof.RudofConfig())
    shapes = "\n".join(path.read_text(encoding="utf-8") for path in archive.shape_files())
    rudof.read_shacl(shapes)
    rudof.read_data("\n".join(path.read_text(encoding="utf-8") for path in paths if _is_turtle(path)))
    rudof.validate_shacl()
    return len(paths), 0


def filmld_check(root: Path) -> tuple[int, int]:
    """Check with filmld, by the index as it is."""
    from filmld.check.run import check

    report = check(Archive.open(root))
    return report.files, len(report.findings)


def walk(root: Path) -> tuple[int, int]:
    """Find out what has changed in the plainest way: list the files and ask for the date of each."""
    count = 0
    waiting = [os.fspath(root / "records")]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    count += 1
    return count, 0


def _environment() -> dict[str, str]:
    """What the command is started in: as where it is installed, its modules are compiled once and for all."""
    ours = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**ours, "PYTHONPATH": str(Path(filmld.__file__).parents[1])}


def command(root: Path, *arguments: str) -> Measured:
    """Run the command as people do; the start of the program counts."""
    program = [sys.executable, "-m", "filmld", "--root", str(root), "check", "--format", "concise"]
    cpu = _used(resource.RUSAGE_CHILDREN)
    seconds = _run([*program, *arguments], _environment())
    return Measured(seconds, _used(resource.RUSAGE_CHILDREN) - cpu, 0, 1)


def _start() -> float:
    """Seconds in which Python starts and does nothing: what any command takes at least."""
    return _run([sys.executable, "-c", "pass"], _environment())


def _run(program: list[str], environment: dict[str, str] | None = None) -> float:
    """Seconds in which a program comes to its end.

    Whoever waits for a program with a limit of time and reads nothing from it looks after it at times ever
    further apart, up to a twentieth of a second: what is measured so is 31, 63, 113, 163 or 213 ms, and
    nothing in between. The end of what a program says is noticed at once.
    """
    began = time.perf_counter()
    subprocess.run(program, env=environment, capture_output=True, timeout=PATIENCE, check=False)
    return time.perf_counter() - began


def git_status(root: Path) -> float:
    """Seconds in which git finds out what has changed; all files are committed before."""
    git = ["git", "-C", str(root), "-c", "core.fsync=none", "-c", "core.looseCompression=0"]
    git += ["-c", "user.name=filmld", "-c", "user.email=filmld@films.example.org", "-c", "gc.auto=0"]
    for arguments in (["init", "-q"], ["add", "records"], ["commit", "-q", "-m", "all"], ["status"]):
        subprocess.run([*git, *arguments], capture_output=True, timeout=PATIENCE, check=True)
    return _median(lambda: _run([*git, "status", "--porcelain"]))


def _median(measure: Callable[[], float]) -> float:
    """What something takes, the one in the middle of some times."""
    return sorted(measure() for _ in range(TIMES))[TIMES // 2]


def _edited(root: Path, number: int) -> float:
    edit(root, number)
    return command(root).seconds


def saves(root: Path, times: int) -> list[float]:
    """Seconds from a save to its findings under ``--watch``."""
    ours = _environment()
    with subprocess.Popen(
        [
            sys.executable,
            "-u",
            "-m",
            "filmld",
            "--root",
            str(root),
            "check",
            "--watch",
            "--format",
            "concise",
        ],
        env=ours,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    ) as process:
        said: queue.Queue[str] = queue.Queue()
        thread = threading.Thread(target=_pump, args=(process.stderr, said))
        thread.start()
        try:
            while "watching" not in said.get(timeout=PATIENCE):
                pass
            return [_save(root, said, number) for number in range(times)]
        finally:
            process.kill()
            thread.join()


def _pump(stream: IO[str] | None, said: "queue.Queue[str]") -> None:
    for line in stream or ():
        said.put(line)


def _save(root: Path, said: "queue.Queue[str]", number: int) -> float:
    time.sleep(0.3)  # a pause as between two saves of a person
    began = time.perf_counter()
    edit(root, number)
    while "checked (" not in said.get(timeout=PATIENCE):
        pass
    return time.perf_counter() - began


def edit(root: Path, number: int) -> Path:
    """Date a film a year earlier."""
    path = root / "records" / "film" / f"film-{number}.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(_CREATED.sub(lambda found: f"{found[1]}{int(found[2]) - 1}", text, count=1), "utf-8")
    return path


def measure(films: int, faults: float) -> tuple[list[Row], dict[str, float]]:
    """Measure everything once."""
    with tempfile.TemporaryDirectory() as name:
        large, small = Path(name) / "large", Path(name) / "small"
        _say(f"making {films:,} films")
        write(large, films, faults)
        write(small, FEW, faults)
        rows = [
            Row("pyoxigraph, parse only, one core", _told("parse floor", floor, large)),
            Row("rdflib, parse only, one core", _told("rdflib", by_rdflib, large)),
            Row("pySHACL and filmld's rules", _told("pySHACL", by_pyshacl, small)),
        ]
        if importlib.util.find_spec("pyrudof"):
            rows.append(Row("rudof, shapes only", _told("rudof", by_pyrudof, small)))
        rows += [
            Row("filmld check, first run", _told("first run", filmld_check, large)),
            Row("filmld check, the run after", _told("second run", filmld_check, large)),
            Row("filmld check, nothing changed", _told("third run", filmld_check, large)),
            Row("listing the files with their dates", _told("walk", walk, large)),
        ]
        edit(large, 0)
        rows.append(Row("filmld check, one film changed", _told("one edit", filmld_check, large)))
        films_edited = iter(range(1, 1 + 2 * TIMES))
        single = {
            "Python, started and ended": _median(_start),
            "command, one film changed, its path given": _median(
                lambda: command(large, str(edit(large, next(films_edited)))).seconds
            ),
            "command, nothing changed": _median(lambda: command(large).seconds),
            "command, one film changed": _median(lambda: _edited(large, next(films_edited))),
        }
        path = large / "records" / "film" / "film-0.ttl"
        copy = path.with_name("another.ttl")
        copy.write_bytes(path.read_bytes())
        single["command, one film added, once"] = command(large).seconds
        copy.unlink()
        single["command, one film gone, once"] = command(large).seconds
        if shutil.which("git"):
            single["git status, nothing changed"] = git_status(large)
        _say("watching")
        waits = iter(saves(large, TIMES))
        single["from a save to its findings under --watch"] = _median(lambda: next(waits))
        index = large / ".filmld" / "check-archive.sqlite"
        single["size of the index, MiB"] = index.stat().st_size / 2**20
    return rows, single


def _told(what: str, work: Callable[[Path], tuple[int, int]], root: Path) -> Measured:
    _say(what)
    return measured(work, root)


def _say(what: str) -> None:
    sys.stderr.write(f"{what} …\n")


def _conditions(films: int, faults: float, records: int) -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return (
        f"Measured by `python -m tests.benchmark.check {films}` in one run on one machine: {cores} cores, "
        f"Python {platform.python_version()}. {films:,} films with their people, companies, festivals make "
        f"{records:,} records; {faults:.1%} of the films have a fault. Trust the ratios: the machine had "
        f"other work to do (load {os.getloadavg()[0]:.1f})."
    )


def page(films: int, faults: float, rows: list[Row], single: dict[str, float]) -> str:
    """The results as Markdown."""
    least = rows[0].measured
    lines = [
        "# Benchmark",
        "",
        _conditions(films, faults, least.files),
        "",
        (
            "The floor is what pyoxigraph needs on one core to read the same records and do nothing "
            "with them. The columns compare by the record, by the clock and by the computing of all "
            "processes; MiB is the most memory of one process."
        ),
        "",
        "| | records | seconds | computing, s | ms a record | × floor (clock) | × floor (computing) | MiB |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for what, one in rows:
        by_clock = one.seconds / one.files * least.files / least.seconds
        lines.append(
            f"| {what} | {one.files:,} | {one.seconds:.2f} | {one.cpu:.2f} | {one.a_record * 1000:.3f} | "
            f"{by_clock:.2f} | {one.a_record / least.a_record:.2f} | {one.memory:,} |"
        )
    lines += ["", f"| median of {TIMES}, where not once | |", "|---|---:|"]
    lines += [
        f"| {what} | {value:,.0f} |" if "MiB" in what else f"| {what} | {value * 1000:,.0f} ms |"
        for what, value in single.items()
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("films", type=int, nargs="?", default=1000)
    parser.add_argument("--faults", type=float, default=0.01)
    parser.add_argument("--write", type=Path, help="a file for the results")
    parser.add_argument("--json", type=Path, help="a file for the bare numbers")
    chosen = parser.parse_args()
    rows, single = measure(chosen.films, chosen.faults)
    text = page(chosen.films, chosen.faults, rows, single)
    sys.stdout.write(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")
    if chosen.json:
        bare = {row.what: row.measured._asdict() for row in rows}
        chosen.json.write_text(json.dumps({**bare, **single}, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
