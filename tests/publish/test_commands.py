import csv
import io
import json
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.publish.site import Site
from tests.program import run, unmeasured
from tests.publish.helpers import ROOT, archive, body

FILM = "film/the-voice-of-sokurov-2014"


def filmld(*arguments: str, root: Path = ROOT) -> "subprocess.CompletedProcess[bytes]":
    return run("--root", str(root), *arguments)


def test_build_says_where_to_look(tmp_path: Path) -> None:
    done = filmld("build", "-o", str(tmp_path / "site"))
    assert done.returncode == 0
    page = Path(done.stdout.decode().strip())
    assert page == tmp_path / "site" / "current" / "www" / f"{FILM}.html"
    assert page.is_file()
    assert b"22 records" in done.stderr
    assert b"filmld serve --snapshot" in done.stderr
    assert filmld("verify", str(tmp_path / "site")).returncode == 0
    page.write_text("changed", encoding="utf-8")
    found = filmld("verify", str(tmp_path / "site" / "current"))
    assert found.returncode == 1
    assert f"www/{FILM}.html" in found.stdout.decode()


def test_build_of_a_broken_record_names_its_place_and_writes_nothing(tmp_path: Path) -> None:
    broken = archive(tmp_path / "archive", {"film/x": "<> a schema:Movie ; schema:name 'unclosed .\n"})
    done = filmld("build", root=broken.root)
    assert done.returncode == 2
    assert done.stdout == b""
    assert b"records/film/x.ttl:6" in done.stderr
    assert not (broken.root / "site").exists()


@pytest.mark.parametrize("encoded", ["ä".encode("latin-1"), b"\xff\xfe"])
def test_build_of_bytes_that_are_no_utf_8_is_refused(encoded: bytes, tmp_path: Path) -> None:
    broken = archive(tmp_path / "archive", {"film/x": ""})
    (broken.root / "records" / "film" / "x.ttl").write_bytes(encoded)
    done = filmld("build", root=broken.root)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


def test_build_without_records_is_refused(tmp_path: Path) -> None:
    empty = archive(tmp_path / "archive", {})
    assert filmld("build", root=empty.root).returncode == 2


def test_build_into_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("mine", encoding="utf-8")
    done = filmld("build", "-o", str(tmp_path))
    assert done.returncode == 2
    assert b"did not write" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]


def test_a_terminated_build_cleans_up(tmp_path: Path) -> None:
    many = {f"film/f{number}": f"</film/f{number}> a schema:Movie ." for number in range(600)}
    large = archive(tmp_path / "archive", many)
    command = [sys.executable, "-m", "filmld", "--root", str(large.root), "build", "--no-check"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=unmeasured()
    ) as running:
        snapshots = large.root / "site" / "snapshots"
        for _ in range(3000):
            if snapshots.is_dir() and any(snapshots.glob(".tmp-*/www/film")):
                break
            time.sleep(0.01)
        running.send_signal(signal.SIGTERM)
        try:
            running.communicate(timeout=60)
        finally:
            running.kill()
    assert running.returncode == 143
    assert list(snapshots.iterdir()) == []


def test_export_writes_json_ld_with_its_context_inline(tmp_path: Path) -> None:
    done = filmld("export", FILM)
    document = json.loads(done.stdout)
    assert document["@context"]["name"] == {"@id": "https://schema.org/name", "@container": "@language"}
    assert document["@graph"][0]["name"] == {"en": "The Voice of Sokurov"}


def test_export_of_several_records_and_of_all_of_them() -> None:
    two = json.loads(filmld("export", "genre/documentary", "place/finland").stdout)
    assert [node["name"] for node in two["@graph"] if "name" in node] == [
        {"en": "Documentary"},
        {"en": "Finland"},
    ]
    quads = list(ox.parse(filmld("export", "--format", "nquads").stdout, format=ox.RdfFormat.N_QUADS))
    triples = list(ox.parse(filmld("export", "--format", "ntriples").stdout, format=ox.RdfFormat.N_TRIPLES))
    assert len(quads) == len(triples)
    assert len({quad.graph_name for quad in quads}) == 22


@pytest.mark.parametrize(
    ("form", "path"),
    [
        ("embed", f"embed/{FILM}.html"),
        ("html", f"{FILM}.html"),
        ("turtle", f"{FILM}.ttl"),
        ("ntriples", f"{FILM}.nt"),
    ],
)
def test_export_writes_what_the_site_has(form: str, path: str, first_site: Site) -> None:
    asked = "https://films.example.org/film/the-voice-of-sokurov-2014"
    assert filmld("export", asked, "--format", form).stdout.decode() == body(first_site, path)


def test_export_writes_a_table_of_the_records_named_or_of_all() -> None:
    two = filmld("export", "genre/documentary", FILM, "--format", "csv").stdout.decode()
    rows = list(csv.DictReader(io.StringIO(two, newline="")))
    assert [row["name@en"] for row in rows] == ["Documentary", "The Voice of Sokurov"]
    assert rows[1]["genre_name"] == "Documentary"
    assert filmld("export", "--format", "csv").stdout.count(b"\r\n") == 23


def test_export_by_the_reference_writes_the_same_block() -> None:
    by_pyld = filmld("export", FILM, "--format", "embed", "--engine", "pyld")
    assert by_pyld.stdout.startswith(b"<script")
    assert by_pyld.stdout == filmld("export", FILM, "--format", "embed").stdout


@pytest.mark.parametrize("form", ["embed", "html", "turtle"])
def test_export_of_one_form_takes_one_record(form: str) -> None:
    for names in ((), ("place/finland", FILM)):
        done = filmld("export", *names, "--format", form)
        assert done.returncode == 2
        assert done.stdout == b""
        assert b"this takes one record" in done.stderr


def test_export_of_an_unknown_record_suggests_another() -> None:
    done = filmld("export", "film/the-voice-of-sukorov-2014")
    assert done.returncode == 2
    assert b"did you mean film/the-voice-of-sokurov-2014?" in done.stderr


def test_export_to_a_file_replaces_it_whole(tmp_path: Path) -> None:
    target = tmp_path / "snippet.html"
    target.write_text("old", encoding="utf-8")
    assert filmld("export", FILM, "--format", "embed", "-o", str(target)).returncode == 0
    assert target.read_text(encoding="utf-8").startswith("<script")
    assert [path.name for path in tmp_path.iterdir()] == ["snippet.html"]
    failed = filmld("export", FILM, "-o", str(tmp_path / "none" / "x.jsonld"))
    assert failed.returncode == 2
    assert b"cannot be written" in failed.stderr


@pytest.mark.parametrize("command", ["build", "export", "verify"])
def test_help_has_an_example_and_imports_nothing_heavy(command: str) -> None:
    done = filmld(command, "--help")
    assert b"Example: filmld" in done.stdout
    heavy = "{'jinja2', 'pyld', 'pyoxigraph'}"
    program = f"import sys, filmld.cli.{command}; print({heavy}.isdisjoint(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, check=True)
    assert loaded.stdout.strip() == b"True"
