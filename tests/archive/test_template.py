"""The text of a new record."""

import re
from pathlib import Path

import pytest

from filmld.archive.fields import Field, fields, read_shapes
from filmld.archive.kinds import KINDS
from filmld.archive.resources import resource_folder
from filmld.archive.template import RECORD, NewRecord, write
from filmld.turtle.format import format_text
from filmld.turtle.reader import read
from filmld.turtle.terms import Literal
from filmld.vocab import SCHEMA, XSD

BASE = "https://films.example.org/"


def text_of(record: NewRecord, entity: tuple[Field, ...] | None = None) -> str:
    shapes = read_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
    return write(
        record,
        entity=fields(shapes, record.kind.classes) if entity is None else entity,
        document=fields(shapes, [RECORD]),
        texts_in="en",
        is_prose=lambda iri: iri == SCHEMA + "description",
    )


def new(kind: str, slug: str, name: str, language: str | None = None, year: int | None = None) -> NewRecord:
    return NewRecord(kind=KINDS[kind], base=BASE, slug=slug, name=name, language=language, year=year)


def field(**known: object) -> Field:
    blank = Field(
        property="https://a.example/p",
        name="field",
        description="",
        order=1,
        classes=(),
        datatypes=(),
        choices=(),
        is_link=False,
        is_marked=False,
    )
    # dataclasses.replace would ask for the type of each; what is passed stands in the test.
    for name, value in known.items():
        object.__setattr__(blank, name, value)
    return blank


def offered(entity: Field) -> str:
    text = text_of(new("film", "moloch-1999", "Moloch"), (entity,))
    return text.partition("# <https://a.example/p> ")[2].partition(" ;")[0]


def stated(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.lstrip().startswith("#")]


@pytest.mark.parametrize(
    ("record", "path"),
    [
        (new("person", "anastasia-pavlovich", "Anastasia Pavlovich"), "person/anastasia-pavlovich"),
        (new("place", "st-petersburg", "St. Petersburg", "en"), "place/st-petersburg"),
        (new("genre", "documentary", "Documentary", "en"), "genre/documentary"),
        (new("organization", "illume", "Illume Oy"), "organization/illume"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_stated_stands_as_in_the_records_of_this_archive(
    record: NewRecord, path: str, root: Path
) -> None:
    ours = (root / "records" / f"{path}.ttl").read_text(encoding="utf-8").splitlines()
    prefixes = {line for line in stated(text_of(record)) if line.startswith("@prefix")}
    assert {line for line in ours if line.startswith("@prefix")} <= prefixes
    rest = [line for line in stated(text_of(record)) if line not in prefixes]
    assert rest == [line for line in ours if line not in prefixes and "isBasedOn" not in line]


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_has_no_mistake_and_states_nothing_but_what_is_known(kind: str) -> None:
    document = read(text_of(new(kind, "a-slug", "A Name")))
    assert document.diagnostics == ()
    assert len(document.triples) == len(KINDS[kind].classes) + 1 + 2
    assert document.graph().types(document.triples[0].subject) == set(KINDS[kind].classes)


@pytest.mark.parametrize("kind", KINDS)
def test_each_offer_is_a_statement_once_its_mark_is_taken_away_and_its_value_put_in(kind: str) -> None:
    text = text_of(new(kind, "a-slug", "A Name"))
    filled = re.sub(r"^    # (?=[A-Za-z:]+ [^ ]+ ;)", "    ", text, flags=re.MULTILINE).replace("…", "x")
    assert filled != text.replace("…", "x")
    document = read(filled, base="https://a.example/")
    assert document.well_formed
    assert len(document.triples) > len(read(text).triples)


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_record_is_in_the_house_style(kind: str) -> None:
    text = text_of(new(kind, "a-slug", "A Name"))
    assert format_text(text) == text


@pytest.mark.parametrize(
    "name", ['The "Voice"', r"Back\slash", "’tis", "a\u200cb\u202ec", "<&>", "\U0001d54f \U000e0001"]
)
def test_any_name_comes_back_as_it_was_given(name: str) -> None:
    document = read(text_of(new("film", "a-slug", name, "en")))
    assert document.well_formed
    assert [
        value.lexical for value in document.graph().literals(document.triples[0].subject, SCHEMA + "name")
    ] == [name]


def test_characters_that_nobody_can_see_are_written_as_escapes() -> None:
    assert r'"a\u202Eb\U000E0001"' in text_of(new("person", "x", "a\u202eb\U000e0001"))


def test_the_year_of_a_film_is_stated_as_a_year() -> None:
    film = new("film", "moloch-1999", "Moloch", "de", 1999)
    assert '    schema:dateCreated "1999"^^xsd:gYear ;\n' in text_of(film)
    assert "# schema:dateCreated" not in text_of(film)
    assert '# schema:dateCreated "…"^^xsd:gYear ;' in text_of(new("film", "moloch", "Moloch"))


def test_the_shapes_tell_what_can_be_stated_and_how() -> None:
    lines = re.findall("# (schema:.*)", text_of(new("film", "moloch-1999", "Moloch", "de", 1999)))
    written = {" ".join(line.split()) for line in lines}
    assert "schema:director person:… ; # director: Who directed the film." in written
    assert 'schema:description "…"@en ; # synopsis: What the film is about.' in written
    assert "schema:isBasedOn source:… ; # source: What the record is based on." in written
    assert '    # schema:duration "…"^^xsd:duration ;' in text_of(new("film", "moloch", "Moloch"))


def test_an_offer_shows_what_its_value_looks_like() -> None:
    assert offered(field()) == '"…"'
    assert offered(field(name="festival")) == "festival:…"
    assert offered(field(name="source", datatypes=(XSD + "string",))) == '"…"'
    assert offered(field(is_marked=True)) == '"…"@en'
    assert offered(field(is_link=True)) == "<…>"
    assert offered(field(classes=(SCHEMA + "Review",))) == ":…"
    assert offered(field(classes=(SCHEMA + "Role", SCHEMA + "Country"))) == "place:…"
    assert offered(field(datatypes=(XSD + "gYear", XSD + "date"))) == '"…"^^xsd:gYear'
    assert offered(field(datatypes=("https://a.example/d",))) == '"…"^^<https://a.example/d>'
    assert offered(field(choices=(Literal("red"), Literal("blue")))) == '"red"'


def test_a_country_is_offered_for_a_place() -> None:
    assert "    # a schema:Country ;  # for a country" in text_of(new("place", "finland", "Finland", "en"))
