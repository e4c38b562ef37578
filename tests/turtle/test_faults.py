"""What is said of a mistake, and where: the places are counted by hand in the text that each case shows."""

from typing import NamedTuple

import pytest

from filmld.diagnostics.model import Diagnostic, Severity
from filmld.turtle.edit import apply
from filmld.turtle.reader import read

PREFIXES = """\
@prefix schema: <https://schema.org/> .
@prefix film: <https://films.example.org/film/> .
@prefix person: <https://films.example.org/person/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
"""Four lines: what a case writes begins on row 5."""


def found_in(text: str) -> list[tuple[str, str]]:
    """Codes and places, as ``row:column-row:column``."""
    return [(found.code, place(found)) for found in read(PREFIXES + text).diagnostics]


def place(found: Diagnostic) -> str:
    assert found.span is not None
    (row, column), (end_row, end_column) = found.span
    return f"{row}:{column}-{end_row}:{end_column}"


class Case(NamedTuple):
    name: str
    text: str
    expected: list[tuple[str, str]]


CASES = [
    Case("a sound record", 'film:m a schema:Movie ;\n    schema:name "M" .', []),
    # Prefixes
    Case(
        "a misspelt prefix",
        "film:m a schema:Movie ;\n    scheam:director person:x .",
        [("unknown-prefix", "6:5-6:12")],
    ),
    Case(
        "a misspelt prefix used three times is one finding",
        'film:m scheam:a 1 ;\n scheam:b 2 .\nfilm:n scheam:c "x" .',
        [("unknown-prefix", "5:8-5:15")],
    ),
    Case(
        "two unknown prefixes",
        "film:m a foaf:X .\nfilm:n a nonsense:Y .",
        [("unknown-prefix", "5:10-5:15"), ("unknown-prefix", "6:10-6:19")],
    ),
    Case(
        "an unknown prefix of a datatype",
        'film:m schema:name "x"^^xds:date .',
        [("unknown-prefix", "5:25-5:29")],
    ),
    Case(
        "a prefix declared too late",
        "film:m a late:X .\n@prefix late: <https://l.example/> .",
        [("unknown-prefix", "5:10-5:15")],
    ),
    Case("a prefix without colon", "@prefix foo <https://f.example/> .", [("syntax", "5:9-5:12")]),
    Case("a prefix without link", "@prefix foo: https .", [("syntax", "5:14-5:19")]),
    Case(
        "a declaration without dot",
        "@prefix foo: <https://f.example/>\nfilm:m a foo:X .",
        [("missing-dot", "5:34-5:34")],
    ),
    Case("a dot after PREFIX", "PREFIX foo: <https://f.example/> .", [("syntax", "5:34-5:35")]),
    Case(
        "a prefix redefined",
        "@prefix film: <https://elsewhere.example/> .\nfilm:m a schema:Movie .",
        [("prefix-redefined", "5:9-5:14")],
    ),
    Case("a prefix declared twice alike", "@prefix schema: <https://schema.org/> .\nfilm:m a film:n .", []),
    Case(
        "schema.org with http",
        "@prefix s: <http://schema.org/> .\nfilm:m a s:Movie .",
        [("http-schema-org", "5:12-5:32")],
    ),
    Case(
        "a schema.org term with http, in full",
        "film:m a <http://schema.org/Movie> .",
        [("http-schema-org", "5:10-5:35")],
    ),
    # Dots, semicolons, commas
    Case(
        "a missing dot before a new statement",
        'film:m schema:name "M"@en\nfilm:n a schema:Movie .',
        [("missing-dot", "5:26-5:26")],
    ),
    Case(
        "a missing dot after a semicolon",
        'film:m schema:name "M" ;\n\nfilm:n a schema:Movie .',
        [("missing-dot", "5:25-5:25")],
    ),
    Case(
        "a missing dot after a semicolon, the next statement beginning with a link",
        'film:m schema:name "M" ;\n\nfilm:n schema:director person:x .',
        [("missing-dot", "5:25-5:25")],
    ),
    Case("a missing last dot", 'film:m schema:name "M"', [("missing-dot", "5:23-5:23")]),
    Case(
        "a missing last dot, then blank lines", 'film:m schema:name "M"\n\n\n', [("missing-dot", "5:23-5:23")]
    ),
    Case("a missing dot before a comment", 'film:m schema:name "M" # c\n', [("missing-dot", "5:23-5:23")]),
    Case(
        "a missing dot before a declaration",
        'film:m schema:name "M"\n@prefix o: <https://o.example/> .',
        [("missing-dot", "5:23-5:23")],
    ),
    Case(
        "a missing semicolon",
        'film:m a schema:Movie\n    ; schema:name "M"\n    schema:director person:x .',
        [("missing-semicolon", "6:22-6:22")],
    ),
    Case(
        "a missing semicolon on one line",
        'film:m schema:name "M" schema:director person:x .',
        [("missing-semicolon", "5:23-5:23")],
    ),
    Case(
        "two missing semicolons",
        'film:m schema:name "M"\n schema:a 1\n schema:b 2 .',
        [("missing-semicolon", "5:23-5:23"), ("missing-semicolon", "6:12-6:12")],
    ),
    Case(
        "a missing comma", "film:m schema:actor person:a person:b ;\n schema:x 1 .", [("syntax", "5:29-5:29")]
    ),
    Case(
        "a dot where the description goes on with a text",
        'film:m a schema:Movie .\n    schema:name "M" .',
        [("syntax", "5:23-5:24")],
    ),
    Case(
        "a dot where the description goes on with a link",
        "film:m a schema:Movie .\n    schema:director person:x .",
        [("syntax", "5:23-5:24")],
    ),
    Case(
        "a dot where the description goes on with a kind",
        'film:m schema:name "M" .\n    a schema:Movie .',
        [("syntax", "5:24-5:25")],
    ),
    Case("a dot too many", "film:m a schema:Movie . .", [("syntax", "5:25-5:26")]),
    Case("a property without value", "film:m schema:name ;\n schema:x 1 .", [("syntax", "5:8-5:19")]),
    Case("a thing without property", "film:m .", [("syntax", "5:8-5:9")]),
    Case("nothing but a name", "film:m", [("syntax", "5:7-5:7")]),
    Case("the end after a property", "film:m schema:name", [("syntax", "5:8-5:19")]),
    # Texts
    Case(
        "curly quotation marks",
        "film:m schema:name “M”@en ;\n    schema:x 1 .",
        [("smart-quotes", "5:20-5:21")],
    ),
    Case("a curly mark at the end only", 'film:m schema:name "M” .', [("smart-quotes", "5:22-5:23")]),
    Case(
        "a text that is not closed",
        'film:m schema:name "Moloch@en ;\n    schema:x 1 .',
        [("unclosed-text", "5:20-5:32")],
    ),
    Case(
        "a text that is not closed, and a mistake after it",
        'film:m schema:name "Moloch@en ;\n    scheam:x 1 .',
        [("unclosed-text", "5:20-5:32"), ("unknown-prefix", "6:5-6:12")],
    ),
    Case("a line break in a text", 'film:m schema:name "Mo\nloch" .', [("unclosed-text", "5:20-5:23")]),
    Case(
        "a long text never closed",
        'film:m schema:name """M\nx .\n' + "y\n" * 997,
        [("unclosed-text", "5:20-5:23")],
    ),
    Case(
        "a long text closed by the beginning of the next",
        'film:m schema:a """M ;\n schema:b """N""" .',
        [("unclosed-text", "5:17-5:20")],
    ),
    Case(
        "a quotation mark inside",
        'film:m schema:name "He said "hi" ." ;\n schema:x 1 .',
        [("syntax", "5:29-5:30")],
    ),
    Case("a bad escape", r'film:m schema:name "C:\Data" .', [("bad-escape", "5:23-5:25")]),
    Case("a surrogate", r'film:m schema:name "a\uD800" .', [("bad-escape", "5:22-5:28")]),
    Case("beyond Unicode", r'film:m schema:name "\U00110000" .', [("bad-escape", "5:21-5:31")]),
    Case("a bad escape on a later row", 'film:m schema:name """a\nb\\q""" .', [("bad-escape", "6:2-6:4")]),
    Case("a language with underscore", 'film:m schema:name "x"@en_US .', [("bad-language-tag", "5:23-5:29")]),
    Case(
        "a language of twenty letters",
        'film:m schema:name "x"@abcdefghijklmnopqrst .',
        [("bad-language-tag", "5:23-5:44")],
    ),
    Case("a bare @", 'film:m schema:name "x"@ .', [("syntax", "5:23-5:24")]),
    Case("a word without marks", "film:m schema:name Moloch ;\n schema:x 1 .", [("syntax", "5:20-5:26")]),
    Case("a truth in capitals", "film:m schema:x TRUE .", [("syntax", "5:17-5:21")]),
    Case("a date without marks", "film:m schema:x 2014-08-08 .", [("syntax", "5:17-5:24")]),
    # Links
    Case("a space in a link", "film:m schema:url <https://a b/> .", [("bad-iri", "5:29-5:30")]),
    Case("a quotation mark in a link", 'film:m schema:url <https://a"b/> .', [("bad-iri", "5:29-5:30")]),
    Case(
        "an escaped bracket",
        r"film:m schema:url <https://a/\u003Cscript\u003E> .",
        [("bad-iri", "5:19-5:49")],
    ),
    Case("a percent sign", "film:m schema:url <https://a/%zz> .", [("bad-iri", "5:30-5:31")]),
    Case("a bad host", "film:m schema:url <http://[::1/> .", [("bad-iri", "5:19-5:33")]),
    Case("no host", "film:m schema:url <http://> .", [("bad-iri", "5:19-5:28")]),
    Case("a port too large", "film:m schema:url <http://a:99999/> .", [("bad-iri", "5:19-5:36")]),
    Case("a link not closed", "film:m schema:url <http://a.example .", [("bad-iri", "5:19-5:36")]),
    Case("a relative link", "film:m schema:url <../../etc/passwd> .", [("relative-iri", "5:19-5:37")]),
    Case("a script", "film:m schema:url <javascript:alert(1)> .", [("unsafe-link", "5:19-5:40")]),
    Case("data", "film:m schema:url <Data:text/html,x> .", [("unsafe-link", "5:19-5:37")]),
    Case("a base in the file system", "@base <file:///etc/> .\n<p> a <q> .", [("bad-base", "5:7-5:21")]),
    Case(
        "a base that is a script",
        "@base <javascript:x> .",
        [("bad-base", "5:7-5:21")],
    ),
    # Brackets
    Case(
        "a bracket not closed", "film:m schema:x [ schema:y 1 .\nfilm:n a film:o .", [("syntax", "5:17-5:18")]
    ),
    Case("a bracket not closed at the end", "film:m schema:x [ schema:y 1", [("syntax", "5:17-5:18")]),
    Case("a list not closed", "film:m schema:x ( 1 2 .", [("syntax", "5:17-5:18")]),
    Case("a list closed by a bracket", "film:m schema:x ( 1 2 ] .", [("syntax", "5:17-5:18")]),
    Case("a bracket too many", "film:m schema:x 1 ] .", [("syntax", "5:19-5:20")]),
    # What is not Turtle 1.1
    Case("a quoted triple", "<< film:a a film:b >> film:c 1 .", [("rdf-1-2", "5:1-5:3")]),
    Case("an annotation", "film:a a film:b {| film:c 1 |} .", [("rdf-1-2", "5:17-5:19")]),
    Case("a direction", 'film:a schema:name "x"@ar--rtl .', [("rdf-1-2", "5:23-5:31")]),
    Case("a version", 'VERSION "1.2"\nfilm:a a film:b .', [("rdf-1-2", "5:1-5:8")]),
    Case("a text as subject", '"x" a film:b .', [("syntax", "5:1-5:4")]),
    Case("a blank node as property", "film:a _:b film:c .", [("syntax", "5:8-5:11")]),
    Case("a formula", "{ film:a a film:b } .", [("syntax", "5:1-5:2")]),
    Case("an implication", "film:a => film:b .", [("syntax", "5:8-5:9")]),
    # Characters
    Case("a no-break space", "film:m a\u00a0schema:Movie .", [("odd-space", "5:9-5:10")]),
    Case(
        "a zero-width space in a name",
        "film:mo\u200bloch a schema:Movie .",
        [("invisible-in-name", "5:1-5:13")],
    ),
    Case("a joiner in a name", "film:mo\u200dloch a schema:Movie .", [("invisible-in-name", "5:1-5:13")]),
    Case("NUL in a text", 'film:m schema:name "a\x00" .', [("control-character", "5:22-5:23")]),
    Case("NUL as an escape", r'film:m schema:name "a\u0000" .', [("control-character", "5:20-5:29")]),
    Case("a backspace", r'film:m schema:name "\b" .', [("control-character", "5:20-5:24")]),
    Case("a vertical tab", 'film:m schema:name "a\x0b" .', [("control-character", "5:22-5:23")]),
    Case("U+FFFE", 'film:m schema:name "\ufffe" .', [("control-character", "5:21-5:22")]),
    Case("a change of direction", 'film:m schema:name "a\u202eb" .', [("bidi-control", "5:20-5:25")]),
    Case("letters in pieces", 'film:m schema:name "Kilpela\u0308inen" .', [("not-nfc", "5:20-5:34")]),
    Case("garbled letters", 'film:m schema:name "Sokurovin Ã¤Ã¤ni"@fi .', [("mojibake", "5:20-5:38")]),
    # Values
    Case("a date with dots", 'film:m schema:x "8.8.2014"^^xsd:date .', [("bad-date", "5:17-5:27")]),
    Case("a month of 13", 'film:m schema:x "2014-13-45"^^xsd:date .', [("bad-date", "5:17-5:29")]),
    Case(
        "the 29th of February 2015", 'film:m schema:x "2015-02-29"^^xsd:date .', [("bad-date", "5:17-5:29")]
    ),
    Case("the 29th of February 2016", 'film:m schema:x "2016-02-29"^^xsd:date .', []),
    Case("a year of three digits", 'film:m schema:x "214"^^xsd:gYear .', [("bad-date", "5:17-5:22")]),
    Case("a month without year", 'film:m schema:x "08"^^xsd:gYearMonth .', [("bad-date", "5:17-5:21")]),
    Case("a number with letters", 'film:m schema:x "abc"^^xsd:integer .', [("bad-literal", "5:17-5:22")]),
    Case("a decimal comma", 'film:m schema:x "1,66"^^xsd:decimal .', [("bad-literal", "5:17-5:23")]),
    Case("a truth in words", 'film:m schema:x "yes"^^xsd:boolean .', [("bad-literal", "5:17-5:22")]),
    Case("minutes in words", 'film:m schema:x "77 min"^^xsd:duration .', [("bad-literal", "5:17-5:25")]),
    Case("a duration of nothing", 'film:m schema:x "P"^^xsd:duration .', [("bad-literal", "5:17-5:20")]),
    Case("a sound duration", 'film:m schema:x "PT77M"^^xsd:duration .', []),
    Case("5,000 digits", f"film:m schema:x {'7' * 5000} .", [("bad-literal", "5:17-5:5017")]),
    Case("the same value twice", "film:m schema:x 1, 1 .", [("duplicate-value", "5:20-5:21")]),
    Case("marks that differ in case", 'film:m schema:x "b"@EN, "b"@en .', [("duplicate-value", "5:25-5:28")]),
    # Conflicts
    Case(
        "a conflict",
        "<<<<<<< HEAD\nfilm:m a film:a .\n=======\nfilm:m a film:b .\n>>>>>>> other\n",
        [("conflict-markers", "5:1-5:13")],
    ),
    Case(
        "a conflict inside a text",
        'film:m schema:x """a\n<<<<<<< HEAD\nb\n=======\nc\n>>>>>>> other\n""" .',
        [("conflict-markers", "6:1-6:13")],
    ),
    Case("a heading inside a text", 'film:m schema:x """Title\n=======\nb""" .', []),
    # Several
    Case(
        "three mistakes in three statements",
        'film:a schema:name Moloch .\nfilm:b a film:c .\nfilm:c schema:name "x"@en_US .\nfilm:d foo:x 1 .',
        [("syntax", "5:20-5:26"), ("bad-language-tag", "7:23-7:29"), ("unknown-prefix", "8:8-8:12")],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_named_once_and_where_it_is(case: Case) -> None:
    assert found_in(case.text) == case.expected


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_rows_and_columns_do_not_depend_on_how_lines_end(case: Case, line_end: str) -> None:
    text = (PREFIXES + case.text).replace("\n", line_end)
    found = [(found.code, place(found)) for found in read(text).diagnostics]
    assert found == case.expected


def test_only_sound_statements_are_handed_out() -> None:
    document = read(PREFIXES + 'film:a schema:name Moloch .\nfilm:b schema:name "B" .\nfilm:c foo:x 1 .')
    assert [str(triple) for triple in document.triples] == [
        '<https://films.example.org/film/b> <https://schema.org/name> "B" .'
    ]


FIXED = [
    ("film:m scheam:x 1 ; scheam:y 2 .", "film:m schema:x 1 ; schema:y 2 ."),
    ("film:m schema:x 1", "film:m schema:x 1 ."),
    ("film:m schema:x 1\n schema:y 2 .", "film:m schema:x 1 ;\n schema:y 2 ."),
    ("film:m schema:x 1 2 .", "film:m schema:x 1 , 2 ."),
    ("film:m schema:x 1 .\n schema:y 2 .", "film:m schema:x 1 ;\n schema:y 2 ."),
    ("film:m schema:x 1 . .", "film:m schema:x 1 . "),
    ("film:m schema:x “M”@en .", 'film:m schema:x "M"@en .'),
    ('film:m schema:x "M"@en_US .', 'film:m schema:x "M"@en-US .'),
    ("film:m schema:x TRUE .", "film:m schema:x true ."),
    ("film:m schema:x 1 ] .", "film:m schema:x 1  ."),
    ("film:m a <http://schema.org/Movie> .", "film:m a <https://schema.org/Movie> ."),
    ("film:m a\u00a0schema:Movie .", "film:m a schema:Movie ."),
    ("film:mo\u200bloch a schema:Movie .", "film:moloch a schema:Movie ."),
    ('film:m schema:x "Ã¤Ã¤ni"@fi .', 'film:m schema:x "ääni"@fi .'),
    ('film:m schema:x "a\u0308" .', 'film:m schema:x "ä" .'),
    ('film:m schema:x "2014-8-8"^^xsd:date .', 'film:m schema:x "2014-08-08"^^xsd:date .'),
    ("@prefix o <https://o.example/> .", "@prefix o: <https://o.example/> ."),
]


@pytest.mark.parametrize(("wrong", "right"), FIXED, ids=[wrong for wrong, _ in FIXED])
def test_a_fix_mends_the_text_so_that_nothing_more_is_found(wrong: str, right: str) -> None:
    found = read(PREFIXES + wrong).diagnostics
    edits = [edit for diagnostic in found if diagnostic.fix for edit in diagnostic.fix.edits]
    mended = apply(PREFIXES + wrong, edits)
    assert mended == PREFIXES + right
    assert read(mended).diagnostics == ()


def test_a_standard_prefix_is_declared_at_the_top() -> None:
    text = "<https://films.example.org/film/m> a schema:Movie ."
    (found,) = read(text).diagnostics
    assert found.hint == "add this line at the top: @prefix schema: <https://schema.org/> ."
    assert found.fix is not None
    mended = apply(text, found.fix.edits)
    assert mended == "@prefix schema: <https://schema.org/> .\n" + text
    assert read(mended).diagnostics == ()


@pytest.mark.parametrize(
    ("text", "message", "label", "hint"),
    [
        (
            "film:m scheam:x 1 .",
            "The prefix ‘scheam:’ is not declared in this file",
            None,
            "did you mean ‘schema:’? It is declared at the top of this file",
        ),
        ("film:m schema:x 1", "Missing ‘.’ at the end of this statement", "add ‘ .’ here", None),
        (
            'film:m schema:x "8.8.2014"^^xsd:date .',
            "‘8.8.2014’ is not a date filmld understands",
            "dates are written year-month-day",
            'write "2014-08-08"^^xsd:date if you mean 8 Aug 2014; or "2014"^^xsd:gYear for the year only',
        ),
        (
            'film:m schema:x "3.4.2014"^^xsd:date .',
            "‘3.4.2014’ is not a date filmld understands",
            "dates are written year-month-day",
            (
                'write "2014-04-03"^^xsd:date if you mean 3 Apr 2014, or "2014-03-04"^^xsd:date '
                'if you mean 4 Mar 2014; or "2014"^^xsd:gYear for the year only'
            ),
        ),
        (
            "@prefix s: <http://schema.org/> .",
            "schema.org terms start with https://schema.org/ here",
            "change http to https",
            "@prefix s: <https://schema.org/> .",
        ),
        (
            'film:m schema:x "Sokurovin Ã¤Ã¤ni" .',
            "This text was decoded with the wrong character set at some point",
            "probably “Sokurovin ääni”",
            "filmld check --fix rewrites it",
        ),
        (
            "film:m schema:x “M” .",
            "Curly quotation marks cannot be used around a text",
            None,
            'your editor turned " into “ ”; replace them',
        ),
        (
            'film:m schema:x "Moloch@en ;',
            'This text is not closed on the same line: the closing " is missing',
            None,
            'add the closing " or, for a text over several lines, use """ … """',
        ),
    ],
)
def test_the_words_are_those_of_the_specification(
    text: str, message: str, label: str | None, hint: str | None
) -> None:
    found = read(PREFIXES + text).diagnostics[0]
    assert (found.message, found.label, found.hint) == (message, label, hint)


def test_a_file_with_nothing_in_it_is_a_warning() -> None:
    for text in ("", "\n\n", "# later\n"):
        (found,) = read(text).diagnostics
        assert (found.code, found.severity, place(found)) == ("empty-record", Severity.WARNING, "1:1-1:1")


def test_findings_come_in_the_order_of_the_text_and_are_not_more_than_anybody_reads() -> None:
    text = PREFIXES + "".join(f"film:m{number} schema:name Word .\n" for number in range(1000))
    found = read(text).diagnostics
    assert len(found) == 100
    assert [diagnostic.span for diagnostic in found] == sorted(d.span for d in found if d.span)
