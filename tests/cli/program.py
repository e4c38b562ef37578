"""Runs the program as people do."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

SOURCES = Path(__file__).parents[2] / "src"


def filmld(
    *arguments: str | bytes, at: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``filmld`` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "filmld", *arguments],
        cwd=at,
        env={**os.environ, "PYTHONPATH": str(SOURCES), **(env or {})},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
