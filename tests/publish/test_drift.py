import json
import time
from pathlib import Path

import pytest

from filmld.catalog import Catalog
from filmld.publish.blocks import Block, blocks, decoded
from filmld.publish.drift import Comparison, compare
from filmld.publish.embed import embed_document
from filmld.publish.facts import MOST
from filmld.publish.jsontext import Json, script_element
from filmld.publish.statements import UnreadableBlockError, own_statements
from filmld.turtle.canonical import TooComplexError, labelled, same
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple
from tests.publish.helpers import catalog

RECORDS = {
    "film/x": """<> a schema:Movie ; schema:name "X" ; schema:director </person/p> ;
        schema:url <https://x.example/> ;
        schema:review [ a schema:Review ; schema:reviewBody "good" ; schema:author [ schema:name "Ann" ] ] ,
                      [ a schema:Review ; schema:reviewBody "bad" ; schema:author [ schema:name "Ben" ] ] .
        <#s> a schema:ScreeningEvent ; schema:workPresented <> ; schema:startDate "2014-08-09"^^xsd:date .""",
    "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
}
FILM = "https://films.example.org/film/x"


@pytest.fixture
def made(tmp_path: Path) -> Catalog:
    return catalog(tmp_path / "archive", RECORDS)


def own(made: Catalog) -> dict[str, Json]:
    document = embed_document(made, made.find("film/x"))
    assert document is not None
    return document


def compared(made: Catalog, document: Json) -> list[Comparison]:
    return compare(made, Block(json.dumps(document), 1, None))


def told(one: Comparison) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    missing, added = (
        [("/".join(fact.path), fact.value) for fact in facts] for facts in (one.missing, one.added)
    )
    return missing, added


def test_the_snippet_equals_its_record(made: Catalog) -> None:
    (block,) = blocks(b"<!doctype html><title>x</title>\n" + script_element(own(made)).encode())
    (one,) = compare(made, block)
    assert (one.equal, one.outdated, one.row, one.record.iri) == (True, False, 2, FILM)


@pytest.mark.parametrize("address", ["http://schema.org", "http://schema.org/", "https://schema.org/"])
def test_order_nesting_and_the_form_of_the_context_do_not_count(address: str, made: Catalog) -> None:
    document = own(made)
    reverse = document.pop("@reverse")
    assert isinstance(reverse, dict)
    event = reverse["workPresented"]
    assert isinstance(event, dict)
    assert isinstance(document["review"], list)
    document["review"].reverse()
    document["director"] = {"@id": "https://films.example.org/person/p"}
    graph: list[Json] = [
        {"@id": "https://films.example.org/person/p", "@type": "Person", "name": ["P"]},
        {**event, "workPresented": {"@id": FILM}},
        {key: value for key, value in reversed(document.items()) if key != "@context"},
    ]
    (one, person) = sorted(
        compared(made, {"@context": address, "@graph": graph}), key=lambda one: one.record.kind
    )
    assert (one.equal, person.equal) == (True, True)


def test_what_differs_is_told_fact_by_fact(made: Catalog) -> None:
    document = own(made)
    document["name"] = "Y"
    document["director"] = {"@id": "https://films.example.org/person/p", "@type": "Person", "name": "Q"}
    document["@reverse"] = {}
    (one,) = compared(made, document)
    assert told(one) == (
        [
            ("name", '"X"'),
            ("startDate", '"2014-08-09"'),
            ("type", "ScreeningEvent"),
            ("workPresented", FILM),
            ("name", '"P"'),
        ],
        [("name", '"Y"'), ("name", '"Q"')],
    )
    assert not one.equal


def test_a_fact_of_a_thing_without_address_is_told_by_the_way_to_it(made: Catalog) -> None:
    document = json.loads(json.dumps(own(made)).replace("Ann", "Eve"))
    (one,) = compared(made, document)
    assert told(one) == ([("review/author/name", '"Ann"')], [("review/author/name", '"Eve"')])


def test_the_same_facts_about_other_things_are_not_equal(made: Catalog) -> None:
    text = json.dumps(own(made)).replace("Ann", "?").replace("Ben", "Ann").replace("?", "Ben")
    (one,) = compared(made, json.loads(text))
    assert (one.missing, one.added, one.regrouped, one.equal) == ((), (), True, False)


def test_what_others_say_beside_it_does_not_count(made: Catalog) -> None:
    page = f"""<script type="application/ld+json">{{"@context":"https://schema.org","@type":"WebSite","name":"n"}}
        </script><script type="text/javascript">var x = "<b>";</script>{script_element(own(made))}"""
    found = [compare(made, block) for block in blocks(page.encode())]
    assert [[one.equal for one in each] for each in found] == [[], [True]]


