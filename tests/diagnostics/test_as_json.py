import json

import pytest

from filmld.diagnostics.as_json import render_json
from filmld.diagnostics.harmless import strict_json
from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related, Severity, Span
from filmld.diagnostics.registry import Registry, reader_rules

HOSTILE = (
    '\x1b[2J\r\n\x00"\\</script>::%0A\u202e\u2028\u200b\x9b\x85 e\u0301 声 👩\u200d🎬 \ufeff' + "x" * 10_000
)

FULL = Diagnostic(
    code="http-schema-org",
    severity=Severity.ERROR,
    message="schema.org terms start with https:// here",
    filename="records/film/moloch-1999.ttl",
    span=Span(Position(1, 17), Position(1, 37)),
    label="change http to https",
    hint="@prefix schema: <https://schema.org/> .",
    notes=("every other record uses https",),
    fix=Fix(
        title="Write https",
        edits=(Edit(Span(Position(1, 18), Position(1, 22)), "https"),),
    ),
    related=(
        Related(
            message="the shape says so here",
            filename="shapes/film.ttl",
            span=Span(Position(12, 5), Position(12, 9)),
        ),
        Related(message="the configuration", filename="filmld.toml"),
    ),
    focus_node="<https://films.example.org/film/moloch-1999>",
    result_path="<https://schema.org/name>",
    value='"Moloch"@en',
    source_shape="_:b0",
    source_constraint_component="http://www.w3.org/ns/shacl#PatternConstraintComponent",
)


def test_a_full_finding_has_every_field() -> None:
    assert json.loads(render_json([FULL], reader_rules())) == [
        {
            "code": "http-schema-org",
            "name": "schema.org with http",
            "severity": "error",
            "message": "schema.org terms start with https:// here",
            "hint": "@prefix schema: <https://schema.org/> .",
            "filename": "records/film/moloch-1999.ttl",
            "location": {"row": 1, "column": 17},
            "end_location": {"row": 1, "column": 37},
            "fix": {
                "title": "Write https",
                "edits": [
                    {
                        "location": {"row": 1, "column": 18},
                        "end_location": {"row": 1, "column": 22},
                        "content": "https",
                    }
                ],
            },
            "url": "https://w3id.org/filmld/rules#http-schema-org",
            "focusNode": "<https://films.example.org/film/moloch-1999>",
            "resultPath": "<https://schema.org/name>",
            "value": '"Moloch"@en',
            "sourceShape": "_:b0",
            "sourceConstraintComponent": "http://www.w3.org/ns/shacl#PatternConstraintComponent",
            "related": [
                {
                    "message": "the shape says so here",
                    "filename": "shapes/film.ttl",
                    "location": {"row": 12, "column": 5},
                    "end_location": {"row": 12, "column": 9},
                },
                {
                    "message": "the configuration",
                    "filename": "filmld.toml",
                    "location": None,
                    "end_location": None,
                },
            ],
        }
    ]


def test_a_bare_finding_has_only_what_applies() -> None:
    bare = Diagnostic(code="c", severity=Severity.INFO, message="M", filename="a.ttl")
    assert render_json([bare], Registry.of([])) == (
        '[\n{"code": "c", "name": "c", "severity": "info", "message": "M", "hint": null, '
        '"filename": "a.ttl", "location": null, "end_location": null, "fix": null, "url": null}\n]\n'
    )


def test_no_findings_are_an_empty_array() -> None:
    assert render_json([], Registry.of([])) == "[]\n"


def test_a_hostile_text_comes_back_exactly_and_reaches_no_terminal() -> None:
    found = Diagnostic(code="c", severity=Severity.INFO, message=HOSTILE, filename="a.ttl", value=HOSTILE)
    text = render_json([found], Registry.of([]))
    (back,) = json.loads(text)
    assert back["message"] == HOSTILE
    assert back["value"] == HOSTILE
    assert not set(text) & set("\x1b\x00\r\u202e\u2028\u200b\x9b\x85\ufeff")
    assert "声" in text
    assert len(text.splitlines()) == 3


def test_a_lone_surrogate_does_not_break_the_encoding() -> None:
    found = Diagnostic(
        code="c", severity=Severity.INFO, message="\ud83d\ude00", filename="kilpel\udce4inen.ttl"
    )
    text = render_json([found], Registry.of([]))
    (back,) = json.loads(text.encode("utf-8"))
    assert back["filename"] == "kilpel\\udce4inen.ttl"
    assert back["message"] == "\\ud83d\\ude00"


def test_a_number_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="not JSON compliant"):
        strict_json({"seconds": float("nan")})


def test_the_same_findings_give_the_same_bytes_in_whatever_order_they_come() -> None:
    found = [
        Diagnostic(code="c", severity=Severity.INFO, message="M", filename="a.ttl", value=value)
        for value in ('"2"', '"1"', '"3"')
    ]
    text = render_json(found, Registry.of([]))
    assert [item["value"] for item in json.loads(text)] == ['"1"', '"2"', '"3"']
    assert render_json(reversed(found), Registry.of([])) == text
