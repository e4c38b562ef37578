"""A page that is open while its record is edited."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.browser.test_pages import HERE, demanded
from tests.serve.running import serving
from tests.serve.test_watch import FILM, PAGE, copy

pytestmark = pytest.mark.browser


def test_a_saved_edit_is_seen_in_the_open_page(tmp_path: Path) -> None:
    chromium = demanded("chromium", shutil.which("chromium") or shutil.which("chromium-browser"))
    node = demanded("node", shutil.which("node"))
    modules = HERE.parent / "node_modules" / "playwright-core"
    demanded("playwright-core (npm ci --prefix tests)", str(modules) if modules.is_dir() else None)
    root = copy(tmp_path)
    with serving(root, "--watch") as server:
        address = server.home.rstrip("/") + PAGE
        command = [node, str(HERE / "watch.mjs"), chromium, address, str(root / FILM)]
        done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    report = json.loads(done.stdout)
    assert report["complaints"] == []
    assert report["scroll"] == 300
    assert report["open"] is True
    assert report["heading"] == "The file of this record cannot be read"
    assert report["title"].startswith("Winter Harbour")
    assert {title.split(" (")[0] for title in report["others"]} == {"Winter Harbour"}
    print({name: report[name] for name in ("edit", "finding", "mistake")})  # noqa: T201  measured, not judged
