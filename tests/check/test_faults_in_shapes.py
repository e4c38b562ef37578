"""Shapes that do not mean what they say are refused before any record passes for it."""

import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from filmld.check.shapes.compiled import engine
from filmld.check.shapes.deadline import deadline
from tests.check.archives import make, run_here

Capsys = pytest.CaptureFixture[str]

# Five rows of prefixes: what a case says begins in row 6, column 1, or after ON_FILMS in row 7, column 5.
HEAD = """\
@prefix ex: <https://example.org/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
ON_FILMS = "ex:S a sh:NodeShape ; sh:targetClass schema:Movie ;\n    "
NAME = "sh:property [ sh:path schema:name ; "
CHAIN = "".join(f"ex:N{n} a sh:NodeShape ; sh:node ex:N{n + 1} .\n" for n in range(60))
FILM = "<https://films.example.org/film/x>"
RECORD = f'@prefix schema: <https://schema.org/> .\n{FILM} a schema:Movie ; schema:name "{{}}!" .\n'

CASES = [
    (
        "S03 a query that asks elsewhere",
        ON_FILMS + 'sh:sparql [ sh:select "SELECT $this WHERE { SERVICE <CANARY> { $this ?p ?o } }" ] .',
        "7:27: a query in a shape must not use SERVICE: it asks the records alone",
    ),
    (
        "S04 a query about other data",
        ON_FILMS + 'sh:sparql [ sh:select "SELECT $this FROM <CANARY> WHERE { $this ?p ?o }" ] .',  # noqa: S608  no SQL
        "7:27: a query in a shape must not use FROM: it asks the records alone",
    ),
    (
        "S05 a rule",
        ON_FILMS + "sh:rule ex:R .",
        "7:5: ‘sh:rule’ belongs to SHACL’s advanced features, which filmld does not run",
    ),
    (
        "S05 a target by query",
        'ex:S a sh:NodeShape ; sh:target [ a sh:SPARQLTarget ; sh:ask "ASK { SERVICE <CANARY> {} }" ] .',
        "6:23: ‘sh:target’ belongs to SHACL’s advanced features, which filmld does not run (and 2 more)",
    ),
    (
        "S06 a program",
        ON_FILMS + "sh:js ex:J .",
        "7:5: ‘sh:js’ belongs to SHACL’s advanced features, which filmld does not run",
    ),
    (
        "S08 a pattern that is none",
        ON_FILMS + NAME + 'sh:pattern "(((" ] .',
        "7:52: this pattern cannot be used: missing ), unterminated subpattern at position 2",
    ),
    (
        "S09 a number in quotation marks",
        ON_FILMS + NAME + 'sh:minCount "x" ] .',
        "7:53: ‘sh:minCount’ needs a whole number without quotation marks",
    ),
    (
        "S09 no path",
        ON_FILMS + "sh:property [ sh:minCount 1 ] .",
        "7:17: this shape of a property does not say which: it has no sh:path",
    ),
    ("S10 a misspelt term", ON_FILMS + NAME + "sh:minCont 1 ] .", "7:41: SHACL has no ‘sh:minCont’"),
    ("S10 a misspelt value", ON_FILMS + NAME + "sh:severity sh:Eror ] .", "7:53: SHACL has no ‘sh:Eror’"),
    (
        "S11 shapes that refer to each other",
        ON_FILMS + "sh:node ex:B .\nex:B a sh:NodeShape ; sh:node ex:S .",
        "6:1: this shape refers to itself, at once or by others; SHACL leaves its meaning open (and 1 more)",
    ),
    (
        "S12 a chain of shapes",
        ON_FILMS + "sh:node ex:N0 .\n" + CHAIN + "ex:N60 a sh:NodeShape ; sh:minLength 1 .",
        "6:1: shapes within shapes go more than 25 deep here (and 36 more)",
    ),
    (
        "S13 a list that bites its tail",
        ON_FILMS + NAME + "sh:in _:l ] .\n_:l rdf:first 1 ; rdf:rest _:l .",
        "7:47: ‘sh:in’ needs a list that ends, as in ( 1 2 3 )",
    ),
    (
        "S13 a path that bites its tail",
        ON_FILMS + "sh:property [ sh:path _:l ] .\n_:l rdf:first schema:name ; rdf:rest _:l .",
        "7:27: this path does not end, or is none",
    ),
    (
        "S17 no target",
        "ex:S a sh:NodeShape ;\n    " + NAME + "sh:minCount 1 ] .",
        "6:1: this shape judges nothing: it has no target, and no other shape refers to it",
    ),
    (
        "the same demand twice",
        ON_FILMS + NAME + "sh:minCount 1 , 2 ] .",
        "7:57: this shape says ‘sh:minCount’ twice",
    ),
    ("no Turtle", ON_FILMS + "sh:property", "7:5: ‘sh:property’ has no value"),
]


@pytest.fixture
def canary() -> Iterator[tuple[str, list[bytes]]]:
    """An address on this computer that remembers who called."""
    calls: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as door:

        def listen() -> None:
            while True:
                try:
                    call, _ = door.accept()
                except OSError:
                    return
                with call:
                    calls.append(call.recv(1000))

        threading.Thread(target=listen, daemon=True).start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}/", calls
        door.shutdown(socket.SHUT_RDWR)


@pytest.mark.parametrize(("title", "shapes", "expected"), CASES, ids=[case[0] for case in CASES])
def test_a_faulty_shape_is_refused_at_its_place(
    title: str, shapes: str, expected: str, canary: tuple[str, list[bytes]], tmp_path: Path, capsys: Capsys
) -> None:
    address, calls = canary
    make(
        tmp_path,
        {
            "records/film/x.ttl": RECORD.format("a"),
            "shapes/own.ttl": HEAD + shapes.replace("CANARY", address),
        },
    )
    done = run_here(tmp_path, capsys, "check")
    assert done.err.splitlines()[0] == f"filmld: the shapes cannot be used: shapes/own.ttl:{expected}"
    assert (done.code, done.out) == (2, "")
    assert calls == []


def test_s10_a_misspelt_term_is_helped(tmp_path: Path, capsys: Capsys) -> None:
    make(
        tmp_path,
        {
            "records/film/x.ttl": RECORD.format("a"),
            "shapes/own.ttl": HEAD + ON_FILMS + NAME + "sh:minCont 1 ] .",
        },
    )
    assert run_here(tmp_path, capsys, "check").err.splitlines()[1] == "  help: did you mean ‘sh:minCount’?"


def test_s01_s02_what_is_imported_is_not_fetched(
    canary: tuple[str, list[bytes]], tmp_path: Path, capsys: Capsys
) -> None:
    address, calls = canary
    imports = f"{FILM} <http://www.w3.org/2002/07/owl#imports> <{address}> , <file:///etc/passwd> .\n"
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a") + imports, "shapes/own.ttl": HEAD + imports})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    told = [line for line in done.out.splitlines() if "import" in line]
    assert [line.split(": ")[:2] for line in told] == [
        ["records/film/x.ttl:3:36", "warning[shape-in-record]"],
        ["shapes/own.ttl:6:36", "warning[import-ignored]"],
    ]
    assert (done.code, calls) == (0, [])


def test_s07_a_pattern_that_never_ends_is_stopped(
    tmp_path: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "deadline", partial(deadline, standstill=1))  # not five seconds
    shape = HEAD + ON_FILMS + NAME + 'sh:pattern "^(a+)+$" ] .'
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a" * 60), "shapes/own.ttl": shape})
    done = run_here(tmp_path, capsys, "check")
    assert done.err.splitlines()[0] == (
        "filmld: the shapes cannot be used: the shape at shapes/own.ttl:7:17 takes too long; "
        "a pattern such as (a+)+ has too many ways to match a text"
    )
    assert (done.code, done.out) == (2, "")


def test_s07_such_a_pattern_on_a_text_that_fits_does_no_harm(tmp_path: Path, capsys: Capsys) -> None:
    shape = HEAD + ON_FILMS + NAME + 'sh:pattern "^(a+)+!$" ] .'
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a" * 60), "shapes/own.ttl": shape})
    assert run_here(tmp_path, capsys, "check").code == 0


def test_s14_s15_a_record_cannot_switch_shapes_off(
    canary: tuple[str, list[bytes]], tmp_path: Path, capsys: Capsys
) -> None:
    address, calls = canary
    off = (
        "<https://w3id.org/filmld/shapes#missing-year> <http://www.w3.org/ns/shacl#deactivated> true .\n"
        f"<https://films.example.org/film/x> <http://www.w3.org/ns/shacl#shapesGraph> <{address}> .\n"
    )
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a") + off})
    lines = run_here(tmp_path, capsys, "check", "--format", "concise").out.splitlines()
    assert [line.split(": ")[0] for line in lines if "[shape-in-record]" in line] == [
        "records/film/x.ttl:3:47",
        "records/film/x.ttl:4:36",
    ]
    assert "records/film/x.ttl:2:1: warning[missing-year]: This film has no year." in lines
    assert calls == []


def test_s16_classes_in_a_circle_end(tmp_path: Path, capsys: Capsys) -> None:
    circle = "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix ex: <https://example.org/> .\n"
    circle += "ex:A rdfs:subClassOf ex:B .\nex:B rdfs:subClassOf ex:A .\n"
    make(
        tmp_path,
        {
            "records/film/x.ttl": "<https://films.example.org/film/x> a <https://example.org/A> .\n",
            "shapes/own.ttl": HEAD
            + "ex:S a sh:NodeShape ; sh:targetClass ex:B ;\n    "
            + NAME
            + "sh:minCount 1 ] .",
            "ontology/own.ttl": circle,
        },
    )
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    assert done.out == "records/film/x.ttl:1:1: error[min-count]: ‘name’ is missing\n"


@pytest.mark.parametrize("content", ["", "# none yet\n"])
def test_s17_an_empty_file_leaves_the_shapes_that_ship_with_filmld(
    content: str, tmp_path: Path, capsys: Capsys
) -> None:
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a"), "shapes/own.ttl": content})
    assert "warning[missing-year]" in run_here(tmp_path, capsys, "check", "--format", "concise").out


def test_shapes_that_ship_with_filmld_have_no_slip(tmp_path: Path, capsys: Capsys) -> None:
    make(
        tmp_path,
        {"records/film/x.ttl": '<https://films.example.org/film/x> <https://schema.org/name> "a" .\n'},
    )
    done = run_here(tmp_path, capsys, "check")
    assert (done.code, done.out) == (0, "")


def test_a_shape_may_share_its_name_with_a_rule_of_ours(tmp_path: Path, capsys: Capsys) -> None:
    shapes = "ex:identifier a sh:NodeShape ; sh:targetClass schema:Movie ;\n"
    shapes += "    sh:property ex:b , <https://e.org/b> .\n"
    shapes += 'ex:b sh:path schema:name ; sh:message "one" ; sh:maxLength 1 .\n'
    shapes += '<https://e.org/b> sh:path schema:name ; sh:message "two" ; sh:maxLength 1 .\n'
    make(tmp_path, {"records/film/x.ttl": RECORD.format("a"), "shapes/own.ttl": HEAD + shapes})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    assert [line for line in done.out.splitlines() if "[b]" in line] == [
        "records/film/x.ttl:2:65: error[b]: one",
        "records/film/x.ttl:2:65: error[b]: two",
    ]
