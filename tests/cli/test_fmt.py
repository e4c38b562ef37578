"""``filmld fmt`` lays records out and harms none."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import HEAD, Run

LOOSE = HEAD + '\nfilm:moloch-1999 a schema:Movie; schema:name "Moloch"@en, "Молох"@ru. # two titles\n'
LAID_OUT = (
    HEAD
    + """
film:moloch-1999
    a schema:Movie ;
    schema:name "Moloch"@en ;
    schema:name "Молох"@ru ; # two titles
.
"""
)


def test_a_record_is_laid_out_one_statement_a_line(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    result = filmld("fmt")
    assert (result.returncode, result.stdout) == (0, "records/film/moloch-1999.ttl\n")
    assert film.read_text(encoding="utf-8") == LAID_OUT
    assert "1 record laid out anew" in result.stderr


def test_the_second_run_changes_nothing(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    filmld("fmt")
    status = film.stat()
    assert filmld("fmt").stdout == ""
    assert film.stat().st_mtime_ns == status.st_mtime_ns


def test_check_changes_nothing_and_says_which_records_would_change(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    result = filmld("fmt", "--check")
    assert (result.returncode, result.stdout) == (1, "records/film/moloch-1999.ttl\n")
    assert film.read_text(encoding="utf-8") == LOOSE


def test_check_is_content_with_records_in_the_house_style(filmld: Run) -> None:
    result = filmld("fmt", "--check")
    assert (result.returncode, result.stdout) == (0, "")


def test_diff_shows_the_lines_and_changes_nothing(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    result = filmld("fmt", "--diff")
    assert result.returncode == 0
    assert '+    schema:name "Молох"@ru ; # two titles\n' in result.stdout
    assert result.stdout.startswith(
        "--- a/records/film/moloch-1999.ttl\n+++ b/records/film/moloch-1999.ttl\n"
    )
    assert film.read_text(encoding="utf-8") == LOOSE


def test_a_dash_filters_standard_input(filmld: Run) -> None:
    result = filmld("fmt", "-", stdin=LOOSE.encode())
    assert (result.returncode, result.stdout, result.stderr) == (0, LAID_OUT, "")


def test_a_record_with_a_mistake_is_not_touched_and_the_mistake_is_shown(filmld: Run, film: Path) -> None:
    wrong = LOOSE.replace("schema:name", "scheam:name")
    film.write_text(wrong, encoding="utf-8")
    result = filmld("fmt")
    assert result.returncode == 1
    assert "records/film/moloch-1999.ttl:6:34: error[unknown-prefix]" in result.stderr
    assert film.read_text(encoding="utf-8") == wrong


def test_a_file_that_is_not_utf8_is_not_touched(filmld: Run, film: Path) -> None:
    latin = LOOSE.encode("utf-16")
    film.write_bytes(latin)
    assert filmld("fmt").returncode == 1
    assert film.read_bytes() == latin


def test_the_mode_of_a_file_is_kept(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    film.chmod(0o640)
    filmld("fmt")
    assert film.read_text(encoding="utf-8") == LAID_OUT
    assert stat.S_IMODE(film.stat().st_mode) == 0o640


def test_a_link_is_refused(filmld: Run, film: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.ttl"
    target.write_text(LOOSE, encoding="utf-8")
    film.unlink()
    film.symlink_to(target)
    result = filmld("fmt", "records/film/moloch-1999.ttl")
    assert result.returncode == 2
    assert "it is a link to another place" in result.stderr
    assert film.is_symlink()
    assert target.read_text(encoding="utf-8") == LOOSE


def test_a_read_only_file_is_refused(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    film.chmod(0o444)
    result = filmld("fmt")
    assert result.returncode == 2
    assert "it is marked read-only" in result.stderr
    assert film.read_text(encoding="utf-8") == LOOSE


def test_a_byte_order_mark_is_taken_away(filmld: Run, film: Path) -> None:
    film.write_bytes(b"\xef\xbb\xbf" + LAID_OUT.encode())
    assert filmld("fmt").returncode == 0
    assert film.read_bytes() == LAID_OUT.encode()


def test_nothing_else_is_left_in_the_folder(filmld: Run, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    filmld("fmt")
    assert [path.name for path in film.parent.iterdir()] == ["moloch-1999.ttl"]


def test_a_file_of_another_kind_is_refused(filmld: Run, archive: Path) -> None:
    result = filmld("fmt", "filmld.toml")
    assert result.returncode == 2
    assert "is not a Turtle file" in result.stderr


@pytest.mark.parametrize("name", ["--help.ttl", "-rf.ttl", "two words.ttl"])
def test_any_name_is_data(filmld: Run, film: Path, name: str) -> None:
    odd = film.with_name(name)
    odd.write_text(LOOSE, encoding="utf-8")
    assert filmld("fmt").returncode == 0
    assert odd.read_text(encoding="utf-8") == LAID_OUT


LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))
from filmld.cli.main import main
sys.argv = ["filmld", "fmt"]
main()
"""


def test_a_full_disk_leaves_the_record_as_it_was(archive: Path, film: Path) -> None:
    film.write_text(LOOSE, encoding="utf-8")
    result = subprocess.run(
        [sys.executable, "-c", LIMITED], cwd=archive, capture_output=True, check=False, encoding="utf-8"
    )
    assert result.returncode == 2
    assert "records/film/moloch-1999.ttl was not changed" in result.stderr
    assert film.read_text(encoding="utf-8") == LOOSE
    assert [path.name for path in film.parent.iterdir()] == ["moloch-1999.ttl"]


@pytest.mark.slow
def test_killed_at_any_moment_every_record_is_old_or_new(archive: Path, film: Path) -> None:
    films = [film.with_name(f"film-{number}.ttl") for number in range(200)]
    for moment in range(1, 11):
        for path in films:
            path.write_text(LOOSE, encoding="utf-8")
        with subprocess.Popen(
            [sys.executable, "-m", "filmld", "fmt"], cwd=archive, stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            for _ in range(moment * 15):
                process.stdout.readline()
            process.kill()
        texts = {path.read_text(encoding="utf-8") for path in films}
        assert texts <= {LOOSE, LAID_OUT}
        assert LAID_OUT in texts