def test_a_copy_of_an_earlier_state_is_known_by_its_mark(made: Catalog) -> None:
    text = json.dumps({**own(made), "name": "Y"})
    outdated = [compare(made, Block(text, 1, etag))[0].outdated for etag in ("0" * 16, None)]
    assert outdated == [True, False]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{", "no JSON: Expecting property name enclosed in double quotes (its line 1)"),
        ("NaN", "no JSON: NaN is no number"),
        ("1e999", "a number without end"),
        ("9" * 5000, "no JSON: Exceeds the limit"),
        ('"\\ud800"', "half a character"),
        ("[" * 100_000, "more than 100 levels"),
        ("[" * 200 + "]" * 200, "more than 100 levels"),
        (f'"{"x" * 1024 * 1024}"', "more than 1048576 characters"),
        ('{"@context": "https://evil.example/x", "name": "a"}', "never fetched: https://evil.example/x"),
        ('{"@context": {"@import": "https://evil.example/x"}, "name": "a"}', "never fetched"),
        ('{"@context": "file:///etc/passwd", "name": "a"}', "never fetched: file:///etc/passwd"),
        ('{"@context": {"a": {"@id": "b"}, "b": {"@id": "a"}}, "a": 1}', "Cyclical context"),
        ('{"@context": "https://schema.org", "@id": 5}', "must be a string"),
    ],
)
def test_what_is_no_block_is_said_so(text: str, reason: str, made: Catalog) -> None:
    with pytest.raises(UnreadableBlockError) as caught:
        compare(made, Block(text, 1, None))
    assert reason in str(caught.value)


def clique(size: int) -> list[Json]:
    nodes = [f"_:n{number}" for number in range(size)]
    return [{"@id": node, "knows": [{"@id": other} for other in nodes if other != node]} for node in nodes]


def test_knotted_things_without_address_are_given_up_in_time(made: Catalog) -> None:
    knot: list[Json] = [{"@id": FILM, "about": {"@id": "_:n0"}}, *clique(9)]
    started = time.monotonic()
    with pytest.raises(UnreadableBlockError, match="too many ways"):
        compared(made, {"@context": "https://schema.org", "@graph": knot})
    assert time.monotonic() - started < 10
    assert MOST < 8 * 7 * 6 * 5 * 4 * 3 * 2


def test_canonical_labels_that_take_too_long_are_given_up() -> None:
    knot = own_statements({"@context": "https://schema.org", "@graph": clique(9)})
    started = time.monotonic()
    with pytest.raises(TooComplexError):
        same(knot, list(knot)[1:], seconds=0.5)
    assert time.monotonic() - started < 10


def test_graphs_are_the_same_whatever_their_blank_nodes_are_called() -> None:
    def chain(one: str, two: str, text: str) -> list[Triple]:
        name = IRI("https://schema.org/name")
        return [Triple(BlankNode(one), name, BlankNode(two)), Triple(BlankNode(two), name, Literal(text))]

    assert same(chain("a", "b", "x\n\u2028"), chain("b", "a", "x\n\u2028"))
    assert not same(chain("a", "b", "x"), chain("b", "a", "y"))
    assert labelled("\n".join(map(str, chain("a", "b", "x"))).encode()) == labelled(
        "\n".join(map(str, chain("q", "a", "x"))).encode()
    )


def test_a_term_that_is_none_is_not_compared() -> None:
    bad = [Triple(BlankNode("a"), IRI("https://schema.org/url"), IRI("not an address"))]
    with pytest.raises(ValueError, match="IRI"):
        same(bad, bad)


@pytest.mark.parametrize(
    ("page", "charset"),
    [
        ("\ufeff<title>ä</title>".encode(), None),
        ("<title>ä</title>".encode(), None),
        ("<title>ä</title>".encode("latin-1"), "latin-1"),
        ('<meta charset="windows-1252"><title>ä</title>'.encode("cp1252"), None),
        ("<meta content='text/html; charset=iso-8859-1'><title>ä</title>".encode("latin-1"), None),
        ('<meta charset="no-such"><title>ä</title>'.encode(), None),
    ],
)
def test_a_page_is_read_as_it_says_it_is_written(page: bytes, charset: str | None) -> None:
    assert decoded(page, charset).endswith("<title>ä</title>")


def test_blocks_are_found_in_any_spelling_of_their_element() -> None:
    page = b"""<SCRIPT data-etag=1 type='Application/LD+JSON; charset=utf-8'>{"a": "&lt;<\\/script>"}</SCRIPT>
        <!-- <script type="application/ld+json">2</script> -->
        <script>3</script><p type="application/ld+json">4</p>
        <script type="application/ld+json">unclosed"""
    assert blocks(page) == [Block('{"a": "&lt;<\\/script>"}', 1, "1")]


def test_the_words_that_are_taken_for_addresses_are_those_of_schema_org(shared: Path) -> None:
    official = json.loads((shared / "vocab" / "schemaorgcontext.jsonld").read_text(encoding="utf-8"))
    terms = official["@context"]
    document: dict[str, Json] = {"@context": "https://schema.org", "@id": "x:y"}
    words = ("name", "url", "sameAs", "image", "logo", "license", "contentUrl", "inDefinedTermSet", "genre")
    graph = own_statements({**document, **dict.fromkeys(words, "https://a.example/")})
    as_address = {t.predicate.value.rpartition("/")[2] for t in graph if isinstance(t.object, IRI)}
    assert as_address == {word for word in words if terms[word].get("@type") == "@id"}
