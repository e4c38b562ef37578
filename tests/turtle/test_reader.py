import time

import pytest

from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple
from filmld.vocab import RDF, XSD

HEAD = "@prefix : <urn:> .\n"
SECONDS = 10
"""Twice what is promised, since tests also run with coverage, which doubles the time."""


def values(text: str) -> list[str]:
    return [str(triple.object) for triple in read(HEAD + text).triples]


def codes(text: str) -> list[str]:
    return [found.code for found in read(text).diagnostics]


def test_written_forms_of_numbers_and_truths_are_kept() -> None:
    assert values(":a :p 05 , -1 , 1.50 , .5 , 1E3 , true .") == [
        f'"05"^^<{XSD}integer>',
        f'"-1"^^<{XSD}integer>',
        f'"1.50"^^<{XSD}decimal>',
        f'".5"^^<{XSD}decimal>',
        f'"1E3"^^<{XSD}double>',
        f'"true"^^<{XSD}boolean>',
    ]


def test_language_marks_are_kept_as_written() -> None:
    assert values(':a :p "x"@EN-gb .') == ['"x"@EN-gb']


def test_anonymous_nodes_avoid_the_labels_that_the_file_uses() -> None:
    document = read(HEAD + ":a :p [], _:b1, [], _:b3, [] .")
    assert [str(triple.object) for triple in document.triples] == ["_:b2", "_:b1", "_:b4", "_:b3", "_:b5"]


def test_labels_are_the_same_at_every_reading() -> None:
    text = HEAD + "[ :p ( 1 [ :q 2 ] ) ] :r [] ."
    assert read(text).triples == read(text).triples
    assert len(read(text).triples) == 7


def test_a_list_is_its_cells_in_the_order_of_the_text() -> None:
    first, rest, nil = (IRI(RDF + word) for word in ("first", "rest", "nil"))
    one, two = BlankNode("b1"), BlankNode("b2")
    assert list(read(HEAD + ":a :p ( :b :c ) .").triples) == [
        Triple(IRI("urn:a"), IRI("urn:p"), one),
        Triple(one, first, IRI("urn:b")),
        Triple(one, rest, two),
        Triple(two, first, IRI("urn:c")),
        Triple(two, rest, nil),
    ]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_a_text_over_lines_means_the_same_however_lines_end(line_end: str) -> None:
    text = '@prefix : <urn:> .\n:a :p """one\ntwo\n\nthree""" ;\n  :q "\\r\\n" .\n'
    document = read(text.replace("\n", line_end))
    assert [triple.object for triple in document.triples] == [Literal("one\ntwo\n\nthree"), Literal("\r\n")]


def test_a_carriage_return_amid_a_file_with_line_feeds_is_a_character() -> None:
    assert values(':a :p """one\rtwo""" .\n') == ['"one\\rtwo"']


def test_relative_links_start_from_the_base_given_then_from_the_one_written() -> None:
    text = "<> <p> <#x> .\n@base <https://b.example/c/d> .\n<> <p> <../x> ."
    document = read(text, base="https://a.example/film/m")
    assert [str(triple) for triple in document.triples] == [
        "<https://a.example/film/m> <https://a.example/film/p> <https://a.example/film/m#x> .",
        "<https://b.example/c/d> <https://b.example/c/p> <https://b.example/x> .",
    ]


def test_without_a_base_nothing_is_resolved() -> None:
    document = read("<urn:a> <urn:p> <x> , <urn:b> .")
    assert document.triples == ()
    assert [found.code for found in document.diagnostics] == ["relative-iri"]


def test_a_prefix_means_what_was_declared_last() -> None:
    text = "@prefix x: <urn:1> .\nx:a x:p x:b .\n@prefix x: <urn:2> .\nx:a x:p x:b ."
    assert [triple.subject for triple in read(text).triples] == [IRI("urn:1a"), IRI("urn:2a")]


def test_a_new_base_changes_what_the_same_link_means() -> None:
    text = "@base <https://a.example/> . <x> <x> <x> . @base <https://b.example/> . <x> <x> <x> ."
    assert [triple.subject for triple in read(text).triples] == [
        IRI("https://a.example/x"),
        IRI("https://b.example/x"),
    ]


def test_between_tokens_is_nothing_but_blanks() -> None:
    text = (
        '# c\n@prefix : <urn:> . # d\n:a :p "x"@en , “y” ;\u00a0:q [ ( 1 ) ] . <bad x> { } "open ;\n"""never'
    )
    document = read(text)
    position = 0
    for _, start, end in document.tokens:
        assert text[position:start].strip(" \t\r\n") == ""
        assert start < end
        position = end
    assert position == len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (":a :p " + "(" * 200_000 + ")" * 200_000 + " .", ["nesting-too-deep"]),
        (":a :p " + "(" * 200_000, ["nesting-too-deep"]),
        (":a :p " + "[ :p " * 200_000 + "1" + " ]" * 200_000 + " .", ["nesting-too-deep"]),
        (":a :p " + "[ :p " * 200_000, ["nesting-too-deep"]),
        (":a :p " + "[\n:p " * 5_000 + "1" + " ]" * 5_000 + " .", ["nesting-too-deep"]),
        (":a :p " + "(" * 100 + "1" + ")" * 100 + " .", []),
        (":a :p " + "(" * 101 + "1" + ")" * 101 + " .", ["nesting-too-deep"]),
        pytest.param(":a :p ( " + "1 " * 200_000 + ") .", [], marks=pytest.mark.slow),
        ('"' * 100_000, ["syntax"]),
        ("a." * 100_000, ["syntax"]),
        ("<" * 100_000, ["rdf-1-2"]),
        ("@" * 100_000, ["syntax"]),
        (":a :p '" + " " * 200_000 + "x", ["unclosed-text"]),
        ("[]" * 100_000, ["syntax"]),
        ("_:b__________ :p :b . " * 20_000, ["duplicate-value"]),
    ],
    ids=lambda value: str(value)[:20],
)
def test_no_text_takes_long_or_breaks_the_reader(text: str, expected: list[str]) -> None:
    began = time.process_time()
    found = codes(HEAD + text)
    assert time.process_time() - began < SECONDS
    assert found[: len(expected)] == expected
    assert bool(found) == bool(expected)


@pytest.mark.slow
def test_two_hundred_thousand_prefixes_are_read() -> None:
    text = "".join(f"@prefix p{number}: <urn:{number}:> .\n" for number in range(200_000)) + "p7:a p8:b q:c ."
    began = time.process_time()
    document = read(text)
    assert time.process_time() - began < SECONDS
    assert [found.code for found in document.diagnostics] == ["unknown-prefix"]
    assert len(document.prefixes) == 200_000
