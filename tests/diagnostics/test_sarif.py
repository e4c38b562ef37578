import json
import os
from pathlib import Path

import pytest

from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related, Severity, Span
from filmld.diagnostics.registry import Registry, explain, explain_markdown, reader_rules
from filmld.diagnostics.sarif import render_sarif
from tests.diagnostics.sarif_check import complaints

ROOT = Path(__file__).parents[2]
SCHEMA = Path("tests/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")

HOSTILE = "\x1b[2J\r\n\x00</script>::%0A{0} [x](javascript:1) \\ \u202e e\u0301 声 👩\u200d🎬" + "x" * 10_000

FULL = Diagnostic(
    code="http-schema-org",
    severity=Severity.ERROR,
    message="schema.org terms start with https:// here",
    filename="records/film/möloch 1999.ttl",
    span=Span(Position(1, 17), Position(1, 37)),
    label="change http to https",
    hint="@prefix schema: <https://schema.org/> .",
    fix=Fix(
        title="Write https",
        edits=(
            Edit(Span(Position(1, 18), Position(1, 22)), "https"),
            Edit(Span(Position(3, 1), Position(3, 1)), ""),
        ),
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
    source_constraint_component="http://www.w3.org/ns/shacl#PatternConstraintComponent",
)
BARE = Diagnostic(code="made-up", severity=Severity.INFO, message="M", filename="a.ttl")
WHOLE = Diagnostic(code="empty-record", severity=Severity.WARNING, message="M", filename="b.ttl")
NASTY = Diagnostic(
    code="syntax",
    severity=Severity.ERROR,
    message=HOSTILE,
    filename="a:b/#?%41\n\udce4.ttl",
    span=Span(Position(1, 1), Position(2, 1)),
    label=HOSTILE,
    hint=HOSTILE,
    value=HOSTILE,
    fix=Fix(title=HOSTILE, edits=(Edit(Span(Position(1, 1), Position(2, 1)), HOSTILE),)),
    related=(Related(message=HOSTILE, filename="x", span=None),),
)
SETS = {
    "none": [],
    "one of each": [FULL, BARE, WHOLE],
    "hostile": [NASTY],
    "many": [FULL, NASTY, BARE, WHOLE, FULL],
}


def log_of(*findings: Diagnostic, version: str | None = None) -> object:
    log: object = json.loads(render_sarif(findings, reader_rules(), version=version).encode("utf-8"))
    return log


@pytest.mark.parametrize("name", SETS)
def test_a_log_is_what_the_specification_demands(name: str) -> None:
    assert complaints(log_of(*SETS[name], version="0.1.0")) == []


@pytest.mark.parametrize("name", SETS)
def test_a_log_is_valid_against_the_published_schema(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = Path(os.environ.get("FILMLD_SARIF_SCHEMA", ROOT / SCHEMA))
    if not schema.is_file() and not os.environ.get("CI"):
        pytest.skip("no SARIF schema: npm ci --prefix tests installs it")
    validator = jsonschema.Draft4Validator(json.loads(schema.read_text(encoding="utf-8")))
    assert [error.message for error in validator.iter_errors(log_of(*SETS[name], version="0.1.0"))] == []
    assert [error.message for error in validator.iter_errors({"version": "2.1.0"})] != []


@pytest.mark.parametrize(
    ("right", "wrong", "complaint"),
    [
        ('"2.1.0"', '"2.0.0"', "log.version: '2.0.0' does not match"),
        ('"startLine": 1,', '"startLine": 0,', "region.startLine: 0 is not an integer of at least 1"),
        ('"uri": "shapes', '"uri": "/shapes', "uri: '/shapes/film.ttl' does not match"),
        ('"ruleIndex": 0', '"rule": 0', "results[0]: unknown property rule"),
        ('"level": "error",', '"level": "fatal",', "'fatal' does not match"),
        ("Write https", "Write {0}", "'Write {0}' does not match"),
    ],
)
def test_the_check_by_hand_finds_what_is_wrong(right: str, wrong: str, complaint: str) -> None:
    text = render_sarif([FULL], reader_rules())
    assert right in text
    assert complaint in "\n".join(complaints(json.loads(text.replace(right, wrong))))


def test_a_full_finding_has_all_its_places_and_its_fix() -> None:
    log = json.loads(render_sarif([FULL], reader_rules(), version="0.1.0"))
    (run,) = log["runs"]
    rule = reader_rules()["http-schema-org"]
    root = {"uri": "records/film/m%C3%B6loch%201999.ttl", "uriBaseId": "%SRCROOT%"}
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {
        "%SRCROOT%": {"description": {"text": "The root folder of the archive."}}
    }
    assert run["tool"]["driver"] == {
        "name": "filmld",
        "informationUri": "https://w3id.org/filmld/",
        "version": "0.1.0",
        "rules": [
            {
                "id": "http-schema-org",
                "name": "schema.org with http",
                "shortDescription": {"text": rule.summary},
                "fullDescription": {"text": rule.page.what_it_does},
                "help": {"text": explain(rule), "markdown": explain_markdown(rule)},
                "helpUri": "https://w3id.org/filmld/rules#http-schema-org",
                "defaultConfiguration": {"level": "error"},
            }
        ],
    }
    assert run["results"] == [
        {
            "ruleId": "http-schema-org",
            "ruleIndex": 0,
            "level": "error",
            "message": {
                "text": "schema.org terms start with https:// here\n"
                "help: @prefix schema: <https://schema.org/> ."
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": root,
                        "region": {"startLine": 1, "startColumn": 17, "endLine": 1, "endColumn": 37},
                    },
                    "message": {"text": "change http to https"},
                }
            ],
            "relatedLocations": [
                {
                    "id": 1,
                    "physicalLocation": {
                        "artifactLocation": {"uri": "shapes/film.ttl", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 12, "startColumn": 5, "endLine": 12, "endColumn": 9},
                    },
                    "message": {"text": "the shape says so here"},
                },
                {
                    "id": 2,
                    "physicalLocation": {
                        "artifactLocation": {"uri": "filmld.toml", "uriBaseId": "%SRCROOT%"}
                    },
                    "message": {"text": "the configuration"},
                },
            ],
            "fixes": [
                {
                    "description": {"text": "Write https"},
                    "artifactChanges": [
                        {
                            "artifactLocation": root,
                            "replacements": [
                                {
                                    "deletedRegion": {
                                        "startLine": 1,
                                        "startColumn": 18,
                                        "endLine": 1,
                                        "endColumn": 22,
                                    },
                                    "insertedContent": {"text": "https"},
                                },
                                {
                                    "deletedRegion": {
                                        "startLine": 3,
                                        "startColumn": 1,
                                        "endLine": 3,
                                        "endColumn": 1,
                                    },
                                    "insertedContent": {"text": ""},
                                },
                            ],
                        }
                    ],
                }
            ],
            "properties": {
                "focusNode": "<https://films.example.org/film/moloch-1999>",
                "sourceConstraintComponent": "http://www.w3.org/ns/shacl#PatternConstraintComponent",
            },
        }
    ]


