import pyoxigraph
import pytest
from rdflib import RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import SH, XSD

from filmld.diagnostics.model import Diagnostic, Edit, Fix, Position, Related, Severity, Span
from filmld.diagnostics.shacl import render_shacl

FLD = Namespace("https://w3id.org/filmld/ontology#")
SCHEMA = Namespace("https://schema.org/")
MOLOCH = URIRef("https://films.example.org/film/moloch-1999")
NAME = "records/film/moloch-1999.ttl"
HOSTILE = (
    '\x1b[2J\r\n\t\x00"""\\</script>::%0A\u202e\u2028 e\u0301 声 👩\u200d🎬 \U000e0041\ufeff' + "x" * 10_000
)

FULL = Diagnostic(
    code="too-many-names",
    severity=Severity.WARNING,
    message="Two titles are marked @en",
    filename=NAME,
    span=Span(Position(9, 17), Position(9, 28)),
    label="the second one",
    hint="keep one",
    notes=("one title a language", "others are alternate names"),
    fix=Fix(title="Delete the line", edits=(Edit(Span(Position(9, 1), Position(10, 1)), ""),)),
    related=(
        Related(
            message="the shape says so here",
            filename="shapes/film.ttl",
            span=Span(Position(12, 5), Position(12, 9)),
        ),
    ),
    focus_node=str(MOLOCH.n3()),
    result_path="<https://schema.org/name>",
    value='"Moloch"@en',
    source_shape="<https://w3id.org/filmld/shapes#FilmName>",
    source_constraint_component="http://www.w3.org/ns/shacl#UniqueLangConstraintComponent",
)
SYNTAX = Diagnostic(
    code="missing-dot",
    severity=Severity.ERROR,
    message="Missing '.' at the end of this statement",
    filename=NAME,
    span=Span(Position(4, 1), Position(4, 1)),
)


def parsed(*findings: Diagnostic) -> Graph:
    """Read a report with both engines, which must agree."""
    text = render_shacl(findings)
    graph = Graph(bind_namespaces="none").parse(data=text, format="turtle")
    quads = pyoxigraph.parse(text.encode("utf-8"), format=pyoxigraph.RdfFormat.TURTLE)
    lines = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    assert lines is not None
    assert isomorphic(graph, Graph(bind_namespaces="none").parse(data=lines.decode("utf-8"), format="nt"))
    return graph


def bare(focus: str | None, filename: str = NAME, **more: str) -> Diagnostic:
    return Diagnostic(
        code="c",
        severity=Severity.INFO,
        message=more.get("message", "M"),
        filename=filename,
        focus_node=focus,
        value=more.get("value"),
        source_shape=more.get("shape"),
        result_path=more.get("path"),
        source_constraint_component=more.get("component"),
    )


def test_a_clean_run_conforms_and_has_no_result() -> None:
    expected = Graph()
    report = BNode()
    expected.add((report, RDF.type, SH.ValidationReport))
    expected.add((report, SH.conforms, Literal(lexical_or_value=True)))
    assert isomorphic(parsed(), expected)


