"""``filmld query`` as people use it."""

import json
import os
import pty
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from filmld.archive.config import Limits, read_config
from tests.program import run, unmeasured
from tests.query.test_worker import ENDLESS

NAME_JSON = b'{"type":"literal","value":"Moloch","xml:lang":"en"}'
NAME_XML = (
    b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    b'<variable name="name"/></head><results><result><binding name="name">'
    b'<literal xml:lang="en">Moloch</literal></binding></result></results></sparql>\n'
)


def query(
    *arguments: str | Path, cwd: Path | None = None, given: bytes | None = None
) -> "subprocess.CompletedProcess[bytes]":
    return run(*map(str, arguments), at=cwd or Path(), stdin=given or b"")


def test_the_records_are_asked(root: Path) -> None:
    ended = query("query", "SELECT ?name { ?film a schema:Movie ; schema:name ?name }", cwd=root)

    assert ended.stdout.decode() == "name\n────────────────────────\nThe Voice of Sokurov @en\n"
    assert ended.stderr.decode().startswith("1 row in 0.")
    assert ended.returncode == 0


def test_a_record_is_a_graph(root: Path) -> None:
    ended = query(
        "--root",
        root,
        "query",
        "--format",
        "csv",
        "SELECT ?record { GRAPH ?record { ?film a schema:Movie } }",
    )

    assert ended.stdout == b"record\r\nhttps://films.example.org/film/the-voice-of-sokurov-2014#record\r\n"


def test_relative_iris_are_those_of_the_archive(root: Path) -> None:
    text = "SELECT ?name { <film/the-voice-of-sokurov-2014> schema:name ?name }"

    assert (
        query("--root", root, "query", "--format", "csv", text).stdout == b"name\r\nThe Voice of Sokurov\r\n"
    )


@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("csv", b"name\r\nMoloch\r\n"),
        ("tsv", b'?name\n"Moloch"@en\n'),
        (
            "json",
            b'{"head":{"vars":["name"]},"results":{"bindings":[{"name":%s}]}}\n' % NAME_JSON,
        ),
        (
            "xml",
            NAME_XML,
        ),
    ],
)
def test_plain_files_are_asked_without_an_archive(
    films: Path, tmp_path: Path, name: str, answer: bytes
) -> None:
    text = 'SELECT ?name { ?film schema:name ?name FILTER(LANG(?name) = "en") }'

    assert query("query", "--data", films, "--format", name, text, cwd=tmp_path).stdout == answer


def test_several_files_in_several_formats_are_one(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<a:a> <a:p> _:b .\n", encoding="utf-8")
    (tmp_path / "b.nq").write_text("<a:b> <a:p> _:b <a:g> .\n", encoding="utf-8")
    (tmp_path / "c.trig").write_text("<a:g> { <a:c> <a:p> 1 }\n", encoding="utf-8")
    files = [f"--data={tmp_path / name}" for name in ("a.nt", "b.nq", "c.trig")]
    count = "SELECT (COUNT(DISTINCT ?a) AS ?n) (COUNT(DISTINCT ?b) AS ?m) "
    assert query("query", *files, "--format", "csv", count + "{ ?a ?p ?b }").stdout == b"n,m\r\n3,3\r\n"
    assert query("query", *files, "--format", "csv", count + "{ GRAPH ?g { ?a ?p ?b } }").stdout == (
        b"n,m\r\n2,2\r\n"
    )


def test_construct_is_turtle_unless_asked_otherwise(films: Path) -> None:
    text = 'CONSTRUCT { ?f a schema:Work } WHERE { ?f schema:name "Moloch"@en }'

    assert query("query", "--data", films, text).stdout == (
        b"@prefix schema: <https://schema.org/> .\n\n"
        b"<https://films.example.org/film/moloch-1999>\n    a schema:Work ;\n.\n"
    )
    graph = json.loads(query("query", "--data", films, "--format", "jsonld", text).stdout)
    assert graph == [
        {
            "@id": "https://films.example.org/film/moloch-1999",
            "http://www.w3.org/1999/02/22-rdf-syntax-ns#type": [{"@id": "https://schema.org/Work"}],
        }
    ]


@pytest.mark.parametrize(("text", "answer"), [("ASK {}", b"yes\n"), ("ASK { ?s a <a:b> }", b"no\n")])
def test_ask_is_answered_with_a_word(films: Path, text: str, answer: bytes) -> None:
    assert query("query", "--data", films, text).stdout == answer


def test_the_query_may_come_from_a_file_or_from_standard_input(films: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"\xef\xbb\xbfASK {}\n")

    assert query("query", "--data", films, "-f", tmp_path / "q.rq").stdout == b"yes\n"
    assert query("query", "--data", films, "-", given=b"ASK {}").stdout == b"yes\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("SELECT * { ?s foo:x ?y }",), "filmld: line 1, column 15: the prefix foo: is not declared\n"),
        (("DROP ALL",), "filmld: DROP is an update; only queries are answered\n"),
        (("SELECT * { SERVICE <a:b> {} }",), "filmld: line 1, column 12: SERVICE is not allowed"),
        ((" ",), "filmld: the query is empty\n"),
        (("--format", "turtle", "ASK {}"), "the answer to ASK cannot be written in the format asked for"),
        (("--format", "table", "DESCRIBE <a:b>"), "the answer to CONSTRUCT and DESCRIBE cannot be written"),
        (("--timeout", "0.2", ENDLESS), "filmld: the query was ended: it took longer than 0.2 seconds\n"),
        (("--timeout", "0", "ASK {}"), "Invalid value for '--timeout'"),
        ((), "give one query: as an argument (- for standard input), with -f FILE, or with --name"),
        (("-f", __file__, "ASK {}"), "give one query: as an argument"),
    ],
)
def test_why_there_is_no_answer_is_told_in_a_sentence(
    films: Path, arguments: tuple[str, ...], said: str
) -> None:
    ended = query("query", "--data", films, *arguments)

    assert ended.returncode == 2
    assert said in ended.stderr.decode()
    assert "Traceback" not in ended.stderr.decode()


