"""Every fault that pages, JSON-LD, builds and snapshots must survive has a test; here is which."""

import ast
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from filmld.catalog import Catalog
from filmld.errors import OutputError
from filmld.publish.output import locked, point_to
from filmld.publish.snapshot import build
from filmld.publish.verify import faults
from tests.publish.helpers import archive, catalog
from tests.publish.published import Published

TESTS = Path(__file__).parents[1]

FAULTS = {
    "J01, J04 contexts": "test_j01_j04_a_context_from_elsewhere_is_an_error_and_nobody_is_asked",
    "J02 other loaders": "test_j02_another_loader_that_is_installed_is_not_used",
    "J03 files as contexts": "test_j03_no_file_is_read_as_a_context",
    "J04 frames": "test_j04_a_frame_with_a_context_from_elsewhere_is_an_error",
    "J05 every form of schema.org": "test_order_nesting_and_the_form_of_the_context_do_not_count",
    "J06 circles": "test_j06_a_context_that_goes_round_in_a_circle_is_an_error",
    "J07 nesting": "test_what_is_no_block_is_said_so",
    "J08 cliques of blank nodes": "test_knotted_things_without_address_are_given_up_in_time",
    "J09 what is no JSON": "test_j09_what_is_no_strict_json_is_never_written",
    "J10 there and back": "test_j10_records_of_a_real_catalogue_read_back_exactly",
    "P01, P02, P03 titles that end a script": "test_a_title_cannot_end_the_script_element",
    "P01, P02, P03, P04 hostile texts in every field": "test_hostile_texts_are_shown_and_nothing_else",
    "P01, P04 hostile texts in a browser": "test_hostile_texts_are_read_as_they_are",
    "P05 addresses that do something": "test_an_unsafe_address_is_a_text_and_no_link",
    "P06 HTML in a literal": "test_html_in_a_literal_is_text",
    "P07, P08, P09, P11 names of files": "test_a_dangerous_name_is_changed_and_marked",
    "P09 any name": "test_any_name_becomes_a_portable_one",
    "P10 names that look alike": "test_names_that_a_disk_could_take_for_the_same_have_different_files",
    "P12 XML": "test_a_sitemap_escapes_what_xml_demands",
    "P12 XML that a query answers": "test_characters_that_xml_cannot_hold_are_refused_in_xml_alone",
    "P13 formulas": "test_the_table_for_spreadsheets_has_no_formulas_and_the_exact_one_is_exact",
    "P14 lines, quotes and commas": "test_a_line_of_csv_reads_back",
    "P15 the same bytes": "test_the_same_records_give_the_same_bytes_and_the_same_name",
    "W01 kill -9 while building": "test_at_twenty_random_moments",
    "W02 kill -9 before the swap": "test_a_killed_build_leaves_the_old_and_the_next_one_cleans_up",
    "W03 a full disk, step by step": "test_a_full_disk_leaves_what_was_published",
    "W03 a disk that is really full": "test_a_disk_of_any_size_has_the_old_or_the_new",
    "W04 two builds at once": "test_a_second_build_is_refused_while_the_first_goes_on",
    "W05, W07 damaged stores": "test_a_damaged_store_is_not_served",
    "W06 one bit of a store": "test_a_flipped_bit_of_a_store_is_found_and_never_answers",
    "W08 manifests": "test_without_a_manifest_that_belongs_to_it",
    "W09 foreign folders": "test_a_folder_with_something_else_in_it_is_left_alone",
    "W10 no snapshot": "test_a_snapshot_that_does_not_exist_is_not_made",
    "W11 read-only file systems": "test_a_snapshot_on_a_read_only_file_system_is_verified_and_served",
    "W12 deleted while served": "test_a_snapshot_that_is_deleted_while_it_is_served_has_answers_or_says_so",
    "W13 swaps": "test_readers_see_the_old_or_the_new_through_a_hundred_swaps",
    "W14 new snapshots that are broken": "test_a_new_snapshot_that_is_not_sound_does_not_replace_the_old",
    "W15 one bad record": "test_one_record_that_cannot_be_read_stops_the_build",
    "W16 few open files": "test_too_few_open_files_are_told",
    "W17 signals to a build": "test_a_build_ends_soon_after_a_signal_and_leaves_nothing",
    "W17 signals to a server": "test_a_signal_ends_it_soon_and_all_its_workers",
    "W18 other engines": "test_a_store_of_another_engine_is_not_served",
}

