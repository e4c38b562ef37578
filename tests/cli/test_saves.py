"""What is new in a record that was saved."""

import random
import threading
import time
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.cli import saves as watching
from filmld.cli.saves import news, saves
from filmld.diagnostics import Diagnostic, Severity, by_place


def finding(choose: random.Random) -> Diagnostic:
    return Diagnostic(
        code="missing-year",
        severity=Severity.WARNING,
        message=str(choose.randint(1, 6)),
        filename=choose.choice("abcde"),
    )


@pytest.mark.parametrize("seed", range(20))
def test_news_are_the_findings_of_changed_files_and_those_that_were_not_there_before(seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311  the same findings in every run
    for _ in range(50):
        before = tuple(by_place({finding(choose) for _ in range(choose.randint(0, 8))}))
        kept = [one for one in before if choose.random() < 0.7]
        after = tuple(by_place({*kept, *(finding(choose) for _ in range(choose.randint(0, 3)))}))
        changed = {name for name in "abcde" if choose.random() < 0.2}
        assert list(news(before, after, changed)) == [
            one for one in after if one.filename in changed or one not in before
        ]


def watched(folder: Path, save: threading.Thread) -> tuple[set[str], bytes]:
    """What is said to be saved at first, and what the film holds by then."""
    (folder / "filmld.toml").write_text('base = "https://x.example/"\n', encoding="utf-8")
    film = folder / "records" / "film" / "x.ttl"
    film.parent.mkdir(parents=True)
    film.write_text("# a film\n", encoding="utf-8")
    stop = threading.Event()
    found = saves(Archive.open(folder), stop)
    assert next(found) == set()
    save.start()
    names = next(found)
    held = film.read_bytes()
    save.join()
    stop.set()
    return names, held


def test_a_file_that_is_emptied_before_it_is_written_is_seen_when_it_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "PATIENCE", 20.0)
    film = tmp_path / "records" / "film" / "x.ttl"

    def save() -> None:
        with film.open("wb") as file:  # which empties it
            time.sleep(0.5)
            file.write(b"# another film\n")

    assert watched(tmp_path, threading.Thread(target=save)) == ({"records/film/x.ttl"}, b"# another film\n")


def test_a_file_that_stays_empty_is_seen_all_the_same(tmp_path: Path) -> None:
    film = tmp_path / "records" / "film" / "x.ttl"
    save = threading.Thread(target=lambda: film.write_bytes(b""))
    assert watched(tmp_path, save) == ({"records/film/x.ttl"}, b"")
