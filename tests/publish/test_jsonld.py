import json
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyld.jsonld import JsonLdError

from filmld.catalog import Catalog
from filmld.publish import dumps
from filmld.publish.jsonld import context, record_document
from filmld.publish.jsontext import Json
from filmld.publish.processor import read
from filmld.publish.site import Site
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Term, Triple, lang_string
from filmld.vocab import FLD, RDF, SCHEMA, XSD
from tests.publish.helpers import ROOT, body, catalog

FILM = IRI("https://films.example.org/film/x")


def document(*triples: Triple) -> dict[str, Json]:
    return record_document([Graph(triples)], context())


def canonical(lines: str) -> str:
    dataset = ox.Dataset(ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return "\n".join(sorted(str(quad) for quad in dataset))


def as_ntriples(triples: list[Triple]) -> str:
    return "".join(f"{triple}\n" for triple in triples)


def assert_read_back(*triples: Triple) -> None:
    """Both PyLD and pyoxigraph read exactly these triples; PyLD respells doubles, which is its own doing."""
    written = document(*triples)
    wanted = canonical(as_ntriples(list(triples)))
    by_oxigraph = ox.parse(json.dumps(written), format=ox.RdfFormat.JSON_LD)
    assert canonical("".join(f"{quad.triple} .\n" for quad in by_oxigraph)) == wanted
    if not any(isinstance(t.object, Literal) and t.object.datatype == XSD + "double" for t in triples):
        assert canonical(as_ntriples(read(written))) == wanted


@pytest.mark.parametrize("record", sorted((ROOT / "records").rglob("*.ttl")), ids=lambda path: path.stem)
def test_every_record_reads_back_as_its_own_graph(record: Path, first_catalog: Catalog) -> None:
    found = first_catalog.find(str(record.relative_to(ROOT)))
    assert_read_back(*dumps.stable_graph(first_catalog, found))


IRIS = st.sampled_from(
    [
        "https://films.example.org/film/x",
        "https://films.example.org/film/x#a",
        "https://films.example.org/film/%C3%A9?q#f",
        "urn:isbn:1",
        "name:x",
        "Movie:y",
        "mailto:a@example.org",
        SCHEMA + "Movie",
        RDF + "nil",
    ]
).map(IRI)
BLANKS = st.sampled_from([BlankNode(f"n{number}") for number in range(5)])
LEXICAL = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    [
        "01",
        "1",
        "-0",
        "1.50",
        "true",
        "1E0",
        "2014",
        "PT90M",
        "</script>",
        "_:b0",
        "https://a.example/",
        "@id",
    ]
)
LITERALS = (
    LEXICAL.map(Literal)
    | st.builds(lang_string, LEXICAL, st.sampled_from(["en", "fi", "en-gb", "zh-hant"]))
    | st.builds(
        Literal,
        LEXICAL,
        st.sampled_from(
            [
                XSD + "integer",
                XSD + "boolean",
                XSD + "gYear",
                XSD + "date",
                XSD + "decimal",
                RDF + "HTML",
                "x:y",
            ]
        ),
        st.none(),
    )
)
PREDICATES = st.sampled_from(
    [
        *(
            SCHEMA + name
            for name in ("name", "director", "dateCreated", "roleName", "birthDate", "unknownTerm")
        ),
        *(FLD + name for name in ("creditOrder", "transcribedForm", "certainty")),
        *(RDF + name for name in ("type", "first", "rest", "subject", "object")),
        "urn:p",
    ]
).map(IRI)
OBJECTS: st.SearchStrategy[Term] = IRIS | BLANKS | LITERALS
TRIPLES = st.builds(Triple, IRIS | BLANKS, PREDICATES, OBJECTS)


@settings(deadline=None)  # the machine may be busy
@given(st.lists(TRIPLES, unique=True, max_size=10))
def test_whatever_a_record_states_reads_back(triples: list[Triple]) -> None:
    assert_read_back(*triples)


