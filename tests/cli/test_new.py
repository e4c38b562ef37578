"""``filmld new``."""

import json
import os
import stat
from pathlib import Path

import pytest

from filmld.archive.kinds import KINDS
from filmld.turtle.reader import read
from tests.cli.program import filmld

FILM = "records/film/the-voice-of-sokurov-2014.ttl"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    folder.mkdir()
    (folder / "filmld.toml").write_text(
        'base = "https://films.example.org/"\nlanguages = ["fi", "en"]\n', encoding="utf-8"
    )
    return folder


def files(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}


def test_a_film_gets_a_record_at_its_address(archive: Path) -> None:
    done = filmld("new", "film", "The Voice of Sokurov", "--year", "2014", "--language", "en", at=archive)
    assert done.returncode == 0
    assert done.stdout == f"{FILM}\n"
    assert "https://films.example.org/film/the-voice-of-sokurov-2014\n" in done.stderr
    assert "filmld check" in done.stderr
    text = (archive / FILM).read_text(encoding="utf-8")
    assert '    schema:name "The Voice of Sokurov"@en ;\n' in text
    assert files(archive) == {"filmld.toml", FILM}


def test_its_path_can_be_given_to_an_editor_from_anywhere(archive: Path, tmp_path: Path) -> None:
    done = filmld("--root", "archive", "new", "person", "Leena Kilpeläinen", at=tmp_path)
    assert (tmp_path / done.stdout.strip()).is_file()
    deep = archive / "records" / "person"
    done = filmld("new", "person", "Antti Alanen", at=deep)
    assert done.stdout == "antti-alanen.ttl\n"
    done = filmld("new", "film", "Moloch", at=deep)
    assert done.stdout == f"{archive.resolve()}/records/film/moloch.ttl\n"


def test_a_title_is_marked_with_the_first_language_of_the_archive(archive: Path) -> None:
    filmld("new", "film", "Sokurovin ääni", at=archive)
    assert '"Sokurovin ääni"@fi' in (archive / "records/film/sokurovin-aani.ttl").read_text(encoding="utf-8")
    filmld("new", "person", "Alexander Sokurov", at=archive)
    text = (archive / "records/person/alexander-sokurov.ttl").read_text(encoding="utf-8")
    assert '"Alexander Sokurov" ;' in text


def test_every_kind_passes_the_check(archive: Path) -> None:
    for kind in KINDS:
        assert filmld("new", kind, "A Name", at=archive).returncode == 0
    done = filmld("check", "--format", "json", at=archive)
    assert done.returncode == 0, done.stdout
    codes = {finding["code"] for finding in json.loads(done.stdout)}
    assert codes
    assert all(code.startswith("missing-") or code == "unused-record" for code in codes), codes


def test_a_record_that_exists_is_left_alone(archive: Path) -> None:
    filmld("new", "film", "Moloch", "--year", "1999", at=archive)
    path = archive / "records/film/moloch-1999.ttl"
    path.write_text("mine", encoding="utf-8")
    done = filmld("new", "film", "MOLOCH", "--year", "1999", at=archive)
    assert done.returncode == 2
    assert "records/film/moloch-1999.ttl exists already; nothing was changed" in done.stderr
    assert "--slug moloch-1999-2" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_a_record_in_other_case_counts_since_some_systems_do_not_tell(archive: Path) -> None:
    path = archive / "records/film/Moloch.ttl"
    path.parent.mkdir(parents=True)
    path.touch()
    assert filmld("new", "film", "Moloch", at=archive).returncode == 2


def test_force_begins_it_anew_and_keeps_its_mode(archive: Path) -> None:
    filmld("new", "film", "Moloch", at=archive)
    path = archive / "records/film/moloch.ttl"
    path.write_text("mine", encoding="utf-8")
    path.chmod(0o640)
    assert filmld("new", "film", "Moloch", "--force", at=archive).returncode == 0
    assert read(path.read_text(encoding="utf-8")).diagnostics == ()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_force_does_not_touch_what_is_marked_read_only(archive: Path) -> None:
    filmld("new", "film", "Moloch", at=archive)
    path = archive / "records/film/moloch.ttl"
    path.write_text("mine", encoding="utf-8")
    path.chmod(0o440)
    done = filmld("new", "film", "Moloch", "--force", at=archive)
    assert done.returncode == 2
    assert "was not changed: it is marked read-only" in done.stderr
    assert path.read_text(encoding="utf-8") == "mine"


def test_another_film_of_the_same_name_can_be_named(archive: Path) -> None:
    filmld("new", "film", "Moloch", at=archive)
    done = filmld("new", "film", "Moloch", "--slug", "moloch-the-other", at=archive)
    assert done.stdout == "records/film/moloch-the-other.ttl\n"
    assert "note: records/film/moloch.ttl has the same name; is it the same film?" in done.stderr


