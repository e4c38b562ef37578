import pytest

from filmld.diagnostics.model import Diagnostic, Position, Severity, Span
from filmld.diagnostics.registry import reader_rules
from filmld.diagnostics.suppression import Comment, suppress

NAME = "records/film/moloch-1999.ttl"
STATEMENTS = ((3, 3), (5, 8), (10, 12))


def statement_of(row: int) -> tuple[int, int] | None:
    return next((rows for rows in STATEMENTS if rows[0] <= row <= rows[1]), None)


def finding(code: str, row: int | None) -> Diagnostic:
    span = Span(Position(row, 5), Position(row, 9)) if row else None
    return Diagnostic(code=code, severity=Severity.ERROR, message=f"{code}", filename=NAME, span=span)


def kept(findings: list[Diagnostic], *comments: Comment) -> list[tuple[str, int | None]]:
    stay = suppress(NAME, findings, comments, statement_of, reader_rules())
    return [(found.code, found.span.start.row if found.span else None) for found in stay]


def about(findings: list[Diagnostic], text: str, row: int = 6) -> list[tuple[str, str | None]]:
    stay = suppress(NAME, findings, [Comment(row, 20, text)], statement_of, reader_rules())
    return [(found.message, found.hint) for found in stay if found.code == "unused-suppression"]


@pytest.mark.parametrize("row", [5, 6, 8])
def test_a_comment_silences_its_code_in_its_statement_and_nowhere_else(row: int) -> None:
    found = [finding("bad-date", 4), finding("bad-date", 5), finding("mojibake", 7), finding("bad-date", 8)]
    found.append(finding("bad-date", 9))
    comment = Comment(row, 30, "# filmld: ok bad-date as printed on the poster")
    assert kept(found, comment) == [("bad-date", 4), ("mojibake", 7), ("bad-date", 9)]


def test_a_comment_above_a_statement_counts_for_it() -> None:
    comments = [
        Comment(8 + 1, 1, "# filmld: ok mojibake the studio is really called so"),
    ]
    assert kept([finding("mojibake", 11), finding("mojibake", 7)], *comments) == [("mojibake", 7)]


def test_a_block_of_comments_above_a_statement_counts_for_it_a_blank_row_between_does_not() -> None:
    text = "# filmld: ok mojibake the studio is really called so"
    found = [finding("mojibake", 3)]
    assert kept(found, Comment(1, 1, text), Comment(2, 1, "# The Sun")) == []
    assert kept(found, Comment(1, 1, text)) == [("mojibake", 3), ("unused-suppression", 1)]


def test_a_comment_after_the_last_statement_silences_nothing() -> None:
    text = "# filmld: ok mojibake really"
    assert kept([finding("mojibake", 12)], Comment(14, 1, text)) == [
        ("mojibake", 12),
        ("unused-suppression", 14),
    ]


def test_a_finding_about_the_whole_file_is_silenced_from_anywhere_in_it() -> None:
    assert kept([finding("empty-record", None)], Comment(14, 1, "# filmld: ok empty-record a stub")) == []


def test_a_code_that_only_begins_alike_is_not_meant() -> None:
    found = [finding("bad-date", 6)]
    assert kept(found, Comment(6, 1, "# filmld: ok bad-dates because")) == [
        ("bad-date", 6),
        ("unused-suppression", 6),
    ]


def test_an_error_of_syntax_stays_and_the_comment_is_reported() -> None:
    found = [finding("missing-dot", 6)]
    assert kept(found, Comment(6, 1, "# filmld: ok missing-dot I like it so")) == [
        ("missing-dot", 6),
        ("unused-suppression", 6),
    ]
    assert about(found, "# filmld: ok missing-dot I like it so") == [
        ("‘missing-dot’ cannot be silenced", "mend the mistake, then delete this comment")
    ]


def test_a_comment_about_comments_is_no_way_out() -> None:
    text = "# filmld: ok unused-suppression leave me alone"
    assert kept([], Comment(6, 1, text)) == [("unused-suppression", 6)]


def test_an_idle_comment_is_reported_with_its_place() -> None:
    text = "# filmld: ok bad-date as on the poster"
    (found,) = suppress(NAME, [], [Comment(6, 20, text)], statement_of, reader_rules())
    assert found == Diagnostic(
        code="unused-suppression",
        severity=Severity.WARNING,
        message="This comment silences nothing: there is no ‘bad-date’ in this statement",
        filename=NAME,
        span=Span(Position(6, 20), Position(6, 20 + len(text))),
        hint="delete the comment",
    )


def test_a_comment_without_a_reason_silences_but_is_reported() -> None:
    found = [finding("bad-date", 6)]
    assert kept(found, Comment(6, 20, "# filmld: ok bad-date  ")) == [("unused-suppression", 6)]
    assert about(found, "# filmld: ok bad-date") == [
        ("This comment silences ‘bad-date’ without saying why", "add the reason: # filmld: ok bad-date …")
    ]


def test_a_mistyped_code_is_recognised() -> None:
    assert about([finding("mojibake", 6)], "# filmld: ok mojibak the studio") == [
        ("There is no kind of finding named ‘mojibak’", "did you mean ‘mojibake’?")
    ]


def test_a_code_of_another_layer_may_be_silenced() -> None:
    assert kept([finding("dangling-link", 6)], Comment(6, 1, "# filmld: ok dangling-link comes in May")) == []


@pytest.mark.parametrize("text", ["# filmld: ok", "# filmld:", "# filmld: ignore bad-date", "#filmld:okay"])
def test_a_comment_that_is_not_understood_is_reported(text: str) -> None:
    found = [finding("bad-date", 6)]
    assert about(found, text) == [
        ("This comment to filmld is not understood", "write # filmld: ok CODE reason")
    ]
    assert kept(found, Comment(6, 1, text)) == [("bad-date", 6), ("unused-suppression", 6)]


@pytest.mark.parametrize("text", ["# The Sun", "#", "# see filmld: ok bad-date", "# film: ok bad-date why"])
def test_other_comments_are_left_alone(text: str) -> None:
    assert kept([finding("bad-date", 6)], Comment(6, 1, text)) == [("bad-date", 6)]


@pytest.mark.parametrize("text", ["#filmld:ok bad-date why", "##  filmld:\tok  bad-date\twhy\r"])
def test_blanks_do_not_matter(text: str) -> None:
    assert kept([finding("bad-date", 6)], Comment(6, 1, text)) == []


def test_one_of_two_equal_comments_in_a_statement_is_not_called_idle() -> None:
    text = "# filmld: ok bad-date why"
    assert kept([finding("bad-date", 6)], Comment(6, 9, text), Comment(7, 9, text)) == []


def test_comments_are_reported_by_row_after_the_findings_that_stay() -> None:
    text = "# filmld: ok mojibake why"
    found = [finding("bad-date", 11), finding("bad-date", 3)]
    assert kept(found, Comment(11, 1, text), Comment(3, 1, text)) == [
        ("bad-date", 11),
        ("bad-date", 3),
        ("unused-suppression", 3),
        ("unused-suppression", 11),
    ]
