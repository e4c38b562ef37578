"""In a large archive files that are named one by one are looked at alone; the others count as they were."""

import random
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.archive.records import MAX_BYTES
from filmld.check.report import Report, about
from filmld.check.run import Checks, check
from filmld.check.stored import opened
from filmld.errors import NoMatchingRecordsError
from tests.check.archives import make
from tests.check.stored.edits import EDITS, HEAD, invented

FILM = (
    f'{HEAD}film:f1\n    a schema:Movie ;\n    schema:name "Kuu"@fi ;\n    schema:director person:p1 ;\n.\n'
)
PERSON = f'{HEAD}person:p1\n    a schema:Person ;\n    schema:name "Aki" ;\n.\n'


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Archive:
    """An archive that counts as large."""
    monkeypatch.setattr(opened, "FEW", 0)
    return make(tmp_path, {"records/film/f1.ttl": FILM, "records/person/p1.ttl": PERSON})


def codes(report: Report) -> set[str]:
    return {finding.code for finding in report.findings}


def test_what_is_told_of_a_named_file_is_what_a_check_of_all_tells_of_it(archive: Archive) -> None:
    film = archive.root / "records/film/f1.ttl"
    whole = check(archive)
    assert check(archive, (film,)).findings == tuple(
        finding for finding in whole.findings if finding.filename == "records/film/f1.ttl"
    )
    film.write_text(FILM.replace("schema:director", "schema:directorr"), encoding="utf-8")
    named = check(archive, (film,))
    assert "unknown-property" in codes(named)
    assert named.files == 1
    assert named.findings == tuple(
        finding for finding in check(archive).findings if finding.filename == "records/film/f1.ttl"
    )


def test_another_file_counts_as_it_was_until_all_are_looked_at(archive: Archive) -> None:
    check(archive)
    (archive.root / "records/person/p1.ttl").unlink()
    film = archive.root / "records/film/f1.ttl"
    assert "dangling-link" not in codes(check(archive, (film,)))
    assert "dangling-link" in codes(check(archive))


def test_in_a_small_archive_all_files_are_looked_at(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "FEW", 2)
    check(archive)
    (archive.root / "records/person/p1.ttl").unlink()
    assert "dangling-link" in codes(check(archive, (archive.root / "records/film/f1.ttl",)))


def test_the_first_check_looks_at_all_even_if_one_file_is_named(archive: Archive) -> None:
    report = check(archive, (archive.root / "records/film/f1.ttl",))
    assert "dangling-link" not in codes(report)
    assert report.files == 1


def test_a_named_file_that_is_new_is_looked_at_alone(archive: Archive) -> None:
    check(archive)
    film = archive.root / "records/film/f1.ttl"
    film.write_text(FILM.replace("schema:director", "schema:directorr"), encoding="utf-8")
    new = archive.root / "records/film/f2.ttl"
    new.write_text(FILM.replace("f1", "f2").replace("Kuu", "Meri"), encoding="utf-8")
    report = check(archive, (new,))
    assert report.files == 1
    assert "unknown-property" not in codes(check(archive, (film.with_name("f2.ttl"),)))
    whole = check(archive)
    assert "unknown-property" in codes(whole)
    assert report.findings == tuple(
        finding for finding in whole.findings if finding.filename == "records/film/f2.ttl"
    )


@pytest.mark.parametrize(
    ("there", "comes"),
    [
        ("f1", "F1"),
        ("kuu", "\u212auu"),  # a kelvin is a k
        ("\u212auu", "kuu"),
        ("\u00e4iti", "a\u0308iti"),
        ("A\u0308iti", "\u00e4iti"),
        ("stra\u00dfe", "STRASSE"),
    ],
)
def test_a_new_file_whose_name_another_has_on_some_computers_has_all_looked_at(
    archive: Archive, there: str, comes: str
) -> None:
    films = archive.root / "records/film"
    (films / f"{there}.ttl").write_text(FILM.replace("film:f1", f"film:{there}"), encoding="utf-8")
    check(archive)
    (films / f"{comes}.ttl").write_text(FILM.replace("film:f1", f"film:{comes}"), encoding="utf-8")
    assert "name-collision" in codes(check(archive, (films / f"{comes}.ttl",)))


def test_a_named_file_is_told_of_with_what_others_say_of_its_things(archive: Archive) -> None:
    """A year that seems to be missing in one file stands in another, under a misspelt name."""
    other = archive.root / "records/person/p2.ttl"
    person = PERSON.replace("p1", "p2").replace("Aki", "Leena")
    other.write_text(f"{person}film:f1 schema:dateCreatd 1999 .\n", encoding="utf-8")
    (archive.root / "records/film/f2.ttl").write_text(FILM.replace("f1", "f2"), encoding="utf-8")
    whole = check(archive).findings
    assert {"unknown-property", "possible-duplicate"} <= {finding.code for finding in whole}
    for path in sorted((archive.root / "records").rglob("*.ttl")):
        name = path.relative_to(archive.root).as_posix()
        assert check(archive, (path,)).findings == about(whole, {name}), name
    film = archive.root / "records/film/f1.ttl"
    assert "missing-year" not in {one.code for one in whole if one.filename == "records/film/f1.ttl"}
    other.unlink()
    check(archive)
    assert "missing-year" in codes(check(archive, (film,)))


@pytest.mark.parametrize("seed", range(2))
def test_each_file_is_told_of_as_in_a_check_of_all_after_edits_of_all_kinds(
    seed: int, archive: Archive
) -> None:
    choose = random.Random(seed)  # noqa: S311  the same edits in every run
    make(archive.root, invented(choose))
    for _ in range(4):
        choose.choice(EDITS)(archive.root / "records", choose)
    whole = check(archive).findings
    for path in sorted((archive.root / "records").rglob("*.ttl")):
        name = path.relative_to(archive.root).as_posix()
        assert check(archive, (path,)).findings == about(whole, {name}), name


def test_a_finding_in_one_file_about_another_is_told_of_either(archive: Archive) -> None:
    twin = archive.root / "records/film/f2.ttl"
    twin.write_text(FILM.replace("f1", "f2"), encoding="utf-8")
    whole = check(archive)
    (told,) = [finding for finding in whole.findings if finding.code == "possible-duplicate"]
    for name in ("f1", "f2"):
        assert told in check(archive, (archive.root / f"records/film/{name}.ttl",)).findings


def test_a_session_that_looked_at_one_file_looks_at_all_when_asked_to(archive: Archive) -> None:
    check(archive)
    film = archive.root / "records/film/f1.ttl"
    with Checks(archive) as checks:
        assert checks.check((film,)).files == 1
        (archive.root / "records/person/p1.ttl").unlink()
        assert "dangling-link" in codes(checks.check())


def test_a_named_file_that_is_no_record_any_more_has_all_looked_at(archive: Archive) -> None:
    check(archive)
    film = archive.root / "records/film/f1.ttl"
    film.write_bytes(b"#" * (MAX_BYTES + 1))
    with pytest.raises(NoMatchingRecordsError):
        check(archive, (film,))
    assert "not-a-record" in codes(check(archive))
