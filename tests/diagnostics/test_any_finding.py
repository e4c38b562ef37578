"""Whatever a record or a rule says, what is written stays sound."""

import json
import unicodedata

import pyoxigraph
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from wcwidth import wcswidth

from filmld.diagnostics.excerpt import excerpt
from filmld.diagnostics.formats import Format, render
from filmld.diagnostics.harmless import one_line
from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related, Severity, Span
from filmld.diagnostics.registry import reader_rules
from tests.diagnostics.sarif_check import complaints

TEXTS = st.text(max_size=40) | st.text('\x1b\r\n\t\u200d\u202e\ud800\u0308声🎬{}[]()%:,"\\<>_:a', max_size=20)
WORDS = TEXTS.filter(bool)
NAMES = WORDS.filter(lambda name: name not in {".", ".."} and "/" not in name and name.strip("."))
POSITIONS = st.builds(Position, st.integers(1, 5), st.integers(1, 60))
SPANS = st.tuples(POSITIONS, POSITIONS).map(lambda ends: Span(min(ends), max(ends)))
FINDINGS = st.lists(
    st.builds(
        Diagnostic,
        code=st.sampled_from(sorted(reader_rules())) | WORDS,
        severity=st.sampled_from(Severity),
        message=WORDS,
        filename=NAMES,
        span=st.none() | SPANS,
        label=st.none() | TEXTS,
        hint=st.none() | TEXTS,
        notes=st.tuples() | st.tuples(TEXTS),
        fix=st.none() | st.builds(Fix, title=WORDS, edits=st.tuples(st.builds(Edit, span=SPANS, text=TEXTS))),
        related=st.tuples()
        | st.tuples(st.builds(Related, message=WORDS, filename=NAMES, span=st.none() | SPANS)),
        focus_node=st.none() | WORDS,
        result_path=st.none() | WORDS,
        value=st.none() | WORDS,
        source_shape=st.none() | WORDS,
        source_constraint_component=st.none() | WORDS,
    ),
    max_size=4,
)


def written(form: Format, findings: list[Diagnostic], source: str = "") -> str:
    return render(form, findings, lambda _: source, reader_rules)


# To make findings takes many times longer than to write them: all formats have the same ones.
@given(findings=FINDINGS, source=TEXTS)
def test_every_format_is_text_that_no_terminal_obeys(findings: list[Diagnostic], source: str) -> None:
    for form in Format:
        text = written(form, findings, source)
        assert text.encode("utf-8").decode("utf-8") == text, form
        assert {c for c in text if unicodedata.category(c) == "Cc"} <= {"\n"}, form
        assert not set(text) & set("\u202e\u2066\u200b\ufeff\u2028"), form
        assert written(form, findings[::-1], source) == text, form


@given(findings=FINDINGS)
def test_every_format_for_programs_can_be_read_back(findings: list[Diagnostic]) -> None:
    assert_lines_are_as_many(findings)
    assert_json_and_sarif_can_be_read_back(findings)
    assert_a_report_of_shacl_can_be_read_back(findings)


def assert_lines_are_as_many(findings: list[Diagnostic]) -> None:
    assert len(written(Format.CONCISE, findings).splitlines()) == len(findings)
    commands = written(Format.GITHUB, findings).splitlines()
    assert len(commands) == len(findings)
    assert all(command.startswith(("::error ", "::warning ", "::notice ")) for command in commands)


def assert_json_and_sarif_can_be_read_back(findings: list[Diagnostic]) -> None:
    assert len(json.loads(written(Format.JSON, findings))) == len(findings)
    log = json.loads(written(Format.SARIF, findings))
    assert complaints(log) == []
    (run,) = log["runs"]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert [rules[result["ruleIndex"]] for result in run["results"]] == [
        result["ruleId"] for result in run["results"]
    ]
    assert len(run["results"]) == len(findings)


def assert_a_report_of_shacl_can_be_read_back(findings: list[Diagnostic]) -> None:
    text = written(Format.SHACL, findings)
    triples = list(pyoxigraph.parse(text.encode("utf-8"), format=pyoxigraph.RdfFormat.TURTLE))
    focus = pyoxigraph.NamedNode("http://www.w3.org/ns/shacl#focusNode")
    assert sum(triple.predicate == focus for triple in triples) == len(findings)


WIDEST = len("…<U+10FFFF>…")
"""One character's stand-in with a mark of omission on either side: a frame cannot be narrower."""


@given(line=TEXTS.map(lambda text: "".join(text.splitlines())), span=SPANS, width=st.integers(WIDEST, 60))
@example(line="\xa0\u200d0", span=Span(Position(1, 1), Position(1, 4)), width=60)
def test_an_excerpt_fits_and_its_carets_stand_under_it(line: str, span: Span, width: int) -> None:
    shown = excerpt([line], span, width)
    assert (shown is None) is (span.start.row > 1)
    if shown is not None:
        assert wcswidth(shown.text) >= 0
        assert wcswidth(shown.text) <= width
        assert shown.caret_column + shown.caret_width <= max(wcswidth(shown.text), shown.caret_column + 1)


@pytest.mark.parametrize("plane", range(17))
def test_every_character_there_is_can_be_shown(plane: int) -> None:
    shown = one_line("".join(map(chr, range(plane << 16, (plane + 1) << 16))))
    assert wcswidth(shown) > 0
    assert shown.isprintable() or {unicodedata.category(c) for c in shown if not c.isprintable()} <= {
        "Zs",
        "Cf",
    }
