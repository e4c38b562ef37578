"""Edits of a record that change what is to be said of others: those that mention it, or that it mentions."""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

YEARS: Final = ("1874", "1890", "1935", "1999", "2050")


def _one(records: Path, choose: random.Random, folder: str) -> Path:
    return choose.choice(sorted((records / folder).glob("*.ttl")))


def _sub(path: Path, pattern: str, replacement: str) -> None:
    path.write_text(re.sub(pattern, replacement, path.read_text(encoding="utf-8"), count=1), encoding="utf-8")


def _add(path: Path, line: str) -> None:
    """Add a statement to the first thing that a record describes."""
    _sub(path, r"(?m)^\.$", f"    {line} ;\n.")


def born(records: Path, choose: random.Random) -> None:
    _sub(_one(records, choose, "person"), r'birthDate "\d+"', f'birthDate "{choose.choice(YEARS)}"')


def died(records: Path, choose: random.Random) -> None:
    _add(_one(records, choose, "person"), f'schema:deathDate "{choose.choice(YEARS)}"^^xsd:gYear')


def founded(records: Path, choose: random.Random) -> None:
    year = choose.choice(YEARS)
    _sub(_one(records, choose, "organization"), r'foundingDate "\d+"', f'foundingDate "{year}"')


def dissolved(records: Path, choose: random.Random) -> None:
    year = choose.choice(YEARS)
    _add(_one(records, choose, "organization"), f'schema:dissolutionDate "{year}"^^xsd:gYear')


def began(records: Path, choose: random.Random) -> None:
    _add(_one(records, choose, "festival"), f'schema:foundingDate "{choose.choice(YEARS)}"^^xsd:gYear')


def part(records: Path, choose: random.Random) -> None:
    """A festival is a part of another, or of itself over others."""
    other = _one(records, choose, "festival").stem
    _add(_one(records, choose, "festival"), f"schema:superEvent festival:{other}")


def lists(records: Path, choose: random.Random) -> None:
    film = _one(records, choose, "film").stem
    property_ = choose.choice(("schema:subEvent", "schema:review", "schema:hasPart"))
    part_ = choose.choice(("#screening", "#review", ""))
    _add(
        _one(records, choose, choose.choice(("festival", "film"))),
        f"{property_} <https://films.example.org/film/{film}{part_}>",
    )


def made(records: Path, choose: random.Random) -> None:
    _sub(_one(records, choose, "film"), r'dateCreated "\d+"', f'dateCreated "{choose.choice(YEARS)}"')


def retyped(records: Path, choose: random.Random) -> None:
    folder, before = choose.choice(
        (
            ("person", "schema:Person"),
            ("place", "schema:Country"),
            ("genre", "schema:DefinedTerm"),
            ("organization", "schema:Organization"),
        )
    )
    _sub(
        _one(records, choose, folder),
        before,
        choose.choice(("schema:Organization", "schema:Movie", "schema:Thing")),
    )


def namesake(records: Path, choose: random.Random) -> None:
    """A record gets the name of another."""
    folder = choose.choice(("film", "person", "organization"))
    one, other = _one(records, choose, folder), _one(records, choose, folder)
    name = re.search(r'schema:name ("[^"]*"(?:@en)?)', one.read_text(encoding="utf-8"))
    if name:
        _sub(other, r'schema:name "[^"]*"(?:@en)?', f"schema:name {name[1]}")


def number(records: Path, choose: random.Random) -> None:
    """A record gets the number of another in another system, or its page."""
    folder = choose.choice(("film", "person"))
    one, other = _one(records, choose, folder), _one(records, choose, folder)
    page = choose.choice(("<http://www.wikidata.org/entity/Q1000002>", "<https://pages.example.net/a>"))
    _sub(one, r"sameAs <[^>]*>", f"sameAs {page}")
    _sub(other, r"sameAs <[^>]*>", f"sameAs {page}")


def credited(records: Path, choose: random.Random) -> None:
    """A film credits somebody over a credit of another film."""
    film = _one(records, choose, "film").stem
    property_ = choose.choice(("contributor", "director", "actor"))
    _add(
        _one(records, choose, "film"), f"schema:{property_} <https://films.example.org/film/{film}#credit-0>"
    )


def directs(records: Path, choose: random.Random) -> None:
    person = _one(records, choose, "person").stem
    _add(_one(records, choose, "film"), f"schema:director person:{person}")


def described(records: Path, choose: random.Random) -> None:
    """A record says something of what another describes."""
    person = _one(records, choose, "person").stem
    path = _one(records, choose, "film")
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f'{text}\nperson:{person} schema:birthDate "{choose.choice(YEARS)}"^^xsd:gYear .\n', encoding="utf-8"
    )


def concept(records: Path, choose: random.Random) -> None:
    """A record says something of a concept that comes with filmld, and links to it."""
    path = _one(records, choose, "film")
    text = path.read_text(encoding="utf-8")
    more = choose.choice(("a schema:Person", 'schema:name "x"@en', 'schema:duration "PT1M"^^xsd:duration'))
    path.write_text(f"{text}\nrole:editor {more} .\n", encoding="utf-8")


def gone(records: Path, choose: random.Random) -> None:
    _one(records, choose, choose.choice(("person", "organization", "festival", "film"))).unlink()


EDITS: Final[tuple[Callable[[Path, random.Random], None], ...]] = (
    began,
    born,
    concept,
    credited,
    described,
    died,
    directs,
    dissolved,
    founded,
    gone,
    lists,
    made,
    namesake,
    number,
    part,
    retyped,
)
