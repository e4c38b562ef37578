"""A small archive, and the command to try on it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]

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

    def run(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
        result = subprocess.run(
            [sys.executable, "-m", "filmld", *arguments],
            cwd=archive,
            input=stdin,
            capture_output=True,
            check=False,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        return subprocess.CompletedProcess(
            result.args, result.returncode, result.stdout.decode(), result.stderr.decode()
        )

    return run