def test_rules_come_by_code_and_results_by_place_in_whatever_order_they_arrive() -> None:
    text = render_sarif([FULL, BARE, WHOLE], reader_rules())
    (run,) = json.loads(text)["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert rules == ["empty-record", "http-schema-org", "made-up"]
    assert [(result["ruleId"], result["ruleIndex"]) for result in run["results"]] == [
        ("made-up", 2),
        ("empty-record", 0),
        ("http-schema-org", 1),
    ]
    assert render_sarif([WHOLE, FULL, BARE], reader_rules()) == text


def test_a_rule_that_nobody_registered_is_named_all_the_same() -> None:
    (run,) = json.loads(render_sarif([BARE], Registry.of([])))["runs"]
    assert run["tool"]["driver"]["rules"] == [{"id": "made-up"}]
    assert run["results"][0]["level"] == "note"


def test_a_file_is_named_by_an_address_that_keeps_its_bytes() -> None:
    (run,) = json.loads(render_sarif([NASTY], reader_rules()))["runs"]
    (location,) = run["results"][0]["locations"]
    uri = location["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "a%3Ab/%23%3F%2541%0A%E4.ttl"


def test_no_path_of_this_computer_is_told() -> None:
    found = Diagnostic(code="c", severity=Severity.INFO, message="M", filename="/home/anna/records/a.ttl")
    text = render_sarif([found], reader_rules())
    assert '"uri": "a.ttl"' in text
    assert "anna" not in text


def test_a_message_is_neither_a_template_nor_a_link() -> None:
    found = Diagnostic(
        code="c", severity=Severity.INFO, message="use {0} or [x](y)", hint="[ ]", filename="a.ttl"
    )
    (run,) = json.loads(render_sarif([found], reader_rules()))["runs"]
    assert run["results"][0]["message"] == {"text": "use {{0}} or \\[x\\](y)\nhelp: \\[ \\]"}


def test_a_hostile_text_reaches_no_terminal() -> None:
    text = render_sarif([NASTY], reader_rules())
    assert not set(text) & set("\x1b\x00\r\u202e")
    fix = json.loads(text)["runs"][0]["results"][0]["fixes"][0]
    assert fix["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == HOSTILE
