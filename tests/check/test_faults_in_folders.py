"""Whatever lies in the folder of records, the rest is checked, and nothing outside it is read."""

import os
import socket
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.archive.records import Walk
from filmld.check.run import check
from tests.check.archives import make, run, run_here

HEAD = "@prefix schema: <https://schema.org/> .\n@prefix f: <https://films.example.org/film/> .\n"
GOOD = HEAD + 'f:good schema:name "a" .\n'
FILM = Path("records/film")

Capsys = pytest.CaptureFixture[str]


def archive(folder: Path, **records: str) -> Path:
    """An archive with one good record; the folder of its films."""
    make(folder, {f"{FILM}/{name}.ttl": text for name, text in {"good": GOOD, **records}.items()})
    return folder / FILM


def told(folder: Path, capsys: Capsys, code: int) -> list[str]:
    """What is said of each file: its name and code."""
    done = run_here(folder, capsys, "check", "--format", "concise")
    assert done.code == code
    return [":".join(line.split(": ")[:2]) for line in done.out.splitlines()]


def test_r01_a_loop_of_folders_ends_and_is_told_of(tmp_path: Path, capsys: Capsys) -> None:
    (archive(tmp_path) / "again").symlink_to(tmp_path / "records")
    assert told(tmp_path, capsys, 1) == ["records/film/again:1:1:error[not-a-record]"]


def test_r02_a_link_out_of_the_archive_is_not_followed(tmp_path: Path, capsys: Capsys) -> None:
    inside, outside = tmp_path / "archive", tmp_path / "outside"
    films = archive(inside)
    outside.mkdir()
    (outside / "secret.ttl").write_text("this would be a mistake", encoding="utf-8")
    (films / "folder").symlink_to(outside)
    (films / "file.ttl").symlink_to(outside / "secret.ttl")
    assert told(inside, capsys, 1) == [
        "records/film/file.ttl:1:1:error[not-a-record]",
        "records/film/folder:1:1:error[not-a-record]",
    ]


def test_r03_links_to_nothing_and_to_themselves(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path)
    (films / "nothing.ttl").symlink_to("nowhere.ttl")
    (films / "self.ttl").symlink_to("self.ttl")
    assert told(tmp_path, capsys, 1) == [
        "records/film/nothing.ttl:1:1:error[not-a-record]",
        "records/film/self.ttl:1:1:error[not-a-record]",
    ]


def test_r04_a_pipe_and_a_socket_do_not_block(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path)
    os.mkfifo(films / "pipe.ttl")
    with socket.socket(socket.AF_UNIX) as door:
        os.chdir(films)
        door.bind("socket.ttl")
        assert told(tmp_path, capsys, 1) == [
            "records/film/pipe.ttl:1:1:error[not-a-record]",
            "records/film/socket.ttl:1:1:error[not-a-record]",
        ]


def test_r05_a_folder_with_the_name_of_a_record(tmp_path: Path, capsys: Capsys) -> None:
    (archive(tmp_path) / "folder.ttl").mkdir()
    assert told(tmp_path, capsys, 0) == []


def test_r06_names_that_are_not_utf8(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path)
    (films / os.fsdecode(b"kilpel\xe4inen.ttl")).write_text(GOOD, encoding="utf-8")
    folder = films / os.fsdecode(b"\xe4")
    folder.mkdir()
    (folder / "x.ttl").write_text(GOOD, encoding="utf-8")
    assert sorted(told(tmp_path, capsys, 1)) == [
        "records/film/\\udce4/x.ttl:1:1:error[not-a-record]",
        "records/film/kilpel\\udce4inen.ttl:1:1:error[not-a-record]",
    ]


@pytest.mark.parametrize(
    ("one", "two"), [("Film", "film"), ("Stra\u00dfe", "strasse"), ("\u00e4iti", "a\u0308iti")], ids=ascii
)
def test_r07_names_that_are_one_elsewhere(one: str, two: str, tmp_path: Path, capsys: Capsys) -> None:
    archive(tmp_path, **{one: HEAD + "f:x schema:name 1 .\n", two: HEAD + "f:y schema:name 1 .\n"})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    collisions = [line for line in done.out.splitlines() if "error[name-collision]" in line]
    later = max(f"records/film/{name}.ttl" for name in (one, two))
    assert [line.partition(":")[0] for line in collisions] == [later]
    assert done.code == 1


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_r08_what_may_not_be_read_is_told_and_the_rest_is_checked(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path, closed=GOOD)
    (films / "closed.ttl").chmod(0)
    (films / "shut").mkdir(mode=0)
    assert told(tmp_path, capsys, 1) == [
        "records/film/closed.ttl:1:1:error[not-a-record]",
        "records/film/shut:1:1:error[not-a-record]",
    ]


