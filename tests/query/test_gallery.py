"""The files of the gallery, and asking with other values than their own."""

from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from filmld.errors import ParameterError, QuestionError, UnknownQuestionError
from filmld.query.gallery import Chart, Kind, Question, find_question, gallery, read_questions
from filmld.query.gallery.questions import read_question

QUESTIONS = gallery()

ECHO = """\
# title: Say it again
# description: Whatever is asked.
# chart: table
# parameter: text (text) What is said
# parameter: thing (iri) What is meant
# parameter: times (integer) How often

SELECT ?text ?thing ?times
WHERE {
  VALUES ?text { "once" } # parameter
  VALUES ?thing { <https://films.example.org/> } # parameter
  VALUES ?times { 1 } # parameter
}
"""


def echo() -> Question:
    return read_question("00-echo", ECHO)


def said(query: str) -> list[list[str]]:
    answers = ox.Store().query(query)
    assert isinstance(answers, ox.QuerySolutions)
    return [[value.value for value in row if isinstance(value, ox.Literal | ox.NamedNode)] for row in answers]


def test_there_are_25_questions() -> None:
    assert [question.name[:2] for question in QUESTIONS] == [f"{number:02}" for number in range(1, 26)]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_told_in_plain_words(question: Question) -> None:
    assert len(question.title) < 60
    assert question.description.endswith(".")
    assert not any(word in question.description for word in ("schema:", "fld:", "IRI", "triple"))
    assert not any(parameter.label.endswith(".") for parameter in question.parameters)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_names_an_archive_only_in_its_defaults(question: Question) -> None:
    free = [line for line in question.text.splitlines() if not line.endswith("# parameter")]
    assert "example.org" not in "\n".join(free)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_the_defaults_give_the_file_itself(question: Question) -> None:
    assert question.sparql() == question.text
    assert question.sparql({each.name: each.default for each in question.parameters}) == question.text


def test_a_question_is_found_by_name_number_or_words() -> None:
    first = QUESTIONS[0]
    assert [find_question(asked, QUESTIONS) for asked in ("01", "filmography", "01-filmography")] == [
        first
    ] * 3
    with pytest.raises(UnknownQuestionError, match="‘26’"):
        find_question("26", QUESTIONS)


def test_an_archive_may_have_questions_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "00-echo.rq").write_text(ECHO, encoding="utf-8")
    (tmp_path / "notes.txt").write_text("not a question", encoding="utf-8")
    (question,) = read_questions(tmp_path)
    assert question.chart is Chart.TABLE
    assert [(each.name, each.kind, each.default) for each in question.parameters] == [
        ("text", Kind.TEXT, "once"),
        ("thing", Kind.IRI, "https://films.example.org/"),
        ("times", Kind.INTEGER, "1"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "line", "problem"),
    [
        ("# title: Say it again\n", "", 1, "in this order"),
        ("# chart: table", "# chart: pie", 3, "‘pie’ is none of"),
        ("# chart: table", "# Chart: table", 3, "none that a head can have"),
        ("# chart: table\n", "# chart: table\nSELECT\n", 4, "none that a head can have"),
        ("text (text) What", "text (words) What", 4, "is not of the form"),
        ("text (text) What", "text: What", 4, "is not of the form"),
        ("text (text)", "text (integer)", 4, "a default of the kind integer"),
        ("# parameter: times (integer) How often\n", "", 4, "not those of the marked lines"),
        ('{ "once" } # parameter', '{ "once" }', 4, "a default of the kind text"),
        ('{ "once" } # parameter', "{ ?once } # parameter", 10, "VALUES ?name { value }"),
        (
            '"once" } # parameter',
            '"once" } # parameter\n  VALUES ?text { "" } # parameter',
            11,
            "once for each name",
        ),
    ],
)
def test_a_file_that_is_no_question_is_refused_with_its_line(
    old: str, new: str, line: int, problem: str
) -> None:
    assert old in ECHO
    with pytest.raises(QuestionError) as caught:
        read_question("00-echo", ECHO.replace(old, new))
    assert caught.value.message.startswith(f"00-echo.rq:{line}: ")
    assert problem in caught.value.message


INJECTIONS = [
    '" } # parameter',
    '"} } DELETE WHERE { ?s ?p ?o } #',
    "\\",
    '\\" } ; DROP ALL #',
    "\\u0022 } SERVICE <http://evil.example/> { ?s ?p ?o } #",
    "\\\\u0022 } #",
    "\\U00000022 } #",
    "\n} SELECT * { ?s ?p ?o",
    "\r\n# parameter\n",
    "}}}} UNION {{{{",
    "'''\"\"\"",
    "$name ?text %s {0} \\g<0> \\1",
    "\x00\x0b\u2028\u202e",
    "朝倉健二 Стрелочник 🎬",
]


@pytest.mark.parametrize("text", INJECTIONS)
def test_a_text_is_only_ever_a_text(text: str) -> None:
    assert said(echo().sparql({"text": text})) == [[text, "https://films.example.org/", "1"]]


@given(st.text(max_size=40) | st.text('\\"uU02{}\n\r#<>', max_size=20))
def test_any_text_arrives_as_it_was_typed(text: str) -> None:
    assert said(echo().sparql({"text": text})) == [[text, "https://films.example.org/", "1"]]


@pytest.mark.parametrize("text", [text for text in INJECTIONS if "\\" in text and "u" in text.lower()])
def test_a_reader_that_undoes_escapes_too_early_is_not_led_astray(text: str) -> None:
    """As rdflib does, whose parser replaces them in the whole query before reading it."""
    rows = list(rdflib.Graph().query(echo().sparql({"text": text})))
    assert len(rows) == 1
    assert [str(value) for value in rows[0]][1:] == ["https://films.example.org/", "1"]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "leena",
        "/person/leena",
        "https://x.example/a b",
        "https://x.example/> } SELECT",
        "https://x.example/<",
        'https://x.example/"',
        "https://x.example/{}",
        "https://x.example/\\u003E",
        "https://x.example/\n",
        "\ud800",
        "https://x.example/" + "a" * 3000,
    ],
)
def test_what_is_no_link_is_refused(value: str) -> None:
    with pytest.raises(ParameterError, match="‘thing’"):
        echo().sparql({"thing": value})


@given(st.text(max_size=40).map(lambda text: "https://x.example/" + text))
def test_a_link_is_refused_or_arrives_as_it_was_typed(value: str) -> None:
    try:
        query = echo().sparql({"thing": value})
    except ParameterError:
        return
    assert said(query) == [["once", value, "1"]]


@pytest.mark.parametrize("value", ["", "1.5", "1e3", "1 }", "٣", "0x10", "1" * 19, "1\n", "--1"])
def test_what_is_no_whole_number_is_refused(value: str) -> None:
    with pytest.raises(ParameterError, match="‘times’"):
        echo().sparql({"times": value})


def test_a_whole_number_arrives() -> None:
    assert said(echo().sparql({"times": "+007"})) == [["once", "https://films.example.org/", "7"]]


def test_a_parameter_that_a_question_does_not_have_is_refused() -> None:
    with pytest.raises(ParameterError, match="‘person’ is none of this question"):
        echo().sparql({"person": "https://x.example/"})
