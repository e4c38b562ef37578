"""Clients that nobody here wrote, from npm, work unchanged."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.serve.running import Running

PACKAGES = Path(__file__).parents[1] / "node_modules"
NAME = "The Voice of Sokurov"
GENRE = "https://films.example.org/genre/documentary"


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("node") and (PACKAGES / "@comunica").is_dir()), reason="needs npm ci --prefix tests"
)
def test_comunica_and_fetch_sparql_endpoint_understand_every_answer(server: Running) -> None:
    script = Path(__file__).parent / "clients.mjs"
    ended = subprocess.run(
        ["node", script, server.home + "sparql"], capture_output=True, timeout=60, check=False
    )

    assert ended.returncode == 0, ended.stderr.decode()
    understood = json.loads(ended.stdout)
    assert understood["fetched"] == {
        "bindings": [[NAME, "en"]],
        "posted": [[NAME, "en"]],
        "boolean": True,
        "triples": [GENRE],
    }
    # Comunica 4.5 drops the language of what fetch-sparql-endpoint has just read with it.
    names = [[name for name, _ in understood["comunica"][key]] for key in ("bindings", "guessed")]
    assert names == [[NAME], [NAME]]
    assert (understood["comunica"]["boolean"], understood["comunica"]["triples"]) == (True, [GENRE])
