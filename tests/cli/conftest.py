"""A small archive, and the command to try on it."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from filmld.cli.main import main

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
def filmld(archive: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command, run in the archive, in this process: to start one takes longer than most of them."""

    def run(*arguments: str, stdin: bytes = b"") -> "subprocess.CompletedProcess[str]":
        with monkeypatch.context() as patch:
            patch.chdir(archive)
            patch.setattr(sys, "argv", ["filmld", *arguments])
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            with pytest.raises(SystemExit) as ended:
                main()
        printed = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return subprocess.CompletedProcess(arguments, ended.value.code, printed.out, printed.err)

    return run
