"""What is read into columns is what the quick reader reads, and what that refuses is not read so."""

import polars as pl
import pytest
from hypothesis import given, settings

from filmld.check.columns.terms import term_of
from filmld.turtle.columns import ColumnReader, statements_of
from filmld.turtle.quick import QuickReader
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple
from tests.benchmark import catalogue
from tests.turtle import generated
from tests.turtle.test_quick import BODY, HEAD, TAMED, damaged

NAMED = BODY.replace(
    '[ a schema:ImageObject ; schema:width 253 ; schema:author [ schema:name "A" ] ]', "film:kuu-image"
)


def stated(statements: pl.DataFrame) -> dict[int, list[Triple]]:
    """What each record states."""
    found: dict[int, list[Triple]] = {}
    for record, s, p, o in statements.select("record", "subject", "predicate", "object").iter_rows():
        found.setdefault(record, []).append(Triple(IRI(s), IRI(p), term_of(o)))
    return found


def disagreement(records: list[bytes]) -> list[str]:
    """In what both differ."""
    heads, statements, _ = ColumnReader().read(records)
    quick, found, read_so = QuickReader(), [], stated(statements)
    for nth, (data, head) in enumerate(zip(records, heads, strict=True)):
        document = quick.read(data, "x")
        if head is None:
            found += ["statements of a record that was not read"] if nth in read_so else []
        elif document is None:
            found.append(f"read what is for the reader: {data!r}")
        elif tuple(read_so[nth]) != document.triples or head.prefixes != document.prefixes:
            found.append(f"read differently: {data!r}")
    return found


def test_a_plain_record_is_read_with_all_that_it_says() -> None:
    heads, statements, lines = ColumnReader().read([(HEAD + NAMED).encode()])
    assert heads[0] is not None
    assert dict(heads[0].prefixes)["film"] == "https://films.example.org/film/"
    row = statements.row(2, named=True)
    assert lines[row.pop("line") : row.pop("line_end")].decode() == (
        '<https://films.example.org/film/kuu> <https://schema.org/name> "The \\"Moon\\""@en .\n'
    )
    assert row == {
        "record": 0,
        "subject": "https://films.example.org/film/kuu",
        "predicate": "https://schema.org/name",
        "object": '"The \\"Moon\\""@en',
        "language": "en",
        "datatype": None,
    }


def test_generated_records_are_read_alike_and_all_that_have_no_fault() -> None:
    texts = [text.encode() for _, text in catalogue.records(60, 0.1)]
    assert disagreement(texts) == []
    sound = [text.encode() for _, text in catalogue.records(60, 0)]
    assert all(ColumnReader().read(sound).heads)


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_damaged_records_are_left_to_others_or_read_alike(text: str) -> None:
    assert disagreement([text.encode(), (HEAD + NAMED).encode()]) == []


@settings(max_examples=60, deadline=None)
@given(damaged())
def test_damaged_records_without_nameless_things_too(text: str) -> None:
    record = text.replace("[", "film:x").replace("]", "")
    assert disagreement([record.encode()]) == []


@pytest.mark.slow
@settings(max_examples=2_000, deadline=None)
@given(damaged())
def test_very_many_damaged_records_are_left_to_others_or_read_alike(text: str) -> None:
    assert disagreement([text.encode(), text.replace("[", "film:x").replace("]", "").encode()]) == []


@settings(max_examples=20, deadline=None)
@given(generated.turtle())
def test_generated_turtle_is_left_to_others_or_read_alike(text: str) -> None:
    for odd, plain in TAMED:
        text = text.replace(odd, plain)
    assert disagreement([f"@prefix s: <https://schema.org/> .\n{text}".encode()]) == []


def test_real_records_are_read_alike(sample: tuple[bytes, ...]) -> None:
    assert disagreement(list(sample)) == []


@pytest.mark.slow
def test_the_whole_corpus_is_read_alike(corpus: tuple[bytes, ...]) -> None:
    for start in range(0, len(corpus), 3_000):
        assert disagreement(list(corpus[start : start + 3_000])) == []


@pytest.mark.parametrize(
    "text",
    [
        HEAD + BODY,
        HEAD + NAMED.replace("@en", "@EN"),
        "@base <https://films.example.org/> .\n" + HEAD + NAMED,
        HEAD + NAMED + "film:kuu schema:name _:b .\n",
        HEAD + NAMED.replace('"1999"', '"1999-1"'),
        HEAD + NAMED.replace("^^xsd:gYear", "^^<https://a.example:99999/>"),
    ],
    ids=[
        "nameless things",
        "a mark with capitals",
        "a base",
        "a labelled node",
        "a wrong date",
        "an odd type",
    ],
)
def test_another_reader_looks_at(text: str) -> None:
    plain = (HEAD + NAMED).encode()
    heads, statements, _ = ColumnReader().read([plain, text.encode(), plain])
    assert [head is None for head in heads] == [False, True, False]
    assert statements["record"].unique().to_list() == [0, 2]


def test_records_that_were_read_by_themselves_can_stand_in_columns_too() -> None:
    document = read(HEAD + BODY)
    rows = statements_of([(7, document)])
    assert rows.height == len(document.triples)
    names = {subject for subject in rows["subject"] if subject.startswith("_:")}
    assert names == {"_:7.b1", "_:7.b2"}
    for triple, (subject, value) in zip(
        document.triples, rows.select("subject", "object").iter_rows(), strict=True
    ):
        assert subject == (
            triple.subject.value if isinstance(triple.subject, IRI) else f"_:7.{triple.subject.label}"
        )
        if isinstance(triple.object, Literal):
            assert term_of(value) == triple.object
        elif isinstance(triple.object, BlankNode):
            assert value == f"_:7.{triple.object.label}"
