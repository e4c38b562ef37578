"""A catalogue that follows its files is what a catalogue read anew would be."""

import random
import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.catalog.edits import Edit
from filmld.catalog.tallies import concerned, kinds, tallies
from filmld.catalog.working import WorkingCatalog
from filmld.query.edits import apply, lines

INVENTED = Path(__file__).parents[1] / "archives" / "invented"
FILM = "records/film/winter-harbour-1986.ttl"
BASE = "https://invented.example.org/"
IRI = f"{BASE}film/winter-harbour-1986"
OTHER = """\
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    shutil.copytree(INVENTED, tmp_path / "invented")
    return Archive.open(tmp_path / "invented")


def quads(catalog: Catalog) -> set[str]:
    return {str(quad) for quad in catalog.store.quads_for_pattern(None, None, None, None)}


class Copy:
    """Another store of the same statements, which is told of edits only."""

    def __init__(self, working: WorkingCatalog) -> None:
        self.store = ox.Store()
        self.store.extend(working.store)

    def follow(self, working: WorkingCatalog) -> None:
        edit = working.edits.take()
        assert edit.removed.isdisjoint(edit.added)
        apply(self.store, lines(*edit))

    def assert_is_like(self, catalog: Catalog) -> None:
        assert {str(quad) for quad in self.store} == quads(catalog)
        assert set(self.store.named_graphs()) == set(catalog.store.named_graphs())


def assert_is_as_read_anew(working: WorkingCatalog, archive: Archive) -> None:
    anew = Catalog.load(archive)
    assert quads(working) == quads(anew)
    assert working.statements == anew.statements == len(quads(anew))
    assert list(working.derived_nquads()) == list(anew.derived_nquads())
    assert list(working.records.items()) == list(anew.records.items())
    assert working.retired == anew.retired
    assert working.digests == anew.digests
    for record in anew.records.values():
        assert working.brief(record) == anew.brief(record)
        assert working.source(record) == anew.source(record)
        assert list(working.graph(record)) == list(anew.graph(record))


def stated(path: Path, statements: str) -> str:
    """Statements of a record, in which ``<>`` is its entity and ``</`` begins an address of the archive."""
    iri = f"{BASE}{path.parent.name}/{path.stem}"
    return statements.replace("<>", f"<{iri}>").replace("<#", f"<{iri}#").replace("</", f"<{BASE}")


def edited(path: Path, choose: random.Random) -> str:
    """A record with some of its statements gone, or others besides."""
    text = path.read_text(encoding="utf-8")
    prefixes, _, body = text.partition("\n\n")
    statements = body.split(" ;\n")
    if len(statements) > 3 and choose.random() < 0.6:
        del statements[choose.randrange(1, len(statements) - 1)]
    name = choose.choice(["Ångström", "東京", "Зима", "harbour"])
    extra = [
        f'<> schema:alternateName "{name}" .',
        '<> schema:dateCreated "1931"^^xsd:gYear ; schema:duration "PT7M" .',
        "<> schema:genre </genre/documentary> .",
        "<> fld:retired true .",
        "</film/winter-harbour-1986> a schema:Movie ; schema:director </person/x> ; schema:duration 'PT8M' .",
        "<#s> schema:workPresented </film/winter-harbour-1986> ; schema:superEvent </festival/f> .",
        "</festival/f> a fld:FilmFestival ; schema:superEvent </festival/locarno> .",
    ]
    return "\n".join([prefixes, "", " ;\n".join(statements), stated(path, choose.choice(extra)), ""])


def sound(path: Path) -> bool:
    try:
        list(ox.parse(path.read_bytes(), ox.RdfFormat.TURTLE))
    except SyntaxError:
        return False
    return True


@pytest.mark.parametrize("seed", range(4))
def test_after_any_edits_it_is_as_one_that_is_read_anew(archive: Archive, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311  no secret
    working = WorkingCatalog.load(archive)
    copy = Copy(working)
    working.tallies()  # are worked out anew after the edits
    for step in range(25):
        files = sorted((archive.root / "records").rglob("*.ttl"))
        path, before = choose.choice(files), None
        changed = {path.relative_to(archive.root).as_posix()}
        match choose.randrange(5):
            case 0:
                path.unlink()
            case 1:
                moved = path.with_name(f"moved-{step}.ttl")
                path.rename(moved)
                changed.add(moved.relative_to(archive.root).as_posix())
            case _:
                before = path.read_text(encoding="utf-8")
                path.write_text(edited(path, choose), encoding="utf-8")
                if not sound(path):
                    working.follow(changed)  # it keeps what it knows
                    path.write_text(before, encoding="utf-8")
        working.follow(changed)
        copy.follow(working)
    assert_is_as_read_anew(working, archive)
    copy.assert_is_like(working)


def counted(store: ox.Store, kind: str) -> set[str]:
    return {str(quad) for quad in tallies(store, [kind])}


def test_of_what_is_counted_only_kinds_that_an_edit_concerns_may_be_others(archive: Archive) -> None:
    choose = random.Random(7)  # noqa: S311  no secret
    working = WorkingCatalog.load(archive)
    known = {kind: counted(working.store, kind) for kind in kinds()}
    spared = 0
    for _ in range(12):
        path = choose.choice(sorted((archive.root / "records").rglob("*.ttl")))
        before = path.read_text(encoding="utf-8")
        path.write_text(edited(path, choose), encoding="utf-8")
        if not sound(path):
            path.write_text(before, encoding="utf-8")
        working.follow([path.relative_to(archive.root).as_posix()])
        concerns = concerned(working.edits.take().predicates)
        spared += len(kinds()) - len(concerns)
        for kind in kinds():
            found = counted(working.store, kind)
            assert kind in concerns or found == known[kind], kind
            known[kind] = found
    assert spared > len(kinds())
    assert set().union(*known.values()) == {str(quad) for quad in tallies(working.store)}
    assert sum(map(len, known.values())) == len(tallies(working.store))


def test_an_edit_tells_only_what_is_different(archive: Archive) -> None:
    working = WorkingCatalog.load(archive)
    path = archive.root / FILM
    text = path.read_text(encoding="utf-8")

    path.write_text(f"{text}# a remark\n", encoding="utf-8")
    working.follow([FILM])
    assert working.edits.take() == (frozenset(), frozenset())

    path.write_text(text + stated(path, '<> schema:position "07"^^xsd:integer .\n'), encoding="utf-8")
    working.follow([FILM])
    number = f'<{IRI}> <https://schema.org/position> "7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    assert working.edits.take() == Edit(frozenset(), frozenset([f"{number} <{IRI}#record>"]))

    path.write_text(text, encoding="utf-8")
    working.follow([FILM])
    assert working.edits.take() == Edit(frozenset([f"{number} <{IRI}#record>"]), frozenset())


def test_what_has_changed_is_told(archive: Archive) -> None:
    working = WorkingCatalog.load(archive)
    path = archive.root / FILM
    text = path.read_text(encoding="utf-8")

    path.write_text(f"{text}# a remark\n", encoding="utf-8")
    assert working.follow([FILM]) == (frozenset({IRI}), False, False, False)

    path.write_text(text + stated(path, '<> schema:name "Another" .\n'), encoding="utf-8")
    assert working.follow([FILM]) == (frozenset({IRI}), False, True, False)

    path.write_text(text + stated(path, "<> schema:genre </genre/g> .\n"), encoding="utf-8")
    assert working.follow([FILM]) == (frozenset({IRI}), False, True, True)

    path.unlink()
    assert working.follow([FILM]) == (frozenset({IRI}), True, True, True)
    assert working.follow([FILM]) == (frozenset[str](), False, False, False)


def test_a_mistake_leaves_a_record_as_it_was(archive: Archive) -> None:
    working = WorkingCatalog.load(archive)
    path, before = archive.root / FILM, quads(working)
    text = path.read_text(encoding="utf-8")

    path.write_text(text + "<> schema:name", encoding="utf-8")
    assert working.follow([FILM]).records == {IRI}
    assert working.outdated == {IRI}
    assert quads(working) == before
    assert working.source(working.records[IRI]).decode() == text

    path.write_text(text, encoding="utf-8")
    assert working.follow([FILM]).records == {IRI}
    assert working.outdated == set()


def test_a_folder_stands_for_all_that_was_in_it(archive: Archive) -> None:
    working = WorkingCatalog.load(archive)
    (archive.root / "records" / "festival").rename(archive.root / "festivals")

    working.follow(["records/festival"])

    assert_is_as_read_anew(working, archive)


def test_a_file_that_never_could_be_read_is_named(archive: Archive) -> None:
    broken = archive.root / "records" / "film" / "broken.ttl"
    broken.write_text("<> a", encoding="utf-8")
    working = WorkingCatalog.load(archive)
    assert working.unreadable == {"records/film/broken.ttl"}

    broken.write_text(OTHER + stated(broken, '<> a schema:Movie ; schema:name "Mended" .'), encoding="utf-8")
    working.follow(["records/film/broken.ttl"])

    assert working.unreadable == set()
    assert_is_as_read_anew(working, archive)
