import pytest
from wcwidth import iter_graphemes, wcswidth

from filmld.diagnostics import excerpt
from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related, Severity, Span
from filmld.diagnostics.text import render_text

NAME = "records/film/moloch-1999.ttl"
# "I want", written with a joiner of no width in its place.
PERSIAN = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"
FIX = Fix(title="Replace the prefix", edits=(Edit(Span(Position(1, 1), Position(1, 2)), "x"),))


def span(row: int, column: int, length: int = 0) -> Span:
    return Span(Position(row, column), Position(row, column + length))


def finding(place: Span | None, label: str | None = None, **more: str | tuple[str, ...]) -> Diagnostic:
    plain = {name: text for name, text in more.items() if isinstance(text, str)}
    notes = tuple(note for texts in more.values() if isinstance(texts, tuple) for note in texts)
    return Diagnostic(
        code=plain.get("code", "unknown-prefix"),
        severity=Severity(plain.get("severity", "error")),
        message=plain.get("message", "The prefix ‘scheam:’ is not declared in this file"),
        filename=plain.get("filename", NAME),
        span=place,
        label=label,
        hint=plain.get("hint"),
        notes=notes,
    )


def excerpt_of(line: str, place: Span, label: str | None = None, width: int = 100) -> list[str]:
    text = render_text([finding(place, label)], lambda _: line, width=width)
    return text.splitlines()[2:4]


def test_a_finding_shows_the_words_and_what_to_type() -> None:
    text = "\n" * 8 + "    scheam:director person:alexander-sokurov .\n"
    found = Diagnostic(
        code="unknown-prefix",
        severity=Severity.ERROR,
        message="The prefix ‘scheam:’ is not declared in this file",
        filename=NAME,
        span=span(9, 5, 7),
        hint="did you mean ‘schema:’? It is declared at the top of this file",
        fix=FIX,
    )
    assert render_text([found], lambda _: text) == (
        "records/film/moloch-1999.ttl:9:5: error[unknown-prefix]: "
        "The prefix ‘scheam:’ is not declared in this file\n"
        "  |\n"
        "9 |     scheam:director person:alexander-sokurov .\n"
        "  |     ^^^^^^^\n"
        "  = help: did you mean ‘schema:’? It is declared at the top of this file (fixable)\n"
        "\n"
    )


def test_a_place_between_characters_gets_one_caret() -> None:
    line = '    schema:name "The Voice of Sokurov"@en'
    assert excerpt_of(line, span(1, 42), "add ‘ .’ here") == [
        '1 |     schema:name "The Voice of Sokurov"@en',
        "  |                                          ^ add ‘ .’ here",
    ]


def test_everything_that_is_known_is_said() -> None:
    found = Diagnostic(
        code="possible-duplicate",
        severity=Severity.WARNING,
        message="Another film has the same title and year",
        filename=NAME,
        span=span(12, 17, 8),
        label="also in another record",
        hint="if it is the same film, merge them\nif not, say so in this record",
        notes=("two records of one film divide its reviews",),
        related=(
            Related(message="the other one", filename="records/film/moloch.ttl", span=span(8, 17, 8)),
            Related(message="the film has a page", filename="site/film/moloch.html"),
        ),
    )
    text = "\n" * 11 + '    schema:name "Moloch" ;\n'
    assert render_text([found], lambda _: text) == (
        "records/film/moloch-1999.ttl:12:17: warning[possible-duplicate]: "
        "Another film has the same title and year\n"
        "   |\n"
        '12 |     schema:name "Moloch" ;\n'
        "   |                 ^^^^^^^^ also in another record\n"
        "   = help: if it is the same film, merge them\n"
        "   = help: if not, say so in this record\n"
        "   = note: two records of one film divide its reviews\n"
        "   = see: records/film/moloch.ttl:8:17: the other one\n"
        "   = see: site/film/moloch.html: the film has a page\n"
        "\n"
    )


def test_a_fix_without_a_hint_is_offered_by_its_title() -> None:
    found = Diagnostic(
        code="mojibake", severity=Severity.WARNING, message="Damaged", filename=NAME, fix=FIX, span=span(1, 1)
    )
    assert "  = help: Replace the prefix (fixable)\n" in render_text([found], lambda _: None)


def test_a_finding_about_a_whole_file_has_no_place_and_no_excerpt() -> None:
    found = finding(None, message="The file is empty", code="empty-record", hint="delete it")
    assert render_text([found], lambda _: "text") == (
        "records/film/moloch-1999.ttl: error[empty-record]: The file is empty\n  = help: delete it\n\n"
    )