@pytest.mark.parametrize(
    ("title", "place"),
    [
        ("../../x", "records/film/x.ttl"),
        ("/etc/passwd", "records/film/etc-passwd.ttl"),
        ("CON", "records/film/con-2.ttl"),
        ("..\\x", "records/film/x.ttl"),
        ("東京", "records/film/6771-4eac.ttl"),
        ("a" * 300, f"records/film/{'a' * 80}.ttl"),
    ],
)
def test_a_title_cannot_lead_out_of_its_folder(archive: Path, title: str, place: str) -> None:
    assert filmld("new", "film", title, at=archive).stdout == f"{place}\n"
    assert files(archive.parent) == {"archive/filmld.toml", f"archive/{place}"}


@pytest.mark.parametrize("title", ["", " ", "🎬", "???", "..", "a\x1b[31m", b"\xff\xfe", b"caf\xe9"])
def test_a_title_that_can_be_no_address_is_refused(archive: Path, title: str | bytes) -> None:
    done = filmld("new", "film", title, at=archive)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.startswith("filmld: ")
    assert "\x1b" not in done.stderr
    assert files(archive) == {"filmld.toml"}


@pytest.mark.parametrize("slug", ["../x", "CON", "con", "", "a b", "/x", "x" * 81, "ä"])
def test_a_slug_that_is_none_is_refused(archive: Path, slug: str) -> None:
    done = filmld("new", "film", "Moloch", "--slug", slug, at=archive)
    assert done.returncode == 2
    assert f"‘{slug}’ cannot be the last part of an address" in done.stderr
    assert files(archive) == {"filmld.toml"}


@pytest.mark.parametrize(
    "options",
    [
        ("film", "X", "--year", "14"),
        ("person", "X", "--year", "2014"),
        ("film", "X", "--language", 'en" ; x'),
        ("poster", "X"),
    ],
)
def test_what_makes_no_sense_is_a_mistake_of_usage(archive: Path, options: tuple[str, ...]) -> None:
    done = filmld("new", *options, at=archive)
    assert done.returncode == 2
    assert "Usage: filmld new" in done.stderr
    assert files(archive) == {"filmld.toml"}


@pytest.mark.parametrize("link", ["records/film", "records/film/moloch.ttl"])
def test_a_link_in_the_way_is_not_followed(archive: Path, tmp_path: Path, link: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (archive / link).parent.mkdir(parents=True)
    (archive / link).symlink_to(outside)
    done = filmld("new", "film", "Moloch", "--force", at=archive)
    assert done.returncode == 2
    assert "there is a link to another place in its way" in done.stderr
    assert files(outside) == set()


def test_a_folder_that_is_a_file_is_said_so(archive: Path) -> None:
    (archive / "records").touch()
    done = filmld("new", "film", "Moloch", at=archive)
    assert done.returncode == 2
    assert "records/film/moloch.ttl cannot be written" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_is_locked_is_said_so(archive: Path) -> None:
    (archive / "records").mkdir(mode=0o500)
    assert "cannot be written" in filmld("new", "film", "Moloch", at=archive).stderr


def test_an_own_shape_adds_its_own_line(archive: Path) -> None:
    (archive / "shapes").mkdir()
    (archive / "shapes/own.ttl").write_text(
        """\
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
<https://a.example/Own> sh:targetClass schema:Movie ; sh:property <https://a.example/prop> .
<https://a.example/prop> sh:path schema:award ; sh:name "award" ; sh:order 1.5 .
""",
        encoding="utf-8",
    )
    filmld("new", "film", "Moloch", at=archive)
    text = (archive / "records/film/moloch.ttl").read_text(encoding="utf-8")
    assert '    # schema:award "…"@fi ;' in text
    assert "# award\n" in text


def test_a_broken_configuration_is_named_with_its_line(archive: Path) -> None:
    (archive / "filmld.toml").write_text('base = "https://a.example/"\ncolour = 1\n', encoding="utf-8")
    done = filmld("new", "film", "Moloch", at=archive)
    assert done.returncode == 2
    assert "filmld.toml:2: `colour` is not a setting of filmld" in done.stderr


def test_outside_an_archive_nothing_is_written(tmp_path: Path) -> None:
    done = filmld("new", "film", "Moloch", at=tmp_path)
    assert done.returncode == 2
    assert files(tmp_path) == set()


def test_a_terminal_that_knows_ascii_only_gets_no_traceback(tmp_path: Path) -> None:
    folder = tmp_path / "käsikirjoitus"
    folder.mkdir()
    (folder / "filmld.toml").write_text('base = "https://a.example/"\n', encoding="utf-8")
    for settings in ({"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}):
        for title, code in (("Ääni", 0), ("ä" * 1000 + "\x07", 2), ("…", 2)):
            done = filmld("--root", str(folder), "new", "film", title, "--force", at=tmp_path, env=settings)
            assert done.returncode == code
            assert "Traceback" not in done.stderr
