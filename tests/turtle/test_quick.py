"""What is read quickly is what the reader reads, and the reader would have nothing to say of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.diagnostics import Position
from filmld.turtle.quick import QuickReader
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, RDF_LANG_STRING, Literal
from tests.turtle import generated

HEAD = """@prefix film: <https://films.example.org/film/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

"""
BODY = """film:kuu
    a schema:Movie ;
    schema:name "Kuu"@fi, "The \\"Moon\\""@en ;
    schema:dateCreated "1999"^^xsd:gYear ;
    schema:image [ a schema:ImageObject ; schema:width 253 ; schema:author [ schema:name "A" ] ] ;
    schema:url <https://kuu.example.org/> ;
.
"""
SNIPPETS = st.sampled_from(
    [
        *"\\\"'<>[](),;.#@~|{}%&=-_:\n\r\t\x00\x07\x7f\u00a0\u00ad\u200b\u200d\u202e\ufeff\u0301éÃ¤",
        "\r\n",
        "<<<<<<< ours\n",
        ">>>>>>>",
        '"x"',
        '"x"@EN',
        '"Kuu"@FI',
        '"1999-13-01"^^xsd:date',
        "'''a\nb'''",
        "<http://schema.org/name>",
        "<javascript:alert(1)>",
        "<https://>",
        "<relative>",
        "<https://a.example/%zz>",
        "<https://a.example/\\u0020>",
        "<https://a.example:99999/>",
        "BASE <https://a.example/> ",
        "@base <https://a.example/x/../y> .\n",
        "prefix film: <https://b.example/>\n",
        "@prefix film: <https://b.example/> .\n",
        '@version "1.2" .\n',
        'VERSION "1.2"\n',
        "_:b1",
        "[] ",
        "[ a film:x ]",
        "( 1 2 )",
        "<< film:a a film:b >>",
        "<<( film:a a film:b )>>",
        "{| a film:b |}",
        "~ film:r",
        "^^xsd:integer",
        "@en--ltr",
        "@abcdefghi",
        "\\u0301",
        "\\u200b",
        "\\n",
        "true",
        "1e400",
        "1" * 1001,
        "film:a\\,b",
        "film:%20",
        "film:é",
        "unknown:x",
        " a ",
    ]
)


def disagreement(data: bytes, quick: QuickReader) -> str | None:
    """In what the quick reader differs from the reader, if it read the record."""
    known = quick.read(data, "x")
    if known is None:
        return None
    document = read(data.decode(), filename="x")
    if document.diagnostics:
        return f"not told: {document.diagnostics[0].message}"
    if known.triples != document.triples:
        return f"other statements: {set(known.triples) ^ set(document.triples)}"
    if list(known.graph()) != list(document.graph()):
        return "another order in the graph"
    same = known.prefixes == document.prefixes and known.text == document.text and document.well_formed
    return None if same else "other prefixes or text"


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A record into which something was written, or out of which something was taken, at a few places."""
    text = HEAD + BODY
    for _ in range(draw(st.sampled_from([1, 1, 1, 2, 3]))):
        start = draw(st.integers(0, len(text)))
        end = start + draw(st.sampled_from([0, 0, 0, 1, 2, 9]))
        text = text[:start] + draw(SNIPPETS) + text[end:]
    return text


@settings(max_examples=200, deadline=None)
@given(damaged())
def test_damaged_records_are_left_to_the_reader_or_read_alike(text: str) -> None:
    assert disagreement(text.encode(), QuickReader()) is None


@pytest.mark.slow
@settings(max_examples=15_000, deadline=None)
@given(damaged())
def test_very_many_damaged_records_are_left_to_the_reader_or_read_alike(text: str) -> None:
    assert disagreement(text.encode(), QuickReader()) is None


@pytest.mark.parametrize("datatype", ["https://a.example:99999/", "http://schema.org/Date", "javascript:x"])
def test_a_datatype_is_a_link_like_others(datatype: str) -> None:
    data = f'{HEAD}film:kuu a schema:Movie ; schema:name "Kuu"^^<{datatype}> .\n'.encode()
    assert QuickReader().read(data.replace(datatype.encode(), b"https://a.example/Date"), "x")
    assert QuickReader().read(data, "x") is None


TAMED = (
    ("PREFIX s: <https://schema.org/>", "\n"),
    ("@prefix p.q: <#> .", "\n"),
    ("p.q:", "s:"),
    ("_:", "s:l"),
    ("<//h/x>", "<#x>"),
    ("<../person/x>", "<#y>"),
    ("\u200d", "x"),
    ("^^s:date", "^^s:Date"),
)
"""What makes nearly every generated text one for the reader, and what is put in its place."""


