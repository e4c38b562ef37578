import re
from pathlib import Path

import pytest
from rdflib import Graph

from filmld.diagnostics.model import Severity
from filmld.diagnostics.registry import (
    Page,
    Registry,
    Rule,
    explain,
    explain_markdown,
    reader_rules,
    rule_from_docstring,
    rule_from_page,
)

READER_CODES = [
    "bad-base",
    "bad-date",
    "bad-escape",
    "bad-iri",
    "bad-language-tag",
    "bad-literal",
    "bidi-control",
    "byte-order-mark",
    "conflict-markers",
    "control-character",
    "duplicate-value",
    "empty-record",
    "encoding",
    "http-schema-org",
    "import-ignored",
    "invisible-in-name",
    "lost-address",
    "missing-dot",
    "missing-semicolon",
    "mojibake",
    "name-collision",
    "nesting-too-deep",
    "not-a-record",
    "not-nfc",
    "not-turtle",
    "odd-space",
    "prefix-redefined",
    "rdf-1-2",
    "relative-iri",
    "smart-quotes",
    "syntax",
    "too-large",
    "unclosed-text",
    "unknown-prefix",
    "unsafe-link",
    "unused-suppression",
]

PREFIXES = """
@prefix film: <https://films.example.org/film/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix person: <https://films.example.org/person/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix schema: <https://schema.org/> .
@prefix source: <https://films.example.org/source/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

DANGLING = """Links to records that do not exist.

What it does:
    Looks up each link.

Why it matters:
    A visitor who follows it
    finds nothing.

Example:
    ```turtle
    film:moloch-1999
        schema:director person:sokurow ;
        .
    ```

Instead:
    Correct the name.