def test_a_chain_of_a_thousand_blank_nodes_is_not_nested_too_deep() -> None:
    nodes = [BlankNode(f"n{number}") for number in range(1000)]
    rest = IRI(RDF + "rest")
    chain = [Triple(FILM, IRI(SCHEMA + "name"), nodes[0])]
    chain += [Triple(node, rest, following) for node, following in pairwise(nodes)]
    assert set(read(document(*chain)))
    assert len(read(document(*chain))) == len(chain)


def test_a_ring_of_blank_nodes_is_written() -> None:
    ring = [BlankNode("a"), BlankNode("b")]
    assert_read_back(
        Triple(ring[0], IRI(SCHEMA + "about"), ring[1]), Triple(ring[1], IRI(SCHEMA + "about"), ring[0])
    )


def test_values_stand_in_the_order_of_the_record(first_site: Site) -> None:
    film = json.loads(body(first_site, "film/the-voice-of-sokurov-2014.jsonld"))["@graph"][0]
    assert [company.rpartition("/")[2] for company in film["productionCompany"]] == [
        "revolver-film",
        "lm-media",
        "illume",
    ]


def test_texts_are_found_by_language_and_dates_are_plain() -> None:
    name, created = IRI(SCHEMA + "name"), IRI(SCHEMA + "dateCreated")
    written = document(
        Triple(FILM, name, lang_string("Ääni", "fi")),
        Triple(FILM, name, lang_string("Voice", "en")),
        Triple(FILM, created, Literal("2014", XSD + "gYear")),
    )
    nodes = written["@graph"]
    assert nodes == [{"@id": FILM.value, "name": {"fi": "Ääni", "en": "Voice"}, "dateCreated": "2014"}]


def test_the_site_links_to_its_context_and_publishes_it(first_site: Site) -> None:
    linked = json.loads(body(first_site, "film/the-voice-of-sokurov-2014.jsonld"))
    published: Json = json.loads(body(first_site, "context.jsonld"))
    assert linked["@context"] == "https://films.example.org/context.jsonld"
    graph = first_site.catalog.graph(first_site.catalog.find("the-voice-of-sokurov-2014"))
    assert set(read(linked, {linked["@context"]: published})) == set(graph)


@pytest.mark.parametrize(
    "unknown",
    [
        "http://127.0.0.1:9/context",
        "https://schema.org",
        "file:///etc/passwd",
        "context.jsonld",
        {"@import": "http://127.0.0.1:9/"},
        {"a": {"@id": "urn:a", "@context": "http://127.0.0.1:9/"}},
    ],
)
def test_no_context_is_ever_fetched(unknown: Json) -> None:
    with pytest.raises((JsonLdError, ValueError)):
        read({"@context": unknown, "@id": "urn:x", "a": {"a": "b"}})


def test_blank_nodes_have_the_same_labels_in_every_run(tmp_path: Path) -> None:
    statements = {
        "film/x": '<> a schema:Movie ; schema:producer [ schema:roleName "A" ], [ schema:roleName "B" ] .'
    }
    first, second = (catalog(tmp_path / name, statements) for name in ("one", "two"))

    def written(one: Catalog) -> str:
        (record,) = one.records.values()
        return dumps.ntriples(one, record)

    assert written(first) == written(second)
    assert written(first).count("_:") == 4


def test_blank_nodes_of_two_records_stay_apart(tmp_path: Path) -> None:
    both = dict.fromkeys(("film/a", "film/b"), "_:x schema:name 'y' .")
    made = catalog(tmp_path, both)
    lines = [dumps.ntriples(made, record) for record in made.records.values()]
    assert len(lines) == 2
    assert lines[0] != lines[1]


def test_quads_name_the_record_that_states_them(first_catalog: Catalog) -> None:
    quads = ox.parse("".join(dumps.all_nquads(first_catalog)), format=ox.RdfFormat.N_QUADS)
    graphs = {str(quad.graph_name) for quad in quads}
    assert graphs == {f"<{iri}#record>" for iri in first_catalog.records}
