from filmld.diagnostics.github import render_github
from filmld.diagnostics.model import Diagnostic, Position, Severity, Span


def test_a_finding_becomes_a_command_with_its_place() -> None:
    found = Diagnostic(
        code="unknown-prefix",
        severity=Severity.ERROR,
        message="The prefix ‘scheam:’ is not declared in this file",
        filename="records/film/moloch-1999.ttl",
        span=Span(Position(9, 5), Position(9, 12)),
        hint="did you mean ‘schema:’?",
    )
    assert render_github([found]) == (
        "::error file=records/film/moloch-1999.ttl,line=9,endLine=9,col=5,endColumn=11,title=unknown-prefix"
        "::The prefix ‘scheam:’ is not declared in this file%0Ahelp: did you mean ‘schema:’?\n"
    )


def test_columns_are_left_out_where_a_finding_covers_several_lines() -> None:
    found = Diagnostic(
        code="unclosed-text",
        severity=Severity.WARNING,
        message="M",
        filename="a.ttl",
        span=Span(Position(3, 17), Position(8, 1)),
    )
    assert render_github([found]) == "::warning file=a.ttl,line=3,endLine=8,title=unclosed-text::M\n"


def test_a_place_between_characters_covers_one_column() -> None:
    found = Diagnostic(
        code="missing-dot",
        severity=Severity.ERROR,
        message="M",
        filename="a.ttl",
        span=Span(Position(3, 17), Position(3, 17)),
    )
    assert "line=3,endLine=3,col=17,endColumn=17," in render_github([found])


def test_what_is_worth_knowing_is_a_notice_and_a_whole_file_has_no_line() -> None:
    found = Diagnostic(code="c", severity=Severity.INFO, message="M", filename="a.ttl")
    assert render_github([found]) == "::notice file=a.ttl,title=c::M\n"


def test_a_hostile_text_forges_neither_a_command_nor_a_property() -> None:
    hostile = "x,line=1::y%0A%3A\r\n::error::forged\x1b[31m\u202e"
    found = Diagnostic(
        code="c:d,e%", severity=Severity.ERROR, message=hostile, filename="a:b,%2C\n.ttl", hint="50 %\rmore"
    )
    assert render_github([found]) == (
        "::error file=a%3Ab%2C%252C␊.ttl,title=c%3Ad%2Ce%25"
        "::x,line=1::y%250A%253A%0A::error::forged␛[31m<U+202E>%0Ahelp: 50 %25%0Amore\n"
    )
