import pytest

from filmld.diagnostics.model import Edit, Position, Span
from filmld.turtle.edit import EditOutsideTextError, OverlappingEditsError, apply


def edit(row: int, column: int, end_row: int, end_column: int, text: str) -> Edit:
    return Edit(Span(Position(row, column), Position(end_row, end_column)), text)


def test_edits_change_their_places_and_nothing_else() -> None:
    text = "one two\r\nthree\rfour\n\tfive"
    assert apply(text, [edit(4, 2, 4, 6, "5"), edit(1, 5, 1, 8, "2"), edit(2, 1, 2, 1, "> ")]) == (
        "one 2\r\n> three\rfour\n\t5"
    )


def test_no_edits_change_nothing() -> None:
    assert apply("a\r\nb", []) == "a\r\nb"


def test_an_edit_may_reach_over_lines_and_to_the_end() -> None:
    assert apply("a\nb\nc", [edit(1, 2, 3, 2, "!")]) == "a!"
    assert apply("a", [edit(1, 2, 1, 2, " .")]) == "a ."
    assert apply("", [edit(1, 1, 1, 1, "x")]) == "x"


def test_columns_count_code_points() -> None:
    assert apply("🎬 影 x", [edit(1, 5, 1, 6, "y")]) == "🎬 影 y"


def test_edits_that_touch_do_not_overlap() -> None:
    assert apply("abc", [edit(1, 1, 1, 2, "1"), edit(1, 2, 1, 3, "2")]) == "12c"
    assert apply("abc", [edit(1, 2, 1, 2, "-"), edit(1, 2, 1, 3, "B")]) == "a-Bc"


def test_insertions_at_one_place_keep_their_order_and_the_same_one_is_made_once() -> None:
    first, second = edit(1, 2, 1, 2, "1"), edit(1, 2, 1, 2, "2")
    assert apply("ab", [first, second, first]) == "a12b"


def test_edits_that_overlap_are_refused() -> None:
    with pytest.raises(OverlappingEditsError) as caught:
        apply("abcd", [edit(1, 2, 1, 4, "x"), edit(1, 1, 1, 3, "y")])
    assert (caught.value.first.text, caught.value.second.text) == ("y", "x")


@pytest.mark.parametrize(
    "place", [(3, 1, 3, 1), (1, 4, 1, 4), (2, 3, 2, 3), (0, 1, 1, 1), (1, 0, 1, 1), (2, 1, 1, 1)]
)
def test_a_place_that_the_text_does_not_have_is_refused(place: tuple[int, int, int, int]) -> None:
    with pytest.raises(EditOutsideTextError):
        apply("ab\nc", [edit(*place, "x")])
