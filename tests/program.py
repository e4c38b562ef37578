"""Runs the program in the process of a test: to start another takes longer than most of what is tested."""

import io
import os
import subprocess
import sys
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path
from unittest.mock import patch

import pytest

from filmld.cli.main import main


def unmeasured() -> dict[str, str]:
    """The environment of a process that coverage is not to measure.

    Coverage takes a lock for a moment at each file that is new to it. A signal whose handler raises just
    then leaves it locked, and the process waits for ever.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


def run(
    *arguments: str | bytes, at: Path = Path(), stdin: bytes = b""
) -> "subprocess.CompletedProcess[bytes]":
    """Run ``filmld`` in a folder, as somebody does whose terminal knows UTF-8."""
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
    return subprocess.CompletedProcess(words, ended.value.code, out.getvalue(), err.getvalue())
