"""Places of what is stated: rows and columns are counted by hand in the texts shown."""

from typing import NamedTuple

import pytest

from filmld.diagnostics.model import Span
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, lang_string
from filmld.vocab import RDF, XSD

HEAD = "@prefix : <urn:> .\n"
"""One line: what a case writes begins on row 2."""

TYPE = IRI(RDF + "type")
FIRST = IRI(RDF + "first")
REST = IRI(RDF + "rest")
NIL = IRI(RDF + "nil")


def name(local: str) -> IRI:
    return IRI(f"urn:{local}")


def number(written: str) -> Literal:
    return Literal(written, XSD + "integer")


A, B, C, P, Q = name("a"), name("b"), name("c"), name("p"), name("q")
B1, B2, B3 = BlankNode("b1"), BlankNode("b2"), BlankNode("b3")


class Case(NamedTuple):
    title: str
    text: str
    triple: tuple[Resource, IRI, Term]
    places: tuple[str, str, str]


CASES = [
    Case("one line", ":a :p :b .", (A, P, B), ("2:1", "2:4", "2:7")),
    Case("three lines", ":a\n  :p\n    :b .", (A, P, B), ("2:1", "3:3", "4:5")),
    Case("tabs count as one column", ":a\t:p\t\t:b .", (A, P, B), ("2:1", "2:4", "2:8")),
    Case("CRLF", ":a\r\n :p\r\n  :b .", (A, P, B), ("2:1", "3:2", "4:3")),
    Case("lone CR", ":a\r :p\r  :b .", (A, P, B), ("2:1", "3:2", "4:3")),
    Case("blank lines before", "\n\n\n:a :p :b .", (A, P, B), ("5:1", "5:4", "5:7")),
    Case("a comment before", "# :a :p :b .\n:a :p :b .", (A, P, B), ("3:1", "3:4", "3:7")),
    Case("a comment between", ":a # one\n :p # two\n  :b .", (A, P, B), ("2:1", "3:2", "4:3")),
    Case("no blanks at all", ":a<urn:p><urn:b>.", (A, P, B), ("2:1", "2:3", "2:10")),
    Case("indented", "   :a :p :b .", (A, P, B), ("2:4", "2:7", "2:10")),
    Case("second property", ":a :p :b ;\n   :q :c .", (A, Q, C), ("2:1", "3:4", "3:7")),
    Case(
        "third property on one line", ":a :p 1 ; :q 2 ; :r :c .", (A, name("r"), C), ("2:1", "2:18", "2:21")
    ),
    Case("second value", ":a :p :b , :c .", (A, P, C), ("2:1", "2:4", "2:12")),
    Case("second value on its own line", ":a :p :b ,\n      :c .", (A, P, C), ("2:1", "2:4", "3:7")),
    Case("a property repeated", ":a :p :b ;\n  :p :c .", (A, P, C), ("2:1", "2:4", "3:6")),
    Case("semicolons in a row", ":a :p :b ;; ; :q :c ; .", (A, Q, C), ("2:1", "2:15", "2:18")),
    Case("second subject", ":b :p :c .\n:a :p :b .", (A, P, B), ("3:1", "3:4", "3:7")),
    Case("two statements on a line", ":b :p :c . :a :p :b .", (A, P, B), ("2:12", "2:15", "2:18")),
    Case("a subject that comes twice", ":a :p :b .\n:a :q :c .", (A, Q, C), ("2:1", "3:4", "3:7")),
    Case("a subject that was a value", ":b :p :a .\n:a :p :b .", (A, P, B), ("3:1", "3:4", "3:7")),
    Case("the kind", ":a a :b .", (A, TYPE, B), ("2:1", "2:4", "2:6")),
    Case("links in full", "<urn:a> <urn:p> <urn:b> .", (A, P, B), ("2:1", "2:9", "2:17")),
    Case("a text", ':a :p "x y" .', (A, P, Literal("x y")), ("2:1", "2:4", "2:7")),
    Case("a text with language", ':a :p "x"@en .', (A, P, lang_string("x", "en")), ("2:1", "2:4", "2:7")),
    Case("after a text with language", ':a :p "x"@en , :b .', (A, P, B), ("2:1", "2:4", "2:16")),
    Case("a typed text", ':a :p "x"^^:c .', (A, P, Literal("x", "urn:c")), ("2:1", "2:4", "2:7")),
    Case("after a typed text", ':a :p "x"^^:c ; :q :b .', (A, Q, B), ("2:1", "2:17", "2:20")),
    Case("a number", ":a :p 007 .", (A, P, number("007")), ("2:1", "2:4", "2:7")),
    Case("a truth", ":a :p true .", (A, P, Literal("true", XSD + "boolean")), ("2:1", "2:4", "2:7")),
    Case("a text in single marks", ":a :p 'x' , :b .", (A, P, B), ("2:1", "2:4", "2:13")),
    Case("a long text", ':a :p """x\ny""" .', (A, P, Literal("x\ny")), ("2:1", "2:4", "2:7")),
    Case("after a long text", ':a :p """x\n\ny""" ; :q :b .', (A, Q, B), ("2:1", "4:8", "4:11")),
    Case("after a long text with CRLF", ':a :p """x\r\ny""" ;\r\n:q :b .', (A, Q, B), ("2:1", "4:1", "4:4")),
    Case("after CJK", ':a :p "電影的聲音" ; :q :b .', (A, Q, B), ("2:1", "2:17", "2:20")),
    Case("after combining marks", ':a :p "e\u0301" ; :q :b .', (A, Q, B), ("2:1", "2:14", "2:17")),
    Case("after an astral character", ':a :p "🎬" ; :q :b .', (A, Q, B), ("2:1", "2:13", "2:16")),
    Case("names in Cyrillic", ":голос :p :b .", (name("голос"), P, B), ("2:1", "2:8", "2:11")),
    Case("a labelled blank node", "_:x :p :b .", (BlankNode("x"), P, B), ("2:1", "2:5", "2:8")),
    Case("an empty bracket", ":a :p [] .", (A, P, B1), ("2:1", "2:4", "2:7")),
    Case("a bracket", ":a :p [ :q :b ] .", (A, P, B1), ("2:1", "2:4", "2:7")),
    Case("inside a bracket", ":a :p [ :q :b ] .", (B1, Q, B), ("2:7", "2:9", "2:12")),
    Case("after a bracket", ":a :p [ :q 1 ] ; :q :b .", (A, Q, B), ("2:1", "2:18", "2:21")),
    Case("a bracket over lines", ":a :p [\n  :q 1 ;\n  :p :b\n] .", (B1, P, B), ("2:7", "4:3", "4:6")),
    Case("a bracket in a bracket", ":a :p [ :p [ :q :b ] ] .", (B2, Q, B), ("2:12", "2:14", "2:17")),
    Case(
        "after a bracket in a bracket", ":a :p [ :p [ :p 1 ] ; :q :b ] .", (B1, Q, B), ("2:7", "2:23", "2:26")
    ),
    Case("the second bracket", ":a :p [ :q 1 ] ,\n [ :q :b ] .", (B2, Q, B), ("3:2", "3:4", "3:7")),
    Case("a bracket as subject", "[ :p :b ] .", (B1, P, B), ("2:1", "2:3", "2:6")),
    Case("after a bracket as subject", "[ :p 1 ] :q :b .", (B1, Q, B), ("2:1", "2:10", "2:13")),
    Case("an empty bracket as subject", "[] :q :b .", (B1, Q, B), ("2:1", "2:4", "2:7")),
    Case("a list", ":a :p ( :b :c ) .", (A, P, B1), ("2:1", "2:4", "2:7")),
    Case("the first item", ":a :p ( :b :c ) .", (B1, FIRST, B), ("2:7", "2:9", "2:9")),
    Case("the second item", ":a :p ( :b :c ) .", (B2, FIRST, C), ("2:12", "2:12", "2:12")),
    Case("from item to item", ":a :p ( :b :c ) .", (B1, REST, B2), ("2:7", "2:12", "2:12")),
    Case("the end of a list", ":a :p ( :b :c ) .", (B2, REST, NIL), ("2:12", "2:15", "2:15")),
    Case("an empty list", ":a :p () .", (A, P, NIL), ("2:1", "2:4", "2:7")),
    Case("a list in a list", ":a :p ( ( :b ) ) .", (B2, FIRST, B), ("2:9", "2:11", "2:11")),
    Case("a bracket in a list", ":a :p ( 1 [ :q :b ] ) .", (B3, Q, B), ("2:11", "2:13", "2:16")),
    Case("after a list", ":a :p ( 1 2 ) ; :q :b .", (A, Q, B), ("2:1", "2:17", "2:20")),
    Case("a list as subject", "( 1 ) :p :b .", (B1, P, B), ("2:1", "2:7", "2:10")),
    Case("after a faulty statement", ":b :p word .\n:a :p :b .", (A, P, B), ("3:1", "3:4", "3:7")),
    Case("after a byte-long escape", r':a :p "\u0041" ; :q :b .', (A, Q, B), ("2:1", "2:18", "2:21")),
]


