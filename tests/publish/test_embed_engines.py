"""The direct writer of embedded JSON-LD against PyLD, the reference."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.embed import Engine, by_pyld, embed_document
from filmld.publish.frames import Frame, frame_for
from filmld.publish.framing import framed
from filmld.publish.gather import TYPE, Facts, Told
from filmld.turtle.terms import IRI, BlankNode, Resource
from filmld.vocab import SCHEMA
from tests.corpus import corpus_catalogs
from tests.publish.helpers import ROOT, catalog

MAIN = IRI("https://films.example.org/film/x")
KINDS = ("Movie", "Person", "Organization", "Festival", "Place", "DefinedTerm", "WebPage", "Thing")


def assert_equal(made: Catalog) -> int:
    """The two write the same for every record, down to the order of properties."""
    for record in made.records.values():
        direct = embed_document(made, record)
        assert direct == embed_document(made, record, Engine.PYLD), record.iri
        if direct:
            assert repr(direct) == repr(embed_document(made, record, Engine.PYLD)), record.iri
    return len(made.records)


def test_the_two_write_the_same_for_this_archive(first_catalog: Catalog) -> None:
    assert assert_equal(first_catalog) >= 22


def test_the_two_write_the_same_for_the_invented_archive() -> None:
    assert assert_equal(Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented"))) >= 60


def test_the_two_write_the_same_for_a_sample_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    assert sum(map(assert_equal, corpus_catalogs(shared, tmp_path, count=100, every=20))) == 100


@pytest.mark.slow
def test_the_two_write_the_same_for_a_large_sample_of_the_corpus(shared: Path, tmp_path: Path) -> None:
    assert sum(map(assert_equal, corpus_catalogs(shared, tmp_path, count=1500, every=24))) == 1500


def test_the_two_write_the_same_where_things_are_in_rings_and_addresses_are_texts(tmp_path: Path) -> None:
    made = catalog(
        tmp_path,
        {
            "film/x": """<> a schema:Movie ; schema:name "X" ; schema:about <>, </film/y> ;
                schema:url "no address", "https://a.example/" ; schema:sameAs </film/y>, <urn:z> ;
                schema:image [ a schema:ImageObject ; schema:contentUrl <urn:file> ;
                  schema:license [ a schema:CreativeWork ] ] ;
                schema:review [ schema:author <> ; schema:reviewBody "Good"@en, "Gut"@de ],
                  <#nothing>, () .""",
            "film/y": """</film/y> a schema:Movie, schema:TVEpisode ; schema:name "Y" ;
                schema:director </film/x> .""",
        },
    )
    assert assert_equal(made) == 2
    block = embed_document(made, made.find("film/x"))
    assert block is not None
    assert block["url"] == "https://a.example/"


def names(frame: Frame) -> Iterator[str]:
    for field in itertools.chain(frame.fields, frame.reverse):
        yield field.name
        yield from names(field.frame)


NODES: st.SearchStrategy[Resource] = st.sampled_from(
    [
        MAIN,
        *(IRI(f"https://films.example.org/film/x#{name}") for name in "abc"),
        BlankNode("p"),
        BlankNode("q"),
    ]
)
TOLD: st.SearchStrategy[Told] = (
    NODES | st.sampled_from(("urn:z", SCHEMA + "name")).map(IRI) | st.text(max_size=3)
)
CLASSES = st.sampled_from([SCHEMA + name for name in ("Movie", "Person", "license", "a:b", "")])


@st.composite
def questions(draw: st.DrawFn) -> tuple[str, Facts]:
    """The class of a frame, and facts of which it asks for some."""
    kind = SCHEMA + draw(st.sampled_from(KINDS))
    frame = frame_for([kind])
    asked = st.sampled_from(sorted(set(names(frame))))
    backwards = {field.name for field in frame.reverse}
    facts: dict[Resource, dict[str, dict[Told, None]]] = {}
    for subject, name, value in draw(st.lists(st.tuples(NODES, asked, TOLD), max_size=25)):
        # Only things are gathered as values of a property that is followed backwards.
        if not (name in backwards and isinstance(value, str)):
            facts.setdefault(subject, {}).setdefault(name, {})[value] = None
    for subject, class_ in draw(st.lists(st.tuples(NODES, CLASSES), max_size=4)):
        facts.setdefault(subject, {}).setdefault(TYPE, {})[class_] = None
    facts.setdefault(MAIN, {}).setdefault(TYPE, {})[SCHEMA + "Movie"] = None
    return kind, facts


@given(questions())
def test_the_two_arrange_any_facts_alike(question: tuple[str, Facts]) -> None:
    kind, facts = question
    frame = frame_for([kind])
    assert framed(facts, MAIN, frame) == by_pyld(facts, MAIN, frame)