RECORDS = {
    "film/x": "<> a schema:Movie ; schema:name 'X' ; schema:director </person/p> .",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
}


def test_every_fault_has_its_test() -> None:
    defined = {
        node.name
        for folder in ("browser", "publish", "query", "serve")
        for path in (TESTS / folder).glob("test_*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert set(FAULTS.values()) <= defined


def test_no_fault_is_left_out() -> None:
    named = {part.strip(",") for words in FAULTS for part in words.split(" ")[:2] if part.startswith("W")}
    assert named == {f"W{number:02}" for number in range(1, 19)}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory, first_build: Published) -> Catalog:
    """An archive with a snapshot in its own folder."""
    made = catalog(tmp_path_factory.mktemp("faults") / "archive", RECORDS)
    first_build(made, made.archive.site)
    return made


def command(root: Path, *arguments: str) -> list[str]:
    return [sys.executable, "-m", "filmld", "--root", str(root), *arguments]


def run(*words: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(words, capture_output=True, text=True, check=False, timeout=60)


CAN_MOUNT = sys.platform == "linux" and run("unshare", "-m", "true").returncode == 0
mounting = pytest.mark.skipif(
    not CAN_MOUNT, reason="file systems can be mounted by the superuser of Linux only"
)


@mounting
@pytest.mark.slow
def test_a_disk_of_any_size_has_the_old_or_the_new(tmp_path: Path) -> None:
    """From a disk on which nothing fits to one on which all does; the second build is not the first."""
    made = archive(tmp_path / "archive", RECORDS)
    disk = tmp_path / "disk"
    disk.mkdir()
    record = made.root / "records" / "person" / "p.ttl"
    script = (
        f"mount -t tmpfs -o size=$0k none {disk} || exit 99\n"
        f'"$@" -o {disk}/site; echo "first $?"\n'
        f"echo '# again' >> {record}\n"
        f'"$@" --full -o {disk}/site; echo "second $?"\n'
        f"ls -A {disk}/site/snapshots; readlink {disk}/site/current\n"
        f'test ! -e {disk}/site/current || "$5" -m filmld verify {disk}/site/current; echo "sound $?"\n'
    ).replace('"$5"', sys.executable)
    seen: set[tuple[bool, bool]] = set()
    for size in (600, 5000, 24000):
        done = run("unshare", "-m", "sh", "-c", script, str(size), *command(made.root, "build", "--no-check"))
        first, second = "first 0" in done.stdout, "second 0" in done.stdout
        seen.add((first, second))
        assert "sound 0" in done.stdout, done
        assert ".tmp" not in done.stdout
        assert "Traceback" not in done.stderr
        if not (first and second):
            assert "No space left on device" in done.stderr
            assert first or "first 2" in done.stdout
            assert second or "second 2" in done.stdout
    assert {(False, False), (True, True)} <= seen


def test_a_second_build_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    made = archive(tmp_path / "archive", RECORDS)
    with locked(made.site, made):
        done = run(*command(made.root, "build", "--no-check"))
    assert done.returncode == 2
    assert f"process {os.getpid()}" in done.stderr
    assert list((made.site / "snapshots").iterdir()) == []


@mounting
@pytest.mark.slow
def test_a_snapshot_on_a_read_only_file_system_is_verified_and_served(published: Catalog) -> None:
    site, root = published.archive.site, published.archive.root
    script = (
        f"mount --bind {site} {site} && mount -o remount,ro,bind {site} || exit 99\n"
        f"touch {site}/x 2>&1 | grep -q Read-only || exit 98\n"
        f'"$0" -m filmld verify {site}/current || exit 97\n'
        f'"$0" -m filmld --root {root} serve --port 0 --snapshot {site}/current > {root}/said & server=$!\n'
        f"for turn in $(seq 300); do grep -q Press {root}/said && break; sleep 0.1; done\n"
        f"grep -q Press {root}/said; echo served $?; kill $server; wait $server\n"
    )
    done = run("unshare", "-m", "sh", "-c", script, sys.executable)
    assert "served 0" in done.stdout, done


def test_readers_see_the_old_or_the_new_through_a_hundred_swaps(tmp_path: Path) -> None:
    for name in ("one", "other"):
        folder = tmp_path / "snapshots" / name / "www"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(name, encoding="utf-8")
    point_to(tmp_path, "one")
    seen: list[str] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            seen.append((tmp_path / "current" / "www" / "index.html").read_text(encoding="utf-8"))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(100):
        point_to(tmp_path, ("one", "other")[number % 2])
    done.set()
    reader.join()
    assert set(seen) <= {"one", "other"}
    assert len(seen) > 1


def test_a_new_snapshot_that_is_not_sound_does_not_replace_the_old(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first_build: Published
) -> None:
    made = catalog(tmp_path / "archive", RECORDS)
    first = first_build(made, tmp_path / "site")
    later = catalog(tmp_path / "archive", {"person/p": RECORDS["person/p"] + "# p"})

    def lose(_catalog: Catalog, folder: Path) -> None:
        folder.mkdir()

    monkeypatch.setattr("filmld.catalog.store._load", lose)
    with pytest.raises(OutputError, match="cannot be written"):
        build(later, tmp_path / "site", full=True)
    assert (tmp_path / "site" / "current").readlink() == Path("snapshots", first.name)
    assert list(faults(tmp_path / "site" / "current")) == []


def test_one_record_that_cannot_be_read_stops_the_build(tmp_path: Path) -> None:
    many = {f"film/f{number}": f"</film/f{number}> a schema:Movie ." for number in range(300)}
    made = archive(tmp_path / "archive", {**many, "film/odd": "<> a schema:Movie ; schema:name 'X"})
    done = run(*command(made.root, "build", "--no-check"))
    assert done.returncode == 2
    assert "records/film/odd.ttl:" in done.stderr
    assert not made.site.exists()


@pytest.mark.slow
def test_too_few_open_files_are_told(tmp_path: Path) -> None:
    made = archive(tmp_path / "archive", RECORDS)
    done = run("sh", "-c", 'ulimit -n 64; exec "$@"', "sh", *command(made.root, "build", "--no-check"))
    assert done.returncode == 2
    assert "96 file descriptors" in done.stderr
    assert "ulimit -n" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((made.site / "snapshots").iterdir()) == []


@pytest.mark.slow
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("kind", ["first", "later"])
def test_a_build_ends_soon_after_a_signal_and_leaves_nothing(
    number: signal.Signals, code: int, kind: str, tmp_path: Path
) -> None:
    many = {f"film/f{count}": f"</film/f{count}> a schema:Movie ." for count in range(400)}
    made = archive(tmp_path / "archive", many)
    if kind == "later":
        build(Catalog.load(made), made.site)
        archive(made.root, {"film/f7": "</film/f7> a schema:Movie ; schema:name 'seven' ."})
    before = sorted((made.site / "snapshots").glob("*")) if made.site.exists() else []
    with subprocess.Popen(
        command(made.root, "build", "--no-check"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as running:
        limit = time.monotonic() + 40
        while not any(made.site.glob("snapshots/.tmp-*/www/film")) and time.monotonic() < limit:
            time.sleep(0.01)
        running.send_signal(number)
        sent = time.monotonic()
        _, said = running.communicate(timeout=20)
    assert time.monotonic() - sent < 5
    assert (running.returncode, b"Traceback" in said) == (code, False)
    assert sorted((made.site / "snapshots").glob("*")) == before
    assert not [line for line in processes() if str(made.root) in line]


def processes() -> list[str]:
    """The command lines of all processes."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            found.append(path.read_bytes().replace(b"\0", b" ").decode(errors="replace"))
        except OSError:
            continue
    return found
