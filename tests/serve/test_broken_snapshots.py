"""A snapshot that is not what was built is not served."""

import os
import random
import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from filmld.catalog import Catalog
from filmld.cli.main import cli
from filmld.errors import SnapshotError
from filmld.publish.snapshot import build
from filmld.publish.verify import faults
from tests.publish.helpers import archive
from tests.serve.running import BROWSER, serving


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with a snapshot."""
    made = archive(tmp_path_factory.mktemp("snapshots"), {"film/x": "<> a schema:Movie ; schema:name 'X' ."})
    build(Catalog.load(made), made.site)
    return made.root


@pytest.fixture
def snapshot(root: Path, tmp_path: Path) -> Path:
    """A copy of it to be spoilt."""
    whole = (root / "site" / "current").resolve()
    return shutil.copytree(whole, tmp_path / whole.name)


def refused(root: Path, snapshot: Path) -> SnapshotError:
    done = CliRunner().invoke(cli, ["--root", str(root), "serve", "--port", "0", "--snapshot", str(snapshot)])
    assert isinstance(done.exception, SnapshotError)
    assert done.exception.exit_code == 2
    assert done.exception.hint == "filmld build makes a new one"
    return done.exception


@pytest.mark.parametrize("text", [None, "", "{}", "edited"])
def test_without_a_manifest_that_belongs_to_it(text: str | None, root: Path, snapshot: Path) -> None:
    manifest = snapshot / "manifest.json"
    before = manifest.read_text(encoding="utf-8")
    manifest.unlink()
    if text is not None:
        edited = before.replace('"files.tsv": "', '"files.tsv": "0')
        assert edited != before
        manifest.write_text(edited if text == "edited" else text, encoding="utf-8")
    refused(root, snapshot)


def table(snapshot: Path) -> Path:
    return max((snapshot / "store").glob("*.sst"), key=lambda path: path.stat().st_size)


@pytest.mark.parametrize("how", ["truncated", "missing", "zeroed", "empty", "garbage"])
@pytest.mark.parametrize("name", ["*.sst", "CURRENT", "MANIFEST-*"])
def test_a_damaged_store_is_not_served(name: str, how: str, root: Path, snapshot: Path) -> None:
    file = max((snapshot / "store").glob(name), key=lambda path: path.stat().st_size)
    size = file.stat().st_size
    match how:
        case "truncated":
            os.truncate(file, size // 2)
        case "missing":
            file.unlink()
        case "zeroed":
            file.write_bytes(bytes(size))
        case "empty":
            file.write_bytes(b"")
        case _:
            file.write_bytes(random.Random(1).randbytes(size))  # noqa: S311  any bytes will do
    assert f"store/{file.name}: " in refused(root, snapshot).message


def test_a_flipped_bit_of_a_store_is_found_and_never_answers(root: Path, snapshot: Path) -> None:
    file = table(snapshot)
    data = bytearray(file.read_bytes())
    data[len(data) // 3] ^= 1
    file.write_bytes(data)
    assert list(faults(snapshot)) == [f"store/{file.name}: changed"]
    assert f"store/{file.name}: changed" in refused(root, snapshot).message


@pytest.mark.slow
def test_a_bit_that_flips_while_it_is_served_is_an_error_and_no_answer(root: Path, snapshot: Path) -> None:
    with serving(root, "--snapshot", str(snapshot)) as server:
        right = server.query("SELECT ?s ?p ?o { ?s ?p ?o }", "text/csv")
        for file in (snapshot / "store").glob("*.sst"):
            data = bytearray(file.read_bytes())
            data[len(data) // 3] ^= 1
            with file.open("r+b") as same:
                same.write(data)
        again = server.query("SELECT ?s ?p ?o { ?s ?p ?o } # again", "text/csv")
    assert right.status == 200
    assert again.status == 500 or sorted(again.body.splitlines()) == sorted(right.body.splitlines())


def test_a_snapshot_that_does_not_exist_is_not_made(root: Path, tmp_path: Path) -> None:
    for missing in (tmp_path / "none", tmp_path / "none" / "current"):
        done = CliRunner().invoke(cli, ["--root", str(root), "serve", "--snapshot", str(missing)])
        assert done.exit_code == 2
        assert "does not exist" in done.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("version", ["0.4.11", "99.0.0", ""])
def test_a_store_of_another_engine_is_not_served(version: str, root: Path, snapshot: Path) -> None:
    manifest = snapshot / "manifest.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(re.sub(r'("pyoxigraph": )"[^"]*"', rf'\1"{version}"', text), encoding="utf-8")
    assert (
        f"written by pyoxigraph {version or 'an unknown version'}, this is "
        in refused(root, snapshot).message
    )


@pytest.mark.slow
def test_a_snapshot_that_is_deleted_while_it_is_served_has_answers_or_says_so(
    root: Path, snapshot: Path
) -> None:
    with serving(root, "--snapshot", str(snapshot)) as server:
        right = server.query("SELECT ?s ?p ?o { ?s ?p ?o }", "text/csv")
        shutil.rmtree(snapshot)
        again = server.query("SELECT ?s ?p ?o { ?s ?p ?o } # again", "text/csv")
        page = server.ask("/film/x", headers={"Accept": BROWSER})
    assert right.status == 200
    assert again.status == 503 or sorted(again.body.splitlines()) == sorted(right.body.splitlines())
    assert page.status in {200, 404, 503}
    assert b"Traceback" not in page.body
