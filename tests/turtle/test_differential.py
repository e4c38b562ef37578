"""The reader, the bulk parser and pyoxigraph itself find the same in the same text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat

from filmld.turtle.bulk import parse
from filmld.turtle.format import format_text
from filmld.turtle.reader import read
from tests.turtle import generated
from tests.turtle.graphs import canonical, canonical_of, plainly

BASE = "https://films.example.org/film/x"


def disagreements(records: tuple[bytes, ...]) -> list[bytes]:
    wrong = []
    for data in records:
        document = read(data.decode(), base=BASE)
        same = plainly(document.triples) == plainly(parse(data, base=BASE))
        if not document.well_formed or not document.triples or not same:
            wrong.append(data)
    return wrong


def test_reader_and_bulk_parser_agree_on_five_hundred_real_records(sample: tuple[bytes, ...]) -> None:
    assert len(sample) == 504
    assert disagreements(sample) == []


def test_the_graphs_of_real_records_are_isomorphic(sample: tuple[bytes, ...]) -> None:
    few = sample[::5]
    assert len(few) > 100
    wrong = [
        data
        for data in few
        if canonical_of(read(data.decode(), base=BASE).triples) != canonical(data, RdfFormat.TURTLE, BASE)
    ]
    assert wrong == []


@pytest.mark.slow
def test_reader_and_bulk_parser_agree_on_the_whole_corpus(corpus: tuple[bytes, ...]) -> None:
    assert len(corpus) == 36_273
    assert disagreements(corpus) == []


@settings(max_examples=50, deadline=None)
@given(generated.turtle())
def test_reader_and_pyoxigraph_agree_on_generated_turtle(text: str) -> None:
    document = read(text, base=BASE)
    assert document.well_formed, document.diagnostics
    assert canonical_of(document.triples) == canonical(text.encode(), RdfFormat.TURTLE, BASE)


@settings(max_examples=50, deadline=None)
@given(generated.turtle())
def test_formatting_generated_turtle_keeps_triples_and_comments_and_settles_at_once(text: str) -> None:
    before = read(text, base=BASE)
    laid_out = format_text(text)
    after = read(laid_out, base=BASE)
    assert after.well_formed
    assert [str(triple) for triple in after.triples] == [str(triple) for triple in before.triples]
    written = sorted(comment.text.rstrip() for comment in before.comments)
    assert sorted(comment.text for comment in after.comments) == written
    assert format_text(laid_out) == laid_out


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=generated.NASTY, max_size=60))
def test_what_pyoxigraph_refuses_is_refused_with_a_place(text: str) -> None:
    document = read(text, base=BASE)
    if document.well_formed:
        assert canonical_of(document.triples) == canonical(text.encode(), RdfFormat.TURTLE, BASE)
    else:
        assert any(found.span is not None for found in document.diagnostics)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=generated.NASTY, max_size=80))
def test_no_character_is_lost_by_the_tokens(text: str) -> None:
    position = 0
    for _, start, end in read(text).tokens:
        assert text[position:start].strip(" \t\r\n") == ""
        assert start < end
        position = end
    assert text[position:].strip(" \t\r\n") == ""