@pytest.mark.parametrize("text", [None, "", "one row only"])
def test_without_the_line_there_is_no_excerpt(text: str | None) -> None:
    assert render_text([finding(span(3, 1, 2), message="M")], lambda _: text) == (
        "records/film/moloch-1999.ttl:3:1: error[unknown-prefix]: M\n\n"
    )


def test_a_span_over_several_rows_shows_its_first_and_says_where_it_ends() -> None:
    text = '    schema:abstract """A day\nin the mountains."""@en ;\n'
    place = Span(Position(1, 21), Position(2, 24))
    assert render_text([finding(place, "no end", message="M")], lambda _: text) == (
        "records/film/moloch-1999.ttl:1:21: error[unknown-prefix]: M\n"
        "  |\n"
        '1 |     schema:abstract """A day\n'
        "  |                     ^^^^^^^^ no end (runs on to row 2)\n"
        "\n"
    )


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_rows_end_as_turtle_has_it(line_end: str) -> None:
    text = line_end.join(["one\x0cstill one\u2028still one", "two", "three"])
    assert render_text([finding(span(2, 1, 3), message="M")], lambda _: text).splitlines()[2:4] == [
        "2 | two",
        "  | ^^^",
    ]


@pytest.mark.parametrize(
    ("line", "place", "shown", "carets"),
    [
        ("one two", span(1, 4), "one two", "   ^"),
        ("声声声", span(1, 2), "声声声", "  ^"),
        ('"声の映画" x', span(1, 2, 2), '"声の映画" x', " ^^^^"),
        ('"声の映画" x', span(1, 8, 1), '"声の映画" x', "           ^"),
        ("Kilpela\u0308inen x", span(1, 13, 1), "Kilpela\u0308inen x", "            ^"[1:]),
        ("Kilpela\u0308inen", span(1, 7, 2), "Kilpela\u0308inen", "      ^"),
        ("Kilpela\u0308inen", span(1, 8, 1), "Kilpela\u0308inen", "      ^"),
        ("\u0308x", span(1, 1, 1), "\u25cc\u0308x", "^"),
        ("\tx\ty", span(1, 2, 1), "    x   y", "    ^"),
        ("\tx\ty", span(1, 3, 2), "    x   y", "     ^^^^"),
        ("👩\u200d🎬 x", span(1, 5, 1), "👩\u200d🎬 x", "   ^"),
        ("👩\u200d🎬 x", span(1, 1, 3), "👩\u200d🎬 x", "^^"),
        ("🇫🇮 x", span(1, 4, 1), "🇫🇮 x", "   ^"),
        ("⚠\ufe0f x", span(1, 4, 1), "⚠\ufe0f x", "   ^"),
        ("so\u200bkurov x", span(1, 3, 1), "so<U+200B>kurov x", "  ^^^^^^^^"),
        ("so\u200bkurov x", span(1, 10, 1), "so<U+200B>kurov x", "                ^"),
        ("so\u200dkurov", span(1, 3, 1), "so<U+200D>kurov", "  ^^^^^^^^"),
        (f"{PERSIAN} x", span(1, 10, 1), f"{PERSIAN} x", "        ^"),
        ("a\x1b[31mb x", span(1, 9, 1), "a␛[31mb x", "        ^"),
        ("a\u202eb x", span(1, 2, 1), "a<U+202E>b x", " ^^^^^^^^"),
        ("a\x9bb\x7f x", span(1, 6, 1), "a<U+009B>b␡ x", "            ^"),
        ("a\ud800b", span(1, 3, 1), "a<U+D800>b", "         ^"),
    ],
)
def test_carets_stand_under_the_words_whatever_their_width(
    line: str, place: Span, shown: str, carets: str
) -> None:
    assert excerpt_of(line, place) == [f"1 | {shown}", f"  | {carets}"]


def test_a_long_line_is_cut_around_the_words() -> None:
    line = "a" * 5000 + "WRONG" + "b" * 5000
    shown, carets = excerpt_of(line, span(1, 5001, 5), width=41)
    assert shown == "1 | …" + "a" * 17 + "WRONG" + "b" * 17 + "…"
    assert carets == "  | " + " " * 18 + "^^^^^"


def test_a_long_line_is_cut_after_words_at_its_beginning_and_before_words_at_its_end() -> None:
    line = "WRONG" + "-" * 10_000 + "RIGHT"
    assert excerpt_of(line, span(1, 1, 5), width=20) == ["1 | WRONG" + "-" * 13 + "…", "  | ^^^^^"]
    assert excerpt_of(line, span(1, 10_006, 5), width=20) == [
        "1 | …" + "-" * 13 + "RIGHT",
        "  | " + " " * 14 + "^^^^^",
    ]


