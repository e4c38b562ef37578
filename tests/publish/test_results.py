"""Answers as files: the formats of SPARQL, read by a library that knows them."""

import csv
import io

import rdflib
from rdflib.query import Result

from filmld.publish.results import Results
from filmld.turtle.terms import IRI, BlankNode, Literal, lang_string
from filmld.vocab import XSD

ANSWER = Results(
    ("film", "title", "year", "node", "nothing"),
    (
        {
            "film": IRI("https://films.example.org/film/moloch-1999"),
            "title": lang_string('Молох, "M"\n</script>', "ru"),
            "year": Literal("1999", XSD + "integer"),
            "node": BlankNode("b1"),
        },
        {"title": Literal("plain")},
    ),
)


def test_the_json_of_an_answer_is_read_by_rdflib() -> None:
    read = Result.parse(io.BytesIO(ANSWER.as_json()), format="json")
    first, second = list(read)
    assert isinstance(first, rdflib.query.ResultRow)
    assert isinstance(second, rdflib.query.ResultRow)
    assert first.asdict() == {
        "film": rdflib.URIRef("https://films.example.org/film/moloch-1999"),
        "title": rdflib.Literal('Молох, "M"\n</script>', lang="ru"),
        "year": rdflib.Literal(1999),
        "node": rdflib.BNode("b1"),
    }
    assert second.asdict() == {"title": rdflib.Literal("plain")}


def test_the_csv_of_an_answer_holds_plain_texts() -> None:
    rows = list(csv.reader(io.StringIO(ANSWER.as_csv().decode(), newline="")))
    assert rows == [
        ["film", "title", "year", "node", "nothing"],
        ["https://films.example.org/film/moloch-1999", 'Молох, "M"\n</script>', "1999", "_:b1", ""],
        ["", "plain", "", "", ""],
    ]
