"""The questions of the gallery can be asked by name."""

from pathlib import Path

from filmld.query.gallery.questions import gallery
from tests.cli.conftest import Run

OWN = """\
# title: All titles
# description: Every title there is.
# chart: table

SELECT ?title WHERE { ?film schema:name ?title FILTER(LANG(?title) = "en") }
"""


def test_all_questions_are_listed_with_their_parameters(filmld: Run) -> None:
    listed = filmld("query", "--name", "list").stdout
    for question in gallery():
        assert f"{question.name}\n    {question.title}." in listed
        for parameter in question.parameters:
            assert f"--set {parameter.name}={parameter.default}" in listed


def test_a_question_is_asked_by_its_words_with_values_of_ones_own(filmld: Run) -> None:
    person = "https://films.example.org/person/alexander-sokurov"
    result = filmld("query", "--name", "filmography", "--set", f"person={person}", "--format", "csv")
    assert result.returncode == 0, result.stderr
    assert "Moloch" in result.stdout


def test_a_question_is_asked_a_page_at_a_time(filmld: Run) -> None:
    assert "--set rows=100 --set after=200" in filmld("query", "--name", "list").stdout
    person = "person=https://films.example.org/person/alexander-sokurov"
    for after, rows in (("0", 1), ("1", 0)):
        page = ("--set", "rows=1", "--set", f"after={after}", "--format", "csv")
        result = filmld("query", "--name", "filmography", "--set", person, *page)
        assert result.returncode == 0, result.stderr
        assert len(result.stdout.splitlines()) == 1 + rows
    assert filmld("query", "--name", "filmography", "--set", "rows=none").returncode == 2


def test_an_archive_adds_questions_of_its_own(filmld: Run, archive: Path) -> None:
    (archive / "queries").mkdir()
    (archive / "queries" / "all-titles.rq").write_text(OWN, encoding="utf-8")
    result = filmld("query", "--name", "all-titles", "--format", "csv")
    assert (result.returncode, result.stdout) == (0, "title\r\nMoloch\r\n"), result.stderr


def test_an_unknown_question_or_parameter_is_said_so(filmld: Run) -> None:
    assert "there is no" in filmld("query", "--name", "99").stderr
    result = filmld("query", "--name", "filmography", "--set", "nobody=x")
    assert result.returncode == 2
    assert "nobody" in result.stderr
    assert filmld("query", "--name", "filmography", "--set", "person").returncode == 2
    assert filmld("query", "ASK {}", "--set", "person=x").returncode == 2
