"""A query that is not asked would have found nothing."""

import itertools

import pytest

from filmld.check.shapes.compiled.asked import Asked
from filmld.check.shapes.compiled.data import Whole
from filmld.check.shapes.compiled.engine import Compiled
from filmld.check.shapes.compiled.idle import idle
from filmld.check.shapes.compiled.source import Source
from filmld.check.shapes.reference import Shapes
from filmld.check.shapes.result import Result
from filmld.turtle.bulk import parse
from filmld.turtle.terms import IRI, Triple

HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<urn:prefixes> sh:declare [ sh:prefix "schema" ; sh:namespace "https://schema.org/"^^xsd:anyURI ] .
"""
REPEATS = (
    "SELECT $this ?path WHERE { ?film ?path $this . FILTER(STRSTARTS(STR(?path), STR(schema:))) "
    "FILTER NOT EXISTS { $this ?path ?agent } }"
)
RATING = "SELECT $this ?value WHERE { $this schema:ratingValue ?value . FILTER(?value > 5 || ?value < 1) }"


def shapes(query: str, more: str = "") -> list[Triple]:
    return parse(
        f'{HEAD}<urn:shape> a sh:NodeShape ; sh:targetClass schema:Role ; sh:sparql [ sh:message "no" ; '
        f'sh:prefixes <urn:prefixes> ; sh:select """{query}""" {more} ] .'.encode()
    )


def statements() -> list[Triple]:
    """Credits that are reached by nothing, one or two properties, and repeat none, one or both."""
    text = HEAD
    names = ("schema:actor", "schema:producer", "<urn:other>")
    choices = [(), *((name,) for name in names), *itertools.combinations(names, 2)]
    for number, (there, here) in enumerate(itertools.product(choices, choices)):
        text += f"<urn:c{number}> a schema:Role ; schema:ratingValue {number % 9} .\n" if number % 2 else ""
        text += f"<urn:c{number}> a schema:Role .\n"
        text += "".join(f"<urn:f> {name} <urn:c{number}> .\n" for name in there)
        text += "".join(f"<urn:c{number}> {name} <urn:p>, <urn:q> .\n" for name in here)
    return parse(text.encode())


@pytest.mark.parametrize("query", [REPEATS, RATING, RATING.replace("ratingValue", "actor/schema:name")])
def test_results_are_those_of_pyshacl(query: str) -> None:
    data = statements()
    compiled = Compiled(shapes(query)).judge_all(Whole(data))
    judged = Shapes(shapes(query)).judge(data)
    assert [(one.focus_node, one.result_path, one.value) for one in compiled] == [
        (one.focus_node, one.result_path, one.value) for one in judged
    ]
    assert bool(compiled) == ("actor" not in query)


def test_pyshacl_is_asked_only_where_there_may_be_a_result(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def answer(*arguments: object) -> list[Result]:
        asked.append(arguments[3])
        return []

    monkeypatch.setattr(Asked, "results", answer)
    Compiled(shapes(REPEATS)).judge_all(Whole(statements()))
    nodes = {triple.subject for triple in statements()} - {IRI("urn:prefixes"), IRI("urn:f")}
    assert 0 < len(asked) < len(nodes) / 2


@pytest.mark.parametrize(
    "query",
    [
        REPEATS.replace("NOT EXISTS", "EXISTS"),
        REPEATS.replace("?agent", "?film"),
        REPEATS.replace("schema:))", "other:))"),
        RATING.replace("SELECT $this ?value", "SELECT $this (COUNT(?value) AS ?n)"),
        RATING.replace("FILTER", "} UNION { $this schema:name ?value . FILTER"),
        RATING.replace("schema:ratingValue", "schema:ratingValue|schema:name"),
        RATING.replace("schema:ratingValue", "schema:actor/schema:ratingValue|schema:name"),
        RATING.replace("schema:ratingValue", "schema:ratingValue*"),
        RATING.replace("{ $this", "{ OPTIONAL { $this schema:name ?name } $this"),
    ],
)
def test_what_is_not_understood_is_asked(query: str) -> None:
    assert idle(IRI("urn:shape"), Source(shapes(query))) == ()


def test_a_prefix_with_two_meanings_is_not_understood() -> None:
    twice = parse((HEAD + HEAD.splitlines()[3].replace("schema.org", "x.example")).encode(), scope="t")
    assert idle(IRI("urn:shape"), Source([*shapes(RATING), *twice])) == ()


def test_imported_prefixes_are_not_looked_into() -> None:
    imports = parse(b"<urn:prefixes> <http://www.w3.org/2002/07/owl#imports> <urn:more> .", scope="t")
    assert idle(IRI("urn:shape"), Source(shapes(RATING))) != ()
    assert idle(IRI("urn:shape"), Source([*shapes(RATING), *imports])) == ()


def test_a_screen_counts_only_if_every_query_of_the_shape_has_one() -> None:
    query = REPEATS.replace("NOT EXISTS", "EXISTS")
    other = f'] ; sh:sparql [ sh:select """{query}""" ; sh:prefixes <urn:prefixes>'
    assert idle(IRI("urn:shape"), Source(shapes(RATING, other))) == ()
