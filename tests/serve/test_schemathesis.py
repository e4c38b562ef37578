"""Whatever fits the description of the routes, and whatever does not, is answered as the description says."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.serve.running import archive_with, serving

DESCRIPTION = Path(__file__).with_name("openapi.json")
SECONDS = 40


@pytest.mark.slow
def test_schemathesis_finds_nothing(root: Path, tmp_path: Path) -> None:
    limits = "query_seconds = 1\nquery_memory_mib = 512\nclient_queries = 50\nclient_seconds = 100000"
    with serving(archive_with(tmp_path / "archive", root, limits)) as server:
        command = [
            *(
                sys.executable,
                "-m",
                "schemathesis.cli",
                "run",
                str(DESCRIPTION),
                "--url",
                server.home.rstrip("/"),
            ),
            *("--exclude-checks", "positive_data_acceptance"),  # no schema says what SPARQL is
            *("--max-examples", "25", "--seed", "1", "--no-color"),
            *("--generation-database", "none", "--request-timeout", "10"),
        ]
        done = subprocess.run(
            command, capture_output=True, encoding="utf-8", timeout=4 * SECONDS, cwd=tmp_path, check=False
        )
        assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
        assert server.query("ASK {}").status == 200
    assert "generated" in done.stdout
    sys.stdout.write(done.stdout[-1500:])
