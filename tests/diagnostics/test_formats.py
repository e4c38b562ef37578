import json

import pytest

from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.model import Diagnostic, Position, Severity, Span
from filmld.diagnostics.registry import reader_rules

FOUND = Diagnostic(
    code="syntax",
    severity=Severity.ERROR,
    message="Not understood",
    filename="a.ttl",
    span=Span(Position(1, 1), Position(1, 3)),
)


def shown(form: Format, *, colour: bool = False, version: str | None = None) -> str:
    return render(form, [FOUND], {"a.ttl": "?? x"}.get, reader_rules, colour=colour, version=version)


def test_the_formats_are_those_of_the_command() -> None:
    assert [form.value for form in Format] == ["text", "concise", "json", "github", "sarif", "shacl"]


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        (Format.TEXT, "a.ttl:1:1: error[syntax]: Not understood\n  |\n1 | ?? x\n  | ^^\n"),
        (Format.CONCISE, "a.ttl:1:1: error[syntax]: Not understood\n"),
        (Format.JSON, '[\n{"code": "syntax", "name": "Not understood", "severity": "error", '),
        (Format.GITHUB, "::error file=a.ttl,line=1,endLine=1,col=1,endColumn=2,title=syntax::Not understood"),
        (Format.SARIF, '{\n  "$schema": "https://docs.oasis-open.org/sarif/'),
        (Format.SHACL, "@prefix fld: <https://w3id.org/filmld/ontology#> .\n"),
    ],
)
def test_each_format_is_behind_the_one_door(form: Format, beginning: str) -> None:
    text = shown(form)
    assert text.startswith(beginning)
    assert text.endswith("\n")


@pytest.mark.parametrize("form", Format)
def test_only_text_has_colours(form: Format) -> None:
    assert ("\x1b" in shown(form, colour=True)) is (form is Format.TEXT)


def test_the_version_is_told_in_sarif() -> None:
    (run,) = json.loads(shown(Format.SARIF, version="0.1.0"))["runs"]
    assert run["tool"]["driver"]["version"] == "0.1.0"
