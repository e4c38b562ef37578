"""The first check of a large archive finds, and keeps, what a check of one record after the other does."""

import json
import random
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.asking import EVERYTHING
from filmld.check.at_once import check_at_once
from filmld.check.columns import parts
from filmld.check.columns.glance import Asked, Glance
from filmld.check.columns.sorting import Sorting
from filmld.check.columns.taking import BatchReader
from filmld.check.index import Index
from filmld.check.ontology import Ontology
from filmld.check.run import Checks, check
from filmld.check.schema_org import Terms
from filmld.check.shapes.files import ShapeFiles
from filmld.check.shapes.ready import ready
from filmld.check.stored import update
from filmld.check.stored.keys import key
from filmld.check.stored.stamps import Sheet
from filmld.turtle.quick import QuickReader
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, Resource
from tests.benchmark import catalogue
from tests.benchmark.corpus import BASE, sample
from tests.check.archives import CONFIG, make, unmarked
from tests.check.columns import edits as edits_nearby
from tests.check.rules.test_rules import FILM, HEAD, OTHERS, Case, cases
from tests.check.stored.edits import EDITS, invented

Edit = Callable[[Path, random.Random], None]

KEPT = {
    "subject": "SELECT filename, nth, key, subject.iri, types, mark, facts "
    "FROM subject JOIN file ON file.id = file JOIN kind ON kind.id = kind",
    "mention": "SELECT filename, key, predicate, mark FROM mention JOIN file ON id = file",
    "name": "SELECT filename, nth, key, node, name FROM name JOIN file ON id = file",
    "number": "SELECT filename, key FROM number JOIN file ON id = file",
    "file": "SELECT filename, place, iri, digest, is_sound, is_kept, is_named_after, is_addressed, newest, "
    "prefixes, outside, read FROM file",
}


@pytest.fixture(autouse=True)
def _every_archive_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(update, "LARGE", 1)
    monkeypatch.setattr(parts, "ENOUGH", 300)


