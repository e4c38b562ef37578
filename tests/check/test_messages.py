"""What filmld says about the commonest mistakes, word for word."""

import tomllib
from pathlib import Path
from typing import NotRequired, TypedDict, cast

import pytest

from tests.check.archives import as_text, check_texts

FILM = "records/film/the-voice-of-sokurov-2014.ttl"
HEAD = """\
@prefix film: <https://films.example.org/film/> .
@prefix genre: <https://films.example.org/genre/> .
@prefix org: <https://films.example.org/organization/> .
@prefix person: <https://films.example.org/person/> .
@prefix place: <https://films.example.org/place/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
MORE = """\
    schema:description "Conversations with a director."@en ;
    schema:genre genre:documentary ;
    schema:countryOfOrigin place:finland ;
    schema:inLanguage "ru" ;
    schema:duration "PT77M"^^xsd:duration ;
    schema:identifier "ISAN 0000-0000-D07A-0090-Q" ;
"""
KNOWN = {
    "records/person/leena-kilpelainen.ttl": (
        'person:leena-kilpelainen\n    a schema:Person ;\n    schema:name "Leena Kilpeläinen" ;\n.\n'
    ),
    "records/organization/illume.ttl": 'org:illume a schema:Organization ; schema:name "Illume" .\n',
    "records/place/finland.ttl": 'place:finland a schema:Country ; schema:name "Finland"@en .\n',
    "records/genre/documentary.ttl": 'genre:documentary a schema:DefinedTerm ; schema:name "Essay"@en .\n',
}


class Case(TypedDict):
    title: str
    text: str
    says: str
    head: NotRequired[str]
    encoding: NotRequired[str]
    others: NotRequired[dict[str, str]]


def cases() -> list[Case]:
    table = tomllib.loads(Path(__file__).with_name("messages.toml").read_text(encoding="utf-8"))
    return cast("list[Case]", table["case"])


def record(text: str, head: str = HEAD) -> str:
    return head + text.replace("…\n", MORE)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["title"])
def test_the_message_says_what_is_wrong_and_what_to_type(case: Case, tmp_path: Path) -> None:
    film = record(case["text"], case.get("head", HEAD)).encode(case.get("encoding", "utf-8"))
    others = {name: record(text) for name, text in {**KNOWN, **case.get("others", {})}.items()}
    # The records that a case can link to are there whether it does or not.
    printed = [
        block
        for block in as_text(check_texts(tmp_path, {**others, FILM: film}))
        if "info[unused-record]" not in block
    ]
    expected = case["says"].replace("FILM", FILM).rstrip("\n").split("\n\n")
    assert [block.rstrip("\n") for block in printed] == expected


def test_a_record_without_mistakes_is_not_talked_about(tmp_path: Path) -> None:
    text = """\
film:the-voice-of-sokurov-2014
    a schema:Movie ;
    schema:name "The Voice of Sokurov"@en , "Sokurovin ääni"@fi ;
    schema:director person:leena-kilpelainen ;
    schema:productionCompany org:illume ;
    schema:dateCreated "2014"^^xsd:gYear ;
…
.
"""
    others = {name: record(known) for name, known in KNOWN.items()}
    assert as_text(check_texts(tmp_path, {**others, FILM: record(text)})) == []


def test_every_example_of_the_specification_has_its_case() -> None:
    assert sum(len(case["says"].split("\n\n")) for case in cases()) == 18
