"""Whatever a file may contain, the command says what is wrong and where, and never falls over."""

from pathlib import Path

import pytest

from tests.check.archives import make, run_here

FILE = "records/film/x.ttl"
HEAD = b"@prefix schema: <https://schema.org/> .\n@prefix f: <https://films.example.org/film/> .\n"
NAME = HEAD + b"f:x schema:name "
XSD = b"http://www.w3.org/2001/XMLSchema#"

# What the record is, the bytes, and the row, column and code of each finding. The value of a name
# stands in row 3, column 17. Only what is an error makes the command exit with 1.
CASES: list[tuple[str, bytes, list[tuple[int, int, str]]]] = [
    (
        "T01 lists nested 5,000 deep",
        NAME + b"(" * 5000 + b")" * 5000 + b" .\n",
        [(3, 117, "nesting-too-deep")],
    ),
    ("T02 brackets that never close", NAME + b"[ schema:name " * 5000, [(3, 1417, "nesting-too-deep")]),
    ("T02 brackets that are not closed", NAME + b"[ schema:name 1 .\n", [(3, 17, "syntax")]),
    ("T03 a list of 30,000 items", NAME + b"(" + b" 1" * 30_000 + b" ) .\n", [(1, 1, "too-large")]),
    ("T04 a text of 17 MiB", NAME + b'"' + b"a" * (17 << 20) + b'" .\n', [(1, 1, "not-a-record")]),
    ("T05 a long text that is not closed", NAME + b'"""a' + b"\nline" * 1000, [(3, 17, "unclosed-text")]),
    ("T07 the character NUL", NAME + b'"a\x00b" .\n', [(3, 19, "control-character")]),
    ("T07 the character NUL, escaped", NAME + b'"a\\u0000b" .\n', [(3, 17, "control-character")]),
    (
        "T08 other control characters",
        NAME + b'"a\x08b" , "c\x0bd" , "e\xef\xbf\xbef" .\n',
        [(3, 19, "control-character"), (3, 27, "control-character"), (3, 35, "control-character")],
    ),
    ("T09 half a character", NAME + b'"\\uD800" .\n', [(3, 18, "bad-escape")]),
    ("T09 a character in two halves", NAME + b'"\\uD83C\\uDFAC" .\n', [(3, 18, "bad-escape")]),
    ("T09 a character beyond the last", NAME + b'"\\U00110000" .\n', [(3, 18, "bad-escape")]),
    ("T10 a byte order mark", b"\xef\xbb\xbf" + NAME + b'"a" .\n', [(1, 1, "byte-order-mark")]),
    ("T11 UTF-16", (NAME + b'"a" .\n').decode().encode("utf-16"), [(1, 1, "encoding")]),
    ("T12 Latin-1", NAME + '"Kilpeläinen" .\n'.encode("latin-1"), [(3, 24, "encoding")]),
    ("T13 overlong UTF-8", NAME + b'"a\xc0\xaf" .\n', [(3, 19, "encoding")]),
    ("T14 text turned round", NAME + '"a\u202eb" .\n'.encode(), [(3, 17, "bidi-control")]),
    (
        "T15 a space of no width in a name",
        HEAD + 'f:x schema:na\u200bme "a" .\n'.encode(),
        [(3, 5, "invisible-in-name")],
    ),
    (
        "T16 letters and accents apart",
        NAME + '"Kilpela\u0308inen" .\n'.encode(),
        [(3, 17, "not-nfc")],
    ),
    ("T17 a Cyrillic letter", HEAD + 'f:x schema:n\u0430me "a" .\n'.encode(), [(3, 5, "unknown-property")]),
    (
        "T18 a space that does not break",
        HEAD + 'f:x\u00a0schema:name "a" .\n'.encode(),
        [(3, 4, "odd-space")],
    ),
    ("T18 curly quotation marks", NAME + "“b” .\n".encode(), [(3, 17, "smart-quotes")]),
    (
        "T19 links without a beginning",
        HEAD + b"<a> schema:name <../../etc/passwd> .\n",
        [(3, 1, "relative-iri"), (3, 17, "relative-iri")],
    ),
    (
        "T20 a folder as the base",
        HEAD + b"@base <file:///etc/> .\n<p> schema:name 1 .\n",
        [(3, 7, "bad-base")],
    ),
    ("T20 a program as the base", HEAD + b"@base <javascript:x> .\n", [(3, 7, "bad-base")]),
    (
        "T21 links that run programs",
        HEAD + b"f:x schema:url <javascript:alert(1)> , <data:text/html,x> .\n",
        [(3, 16, "unsafe-link"), (3, 40, "unsafe-link")],
    ),
    ("T22 a space in a link", HEAD + b"f:x schema:url <https://e.org/a b> .\n", [(3, 32, "bad-iri")]),
    (
        "T22 a quotation mark in a link",
        HEAD + b'f:x schema:url <https://e.org/a"b> .\n',
        [(3, 32, "bad-iri")],
    ),
    ("T22 a tag in a link", HEAD + b"f:x schema:url <https://e.org/\\u003Cb> .\n", [(3, 16, "bad-iri")]),
    ("T22 a bad percent", HEAD + b"f:x schema:url <https://e.org/%zz> .\n", [(3, 31, "bad-iri")]),
    ("T22 a bad server", HEAD + b"f:x schema:url <http://[::1> .\n", [(3, 16, "bad-iri")]),
    (
        "T23 no server, and no such port",
        HEAD + b"f:x schema:url <http://> , <http://e.org:99999/> .\n",
        [(3, 16, "bad-iri"), (3, 28, "bad-iri")],
    ),
    (
        "T24 lines that end in CR LF",
        (NAME + b'"a" ;\n  schema:nmae "b" .\n').replace(b"\n", b"\r\n"),
        [(4, 3, "unknown-property")],
    ),
    (
        "T24 lines that end in CR",
        (NAME + b'"a" ;\n  schema:nmae "b" .\n').replace(b"\n", b"\r"),
        [(4, 3, "unknown-property")],
    ),
    (
        "T25 a prefix declared twice",
        HEAD + b"@prefix f: <https://other.example.org/> .\nf:x schema:name 1 .\n",
        [(3, 9, "prefix-redefined")],
    ),
    ("T26 a prefix that is not declared", HEAD + b'f:x xsd:name "a" .\n', [(3, 5, "unknown-prefix")]),
    ("T27 an underscore in a mark", NAME + b'"a"@en_US .\n', [(3, 20, "bad-language-tag")]),
    ("T27 a mark of 20 letters", NAME + b'"a"@abcdefghijklmnopqrst .\n', [(3, 20, "bad-language-tag")]),
    ("T28 one value in two spellings", NAME + b'"b"@EN , "b"@en .\n', [(3, 26, "duplicate-value")]),
    ("T29 RDF 1.2", HEAD + b"<< f:x schema:name 1 >> schema:name 2 .\n", [(3, 1, "rdf-1-2")]),
    ("T29 a direction of writing", NAME + b'"a"@ar--rtl .\n', [(3, 20, "rdf-1-2")]),
    ("T30 a text as the thing", HEAD + b'"a" schema:name "b" .\n', [(3, 1, "syntax")]),
    ("T30 a label as the property", HEAD + b'f:x _:p "b" .\n', [(3, 5, "syntax")]),
    ("T30 curly brackets", HEAD + b'{ f:x schema:name "b" } .\n', [(3, 1, "syntax")]),
    ("T30 an arrow", HEAD + b"f:x => f:y .\n", [(3, 5, "syntax")]),
    (
        "T31 a thirteenth month",
        HEAD + b'f:x schema:datePublished "2014-13-45"^^<' + XSD + b"date> .\n",
        [(3, 26, "bad-date")],
    ),
    (
        "T31 letters as a number",
        HEAD + b'f:x schema:position "abc"^^<' + XSD + b"integer> .\n",
        [(3, 21, "bad-literal")],
    ),
    (
        "T32 a number of 5,000 digits",
        HEAD + b"f:x schema:position " + b"9" * 5000 + b" .\n",
        [(3, 21, "bad-literal")],
    ),
    ("T33 no dot at the end", NAME + b'"a"\n', [(3, 20, "missing-dot")]),
    (
        "T34 what git leaves behind",
        HEAD + b"<<<<<<< HEAD\nf:x schema:name 1 .\n=======\nf:x schema:name 2 .\n>>>>>>> other\n",
        [(3, 1, "conflict-markers")],
    ),
    (
        "T34 what git leaves behind in a text",
        NAME + b'"""a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n""" .\n',
        [(4, 1, "conflict-markers")],
    ),
    ("T35 an empty file", b"", [(1, 1, "empty-record")]),
    ("T35 a comment", b"# nothing yet\n", [(1, 1, "empty-record")]),
    ("T36 a web page", b"<!DOCTYPE html><html></html>", [(1, 1, "not-turtle")]),
    ("T36 RDF/XML", b'<?xml version="1.0"?><rdf:RDF xmlns:rdf="x"/>', [(1, 1, "not-turtle")]),
    ("T36 gzip", b"\x1f\x8b\x08\x00abc", [(1, 1, "not-turtle")]),
    ("T36 any bytes", bytes(range(256)) * 4, [(1, 1, "not-turtle")]),
]
WARNINGS = {
    "bidi-control",
    "byte-order-mark",
    "not-nfc",
    "duplicate-value",
    "empty-record",
    "prefix-redefined",
}


