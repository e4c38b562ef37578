"""What the shapes have to say, property by property."""

from pathlib import Path

import pytest

from filmld.archive.fields import Field, fields, read_shapes
from filmld.archive.resources import resource_folder
from filmld.errors import ShapesSyntaxError
from filmld.vocab import SCHEMA

SHAPES = """\
@prefix ex: <https://a.example/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
ex:Thing a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:late , ex:early , ex:early-too , ex:path .
ex:late sh:path ex:colour ; sh:order 2 ; sh:name "colour"@en , "Farbe"@de ; sh:in ( "red" ex:blue ) .
ex:early sh:path ex:when ; sh:order "1.5"^^xsd:decimal ; sh:description "When,\\n  roughly." .
ex:early-too sh:path ex:when ; sh:or ( [ sh:datatype xsd:gYear ] [ sh:datatype xsd:date ] "no shape" ) .
ex:path sh:path ( ex:a ex:b ) .
ex:Other sh:targetClass ex:Other ; sh:property ex:notes .
ex:notes sh:path ex:note ; sh:order "x" ; sh:in ex:endless ; sh:uniqueLang true .
ex:endless rdf:first 1 ; rdf:rest ex:endless .
"""


def read(folder: Path, text: str) -> dict[str, Field]:
    path = folder / "own.ttl"
    path.write_text(text, encoding="utf-8")
    found = fields(read_shapes([path]), ["https://a.example/Thing", "https://a.example/Other"])
    return {field.property.removeprefix("https://a.example/"): field for field in found}


def test_fields_come_in_the_order_of_the_shapes_and_those_without_come_last(tmp_path: Path) -> None:
    assert list(read(tmp_path, SHAPES)) == ["when", "colour", "note"]


def test_several_shapes_of_one_property_make_one_field(tmp_path: Path) -> None:
    when = read(tmp_path, SHAPES)["when"]
    assert when.description == "When, roughly."
    assert [datatype.rpartition("#")[2] for datatype in when.datatypes] == ["gYear", "date"]


def test_names_are_read_in_the_language_asked_for(tmp_path: Path) -> None:
    assert read(tmp_path, SHAPES)["colour"].name == "colour"
    shapes = read_shapes([tmp_path / "own.ttl"])
    assert [field.name for field in fields(shapes, ["https://a.example/Thing"], "de")] == ["", "Farbe"]


def test_choices_are_kept_and_a_list_without_end_is_left(tmp_path: Path) -> None:
    found = read(tmp_path, SHAPES)
    assert list(map(str, found["colour"].choices)) == ['"red"', "<https://a.example/blue>"]
    assert len(found["note"].choices) == 1
    assert found["note"].is_marked


def test_a_file_that_is_not_turtle_is_named(tmp_path: Path) -> None:
    with pytest.raises(ShapesSyntaxError, match=r"own\.ttl:1:"):
        read(tmp_path, "nothing")


def test_the_shapes_that_ship_speak_of_a_film() -> None:
    shapes = read_shapes(sorted(resource_folder("shapes").glob("*.ttl")))
    film = {field.property: field for field in fields(shapes, [SCHEMA + "Movie"])}
    assert next(iter(film.values())).property == SCHEMA + "name"
    assert film[SCHEMA + "name"].is_marked
    assert film[SCHEMA + "name"].name == "title"
    assert SCHEMA + "Person" in film[SCHEMA + "director"].classes
