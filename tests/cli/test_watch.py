"""``filmld check --watch`` answers each save."""

import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from tests.program import unmeasured

PATIENCE = 30


@contextmanager
def watching(
    archive: Path, environment: dict[str, str] | None = None
) -> Iterator["tuple[subprocess.Popen[str], queue.Queue[str]]"]:
    command = [sys.executable, "-m", "filmld", "check", "--watch", "--format", "concise"]
    with subprocess.Popen(
        command,
        cwd=archive,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
    ) as process:
        lines: queue.Queue[str] = queue.Queue()
        assert process.stdout is not None
        reader = threading.Thread(target=_pump, args=(process.stdout, lines))
        reader.start()
        try:
            yield process, lines
        finally:
            process.kill()
            reader.join()


def _pump(stream: IO[str], lines: "queue.Queue[str]") -> None:
    for line in stream:
        lines.put(line)


def until(lines: "queue.Queue[str]", words: str) -> str:
    while True:
        line = lines.get(timeout=PATIENCE)
        if words in line:
            return line


def test_a_save_is_answered_with_the_findings_of_the_record(archive: Path, film: Path) -> None:
    with watching(archive) as (_, lines):
        until(lines, "watching records/")
        text = film.read_text(encoding="utf-8")
        film.write_text(text.replace("schema:director", "schema:directer"), encoding="utf-8")
        found = until(lines, "unknown-property")
        assert found.startswith("records/film/moloch-1999.ttl:10:5: error[unknown-property]:")
        assert "1 error" in until(lines, "checked (")
        film.write_text(text, encoding="utf-8")
        assert "error" not in until(lines, "checked (")


def test_a_record_that_is_gone_is_not_counted_as_checked(archive: Path, film: Path) -> None:
    with watching(archive) as (_, lines):
        until(lines, "watching records/")
        film.unlink()
        assert " 0 files checked (" in until(lines, "checked (")


def test_an_interrupt_ends_it_with_130(archive: Path) -> None:
    with watching(archive, unmeasured()) as (process, lines):
        until(lines, "watching records/")
        process.send_signal(signal.SIGINT)
        assert process.wait(PATIENCE) == 130
