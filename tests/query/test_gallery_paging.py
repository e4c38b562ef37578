"""A question asked a page at a time gives all of its answer, and nothing twice."""

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.errors import ParameterError, QuestionError
from filmld.query.gallery import Question, gallery
from filmld.query.gallery.questions import read_question
from tests.benchmark import researched
from tests.query.answers import Answer, read_answers
from tests.query.test_gallery_plain import INVENTED, rows, with_tallies

QUESTIONS = gallery()
PAGED = """\
# title: Say it again
# description: Whatever is asked.
# chart: table
# parameter: least (integer) The least

PREFIX schema: <https://schema.org/>

SELECT ?number ?name
WHERE {
  {
    SELECT ?number
    WHERE {
      VALUES ?least { 3 } # parameter
      VALUES ?number { 5 1 4 2 3 }
      FILTER(?number >= ?least)
    }
    # page: ORDER BY ?number
  }
  BIND(STR(?number) AS ?name)
}
ORDER BY ?number
"""


@pytest.fixture(scope="module")
def researched_store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    folder = tmp_path_factory.mktemp("researched")
    researched.write(folder, 40)
    return with_tallies(Catalog.load(Archive.open(folder)).store)


@pytest.fixture(scope="module")
def invented_store() -> ox.Store:
    return with_tallies(Catalog.load(Archive.open(INVENTED)).store)


def pages(store: ox.Store, question: Question, values: Mapping[str, str], size: int) -> list[tuple[str, ...]]:
    """The rows of all pages, one after the other."""
    found: list[tuple[str, ...]] = []
    for _ in range(500):
        page = dict(values, rows=str(size), after=str(len(found)))
        _, *body = rows(store, question.sparql(page))
        assert len(body) <= size
        found += body
        if len(body) < size:
            return found
    pytest.fail("more pages than there can be")


def count(store: ox.Store, question: Question, values: Mapping[str, str]) -> int:
    query = question.counting(values)
    assert query
    _, ((number,)) = rows(store, query)
    return int(number.removeprefix('"').partition('"')[0])


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_pages_of_a_question_are_its_whole_answer(question: Question, researched_store: ox.Store) -> None:
    _, *whole = rows(researched_store, question.sparql())
    for size in (7, 1000):
        assert pages(researched_store, question, {}, size) == whole
    assert count(researched_store, question, {}) == len(whole)


@pytest.mark.parametrize("answer", read_answers(), ids=lambda answer: answer.name)
def test_the_pages_of_an_answer_worked_out_by_hand_are_the_answer(
    invented_store: ox.Store, answer: Answer
) -> None:
    name, values = answer.question, answer.values
    (question,) = (question for question in QUESTIONS if question.name == name)
    _, *whole = rows(invented_store, question.sparql(values))
    assert pages(invented_store, question, values, 1) == whole != []
    assert count(invented_store, question, values) == len(whole)


def test_every_question_of_the_gallery_is_asked_by_pages() -> None:
    assert all(question.is_paged for question in QUESTIONS)
    assert all("LIMIT" not in question.sparql() for question in QUESTIONS)


def test_a_page_stands_in_the_query_itself() -> None:
    question = read_question("00-paged", PAGED)
    assert "    ORDER BY ?number LIMIT 2 OFFSET 1 # page\n" in question.sparql({"rows": "2", "after": "1"})
    assert "    ORDER BY ?number OFFSET 1 # page\n" in question.sparql({"after": "1"})
    assert question.sparql({}) == PAGED
    store = ox.Store()
    assert [row[1] for row in rows(store, question.sparql({"rows": "2", "after": "1"}))[1:]] == ['"4"', '"5"']
    assert rows(store, question.counting({"least": "4", "rows": "1"}) or "")[1][0].startswith('"2"')


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"rows": "0"}, "‘rows’ is at least 1"),
        ({"rows": "-1"}, "‘rows’ is not a number of rows"),
        ({"rows": "1 } UNION {"}, "‘rows’ is not a number of rows"),
        ({"after": "many"}, "‘after’ is not a number of rows"),
        ({"after": "٣"}, "‘after’ is not a number of rows"),
        ({"after": "9" * 10}, "‘after’ is not a number of rows"),
    ],
)
def test_what_is_no_number_of_rows_is_refused(values: dict[str, str], message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        read_question("00-paged", PAGED).sparql(values)


def test_a_question_without_the_line_has_no_pages() -> None:
    question = read_question("00-paged", PAGED.replace("    # page: ORDER BY ?number\n", ""))
    assert not question.is_paged
    assert question.counting() is None
    with pytest.raises(ParameterError, match="‘rows’ is none of this question"):
        question.sparql({"rows": "1"})


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("    # page: ORDER", "  # page\n    # page: ORDER", 18, "once where its rows are cut"),
        ("    # page: ORDER", "   # page: ORDER", 17, "begins with SELECT at the same depth"),
        ("?least { 3 }", "?rows { 3 }", 1, "‘rows’ is what a page is asked for with"),
    ],
)
def test_a_line_that_cannot_be_is_refused(old: str, new: str, line: int, problem: str) -> None:
    text = PAGED.replace(old, new).replace(
        "# parameter: least", f"# parameter: {'rows' if line == 1 else 'least'}"
    )
    with pytest.raises(QuestionError) as caught:
        read_question("00-paged", text)
    assert caught.value.message.startswith(f"00-paged.rq:{line}: ")
    assert problem in caught.value.message


def test_a_question_is_told_in_german_and_finnish() -> None:
    for question in QUESTIONS:
        for one in question.translations:
            assert one.title
            assert len(one.title) < 60
            assert one.description
            assert one.description.endswith(".")
            assert [name for name, _ in one.labels] == [each.name for each in question.parameters]
        assert [one.language for one in question.translations] == ["de", "fi"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("# chart@de: Tabelle", "none that a head can have"),
        ("# title@Deutsch: Noch einmal", "none that a head can have"),
        ("# parameter@de: most Das Meiste", "‘most’ is no parameter"),
        ("# parameter@de: least", "is no parameter of this question, or says nothing"),
    ],
)
def test_a_translation_that_cannot_be_is_refused(line: str, problem: str) -> None:
    with pytest.raises(QuestionError, match=r"00-paged\.rq:5: ") as caught:
        read_question("00-paged", PAGED.replace("The least\n", f"The least\n{line}\n", 1))
    assert problem in caught.value.message