def test_a_query_that_is_not_utf8_is_told(films: Path, tmp_path: Path) -> None:
    (tmp_path / "q.rq").write_bytes(b"ASK { ?s ?p '\xe4' }")

    assert query("query", "--data", films, "-f", tmp_path / "q.rq").stderr == (
        b"filmld: the query is not UTF-8 text\n"
    )


def test_a_mistake_in_the_data_is_told_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "broken.ttl").write_text("<a:b> a c:d .\n", encoding="utf-8")
    ended = query("query", "--data", tmp_path / "broken.ttl", "ASK {}")

    assert ended.returncode == 2
    assert ended.stderr.decode().startswith("filmld: broken.ttl:1:9: ")


def test_a_reader_that_has_seen_enough_is_no_error(films: Path) -> None:
    text = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
    command = [sys.executable, "-m", "filmld", "query", "--data", str(films), "--format", "csv", text]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stdout.readline() == b"a,b,c,d,e,f,g,h,i,j,k,l,m,n,o\r\n"
        process.stdout.close()
        assert process.wait(timeout=10) in {0, 1}  # click answers a closed pipe before we can
        assert process.stderr
        assert process.stderr.read() == b""


def test_interrupting_ends_a_query_at_once(films: Path) -> None:
    command = [sys.executable, "-m", "filmld", "query", "--data", str(films), "--timeout", "60", ENDLESS]
    master, terminal = pty.openpty()
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=terminal, env=unmeasured()) as process:
        os.close(terminal)
        said = b""
        while b"still working" not in said:
            said += os.read(master, 4096)
        started = time.monotonic()
        process.send_signal(signal.SIGINT)
        assert process.wait(timeout=10) == 130
        assert time.monotonic() - started < 3
    said += os.read(master, 4096)
    os.close(master)

    assert b"still working: 1 of at most 60 s, ^C ends it" in said
    assert b"interrupted" in said


def test_the_deadline_is_that_of_the_archive(tmp_path: Path) -> None:
    (tmp_path / "filmld.toml").write_text(
        'base = "https://films.example.org/"\n[limits]\nquery_seconds = 1\n', encoding="utf-8"
    )
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "a.ttl").write_text(
        "<https://films.example.org/a> <a:p> 1, 2, 3, 4, 5, 6, 7, 8, 9 .\n", encoding="utf-8"
    )

    assert b"it took longer than 1 seconds" in query("--root", tmp_path, "query", ENDLESS).stderr
    assert read_config(tmp_path).limits == Limits(query_seconds=1)
