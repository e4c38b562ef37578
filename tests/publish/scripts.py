"""Calls what the scripts of the pages do, in node."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import cast

import pytest

from filmld.publish.jsontext import Json

WEB = Path(__file__).parents[2] / "src" / "filmld" / "publish" / "web"


def in_node(job: str, inputs: Sequence[Json]) -> list[dict[str, Json]]:
    """Map a job of ``scripts.mjs`` over inputs; without node and its packages there is nothing to call."""
    node = shutil.which("node")
    if node is None or not (WEB / "node_modules" / "esbuild").is_dir():
        pytest.skip("node and the packages of src/filmld/publish/web are needed (npm ci)")
    command = [node, str(Path(__file__).with_name("scripts.mjs")), str(WEB), job]
    text = json.dumps(inputs)
    done = subprocess.run(command, input=text, capture_output=True, check=True, timeout=60, encoding="utf-8")
    return cast("list[dict[str, Json]]", json.loads(done.stdout))