def test_every_fact_of_a_report_is_the_expected_one() -> None:
    expected = Graph()
    report, shape_result, text_result, file, related = (BNode() for _ in range(5))
    facts = [
        (report, RDF.type, SH.ValidationReport),
        (report, SH.conforms, Literal(lexical_or_value=False)),
        (report, SH.result, shape_result),
        (report, SH.result, text_result),
        (shape_result, RDF.type, SH.ValidationResult),
        (shape_result, SH.focusNode, MOLOCH),
        (shape_result, SH.resultPath, SCHEMA.name),
        (shape_result, SH.value, Literal("Moloch", lang="en")),
        (shape_result, SH.sourceShape, URIRef("https://w3id.org/filmld/shapes#FilmName")),
        (shape_result, SH.sourceConstraintComponent, SH.UniqueLangConstraintComponent),
        (shape_result, SH.resultSeverity, SH.Warning),
        (shape_result, SH.resultMessage, Literal("Two titles are marked @en")),
        (shape_result, FLD.code, Literal("too-many-names")),
        (shape_result, FLD.file, Literal(NAME)),
        (shape_result, FLD.row, Literal(9)),
        (shape_result, FLD.column, Literal(17)),
        (shape_result, FLD.endRow, Literal(9)),
        (shape_result, FLD.endColumn, Literal(28)),
        (shape_result, FLD.hint, Literal("keep one")),
        (shape_result, FLD.note, Literal("one title a language")),
        (shape_result, FLD.note, Literal("others are alternate names")),
        (shape_result, FLD.fix, Literal("Delete the line")),
        (shape_result, FLD.related, related),
        (related, FLD.file, Literal("shapes/film.ttl")),
        (related, FLD.row, Literal(12)),
        (related, FLD.column, Literal(5)),
        (related, FLD.endRow, Literal(12)),
        (related, FLD.endColumn, Literal(9)),
        (related, RDFS.comment, Literal("the shape says so here")),
        (text_result, RDF.type, SH.ValidationResult),
        (text_result, SH.focusNode, file),
        (text_result, SH.sourceConstraintComponent, FLD.RuleConstraintComponent),
        (text_result, SH.resultSeverity, SH.Violation),
        (text_result, SH.resultMessage, Literal("Missing '.' at the end of this statement")),
        (text_result, FLD.code, Literal("missing-dot")),
        (text_result, FLD.file, Literal(NAME)),
        (text_result, FLD.row, Literal(4)),
        (text_result, FLD.column, Literal(1)),
        (text_result, FLD.endRow, Literal(4)),
        (text_result, FLD.endColumn, Literal(1)),
        (file, FLD.file, Literal(NAME)),
    ]
    for fact in facts:
        expected.add(fact)
    found = parsed(FULL, SYNTAX)
    assert len(found) == len(facts)
    assert isomorphic(found, expected)


def test_a_report_reads_like_a_record() -> None:
    assert render_shacl([bare("<https://films.example.org/film/moloch-1999>")]) == (
        "@prefix fld: <https://w3id.org/filmld/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix sh: <http://www.w3.org/ns/shacl#> .\n"
        "\n"
        "_:report\n"
        "    a sh:ValidationReport ;\n"
        "    sh:conforms false ;\n"
        "    sh:result _:result1 ;\n"
        "    .\n"
        "\n"
        "_:result1\n"
        "    a sh:ValidationResult ;\n"
        "    sh:focusNode <https://films.example.org/film/moloch-1999> ;\n"
        "    sh:sourceConstraintComponent fld:RuleConstraintComponent ;\n"
        "    sh:resultSeverity sh:Info ;\n"
        '    sh:resultMessage "M" ;\n'
        '    fld:code "c" ;\n'
        '    fld:file "records/film/moloch-1999.ttl" ;\n'
        "    .\n"
    )


def test_a_nameless_node_is_one_within_its_file_and_another_in_the_next() -> None:
    graph = parsed(
        bare("_:b0", "a.ttl", value="_:b1"), bare("_:b1", "a.ttl", shape="_:b0"), bare("_:b0", "b.ttl")
    )
    focus = {
        str(graph.value(result, FLD.file)) + ("+" if graph.value(result, SH.value) else ""): graph.value(
            result, SH.focusNode
        )
        for result in graph.subjects(RDF.type, SH.ValidationResult)
    }
    assert sorted(focus) == ["a.ttl", "a.ttl+", "b.ttl"]
    assert len(set(focus.values())) == 3
    assert list(graph.objects(None, SH.value)) == [focus["a.ttl"]]
    assert set(graph.objects(None, SH.sourceShape)).isdisjoint(focus.values())


def test_the_file_is_one_focus_for_all_findings_of_its_text() -> None:
    graph = parsed(bare(None, "a.ttl"), bare(None, "a.ttl", message="N"), bare(None, "b.ttl"))
    assert len(list(graph.subject_objects(SH.focusNode))) == 3
    nodes = set(graph.objects(None, SH.focusNode))
    assert sorted(str(graph.value(node, FLD.file)) for node in nodes) == ["a.ttl", "b.ttl"]


def test_each_result_has_exactly_what_shacl_demands() -> None:
    graph = parsed(FULL, SYNTAX, bare(None), bare("_:b0", path="nonsense", component="nonsense"))
    results = list(graph.subjects(RDF.type, SH.ValidationResult))
    assert len(results) == 4
    for result in results:
        for demanded in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, demanded))) == 1


