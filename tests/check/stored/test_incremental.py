"""A check by the index finds what a check of everything finds, whatever has changed in between."""

import random
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.check.at_once import check_at_once
from filmld.check.report import Report
from filmld.check.run import Checks, check
from filmld.check.stored import planning, sharing
from filmld.check.stored.listing import Listing, listing
from tests.check.archives import make
from tests.check.stored.edits import EDITS, invented

ROUNDS = 5


def same(warm: Report, archive: Archive, told: str) -> None:
    cold = check_at_once(archive)
    assert warm.files == cold.files, told
    assert warm.findings == cold.findings, told


@pytest.mark.parametrize("seed", range(1))
def test_after_each_of_many_edits_the_findings_are_those_of_a_check_of_everything(
    seed: int, tmp_path: Path
) -> None:
    edit_at_random(tmp_path, seed, ROUNDS)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 106))
def test_after_each_of_very_many_edits_too(seed: int, tmp_path: Path) -> None:
    edit_at_random(tmp_path, seed, 25)


@pytest.fixture
def foretold(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known is told while files are listed, as where there are very many of them."""

    def meanwhile_first(
        folder: Path, root: Path, before: Mapping[str, str], meanwhile: Callable[[], object]
    ) -> Listing:
        del before
        meanwhile()
        return listing(folder, root)

    monkeypatch.setattr(planning, "SHARED", 0)
    monkeypatch.setattr(sharing, "can_share", lambda: True)
    monkeypatch.setattr(sharing, "shared_listing", meanwhile_first)


@pytest.mark.usefixtures("foretold")
@pytest.mark.parametrize("seed", range(2, 3))
def test_after_many_edits_they_are_where_what_is_known_was_told_meanwhile(seed: int, tmp_path: Path) -> None:
    edit_at_random(tmp_path, seed, ROUNDS)


@pytest.mark.slow
@pytest.mark.usefixtures("foretold")
@pytest.mark.parametrize("seed", range(200, 206))
def test_after_very_many_edits_they_are_there_too(seed: int, tmp_path: Path) -> None:
    edit_at_random(tmp_path, seed, 25)


def edit_at_random(folder: Path, seed: int, rounds: int) -> None:
    choose = random.Random(seed)  # noqa: S311  the same edits in every run
    archive = make(folder, invented(choose))
    with Checks(archive) as checks:
        same(checks.check(), archive, "at first")
        done = []
        for _ in range(rounds):
            edit = choose.choice(EDITS)
            edit(folder / "records", choose)
            done.append(edit.__name__)
            # Now by the session that is open, now by a new one.
            warm = checks.check() if choose.random() < 0.5 else check(archive)
            same(warm, archive, " ".join(done))


def test_a_comment_in_a_file_that_is_gone_is_told_no_more(tmp_path: Path) -> None:
    # Nothing else may be found in the file, or its findings would take the comment along.
    genre = (
        "@prefix schema: <https://schema.org/> .\n\n"
        "# filmld: ok missing-country as it is\n"
        "<https://films.example.org/genre/g1>\n"
        "    a schema:DefinedTerm ;\n"
        '    schema:name "Drama"@en .\n'
    )
    archive = make(
        tmp_path, {"records/genre/g1.ttl": genre, "records/genre/g2.ttl": genre.replace("g1", "g2")}
    )
    with Checks(archive) as checks:
        first = [finding.code for finding in checks.check().findings if finding.filename.endswith("g1.ttl")]
        (tmp_path / "records/genre/g1.ttl").unlink()
        left = [finding for finding in checks.check().findings if finding.filename.endswith("g1.ttl")]
    assert first == ["unused-suppression"]
    assert left == []
