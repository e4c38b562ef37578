"""Runs the program as people do."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.program import run

SOURCES = Path(__file__).parents[2] / "src"


def filmld(
    *arguments: str | bytes, at: Path, env: Mapping[str, str] | None = None, stdin: bytes = b""
) -> "subprocess.CompletedProcess[str]":
    """Run ``filmld`` in a folder.

    That is done in this process, since to start another takes longer than most of what is tested; under
    an environment of its own it has a process of its own.
    """
    return _started(*arguments, at=at, env=env) if env else _here(*arguments, at=at, stdin=stdin)


def _started(*arguments: str | bytes, at: Path, env: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "filmld", *arguments],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(SOURCES), **env},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def _here(*arguments: str | bytes, at: Path, stdin: bytes) -> "subprocess.CompletedProcess[str]":
    done = run(*arguments, at=at, stdin=stdin)
    said, told = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return subprocess.CompletedProcess(done.args, done.returncode, said, told)
