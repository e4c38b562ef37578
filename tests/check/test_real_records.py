"""Records that nobody made for a test."""

import tarfile
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.check.run import check
from tests.check.archives import make

SAMPLE = 300
EVERY = 120


def test_the_record_of_this_repository_lacks_what_its_source_does_not_say(root: Path) -> None:
    found = Counter((f.severity.value, f.code) for f in check(Archive.open(root)).findings)
    assert found == {
        ("warning", "missing-country"): 1,
        ("warning", "missing-duration"): 1,
        ("warning", "missing-language"): 1,
        ("warning", "missing-image-address"): 3,
        ("info", "missing-identifier"): 1,
        ("info", "missing-image-rights"): 3,
        ("info", "review-undated"): 2,
        ("info", "screening-undated"): 3,
    }


def test_no_error_is_found_in_records_from_elsewhere_but_what_an_archive_demands(
    shared: Path, tmp_path: Path
) -> None:
    corpus = shared / "corpora" / "wikipedia-us.tar.gz"
    if not corpus.is_file():
        pytest.skip("the corpus of film records is absent")
    files: dict[str, str | bytes] = {}
    with tarfile.open(corpus, "r|gz") as archive:
        records = (member for member in archive if member.name.endswith(".ttl"))
        for member in islice(records, 0, SAMPLE * EVERY, EVERY):
            data = archive.extractfile(member)
            assert data is not None
            files[f"records/film/{Path(member.name).name}"] = data.read()
    findings = check(make(tmp_path, files, 'base = "https://wikifilms.example.net/"\n')).findings
    errors = {finding.code for finding in findings if finding.severity.value == "error"}
    # These records have genres as texts, where an archive of filmld's links to genre records: no error.
    assert errors == set()
    assert "genre-link" in {finding.code for finding in findings}
    assert len({finding.filename for finding in findings}) == SAMPLE