def test_r09_what_editors_leave_behind_is_passed_over(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path)
    for name in ("a.ttl~", ".#a.ttl", "#a.ttl#", "#a.ttl", ".hidden.ttl", "a.ttl.swp", "a.TTL.bak"):
        (films / name).write_text("nothing to read", encoding="utf-8")
    assert told(tmp_path, capsys, 0) == []


class Vanishing(Archive):
    """An archive that loses a file between being listed and being read."""

    def walk(self) -> Walk:
        found = Archive.walk(self)
        found.records[0].path.unlink()
        return found


def test_r10_a_file_that_vanishes_is_told_and_the_rest_is_checked(tmp_path: Path) -> None:
    archive(tmp_path, zzz=HEAD + "f:zzz schema:nmae 1 .\n")
    opened = Archive.open(tmp_path)
    found = check(Vanishing(opened.root, opened.config)).findings
    assert [(f.filename, f.code, f.message) for f in found] == [
        ("records/film/good.ttl", "not-a-record", "this file cannot be read: No such file or directory"),
        ("records/film/zzz.ttl", "unknown-property", "schema.org has no property ‘nmae’"),
    ]


def test_r11_six_hundred_files_need_no_more_open_files_than_one(tmp_path: Path) -> None:
    archive(tmp_path, **{f"x{n}": HEAD + f"f:x{n} schema:name 1 .\n" for n in range(600)})
    done = run(tmp_path, "check", "--format", "concise", limit_open_files=64)
    assert (done.code, done.out) == (0, "")
    assert "601 files checked" in done.err


def test_r12_no_folder_of_records(tmp_path: Path, capsys: Capsys) -> None:
    make(tmp_path, {})
    done = run_here(tmp_path, capsys, "check")
    assert (done.code, done.out) == (2, "")
    assert "records does not exist" in done.err
    assert "help: records are Turtle files such as " in done.err


def test_r12_an_empty_folder_of_records(tmp_path: Path, capsys: Capsys) -> None:
    make(tmp_path, {})
    (tmp_path / FILM).mkdir(parents=True)
    done = run_here(tmp_path, capsys, "check")
    assert (done.code, done.out) == (2, "")
    assert "records holds no .ttl file" in done.err


def test_r13_a_film_in_two_files_is_an_error_that_names_both(tmp_path: Path, capsys: Capsys) -> None:
    movie = HEAD + 'f:good a schema:Movie ; schema:name "a"@en .\n'
    archive(tmp_path, good=movie, again=movie)
    done = run_here(tmp_path, capsys, "check")
    assert (
        "records/film/again.ttl:3:1: error[described-twice]: f:good is described in two files\n" in done.out
    )
    assert "also at records/film/good.ttl:3\n" in done.out
    assert done.code == 1


def test_r13_two_files_with_years_that_contradict_each_other(tmp_path: Path, capsys: Capsys) -> None:
    year = ' schema:dateCreated "{}"^^<http://www.w3.org/2001/XMLSchema#gYear> .\n'
    archive(
        tmp_path,
        good=HEAD + "f:good a schema:Movie ;" + year.format(1999),
        other=HEAD + "f:good" + year.format(2000),
    )
    done = run_here(tmp_path, capsys, "check")
    assert "records/film/other.ttl:3:27: error[conflicting-facts]: " in done.out
    assert "see: records/film/good.ttl:3:44: the other value\n" in done.out


@pytest.mark.parametrize("name", ["--help", "-rf", "two words", "a\nb", "%41", "'quoted'", "a:b"], ids=ascii)
def test_r14_names_are_data(name: str, tmp_path: Path, capsys: Capsys) -> None:
    archive(tmp_path, **{name: HEAD + "f:x schema:nmae 1 .\n"})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    shown = name.replace("\n", "\\n")
    assert f"records/film/{shown}.ttl:3:5: error[unknown-property]: " in done.out
    assert all(line.startswith("records/film/") for line in done.out.splitlines())
    assert done.code == 1


def test_r14_a_file_named_like_an_option_can_be_asked_for(tmp_path: Path, capsys: Capsys) -> None:
    films = archive(tmp_path, **{"--help": HEAD + "f:x schema:nmae 1 .\n"})
    done = run_here(tmp_path, capsys, "check", "--format", "concise", "--", str(films / "--help.ttl"))
    assert "records/film/--help.ttl:3:5: error[unknown-property]: " in done.out
    assert "in 1 of 1 file checked" in done.err