"""


def rule(code: str, summary: str = "A summary.") -> Rule:
    page = Page("It looks.", "It matters.", "```turtle\na b c .\n```", "Write this.")
    return Rule(code=code, name=code.title(), severity=Severity.WARNING, summary=summary, page=page)


def test_the_reader_has_a_page_for_each_of_its_codes() -> None:
    assert list(reader_rules()) == READER_CODES


@pytest.mark.parametrize("code", READER_CODES)
def test_each_page_of_the_reader_is_complete(code: str) -> None:
    found = reader_rules()[code]
    assert found.code == code
    assert [heading for heading, _ in found.page.parts()] == [
        "What it does",
        "Why it matters",
        "Example",
        "Instead",
    ]
    assert found.summary.endswith(".")
    assert not found.name.endswith(".")
    assert "```turtle\n" in found.page.example
    assert "```turtle\n" in found.page.instead


@pytest.mark.parametrize("code", READER_CODES)
def test_each_page_speaks_without_jargon(code: str) -> None:
    prose = re.sub(r"```turtle.*?```", "", explain_markdown(reader_rules()[code]), flags=re.DOTALL)
    assert len(prose) > 200
    jargon = r"\b(triple|literal|IRI|URI|predicate|blank node|datatype|lexical|token|parser?|SHACL)s?\b"
    assert re.findall(jargon, prose) == []


@pytest.mark.parametrize("code", READER_CODES)
def test_what_each_page_recommends_is_turtle(code: str) -> None:
    records = re.findall(r"```turtle\n(.*?)```", reader_rules()[code].page.instead, flags=re.DOTALL)
    assert records
    for record in records:
        graph = Graph(bind_namespaces="none").parse(
            data=PREFIXES + record, format="turtle", publicID="https://films.example.org/film/x"
        )
        assert len(graph) >= (0 if "@prefix" in record else 1)


@pytest.mark.parametrize(
    ("code", "held"),
    [
        ("odd-space", "\u00a0"),
        ("smart-quotes", "“"),
        ("mojibake", "Ã¤"),
        ("encoding", "\ufffd"),
        ("control-character", "\\u0000"),
        ("bidi-control", "\\u202E"),
    ],
)
def test_an_example_holds_the_very_character_it_speaks_of(code: str, held: str) -> None:
    page = reader_rules()[code].page
    assert held in page.example
    assert held not in page.instead


def test_only_what_keeps_a_record_from_being_understood_cannot_be_silenced() -> None:
    assert [code for code, rule in reader_rules().items() if rule.can_be_silenced] == [
        "bad-date",
        "bad-literal",
        "bidi-control",
        "byte-order-mark",
        "duplicate-value",
        "empty-record",
        "http-schema-org",
        "import-ignored",
        "mojibake",
        "name-collision",
        "not-nfc",
        "prefix-redefined",
    ]


def test_a_page_is_explained_for_a_terminal() -> None:
    assert explain(rule_from_docstring("dangling-link", "Dangling link", Severity.ERROR, DANGLING)) == (
        "dangling-link: Dangling link (error)\n"
        "\n"
        "Links to records that do not exist.\n"
        "\n"
        "What it does\n"
        "  Looks up each link.\n"
        "\n"
        "Why it matters\n"
        "  A visitor who follows it finds nothing.\n"
        "\n"
        "Example\n"
        "    film:moloch-1999\n"
        "        schema:director person:sokurow ;\n"
        "        .\n"
        "\n"
        "Instead\n"
        "  Correct the name.\n"
    )


def test_a_rule_that_cannot_be_silenced_says_so() -> None:
    first = explain(reader_rules()["missing-dot"]).splitlines()[0]
    assert first == "missing-dot: Missing dot (error, cannot be silenced)"


def test_a_page_keeps_its_record_when_it_is_written_as_markdown() -> None:
    text = explain_markdown(rule("dangling-link"))
    assert text == (
        "A summary.\n\n## What it does\n\nIt looks.\n\n## Why it matters\n\nIt matters.\n"
        "\n## Example\n\n```turtle\na b c .\n```\n\n## Instead\n\nWrite this.\n"
    )


def test_a_page_leaves_out_what_a_shape_does_not_say() -> None:
    page = Page("It looks.", "", "", "Write this.")
    bare = Rule(code="c", name="C", severity=Severity.INFO, summary="S.", page=page)
    assert explain(bare) == "c: C (info)\n\nS.\n\nWhat it does\n  It looks.\n\nInstead\n  Write this.\n"


@pytest.mark.parametrize(
    ("docstring", "complaint"),
    [
        (DANGLING.replace("Example:", "Sample:"), "needs its four headings"),
        (DANGLING + "\nExample:\n    again\n", "needs its four headings"),
        (DANGLING.replace("    Correct the name.\n", ""), "a part of the page of dangling-link is empty"),
        ("What it does:\n" + DANGLING.split("What it does:\n")[1], "is empty"),
    ],
)
def test_an_incomplete_docstring_is_refused(docstring: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        rule_from_docstring("dangling-link", "Dangling link", Severity.ERROR, docstring)


@pytest.mark.parametrize("head", ["", "# Name\n\n", "# Name\n\nSeverity: fatal.\n", "Severity: error.\n"])
def test_a_page_without_its_name_and_severity_is_refused(head: str) -> None:
    with pytest.raises(ValueError, match="the page of c does not begin with its name and severity"):
        rule_from_page("c", f"{head}\n{DANGLING}")


def test_a_page_gives_the_same_rule_as_a_docstring() -> None:
    page = rule_from_page("c", f"# Name\n\nSeverity: warning.\n\n{DANGLING}")
    assert page == rule_from_docstring("c", "Name", Severity.WARNING, DANGLING)


def test_registries_are_joined_to_a_new_one_and_ordered_by_code() -> None:
    ours, theirs = Registry.of([rule("b")]), Registry.of([rule("c"), rule("a")])
    assert list(ours | theirs) == ["a", "b", "c"]
    assert list(ours) == ["b"]
    assert list(theirs) == ["a", "c"]


def test_the_same_rule_may_come_twice_but_not_two_with_one_code() -> None:
    assert list(Registry.of([rule("a")]) | Registry.of([rule("a")])) == ["a"]
    with pytest.raises(ValueError, match="two different rules have the code a"):
        _ = Registry.of([rule("a")]) | Registry.of([rule("a", "Another summary.")])


def test_an_unregistered_code_has_its_code_for_a_name() -> None:
    registry = Registry.of([rule("dangling-link")])
    assert registry.name_of("dangling-link") == "Dangling-Link"
    assert registry.url_of("dangling-link") == "https://w3id.org/filmld/rules#dangling-link"
    assert registry.name_of("other") == "other"
    assert registry.url_of("other") is None


def test_the_pages_ship_beside_the_module() -> None:
    folder = Path(__file__).parents[2] / "src" / "filmld" / "diagnostics" / "pages"
    assert sorted(page.stem for page in folder.iterdir()) == READER_CODES
