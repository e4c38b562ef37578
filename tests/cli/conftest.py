"""A small archive, and the command to try on it."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from subprocess import CompletedProcess
from typing import TypeAlias

import pytest

from tests.cli import program

Run: TypeAlias = Callable[..., CompletedProcess[str]]

HEAD = """\
@prefix film: <https://films.example.org/film/> .
@prefix person: <https://films.example.org/person/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

FILM = """
film:moloch-1999
    a schema:Movie ;
    schema:name "Moloch"@en ;
    schema:dateCreated "1999"^^xsd:gYear ;
    schema:director person:alexander-sokurov ;
.
"""

PERSON = """
person:alexander-sokurov
    a schema:Person ;
    schema:name "Alexander Sokurov" ;
.
"""


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """An archive of one film and its director, without errors."""
    (tmp_path / "filmld.toml").write_text('base = "https://films.example.org/"\n', encoding="utf-8")
    for name, text in {"film/moloch-1999": FILM, "person/alexander-sokurov": PERSON}.items():
        path = tmp_path / "records" / f"{name}.ttl"
        path.parent.mkdir(parents=True)
        path.write_text(HEAD + text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def film(archive: Path) -> Path:
    """The file of the film."""
    return archive / "records" / "film" / "moloch-1999.ttl"


@pytest.fixture
def filmld(archive: Path) -> Run:
    """The command, run in the archive."""
    return partial(program.filmld, at=archive)