LARGE: list[tuple[str, bytes, list[tuple[int, int, str]]]] = [
    ("T01 lists nested 200,000 deep", NAME + b"(" * 200_000 + b"\n", [(3, 117, "nesting-too-deep")]),
    ("T02 200,000 brackets", NAME + b"[ schema:name " * 200_000, [(3, 1417, "nesting-too-deep")]),
    ("T03 a list of 200,000 items", NAME + b"(" + b" 1" * 200_000 + b" ) .\n", [(1, 1, "too-large")]),
]


@pytest.mark.parametrize(
    ("title", "data", "expected"),
    [
        *(pytest.param(*case, id=case[0]) for case in CASES),
        *(pytest.param(*case, id=case[0], marks=pytest.mark.slow) for case in LARGE),
    ],
)
def test_the_fault_is_told_with_its_place(
    title: str,
    data: bytes,
    expected: list[tuple[int, int, str]],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    make(tmp_path, {FILE: data})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    places = [line.split(": ")[:2] for line in done.out.splitlines()]
    severities = ["warning" if code in WARNINGS else "error" for _, _, code in expected]
    assert places == [
        [f"{FILE}:{row}:{column}", f"{severity}[{code}]"]
        for severity, (row, column, code) in zip(severities, expected, strict=True)
    ]
    assert done.code == (1 if "error" in severities else 0)


def test_t06_a_line_break_inside_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make(tmp_path, {FILE: NAME + b'"one\ntwo" .\n'})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    assert done.out.startswith(f"{FILE}:3:17: error[unclosed-text]: ")
    assert done.code == 1


@pytest.mark.slow
def test_t37_a_file_of_200000_prefixes_is_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    prefixes = b"".join(b"@prefix p%d: <https://e.org/%d/> .\n" % (n, n) for n in range(200_000))
    make(tmp_path, {FILE: prefixes + NAME + b'"a" .\n'})
    assert run_here(tmp_path, capsys, "check", "--format", "concise").code == 0


def test_t38_every_faulty_file_is_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    faulty = {f"records/film/x{n}.ttl": NAME + b'"a"@en_US , "b\n' for n in range(300)}
    make(tmp_path, {**faulty, "records/film/x.ttl": NAME + b"1 .\n"})
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    told = {line.split(":")[0] for line in done.out.splitlines()}
    assert told == set(faulty)
    assert "in 300 of 301 files checked" in done.err
    assert done.code == 1


def test_t39_one_label_in_two_files_names_two_things(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    movie = HEAD + b"f:%s schema:image _:b0 .\n_:b0 a schema:ImageObject ; schema:%s 1 .\n"
    make(
        tmp_path,
        {
            "records/film/x.ttl": movie % (b"x", b"caption"),
            "records/film/y.ttl": movie % (b"y", b"contentUrl"),
        },
    )
    done = run_here(tmp_path, capsys, "check", "--format", "concise")
    warnings = [line.split(": ")[:2] for line in done.out.splitlines() if "warning" in line]
    assert warnings == [
        ["records/film/x.ttl:4:1", "warning[missing-image-address]"],
        ["records/film/y.ttl:4:1", "warning[missing-caption]"],
    ]