def start(span: Span | None) -> str:
    assert span is not None
    return f"{span.start.row}:{span.start.column}"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_every_part_of_a_statement_has_its_place(case: Case) -> None:
    document = read(HEAD + case.text)
    subject, predicate, value = case.triple
    assert case.triple in document.triples
    found = (
        document.span(subject),
        document.span(subject, predicate),
        document.span(subject, predicate, value),
    )
    assert tuple(map(start, found)) == case.places


def span_of(text: str, *parts: Term) -> str:
    document = read(HEAD + text)
    subject, predicate, value = (*parts, None, None)[:3]
    assert not isinstance(subject, Literal)
    assert subject is not None
    assert predicate is None or isinstance(predicate, IRI)
    span = document.span(subject, predicate, value)
    return "nowhere" if span is None else f"{start(span)}-{span.end.row}:{span.end.column}"


def test_a_place_ends_after_the_last_character() -> None:
    assert span_of(':a :p "x y"@en .', A, P, lang_string("x y", "en")) == "2:7-2:12"
    assert span_of(':a :p """x\ny""" .', A, P, Literal("x\ny")) == "2:7-3:5"
    assert span_of(":a :p [ :q 1 ] .", A, P, B1) == "2:7-2:8"


def test_what_is_not_there_falls_back_to_what_is() -> None:
    assert span_of(":a :p :b .", A, P, C) == "2:4-2:6"
    assert span_of(":a :p :b .", A, Q, C) == "2:1-2:3"
    assert span_of(":a :p :b .", A, Q) == "2:1-2:3"
    assert span_of(":a :p :b .", B, P, C) == "nowhere"


