import os
import shutil
import subprocess
from pathlib import Path

import pytest

from filmld.archive import history
from filmld.archive.history import History

GIT = shutil.which("git")
pytestmark = pytest.mark.skipif(GIT is None, reason="git is not installed")


def git(folder: Path, *arguments: str, day: str = "2020-01-01") -> None:
    moment = f"{day}T12:00:00+00:00"
    environment = os.environ | {
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(
        ["git", *identity, *arguments], cwd=folder, env=environment, check=True, capture_output=True
    )


def write(folder: Path, name: str, text: str, day: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    git(folder, "add", "--all", day=day)
    git(folder, "commit", "--quiet", "--message", "x", day=day)


def test_each_file_has_the_day_of_its_last_change(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "archive/records/film/a.ttl", "1", "2020-01-01")
    write(tmp_path, "archive/records/film/ä b.ttl", "1", "2021-02-03")
    write(tmp_path, "archive/records/film/a.ttl", "2", "2022-03-04")
    write(tmp_path, "archive/other.txt", "2", "2023-03-04")
    found = History(tmp_path / "archive", "records")
    assert found.last_change("records/film/a.ttl") == "2022-03-04"
    assert found.last_change("records/film/ä b.ttl") == "2021-02-03"
    assert found.last_change("records/film/none.ttl") is None
    assert found.last_change("other.txt") is None


def test_a_folder_without_git_has_no_history(tmp_path: Path) -> None:
    assert History(tmp_path, "records").last_change("records/film/a.ttl") is None


def test_a_repository_that_git_refuses_has_no_history(tmp_path: Path) -> None:
    (tmp_path / ".git").write_text("gitdir: /nowhere\n", encoding="utf-8")
    assert History(tmp_path, "records").last_change("records/film/a.ttl") is None


def test_git_that_takes_too_long_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "bin" / "git"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\nexec sleep 30\n", encoding="utf-8")
    program.chmod(0o755)
    (tmp_path / ".git").mkdir()
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(history, "SECONDS", 0.2)
    assert History(tmp_path, "records").last_change("records/film/a.ttl") is None


def test_git_is_asked_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(tmp_path, "init", "--quiet")
    write(tmp_path, "records/film/a.ttl", "1", "2020-01-01")
    found = History(tmp_path, "records")
    assert found.last_change("records/film/a.ttl") == "2020-01-01"
    monkeypatch.setenv("PATH", "")
    assert found.last_change("records/film/a.ttl") == "2020-01-01"
