import pytest

from filmld.query.display import Table, cell, harmless, shortened, width
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, lang_string
from filmld.vocab import SCHEMA, XSD


@pytest.mark.parametrize(
    ("term", "shown"),
    [
        (None, ""),
        (IRI(SCHEMA + "Movie"), "schema:Movie"),
        (IRI("https://films.example.org/film/moloch-1999"), "<https://films.example.org/film/moloch-1999>"),
        (IRI(SCHEMA), "<https://schema.org/>"),
        (IRI(SCHEMA + "a/b"), "<https://schema.org/a/b>"),
        (Literal("Moloch"), "Moloch"),
        (lang_string("Moloch", "en"), "Moloch @en"),
        (Literal("2014", XSD + "gYear"), "2014"),
        (Literal("x", "https://example.org/type"), "x ^^<https://example.org/type>"),
        (BlankNode("b0"), "_:b0"),
        (Literal("two\nlines\tand \x1b[31mred"), "two\\nlines\\tand \\x1b[31mred"),
        (Literal("left\u202eright"), "left\\u202eright"),
    ],
)
def test_a_term_is_shown_in_one_harmless_line(term: Term | None, shown: str) -> None:
    assert cell(term) == shown


def test_joiners_that_languages_need_are_kept() -> None:
    assert harmless("می\u200cروم\n") == "می\u200cروم\\n"


@pytest.mark.parametrize(
    ("text", "columns"), [("abc", 3), ("Сокуров", 7), ("東京", 4), ("e\u0301", 1), ("a\u200cb", 2), ("", 0)]
)
def test_the_width_is_that_on_a_terminal(text: str, columns: int) -> None:
    assert width(text) == columns


@pytest.mark.parametrize(
    ("text", "columns", "result"), [("abcdef", 6, "abcdef"), ("abcdefg", 6, "abcde…"), ("東京都", 5, "東京…")]
)
def test_a_text_is_shortened_with_a_mark(text: str, columns: int, result: str) -> None:
    assert shortened(text, columns) == result


def test_columns_are_aligned_by_width() -> None:
    table = Table(["name", "n"])
    lines = [*table.add({"name": Literal("東京"), "n": Literal("1")}), *table.add({"n": Literal("22")})]

    assert [*lines, *table.finish()] == ["name  n", "────  ──", "東京  1", "      22"]
    assert table.rows == 2


def test_no_rows_are_a_table_too() -> None:
    assert list(Table(["film"]).finish()) == ["film", "────"]


def test_later_rows_are_shown_as_they_come() -> None:
    table = Table(["n"])
    lines = [line for number in range(1500) for line in table.add({"n": Literal(str(number))})]

    assert lines[:3] == ["n", "───", "0"]
    assert lines[-1] == "1499"
    assert len(lines) == 1502
    assert list(table.finish()) == []


def test_a_shortened_text_is_told() -> None:
    table = Table(["text"], max_columns=5)
    lines = [*table.add({"text": Literal("abcdefgh")}), *table.finish()]

    assert lines[-1] == "abcd…"
    assert table.cut
