"""What the index keeps of shapes and ontology is what their files say."""

import json
import random
from pathlib import Path

import pytest

from filmld.archive import Archive, Profile
from filmld.check.at_once import check_at_once
from filmld.check.ontology import Ontology
from filmld.check.run import Checks, check
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.files import ShapeFiles
from filmld.check.stored import statements
from filmld.check.stored.database import IN_MEMORY, Database
from filmld.check.stored.digests import sealed, unsealed
from filmld.check.stored.known_ontology import KnownOntology, keep_ontology
from filmld.check.stored.known_shapes import KnownShapes, keep_shapes, known_shapes
from filmld.check.stored.wire import UnreadableError
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple, lang_string
from tests.check.archives import make
from tests.check.stored.edits import change, invented

OWN_SHAPES = """\
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix : <https://films.example.org/shapes#> .

:our-films
    a sh:NodeShape ;
    sh:targetClass schema:Movie ;
    sh:property [
        sh:path schema:name ;
        sh:minLength 30 ;
    ] ;
    sh:sparql [
        sh:message "The name is a query's to judge" ;
        sh:select "SELECT $this WHERE { $this <https://schema.org/name> ?n . FILTER(STRLEN(?n) < 25) }" ;
    ] ;
.
"""
OWN_TERMS = """\
@prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix : <https://films.example.org/terms#> .

:Trailer a rdfs:Class ; rdfs:subClassOf schema:Movie ; rdfs:label "Trailer \\u2014 \\"1\\""@en .
:red a :Colour ; rdfs:label "red"@en, "rot"@de ; rdfs:comment [ rdfs:label "none" ] .
"""


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    files = {"shapes/own.ttl": OWN_SHAPES, "ontology/own.ttl": OWN_TERMS}
    return make(tmp_path, {**files, **invented(random.Random(4))})  # noqa: S311  the same in every run


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> tuple[ShapeFiles, Ontology]:
    """What the files of such an archive say."""
    files = {"shapes/own.ttl": OWN_SHAPES, "ontology/own.ttl": OWN_TERMS}
    made = make(tmp_path_factory.mktemp("stated"), files)
    return ShapeFiles.load(made), Ontology.load(made.ontology_files())


def kept(shapes: ShapeFiles, ontology: Ontology) -> Database:
    """An index that has just begun with them."""
    database = Database(IN_MEMORY, for_writing=True)
    keep_shapes(database, shapes)
    keep_ontology(database, ontology)
    return database


def database_of(archive: Archive, profile: Profile = Profile.ARCHIVE) -> Database:
    return Database(archive.root / ".filmld" / f"check-{profile}.sqlite", for_writing=True)


@pytest.mark.parametrize("profile", Profile)
def test_the_shapes_of_an_index_are_those_of_their_files(archive: Archive, profile: Profile) -> None:
    check(archive, profile=profile)
    kept = known_shapes(database_of(archive, profile))
    read = ShapeFiles.load(archive, profile)
    assert isinstance(kept, KnownShapes)
    assert list(kept.triples) == list(read.triples)
    assert kept.overview == Source(read.graph).overview
    assert kept.rules == read.rules
    assert kept.first == read.first
    subjects = {triple.subject for triple in read.triples}
    assert {shape: kept.place(shape) for shape in subjects} == {
        shape: read.place(shape) for shape in subjects
    }


def test_the_ontology_of_an_index_is_that_of_its_files(archive: Archive) -> None:
    check(archive)
    kept, read = KnownOntology(database_of(archive)), Ontology.load(archive.ontology_files())
    assert kept is not read
    assert dict(kept.kinds) == dict(read.kinds)
    assert dict(kept.classes_above) == dict(read.classes_above)
    assert kept.subclasses == read.subclasses
    assert list(kept.members.items()) == list(read.members.items())
    database = database_of(archive)
    whole = KnownOntology(database).whole()
    database.close()
    assert list(whole.members.items()) == list(read.members.items())
    assert (dict(whole.kinds), whole.subclasses) == (dict(read.kinds), read.subclasses)
    assert dict(whole.classes_above) == dict(read.classes_above)


def test_shapes_compiled_one_by_one_are_the_same_in_the_end(archive: Archive) -> None:
    shapes = ShapeFiles.load(archive)
    at_once = Compiled(shapes.triples, shapes.called)
    one_by_one = Compiled(shapes.triples, shapes.called, overview=Source(shapes.graph).overview)
    assert {shape.node for shape in one_by_one.shapes} == {shape.node for shape in at_once.shapes}


def test_an_index_that_was_kept_finds_in_changed_records_what_the_files_would(archive: Archive) -> None:
    check(archive)
    chance = random.Random(6)  # noqa: S311  the same changes in every run
    for _ in range(3):
        change(archive.root / "records", chance)
        assert check(archive).findings == check_at_once(archive).findings


def test_a_change_of_shapes_or_terms_counts_at_once(archive: Archive) -> None:
    with Checks(archive) as checks:
        checks.check()
        for file, text in (("shapes/own.ttl", OWN_SHAPES), ("ontology/own.ttl", OWN_TERMS)):
            (archive.root / file).write_text(text.replace("30", "3").replace(":red a", ":read a"))
            assert checks.check().findings == check_at_once(archive).findings


