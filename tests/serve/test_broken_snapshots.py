"""A snapshot that is not what was built is not served."""

import contextlib
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmld.cli.main import cli
from filmld.errors import SnapshotError
from tests.publish.helpers import archive


@pytest.mark.parametrize("text", [None, "", "{}", "edited"])
def test_without_a_manifest_that_belongs_to_it(text: str | None, tmp_path: Path) -> None:
    made = archive(tmp_path, {"film/x": "<> a schema:Movie ; schema:name 'X' ."})
    assert CliRunner().invoke(cli, ["--root", str(made.root), "build"]).exit_code == 0
    manifest = tmp_path / "site" / "current" / "manifest.json"
    before = manifest.read_text(encoding="utf-8")
    with contextlib.suppress(FileNotFoundError):
        manifest.unlink()
    if text is not None:
        edited = before.replace('"sha256": "', '"sha256": "0')
        manifest.write_text(edited if text == "edited" else text, encoding="utf-8")
    command = ["--root", str(made.root), "serve", "--port", "0", "--snapshot", str(manifest.parent)]
    done = CliRunner().invoke(cli, command)
    assert isinstance(done.exception, SnapshotError)
    assert done.exception.exit_code == 2
    assert done.exception.hint == "filmld build makes a new one"
