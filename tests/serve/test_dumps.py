"""Large files are sent from where they lie, and nothing to download passes for a page."""

import gzip
import hashlib
from pathlib import Path

import pytest

from filmld.serve import snapshot
from filmld.serve.snapshot import LargeFile, Snapshot, SnapshotFile
from tests.serve.running import Running


def test_a_dump_has_a_validator_and_is_sent_in_parts_to_who_asks_so(server: Running) -> None:
    whole = server.ask("/data/all.nq")
    assert (whole.status, whole.headers["Content-Type"]) == (200, "application/n-quads")
    part = server.ask("/data/all.nq", headers={"Range": "bytes=0-99"})
    assert (part.status, part.text) == (206, whole.text[:100])
    again = server.ask("/data/all.nq", headers={"If-None-Match": whole.headers["ETag"]})
    assert (again.status, again.text) == (304, "")


def test_a_compressed_dump_is_not_compressed_again(server: Running) -> None:
    packed = server.ask("/data/all.nq.gz", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in packed.headers
    assert gzip.decompress(packed.body).decode() == server.ask("/data/all.nq").text


def test_a_table_is_saved_and_not_shown(server: Running) -> None:
    for path in ("/data/Movie.csv", "/data/Movie.spreadsheet.csv"):
        reply = server.ask(path)
        assert reply.headers["Content-Type"] == "text/csv; charset=utf-8; header=present"
        assert reply.headers["Content-Disposition"] == "attachment"
        assert reply.headers["X-Content-Type-Options"] == "nosniff"


def test_the_sums_hold_for_what_is_sent(server: Running) -> None:
    sums = server.ask("/data/SHA256SUMS").text.splitlines()
    for name in ("all.jsonl", "all.ttl.gz", "Movie.parquet"):
        assert f"{hashlib.sha256(server.ask(f'/data/{name}').body).hexdigest()}  {name}" in sums


@pytest.mark.parametrize(
    "path", ["/void.ttl", "/.well-known/void", "/ontology/filmld.ttl", "/shapes/film.ttl"]
)
def test_descriptions_are_turtle(server: Running, path: str) -> None:
    assert server.ask(path).headers["Content-Type"] == "text/turtle; charset=utf-8"


def test_the_ontology_has_a_page_and_turtle_at_one_address(server: Running) -> None:
    assert "fld:Credit" in server.ask("/ontology/credits").text
    reply = server.ask("/ontology/credits", headers={"Accept": "text/turtle"})
    assert (reply.status, reply.headers["Location"]) == (303, "/ontology/credits.ttl")
    assert server.ask("/ontology/").status == 200


def test_a_snapshot_holds_small_files_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshot, "LARGEST_HELD", 3)
    (tmp_path / "store").mkdir()
    (tmp_path / "www" / ".well-known").mkdir(parents=True)
    for name, text in (("a.csv", "abc"), ("b.nq", "abcd"), (".well-known/void", ""), ("c.ttl.gz", "abcd")):
        (tmp_path / "www" / name).write_text(text, encoding="ascii")
    found = Snapshot(tmp_path)
    csv = "text/csv; charset=utf-8; header=present"
    assert found.render("a.csv") == SnapshotFile(b"abc", csv)
    assert found.render("b.nq") == LargeFile(tmp_path / "www" / "b.nq", "application/n-quads")
    assert found.render("c.ttl.gz") == LargeFile(tmp_path / "www" / "c.ttl.gz", "application/gzip")
    assert found.render(".well-known/void") == SnapshotFile(b"", "text/turtle; charset=utf-8")
    (tmp_path / "www" / "b.nq").unlink()
    assert found.render("b.nq") is None
