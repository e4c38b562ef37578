"""Dumps are put together from pieces, which serve again until one of their records changes."""

import gzip
import io
import os
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic, Severity
from filmld.publish import bundles, pieces
from filmld.publish.bundles import Bundle, DamagedError
from filmld.publish.deflate import packed, unpacked, write_both
from filmld.publish.manifest import read_manifest
from filmld.publish.pieces import chunks
from filmld.publish.snapshot import build
from tests.publish.helpers import catalog
from tests.publish.published import Published

MANY = {
    **{
        f"film/f{number}": f"</film/f{number}> a schema:Movie ; schema:name 'F{number}' ; "
        f"schema:director </person/p{number % 3}> ."
        for number in range(40)
    },
    **{
        f"person/p{number}": f"</person/p{number}> a schema:Person ; schema:name 'P' ." for number in range(3)
    },
}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a piece hold four records at most, so that a small archive has several."""
    monkeypatch.setattr(pieces, "MOST", 4)


@pytest.fixture(scope="module")
def first_build(tmp_path_factory: pytest.TempPathFactory) -> Published:
    """One of this module alone: elsewhere pieces are larger."""
    return Published(tmp_path_factory.mktemp("published"))


@pytest.fixture
def made(few: None, tmp_path: Path) -> Catalog:
    return catalog(tmp_path / "archive", MANY)


@given(st.lists(st.binary(), max_size=5))
def test_compressed_parts_together_are_one_member_that_any_reader_takes(
    tmp_path_factory: pytest.TempPathFactory, texts: list[bytes]
) -> None:
    folder = tmp_path_factory.mktemp("parts")
    write_both(folder / "plain", folder / "gz", map(packed, texts))
    whole = b"".join(texts)
    assert (folder / "plain").read_bytes() == whole
    one = zlib.decompressobj(zlib.MAX_WBITS | 16)
    assert one.decompress((folder / "gz").read_bytes()) == whole
    assert one.eof
    assert one.unused_data == b""
    assert gzip.GzipFile(fileobj=io.BytesIO((folder / "gz").read_bytes())).read() == whole


@given(st.binary())
def test_a_part_reads_back(data: bytes) -> None:
    assert unpacked(packed(data)) == data


def test_a_bundle_reads_back_and_any_byte_that_is_wrong_is_noticed(tmp_path: Path) -> None:
    made = Bundle.of({"counted": [1, "ä"]}, {"one": packed(b"1\n2\n"), "two": b"", "three": packed(b"3")})
    path = tmp_path / "bundle"
    right = made.encoded()
    path.write_bytes(right)
    assert bundles.read(path) == made
    for place in range(len(right)):
        path.write_bytes(right[:place] + bytes([right[place] ^ 1]) + right[place + 1 :])
        with pytest.raises(DamagedError):
            bundles.read(path)
    for length in range(len(right)):
        path.write_bytes(right[:length])
        with pytest.raises(DamagedError):
            bundles.read(path)


def test_a_bundle_of_another_version_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as later:
        later.setattr(bundles, "_FORMAT", 3)
        (tmp_path / "bundle").write_bytes(Bundle.of(None, {}).encoded())
    with pytest.raises(DamagedError):
        bundles.read(tmp_path / "bundle")


def test_pieces_hold_all_records_in_their_order(made: Catalog) -> None:
    records = list(made.records.values())
    whole = list(chunks(records))
    assert [record for chunk in whole for record in chunk.records] == records
    assert len({chunk.name for chunk in whole}) == len(whole) >= len(records) / 4


def test_where_a_record_comes_or_goes_most_pieces_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_EVERY", 4)
    records = list(catalog(tmp_path, MANY).records.values())
    whole = set(chunks(records))
    assert len(whole) > 4
    for number in range(len(records)):
        fewer = set(chunks(records[:number] + records[number + 1 :]))
        assert len(whole - fewer) <= 2
        assert len(fewer - whole) <= 1


def inodes(output: Path, folder: str) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (output / "current" / folder).iterdir()}


def data(output: Path) -> dict[str, bytes]:
    folder = output / "current" / "www" / "data"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_only_the_piece_of_a_changed_record_and_those_that_name_it_are_made_anew(
    made: Catalog, tmp_path: Path, first_build: Published
) -> None:
    output = tmp_path / "site"
    first_build(made, output)
    before = inodes(output, "pieces")
    text = MANY["film/f7"].replace("F7", "Seven")
    later = catalog(made.archive.root, {"film/f7": text})
    build(later, output)
    after = inodes(output, "pieces")
    (changed,) = [
        chunk.name
        for chunk in chunks(later.records.values())
        if any(record.iri.endswith("/film/f7") for record in chunk.records)
    ]
    anew = {name for name in after if after[name] != before.get(name)}
    assert anew == {changed, f"{changed}.tables", "derived.facts"}  # which has names in it, too
    assert b"Seven" in data(output)["Movie.csv"]


@pytest.mark.parametrize("how", ["gone", "damaged", "of another version"])
def test_pieces_that_cannot_be_used_are_made_anew(
    how: str, made: Catalog, tmp_path: Path, first_build: Published
) -> None:
    some, every = tmp_path / "some", tmp_path / "every"
    first_build(made, some)
    for path in (some / "current" / "pieces").iterdir():
        status = path.stat()
        match how:
            case "gone":
                path.unlink()
            case "damaged":
                path.write_bytes(path.read_bytes()[:-1] + b"?")
            case _:
                path.write_bytes(Bundle.of(None, {}).encoded().replace(b'"format":2', b'"format":9'))
        if path.exists():  # as if nobody had touched it
            os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    later = catalog(made.archive.root, {"person/p0": "</person/p0> a schema:Person ; schema:name 'Q' ."})
    build(later, some)
    first_build(later, every)
    assert data(some) == data(every)
    files = read_manifest(some / "current").files
    assert sorted(name for name in files if name.startswith("pieces/")) == sorted(
        f"pieces/{path.name}" for path in (some / "current" / "pieces").iterdir()
    )


def test_pieces_outlive_a_build_that_leaves_the_dumps_alone(made: Catalog, tmp_path: Path) -> None:
    output = tmp_path / "site"
    build(made, output, findings={})
    before = inodes(output, "pieces")
    finding = Diagnostic(code="odd", severity=Severity.ERROR, message="odd", filename="records/film/f1.ttl")
    built = build(made, output, findings={"records/film/f1.ttl": (finding,)})
    assert built.written == 1
    assert inodes(output, "pieces") == before
