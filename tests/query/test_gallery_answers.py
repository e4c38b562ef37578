"""Every question of the gallery answers what a person answers who reads the records."""

import time
from functools import cache
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.query.gallery import Question, find_question, gallery
from tests.query.answers import BASE, Answer, from_oxigraph, from_rdflib, read_answers

REPOSITORY = Path(__file__).parents[2]
QUESTIONS = gallery()
ANSWERS = read_answers()


@cache
def lines(folder: Path) -> str:
    catalog = Catalog.load(Archive.open(folder))
    return "".join([*catalog.nquads(), *catalog.derived_nquads()])


@cache
def store(folder: Path) -> ox.Store:
    made = ox.Store()
    made.load(lines(folder).encode(), format=ox.RdfFormat.N_QUADS)
    return made


@cache
def graph(folder: Path) -> rdflib.Graph:
    """All graphs as one; rdflib has its own union graph, but warns of itself there."""
    triples = "".join(f"{line.rpartition(' <')[0]} .\n" for line in lines(folder).splitlines())
    made = rdflib.Graph(bind_namespaces="none")
    made.parse(data=triples, format="nt")
    return made


def asked(folder: Path, query: str) -> ox.QuerySolutions:
    solutions = store(folder).query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


INVENTED = REPOSITORY / "tests" / "archives" / "invented"


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_oxigraph_answers_as_a_person_does(answer: Answer) -> None:
    query = find_question(answer.question, QUESTIONS).sparql(answer.values)
    assert from_oxigraph(asked(INVENTED, query)) == (answer.header, answer.rows)


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_rdflib_answers_as_a_person_does(answer: Answer) -> None:
    query = find_question(answer.question, QUESTIONS).sparql(answer.values)
    assert from_rdflib(graph(INVENTED).query(query)) == (answer.header, answer.rows)


def test_every_question_has_an_answer_worked_out_by_hand() -> None:
    assert {question.name for question in QUESTIONS} == {answer.question for answer in ANSWERS}
    assert all(len(answer.rows) > 0 for answer in ANSWERS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_every_question_can_be_asked_of_the_demonstration_archive(question: Question) -> None:
    header, rows = from_oxigraph(asked(REPOSITORY, question.sparql()))
    also_header, also_rows = from_rdflib(graph(REPOSITORY).query(question.sparql()))
    assert also_header == header
    # rdflib groups nothing into one row of nothing; SPARQL 1.1 §18.5.1 into no row at all
    assert also_rows == rows or (not rows and [row[0] for row in also_rows] == [None])


@cache
def twice() -> ox.Store:
    """Every fact in two graphs; Oxigraph's union of graphs then holds it twice."""
    made = ox.Store()
    for graph_end in (">", "-too>"):
        copy = lines(INVENTED).replace("#record> .\n", f"#record{graph_end} .\n")
        made.load(copy.encode(), format=ox.RdfFormat.N_QUADS)
    return made


@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.name)
def test_a_fact_that_two_records_state_counts_once(answer: Answer) -> None:
    query = find_question(answer.question, QUESTIONS).sparql(answer.values)
    solutions = twice().query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    assert from_oxigraph(solutions) == (answer.header, answer.rows)


@cache
def many() -> ox.Store:
    """Twenty invented archives side by side, of festivals and countries they share."""
    made = ox.Store()
    for number in range(20):
        copy = lines(INVENTED).replace(f"{BASE}film/", f"{BASE}film/{number}-")
        made.load(copy.encode(), format=ox.RdfFormat.N_QUADS)
    return made


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_cost_of_a_question_does_not_grow_with_the_square_of_the_catalogue(question: Question) -> None:
    began = time.process_time()
    solutions = many().query(question.sparql(), use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    assert len(list(solutions)) <= 500
    assert time.process_time() - began < 3