def test_a_hostile_text_comes_back_exactly() -> None:
    found = Diagnostic(
        code=HOSTILE,
        severity=Severity.ERROR,
        message=HOSTILE,
        filename=HOSTILE,
        hint=HOSTILE,
        notes=(HOSTILE,),
        related=(Related(message=HOSTILE, filename=HOSTILE),),
    )
    graph = parsed(found)
    for said in (SH.resultMessage, FLD.code, FLD.hint, FLD.note, RDFS.comment, FLD.file):
        assert {str(value) for value in graph.objects(None, said)} == {HOSTILE}
    assert not set(render_shacl([found])) & set("\x1b\x00\r\u202e\u2028\ufeff")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ('"a \\"b\\" \\\\ \\n c"', Literal('a "b" \\ \n c')),
        ('"Голос"@ru', Literal("Голос", lang="ru")),
        (
            '"2014"^^<http://www.w3.org/2001/XMLSchema#gYear>',
            Literal("2014", datatype=XSD.gYear, normalize=False),
        ),
        ('"turned \u202e"', Literal("turned \u202e")),
        ("<https://films.example.org/a%20b>", URIRef("https://films.example.org/a%20b")),
        ("<urn:x:y>", URIRef("urn:x:y")),
    ],
)
def test_a_term_is_written_as_it_is(term: str, expected: Literal | URIRef) -> None:
    (value,) = parsed(bare("<urn:x:y>", value=term)).objects(None, SH.value)
    assert value == expected
    assert "\u202e" not in render_shacl([bare("<urn:x:y>", value=term)])


def test_a_language_mark_keeps_its_capitals() -> None:
    # Both engines fold them on reading, so the text is the witness.
    assert '    sh:value "Golos"@ru-Latn ;\n' in render_shacl([bare("<urn:x:y>", value='"Golos"@ru-Latn')])


@pytest.mark.parametrize(
    "term",
    [
        "<a b>",
        "<film/moloch>",
        "<https://x.example/%zz>",
        "<https://[::1>",
        '<https://x.example/"> . <urn:a> <urn:b> <urn:c',
        '"open',
        '"x" ; sh:value "y"',
        '"x"@en_US',
        '"x"^^<integer>',
        "_:b0 . <urn:a> <urn:b> <urn:c>",
        "schema:name",
        "",
        "<urn:x>\n",
        HOSTILE,
    ],
)
def test_what_is_no_term_is_written_as_a_text(term: str) -> None:
    graph = parsed(bare("<urn:x:y>", value=term))
    assert list(graph.objects(None, SH.value)) == [Literal(term)]
    assert len(graph) == len(parsed(bare("<urn:x:y>", value='"x"')))


def test_a_path_of_several_steps_is_written_as_it_is() -> None:
    path = "( <https://schema.org/actor> [ sh:inversePath <https://schema.org/about> ] )"
    graph = parsed(bare("<urn:x:y>", path=path))
    (first,) = graph.objects(None, SH.resultPath)
    assert graph.value(first, RDF.first) == SCHEMA.actor
    (inverse,) = graph.objects(None, SH.inversePath)
    assert inverse == SCHEMA.about


@pytest.mark.parametrize(
    "path", ["", "^schema:name", "( <urn:a> ]", "( <urn:a>", ")", "<urn:a> . <urn:b>", "<a b>", "[ sh:x ] ]"]
)
def test_what_is_no_path_is_left_out(path: str) -> None:
    graph = parsed(bare("<urn:x:y>", path=path))
    assert list(graph.objects(None, SH.resultPath)) == []
    assert len(list(graph.subjects(SH.focusNode, URIRef("urn:x:y")))) == 1


def test_a_component_may_come_with_or_without_brackets() -> None:
    component = str(SH.MinCountConstraintComponent)
    graph = parsed(bare("<urn:x:y>", component=component), bare("<urn:x:z>", component=f"<{component}>"))
    assert set(graph.objects(None, SH.sourceConstraintComponent)) == {SH.MinCountConstraintComponent}
    assert len(list(graph.subjects(SH.sourceConstraintComponent))) == 2


def test_a_file_name_that_is_no_text_does_not_break_the_report() -> None:
    graph = parsed(bare("<urn:x:y>", "kilpel\udce4inen.ttl"))
    assert list(graph.objects(None, FLD.file)) == [Literal("kilpel\\udce4inen.ttl")]


def test_the_same_findings_give_the_same_report_in_whatever_order_they_come() -> None:
    found = [FULL, SYNTAX, bare("_:b0", "a.ttl"), bare("_:b0", "b.ttl")]
    assert render_shacl(found) == render_shacl(reversed(found))