@settings(max_examples=40, deadline=None)
@given(generated.turtle())
def test_generated_turtle_is_left_to_the_reader_or_read_alike(text: str) -> None:
    assert_tamed_is_read_alike(text)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(generated.turtle())
def test_much_generated_turtle_is_left_to_the_reader_or_read_alike(text: str) -> None:
    assert_tamed_is_read_alike(text)


def assert_tamed_is_read_alike(text: str) -> None:
    for odd, plain in TAMED:
        text = text.replace(odd, plain)
    head = "@base <https://films.example.org/film/x> .\n@prefix s: <https://schema.org/> .\n"
    assert disagreement((head + text).encode(), QuickReader()) is None


def test_five_hundred_real_records_are_read_alike_and_nearly_all_of_them_quickly(
    sample: tuple[bytes, ...],
) -> None:
    quick = QuickReader()
    assert [data for data in sample if disagreement(data, quick)] == []
    assert sum(quick.read(data, "x") is not None for data in sample) > 0.99 * len(sample)


@pytest.mark.slow
def test_the_whole_corpus_is_read_alike(corpus: tuple[bytes, ...]) -> None:
    quick = QuickReader()
    assert [data for data in corpus if disagreement(data, quick)] == []


def test_the_tests_of_the_w3c_are_left_to_the_reader_or_read_alike(turtle_suite: Path) -> None:
    quick = QuickReader()
    files = sorted(turtle_suite.rglob("*.ttl"))
    assert len(files) > 300
    wrong = [path.name for path in files if disagreement(_utf8(path), quick)]
    assert wrong == []


def _utf8(path: Path) -> bytes:
    data = path.read_bytes()
    try:
        data.decode()
    except UnicodeDecodeError:
        return b""
    return data


def test_a_plain_record_is_read_quickly_with_all_that_it_says() -> None:
    document = QuickReader().read((HEAD + BODY).encode(), "kuu.ttl")
    assert document is not None
    assert document.filename == "kuu.ttl"
    assert document.text == HEAD + BODY
    assert document.well_formed
    assert document.triples[2].object == Literal('The "Moon"', RDF_LANG_STRING, "en")
    assert document.triples == read(HEAD + BODY).triples
    assert dict(document.prefixes)["film"] == "https://films.example.org/film/"


def test_places_are_there_when_they_are_asked_for() -> None:
    document = QuickReader().read((HEAD + BODY).encode(), "kuu.ttl")
    assert document is not None
    span = document.span(IRI("https://films.example.org/film/kuu"))
    assert span is not None
    assert span.start == Position(5, 1)


def _odd() -> Iterator[tuple[str, str]]:
    yield "nothing at all", "# a note\n"
    yield "a value said twice", HEAD + BODY.replace("@fi", '@fi, "Kuu"@fi')
    yield "a mark in two ways", HEAD + BODY.replace("@fi", '@fi, "Maa"@FI')
    yield "a wrong date", HEAD + BODY.replace('"1999"', '"99"')
    yield "an old link", HEAD + BODY.replace("https://kuu.example.org/", "http://schema.org/x")
    yield "an invisible character", HEAD + BODY.replace("Kuu", "K\u200duu")
    yield "letters apart from accents", HEAD + BODY.replace("Kuu", "Ku\u0308u")
    yield "the same by its number", HEAD + BODY.replace("Kuu", "Ku\\u0308u")
    yield "a word of the wrong character set", HEAD + BODY.replace("Kuu", "KÃ¤u")
    yield "a prefix with two meanings", HEAD + "@prefix film: <https://b.example.org/> .\n" + BODY
    yield "a conflict", HEAD + BODY.replace("Kuu", "\n<<<<<<< ours\n").replace('"', '"""')
    yield "a mistake", HEAD + BODY.replace(" ;\n.", "\n")


@pytest.mark.parametrize("text", [text for _, text in _odd()], ids=[name for name, _ in _odd()])
def test_the_reader_looks_at(text: str) -> None:
    assert QuickReader().read(text.encode(), "x") is None


@pytest.mark.parametrize(
    "data", [b"\xef\xbb\xbf@prefix ", b"PK\x03\x04", b"@prefix \xff", b"#\r@prefix a: <b:> ."]
)
def test_files_of_other_kinds_are_for_the_reader(data: bytes) -> None:
    assert QuickReader().read(data, "x") is None


def test_capitals_in_a_language_mark_stay() -> None:
    text = HEAD + BODY.replace("@en", "@en-GB")
    document = QuickReader().read(text.encode(), "x")
    assert document is not None
    assert document.triples == read(text).triples


def test_lines_may_end_as_on_windows() -> None:
    text = (HEAD + BODY).replace("\n", "\r\n")
    document = QuickReader().read(text.encode(), "x")
    assert document is not None
    assert document.triples == read(text).triples