def test_all_places_of_something_said_often_are_known() -> None:
    document = read(HEAD + ":a :p :b , :c ;\n :p :b .\n:a :p :c .")
    assert [start(span) for span in document.spans(A)] == ["2:1", "4:1"]
    assert [start(span) for span in document.spans(A, P)] == ["2:4", "3:2", "4:4"]
    assert [start(span) for span in document.spans(A, P, B)] == ["2:7", "3:5"]
    assert [start(span) for span in document.spans(A, P, C)] == ["2:12", "4:7"]
    assert document.spans(B) == ()


def test_the_whole_of_a_value_reaches_to_its_mark_or_closing_bracket() -> None:
    document = read(HEAD + ':a :p "x"@en , "y"^^:c , [ :q [\n] ] , ( 1 2 ) , :b .')
    wholes = [document.extent(span) for triple, _, _, span in document.places() if triple.subject == A]
    assert [f"{start(span)}-{span.end.row}:{span.end.column}" for span in wholes] == [
        "2:7-2:13",
        "2:16-2:23",
        "2:26-3:4",
        "3:7-3:14",
        "3:17-3:19",
    ]


def test_the_language_mark_has_a_place() -> None:
    document = read(HEAD + ':a :p "x"@en-GB , "y" , :b .')
    marks = [document.language_span(span) for _, _, _, span in document.places()]
    assert marks[0] is not None
    assert f"{start(marks[0])}-{marks[0].end.row}:{marks[0].end.column}" == "2:10-2:16"
    assert marks[1:] == [None, None]


def test_a_statement_reaches_to_its_dot() -> None:
    document = read(HEAD + ':a :p "x" ;\n  :q :c .\n\n# b\n:b :p :c .')
    span = document.span(A, Q)
    assert span is not None
    whole = document.statement_span(span)
    assert whole is not None
    assert f"{start(whole)}-{whole.end.row}:{whole.end.column}" == "2:1-3:10"


def test_prefixes_and_comments_have_places() -> None:
    document = read("# head\n@prefix x: <urn:x> . # tail\nPREFIX : <urn:> :a :p x:b .")
    assert [
        (item.prefix, item.iri, start(item.name), start(item.link)) for item in document.declarations
    ] == [
        ("x", "urn:x", "2:9", "2:12"),
        ("", "urn:", "3:8", "3:10"),
    ]
    assert [(comment.text, start(comment.span)) for comment in document.comments] == [
        ("# head", "1:1"),
        ("# tail", "2:22"),
    ]
    assert dict(document.prefixes) == {"x": "urn:x", "": "urn:"}