def test_a_check_that_was_made_ready_finds_the_same_by_any_index(
    archive: Archive,
) -> None:
    check(archive)
    chance = random.Random(7)  # noqa: S311  the same changes in every run
    with Checks(archive) as checks:
        checks.check()
        checks.warm()
        change(archive.root / "records", chance)
        assert checks.check().findings == check_at_once(archive).findings
    with Checks(archive) as checks:
        checks.check()
        database_of(archive).set_meta("members", "[[1,2")
        checks.warm()
        change(archive.root / "records", chance)
        assert checks.check().findings == check_at_once(archive).findings


@pytest.mark.parametrize(
    "name", ["shapes", "overview", "places", "terms", "subclasses", "members", "corrections"]
)
def test_garbage_in_their_place_changes_nothing_but_the_time(archive: Archive, name: str) -> None:
    film = archive.root / "records" / "film" / "f1.ttl"
    film.write_text(f"{film.read_text(encoding='utf-8')}\n<#x> <https://schema.org/nmae> 1 .\n")
    check(archive)
    database_of(archive).set_meta(name, "[[1,2")
    film.write_text(f"# changed\n{film.read_text(encoding='utf-8')}", encoding="utf-8")
    assert check(archive).findings == check_at_once(archive).findings


def test_garbage_in_the_place_of_a_concept_changes_nothing_but_the_time(archive: Archive) -> None:
    check(archive)
    database = database_of(archive)
    concepts = [concept.value for concept in KnownOntology(database).members]
    database.set_lines([(concept, "[[1,2") for concept in concepts])
    film = archive.root / "records" / "film" / "f1.ttl"
    genre = f"film:f1 schema:genre <{concepts[0]}> ."
    film.write_text(f"{film.read_text(encoding='utf-8')}\n{genre}\n", encoding="utf-8")
    assert check(archive).findings == check_at_once(archive).findings
    known = KnownOntology(database_of(archive)).members
    assert dict(known) == dict(Ontology.load(archive.ontology_files()).members)


@pytest.mark.parametrize("name", ["shapes", "overview", "places", "terms", "subclasses", "members"])
@pytest.mark.parametrize(
    "garbage", ["", "[[1,2", "[1]", '{"a": 1}', "[[[]],[0],[0],[0]]", "[[],[7],[7],[7]]"]
)
def test_what_was_not_written_there_is_not_taken_for_what_was(
    stated: tuple[ShapeFiles, Ontology], name: str, garbage: str
) -> None:
    database = kept(*stated)
    database.set_meta(name, sealed(garbage))
    known = KnownOntology(database)
    with pytest.raises(UnreadableError):
        _ = known_shapes(database).place(IRI("x")), known.kinds, known.subclasses, known.members


def test_what_is_said_of_a_concept_is_not_taken_for_what_was_written_of_it(
    stated: tuple[ShapeFiles, Ontology],
) -> None:
    database = kept(*stated)
    known = KnownOntology(database)
    one, other, *_ = known.members
    database.set_lines([(one.value, (database.line(one.value) or "").replace("http", "htpt", 1))])
    assert known.members[other] == stated[1].members[other]
    with pytest.raises(UnreadableError):
        _ = known.members[one]
    database.set_lines([(one.value, database.line(other.value) or "")])
    with pytest.raises(UnreadableError):
        _ = known.members[one]
    database.sql.execute("DELETE FROM line WHERE thing = ?", (other.value,))
    assert known.members[other] == stated[1].members[other]  # it was read before
    with pytest.raises(UnreadableError):
        _ = KnownOntology(database).members[other]


def test_a_text_with_another_letter_is_not_taken_for_what_was_written(
    stated: tuple[ShapeFiles, Ontology],
) -> None:
    database = kept(*stated)
    database.set_meta("shapes", (database.meta("shapes") or "").replace("minLength", "minLemgth", 1))
    with pytest.raises(UnreadableError):
        known_shapes(database)


def test_a_query_that_reaches_out_is_not_taken_from_an_index(archive: Archive) -> None:
    check(archive)
    database = database_of(archive)
    text = unsealed(database.meta("shapes") or "")
    reaching = text.replace("FILTER(STRLEN", "SERVICE <http://127.0.0.1/> {} FILTER(STRLEN")
    assert reaching != text
    database.set_meta("shapes", sealed(reaching))
    with pytest.raises(UnreadableError):
        known_shapes(database)


def test_statements_come_back_as_they_were() -> None:
    here = IRI("https://films.example.org/ä")
    stated = (
        Triple(here, IRI("https://schema.org/name"), Literal('"1" \ud800\n')),
        Triple(BlankNode("0.b1"), here, lang_string("Kuu", "fi-FI")),
        Triple(here, here, Literal("1", "http://www.w3.org/2001/XMLSchema#integer")),
        Triple(here, here, BlankNode("0.b1")),
    )
    assert statements.from_json(statements.to_json(stated)) == stated
    assert statements.from_json(statements.to_json([])) == ()
    assert json.loads(statements.to_json([])) == [[]]