@contextmanager
def small(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setattr(update, "LARGE", 10**9)
        yield


def kept(root: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the index keeps of the files themselves."""
    with closing(sqlite3.connect(root / ".filmld" / "check-archive.sqlite")) as sql:
        return {table: sorted(sql.execute(query), key=repr) for table, query in KEPT.items()}


def messy(folder: Path, *, films: int, seed: int, edits: int) -> Archive:
    """An archive with faults, of which several concern two records."""
    catalogue.write(folder, films, 0.1)
    choose = random.Random(seed)  # noqa: S311  the same edits in every run
    for _ in range(edits):
        choose.choice(edits_nearby.EDITS)(folder / "records", choose)
    return Archive.open(folder)


def test_the_index_holds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = messy(tmp_path, films=30, seed=1, edits=15)
    check(archive)
    together = kept(tmp_path)
    (tmp_path / ".filmld" / "check-archive.sqlite").unlink()
    with small(monkeypatch):
        check(archive)
    assert together == kept(tmp_path)
    assert len(together["subject"]) > 300


def test_the_findings_are_the_same(tmp_path: Path) -> None:
    archive = messy(tmp_path, films=30, seed=2, edits=20)
    found = check(archive)
    assert found.findings == check_at_once(archive).findings
    assert len({finding.code for finding in found.findings}) > 10


def test_a_record_is_misnamed_though_others_describe_what_it_is_named_after(tmp_path: Path) -> None:
    catalogue.write(tmp_path, 5, 0)
    films = tmp_path / "records" / "film"
    first = (films / "film-1.ttl").read_text(encoding="utf-8")
    first = first.replace("/film-1#>", "/film-none#>").replace("film:film-1\n", "film:film-none\n")
    (films / "film-1.ttl").write_text(first, encoding="utf-8")
    for number in (3, 4):
        with (films / f"film-{number}.ttl").open("a", encoding="utf-8") as film:
            film.write('\nfilm:film-1 schema:alternateName "what another record says"@en .\n')
    archive = Archive.open(tmp_path)
    found = check(archive).findings
    assert ("file-name", "records/film/film-1.ttl") in {(one.code, one.filename) for one in found}
    assert found == check_at_once(archive).findings


def test_a_credit_that_another_record_describes_counts(tmp_path: Path) -> None:
    catalogue.write(tmp_path, 5, 0)
    records = tmp_path / "records"
    film = (records / "film" / "film-1.ttl").read_text(encoding="utf-8")
    funded = "    schema:funder <https://films.example.org/credit/lent> ;\n    schema:director"
    (records / "film" / "film-1.ttl").write_text(
        film.replace("    schema:director", funded, 1), encoding="utf-8"
    )
    (records / "credit").mkdir()
    prefixes = "".join(line for line in film.splitlines(keepends=True) if line.startswith("@prefix"))
    (records / "credit" / "lent.ttl").write_text(
        f"{prefixes}\n<https://films.example.org/credit/lent> a schema:Role ;\n"
        "    schema:funder organization:later .\n",
        encoding="utf-8",
    )
    (records / "organization" / "later.ttl").write_text(
        f'{prefixes}organization:later a schema:Organization ; schema:name "Later"@en ; '
        'schema:foundingDate "2150"^^xsd:gYear .\n',
        encoding="utf-8",
    )
    archive = Archive.open(tmp_path)
    found = check(archive).findings
    assert ("credited-outside-life", "records/film/film-1.ttl") in {(one.code, one.filename) for one in found}
    assert found == check_at_once(archive).findings


def test_the_findings_are_the_same_by_what_a_search_engine_wants(tmp_path: Path) -> None:
    archive = messy(tmp_path, films=12, seed=3, edits=5)
    found = check(archive, profile=Profile.GOOGLE)
    assert found.findings == check_at_once(archive, profile=Profile.GOOGLE).findings
    assert found.findings


def test_of_sound_records_hardly_anything_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Asked] = []
    decide = Glance.decide

    def noting(glance: Glance) -> Asked:
        seen.append(decide(glance))
        return seen[-1]

    monkeypatch.setattr(Glance, "decide", noting)
    catalogue.write(tmp_path, 100, 0)
    report = check(Archive.open(tmp_path))
    (asked,) = seen
    assert report.files > 250
    assert len(asked.files) < 0.2 * report.files
    assert EVERYTHING not in asked.files.values()


def test_a_file_that_changes_meanwhile_does_not_speak_for_those_like_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue.write(tmp_path, 20, 0)
    films = sorted((tmp_path / "records" / "film").glob("*.ttl"))
    for film in films:
        film.write_text(
            film.read_text(encoding="utf-8").replace("    schema:name", "    schema:alternateName", 1),
            encoding="utf-8",
        )
    decide = Glance.decide

    def slow(glance: Glance) -> Asked:
        asked = decide(glance)
        for film in films:
            if film != films[-1]:
                film.write_text(f"{film.read_text(encoding='utf-8')}# a note\n", encoding="utf-8")
        return asked

    monkeypatch.setattr(Glance, "decide", slow)
    archive = Archive.open(tmp_path)
    found = check(archive)
    assert found.findings == check_at_once(archive).findings
    assert sum(finding.code == "missing-title" for finding in found.findings) == len(films)


@pytest.mark.parametrize(
    ("code", "case"), cases(), ids=lambda part: part if isinstance(part, str) else part["title"]
)
@pytest.mark.slow
def test_the_cases_of_all_rules_are_judged_alike(code: str, case: Case, tmp_path: Path) -> None:
    text, _ = unmarked(HEAD + case["text"])
    others = {name: HEAD + other for name, other in {**OTHERS, **case.get("others", {})}.items()}
    archive = make(tmp_path, {**others, case.get("file", FILM): text}, CONFIG)
    assert check(archive).findings == check_at_once(archive).findings, code


def edit_at_random(archive: Archive, choose: random.Random, rounds: int, edits: tuple[Edit, ...]) -> None:
    done: list[str] = []
    with Checks(archive) as checks:
        for _ in range(rounds):
            found = checks.check() if choose.random() < 0.5 else check(archive)
            assert found.findings == check_at_once(archive).findings, done
            edit = choose.choice(edits)
            edit(archive.root / "records", choose)
            done.append(edit.__name__)


def test_after_edits_of_what_records_mention_the_findings_are_those_of_a_check_of_everything(
    tmp_path: Path,
) -> None:
    archive = messy(tmp_path, films=12, seed=5, edits=0)
    edit_at_random(archive, random.Random(5), 4, edits_nearby.EDITS)  # noqa: S311  the same in every run


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10, 14))
def test_after_very_many_such_edits_too(seed: int, tmp_path: Path) -> None:
    archive = messy(tmp_path, films=20, seed=seed, edits=5 * (seed % 2))
    edit_at_random(archive, random.Random(seed), 15, edits_nearby.EDITS)  # noqa: S311  the same in every run


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20, 23))
def test_after_edits_of_all_kinds_too(seed: int, tmp_path: Path) -> None:
    choose = random.Random(seed)  # noqa: S311  the same in every run
    edit_at_random(make(tmp_path, invented(choose)), choose, 15, EDITS)


@pytest.mark.slow
def test_real_records_are_judged_alike(shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = shared / "corpora" / "wikipedia-us.tar.gz"
    if not packed.is_file():
        pytest.skip("the corpus of film records is absent")
    records = sample(packed, 1000)
    make(
        tmp_path,
        {f"records/film/{Path(name).name}": data for name, data in records.items()},
        f"base = {json.dumps(BASE)}\n",
    )
    archive = Archive.open(tmp_path)
    together = check(archive)
    assert together.findings == check_at_once(archive).findings
    assert len(together.findings) > 5_000


def test_what_is_kept_to_compare_has_everything_that_is_described(tmp_path: Path) -> None:
    """Those that are read one at a time stand beside the others, and are not taken for them."""
    archive = messy(tmp_path, films=20, seed=6, edits=20)
    with (tmp_path / "records/film/film-1.ttl").open("a", encoding="utf-8") as film:
        film.write('film:film-1 schema:name [ schema:name "a name of its own" ] .\n')
    records = archive.walk().records
    shapes = ShapeFiles.load(archive, Profile.ARCHIVE)
    vocabulary = Index(
        (), archive.config.base, Terms.load(), ontology=Ontology.load(archive.ontology_files())
    )
    reader = BatchReader(tmp_path, vocabulary, Sorting.of(shapes.triples, ready(shapes), ()), QuickReader())
    (batch,) = reader.take([Sheet(one.filename, one.filename, one.iri) for one in records])
    assert {one.is_kept for one in batch.odd.values()} >= {True}
    expected = {
        (nth, key(_called(subject, nth)), tuple(sorted(graph.types(subject))))
        for nth, record in enumerate(records)
        if nth in batch.sound or batch.odd[nth].is_kept
        for graph in [read(record.path.read_text(encoding="utf-8")).graph()]
        for subject in graph.subjects()
    }
    found: dict[tuple[int, int], set[str]] = {}
    for nth, subject, types in batch.slim.types.iter_rows():
        found.setdefault((nth, subject), set()).update(types.split())
    assert {(*thing, tuple(sorted(types))) for thing, types in found.items()} == expected


def _called(node: Resource, record: int) -> str:
    return node.value if isinstance(node, IRI) else f"_:{record}.{node.label}"
