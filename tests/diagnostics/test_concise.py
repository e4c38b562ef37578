import re

from filmld.diagnostics.concise import render_concise
from filmld.diagnostics.model import Diagnostic, Position, Severity, Span


def finding(message: str, span: Span | None = None, filename: str = "a.ttl") -> Diagnostic:
    return Diagnostic(code="syntax", severity=Severity.WARNING, message=message, filename=filename, span=span)


def test_a_finding_is_one_line_that_editors_understand() -> None:
    place = Span(Position(9, 5), Position(9, 12))
    assert (
        render_concise([finding("Not understood", place)]) == "a.ttl:9:5: warning[syntax]: Not understood\n"
    )


def test_a_finding_about_a_whole_file_points_at_its_beginning() -> None:
    assert render_concise([finding("The file is empty")]) == "a.ttl:1:1: warning[syntax]: The file is empty\n"


def test_whatever_a_message_holds_a_finding_stays_one_line() -> None:
    hostile = (
        "x\r\nb.ttl:1:1: error[forged]: no\u2028\u2029\x0b\x0c\x85\x1b[2J\x00 </script> %0A :: 声 e\u0301 🎬"
    )
    line = render_concise([finding(hostile, filename="a\n.ttl")])
    assert line == (
        "a␊.ttl:1:1: warning[syntax]: x␍␊b.ttl:1:1: error[forged]: no<U+2028><U+2029>␋␌<U+0085>␛[2J␀"
        " </script> %0A :: 声 e\u0301 🎬\n"
    )
    assert len(line.splitlines()) == 1


def test_a_file_name_that_is_no_text_can_be_printed() -> None:
    line = render_concise([finding("M", filename="kilpel\udce4inen.ttl")])
    assert line == "kilpel<U+DCE4>inen.ttl:1:1: warning[syntax]: M\n"


def test_the_problem_matcher_of_the_documentation_matches() -> None:
    matcher = re.compile(r"^(.*):(\d+):(\d+): (error|warning|info)\[([\w-]+)\]: (.*)$")
    found = matcher.match(render_concise([finding("Not: understood", Span(Position(9, 5), Position(9, 5)))]))
    assert found
    assert found.groups() == ("a.ttl", "9", "5", "warning", "syntax", "Not: understood")


def test_a_message_of_ten_thousand_characters_is_not_cut() -> None:
    assert render_concise([finding("x" * 10_000)]).endswith("x" * 10_000 + "\n")


def test_the_same_findings_give_the_same_lines_in_whatever_order_they_come() -> None:
    found = [
        finding(message, Span(Position(row, 1), Position(row, 2)), name)
        for message in ("M", "N")
        for row in (1, 10, 2)
        for name in ("b.ttl", "a.ttl")
    ]
    lines = render_concise(found)
    assert render_concise(reversed(found)) == lines
    assert lines.splitlines()[:4] == [
        "a.ttl:1:1: warning[syntax]: M",
        "a.ttl:1:1: warning[syntax]: N",
        "a.ttl:2:1: warning[syntax]: M",
        "a.ttl:2:1: warning[syntax]: N",
    ]
