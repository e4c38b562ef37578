import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.query.solutions import Row, SolutionReader
from filmld.turtle.terms import IRI, BlankNode, Literal, lang_string
from filmld.vocab import XSD

RESULT = (
    '{"head":{"vars":["a","b"]},"results":{"bindings":['
    '{"a":{"type":"uri","value":"https://films.example.org/"},'
    '"b":{"type":"literal","value":"Молох \\"}]{","xml:lang":"ru"}},'
    '{"b":{"type":"literal","value":"1","datatype":"http://www.w3.org/2001/XMLSchema#integer"}},'
    "{},"
    '{"a":{"type":"bnode","value":"b0"},"b":{"type":"literal","value":""}}'
    "]}}"
).encode()
ROWS = [
    {"a": IRI("https://films.example.org/"), "b": lang_string('Молох "}]{', "ru")},
    {"b": Literal("1", XSD + "integer")},
    {},
    {"a": BlankNode("b0"), "b": Literal("")},
]


def read(pieces: list[bytes]) -> tuple[SolutionReader, list[Row]]:
    reader = SolutionReader()
    return reader, [row for piece in pieces for row in reader.feed(piece)]


def test_a_result_is_read_row_by_row() -> None:
    reader, rows = read([RESULT])

    assert reader.variables == ("a", "b")
    assert rows == ROWS
    assert reader.boolean is None


@given(st.lists(st.integers(0, len(RESULT)), max_size=12))
def test_it_does_not_matter_where_a_result_is_cut_into_pieces(cuts: list[int]) -> None:
    places = [0, *sorted(cuts), len(RESULT)]
    _, rows = read([RESULT[start:end] for start, end in itertools.pairwise(places)])

    assert rows == ROWS


@pytest.mark.parametrize("size", [1, 2, 7])
def test_every_byte_may_come_alone(size: int) -> None:
    assert read([RESULT[start : start + size] for start in range(0, len(RESULT), size)])[1] == ROWS


@pytest.mark.parametrize(("value", "boolean"), [("true", True), ("false", False)])
def test_the_answer_to_ask_is_read(value: str, *, boolean: bool) -> None:
    reader, rows = read([f'{{"head":{{}},"boolean":{value}}}'.encode()])

    assert reader.boolean is boolean
    assert rows == []


def test_a_quoted_triple_is_shown_as_text() -> None:
    triple = (
        '{"head":{"vars":["t"]},"results":{"bindings":[{"t":{"type":"triple","value":{'
        '"subject":{"type":"uri","value":"a:s"},"predicate":{"type":"uri","value":"a:p"},'
        '"object":{"type":"literal","value":"o"}}}}]}}'
    )

    assert read([triple.encode()])[1] == [{"t": Literal('<< <a:s> <a:p> "o" >>')}]
