"""What we write, the engine's own parser reads back as the same triples."""

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from filmld.query.turtle import turtle
from filmld.vocab import RDF, SCHEMA, XSD

names = st.sampled_from(["name", "a.b", "x-y", "9", "a/b", "", "é", "a.", "-a", "a:b"])
iris = st.builds(
    lambda base, name: ox.NamedNode(base + name), st.sampled_from([SCHEMA, RDF, "https://x.example/"]), names
)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
literals = st.one_of(
    st.builds(ox.Literal, texts),
    st.builds(lambda text: ox.Literal(text, language="en"), texts),
    st.builds(lambda text, kind: ox.Literal(text, datatype=kind), texts, iris),
    st.builds(ox.Literal, st.integers()),
    st.just(ox.Literal("2014", datatype=ox.NamedNode(XSD + "gYear"))),
)
subjects = st.one_of(iris, st.builds(ox.BlankNode, st.sampled_from(["b0", "b1"])))
triples = st.lists(st.builds(ox.Triple, subjects, iris, st.one_of(subjects, literals)), max_size=8)


@given(triples)
def test_it_reads_back_as_written(written: list[ox.Triple]) -> None:
    text = "".join(turtle(written))
    read = [quad.triple for quad in ox.parse(text.encode(), format=ox.RdfFormat.TURTLE)]

    assert set(map(str, read)) == set(map(str, written))


def test_only_prefixes_that_are_used_are_declared() -> None:
    film = ox.NamedNode("https://films.example.org/film/moloch-1999")
    written = [
        ox.Triple(film, ox.NamedNode(RDF + "type"), ox.NamedNode(SCHEMA + "Movie")),
        ox.Triple(film, ox.NamedNode(SCHEMA + "name"), ox.Literal("Moloch xsd:x", language="en")),
    ]

    assert "".join(turtle(written)) == (
        "@prefix schema: <https://schema.org/> .\n\n"
        "<https://films.example.org/film/moloch-1999>\n"
        "    a schema:Movie ;\n"
        '    schema:name "Moloch xsd:x"@en ;\n'
        ".\n"
    )
