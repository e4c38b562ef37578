"""Runs the program as people do."""

import io
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from filmld.cli.main import main

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
    given, out, err = (io.BytesIO(data) for data in (stdin, b"", b""))
    streams = [io.TextIOWrapper(data, encoding="utf-8", write_through=True) for data in (given, out, err)]
    words = ["filmld", *map(os.fsdecode, arguments)]
    with (
        chdir(at),
        redirect_stdout(streams[1]),
        redirect_stderr(streams[2]),
        patch.multiple(sys, argv=words, stdin=streams[0]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    assert isinstance(ended.value.code, int)
    said, told = (written.getvalue().decode("utf-8") for written in (out, err))
    return subprocess.CompletedProcess(words, ended.value.code, said, told)
