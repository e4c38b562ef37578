"""``filmld init``."""

import shlex
import subprocess
import sys
from pathlib import Path

from tests.cli.program import SOURCES, filmld

OFFLINE = """
import sys
def refuse(event, _):
    if event in {"socket.connect", "socket.getaddrinfo", "socket.sendto"}:
        raise OSError(event)
sys.addaudithook(refuse)
from filmld.cli.main import main
main()
"""


def test_a_new_archive_checks_without_error_or_warning_and_can_be_published(tmp_path: Path) -> None:
    done = filmld("init", "my archive", "--base", "https://kino.example/", at=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "my archive/filmld.toml\n" in done.stdout
    assert "cd 'my archive'\n" in done.stderr
    assert "git config diff.turtle.xfuncname '" in done.stderr
    folder = tmp_path / "my archive"
    checked = filmld("check", "--fail-on", "warning", at=folder)
    assert checked.returncode == 0, checked.stdout
    assert filmld("new", "film", "Moloch", "--year", "1999", at=folder).returncode == 0
    assert filmld("build", at=folder).returncode == 0
    assert (folder / "site/current/www/film/example-film-2024.html").is_file()


def test_in_this_folder_with_an_address_that_is_an_example(tmp_path: Path) -> None:
    done = filmld("init", at=tmp_path)
    assert done.returncode == 0
    assert "https://films.example.org/, an example" in done.stderr
    assert "cd " not in done.stderr
    again = filmld("init", at=tmp_path)
    assert again.returncode == 2
    assert "is an archive already; nothing was changed" in again.stderr


def test_a_file_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").touch()
    done = filmld("init", str(tmp_path), at=tmp_path)
    assert done.returncode == 2
    assert ".gitignore already; nothing was changed" in done.stderr


def test_a_file_cannot_become_an_archive(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    done = filmld("init", "file", at=tmp_path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_neither_init_nor_new_touches_the_network(tmp_path: Path) -> None:
    for arguments in (["init"], ["new", "film", "Moloch"]):
        done = subprocess.run(
            [sys.executable, "-c", OFFLINE, *arguments],
            cwd=tmp_path,
            env={"PYTHONPATH": str(SOURCES)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, done.stderr


def test_a_reader_who_has_left_does_no_harm(tmp_path: Path) -> None:
    for command in ("init archive", "--root archive new film Moloch"):
        for redirection in ("| true", ">&-"):
            done = subprocess.run(
                ["sh", "-c", f"{shlex.quote(sys.executable)} -m filmld {command} {redirection}"],
                cwd=tmp_path,
                env={"PYTHONPATH": str(SOURCES)},
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
            assert "Traceback" not in done.stderr
    assert (tmp_path / "archive/records/film/moloch.ttl").is_file()


def test_help_shows_an_example(tmp_path: Path) -> None:
    assert "Example: filmld init" in filmld("init", "--help", at=tmp_path).stdout
    assert "Example: filmld new film" in filmld("new", "--help", at=tmp_path).stdout
    assert "  init " in filmld("--help", at=tmp_path).stdout