def test_words_longer_than_the_excerpt_are_cut_too() -> None:
    line = 'x "' + "声" * 10_000 + '" y'
    assert excerpt_of(line, span(1, 3, 10_002), width=12) == ['1 | …"' + "声" * 4 + "…", "  |  ^^^^^^^^^"]


def test_a_missing_dot_after_a_long_line_is_shown_at_its_end() -> None:
    assert excerpt_of("a" * 10_000, span(1, 10_001), "add ‘ .’ here", width=12) == [
        "1 | …" + "a" * 10,
        "  |            ^ add ‘ .’ here",
    ]


def test_nothing_a_record_says_reaches_the_terminal_as_a_command() -> None:
    hostile = "\x1b]0;owned\x07\r\nerror: forged\u202e\u2066\x9b"
    found = Diagnostic(
        code=hostile,
        severity=Severity.INFO,
        message=hostile,
        filename=hostile,
        span=span(1, 1, 3),
        label=hostile,
        hint=hostile,
        notes=(hostile,),
        related=(Related(message=hostile, filename=hostile, span=span(1, 1)),),
    )
    text = render_text([found], lambda _: hostile)
    assert text.isascii() is False
    assert not set(text) & set("\x1b\x07\r\u202e\u2066\x9b")
    lines = text.splitlines()
    assert len(lines) == 9
    assert lines[0].startswith("␛]0;owned␇␍␊error: forged<U+202E><U+2066><U+009B>:1:1: info[␛]0;")
    assert lines[4:6] == ["  = help: ␛]0;owned␇", "  = help: error: forged<U+202E><U+2066><U+009B>"]


def test_no_line_ends_in_blanks() -> None:
    text = render_text([finding(span(1, 1, 2))], lambda _: "ab   ")
    assert [line for line in text.splitlines() if line != line.rstrip()] == []
    assert "1 | ab\n" in text


def test_findings_come_by_place_and_each_file_is_fetched_once() -> None:
    asked: list[str] = []

    def source(name: str) -> str:
        asked.append(name)
        return "one\ntwo\n"

    places = [("b.ttl", 1, 1), ("a.ttl", 2, 1), ("b.ttl", 1, 2), ("a.ttl", 1, 3)]
    found = [finding(span(row, column, 1), filename=name) for name, row, column in places]
    heads = [line for line in render_text(found, source).splitlines() if ".ttl" in line]
    assert [head.split(": ")[0] for head in heads] == ["a.ttl:1:3", "a.ttl:2:1", "b.ttl:1:1", "b.ttl:1:2"]
    assert asked == ["a.ttl", "b.ttl"]
    assert render_text(reversed(found), source) == render_text(found, source)


def test_colours_are_used_only_when_asked_for() -> None:
    found = finding(span(1, 1, 2), "wrong", hint="right", severity="warning", message="M")
    assert "\x1b" not in render_text([found], lambda _: "ab")
    assert render_text([found], lambda _: "ab", colour=True) == (
        "\x1b[1mrecords/film/moloch-1999.ttl:1:1\x1b[0m: \x1b[1;33mwarning[unknown-prefix]\x1b[0m: "
        "\x1b[1mM\x1b[0m\n"
        "\x1b[34m  |\x1b[0m\n"
        "\x1b[34m1 |\x1b[0m ab\n"
        "\x1b[34m  |\x1b[0m \x1b[1;33m^^ wrong\x1b[0m\n"
        "  \x1b[1m= help:\x1b[0m right\n"
        "\n"
    )


def test_no_findings_are_no_text() -> None:
    assert render_text([], lambda _: None) == ""


def test_letters_taken_for_plain_are_so_by_the_tables_of_wcwidth() -> None:
    plain = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x250)]))
    assert excerpt._PLAIN.fullmatch(plain)  # noqa: SLF001  what is not shown by any one line
    assert list(iter_graphemes(plain)) == list(plain)
    assert [wcswidth(letter) for letter in plain] == [1] * len(plain)


@pytest.mark.parametrize("other", ["\t", "\x7f", "\xa0", "\xad", "\u0301", "\u200d", "月"])
def test_what_may_be_no_character_of_one_column_is_not_taken_for_plain(other: str) -> None:
    assert not excerpt._PLAIN.fullmatch(f"a{other}b")  # noqa: SLF001  as above
