import pytest

from filmld.turtle.bulk import BulkSyntaxError, parse
from filmld.turtle.reader import read
from filmld.turtle.terms import IRI, BlankNode, Triple

BASE = "https://films.example.org/film/m"


def test_triples_are_those_of_the_reader_in_its_order() -> None:
    text = '<> <p> [ <q> 05 ] , "x"@en , """a\r\nb""" ; <l> ( 1.50 [] ) .'
    assert [
        str(triple.object) for triple in parse(text.encode(), base=BASE) if triple.subject == IRI(BASE)
    ] == [str(triple.object) for triple in read(text, base=BASE).triples if triple.subject == IRI(BASE)]


def test_blank_nodes_are_numbered_within_their_scope() -> None:
    data = b"_:x <urn:p> [] . [] <urn:p> _:x ."
    assert parse(data, base=BASE, scope="f7n") == [
        Triple(BlankNode("f7n1"), IRI("urn:p"), BlankNode("f7n2")),
        Triple(BlankNode("f7n3"), IRI("urn:p"), BlankNode("f7n1")),
    ]
    assert parse(data, base=BASE) == parse(data, base=BASE)


def test_the_same_label_in_two_files_is_two_nodes() -> None:
    one, two = (parse(b"_:b0 <urn:p> 1 .", base=BASE, scope=scope)[0].subject for scope in ("x", "y"))
    assert one != two


@pytest.mark.parametrize("line_end", ["\r\n", "\r"])
def test_lines_end_as_they_do_for_the_reader(line_end: str) -> None:
    text = '<urn:a> <urn:p> """x\ny""" .\n'.replace("\n", line_end)
    assert parse(text.encode(), base=BASE) == list(read(text).triples)


def test_a_mistake_has_row_and_column() -> None:
    with pytest.raises(BulkSyntaxError) as caught:
        parse(b"<urn:a> <urn:p>\n  word .", base=BASE)
    assert (caught.value.row, caught.value.column) == (2, 3)


@pytest.mark.parametrize(
    "text", ["<urn:a> <urn:p> <<( <urn:a> <urn:p> 1 )>> .", '<urn:a> <urn:p> "x"@ar--rtl .', "<a> <b> <c> ."]
)
def test_rdf_1_2_and_relative_links_without_base_are_refused(text: str) -> None:
    with pytest.raises(BulkSyntaxError):
        parse(text.encode())
