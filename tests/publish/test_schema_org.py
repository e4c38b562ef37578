"""What is embedded means to everybody what it means to us: read with the official context of schema.org."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.embed import CONTEXT, embed_document
from filmld.publish.frames import ADDRESSES
from filmld.publish.jsontext import Json
from filmld.publish.processor import read
from filmld.publish.site import Site
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple
from filmld.vocab import RDF, SCHEMA
from tests.publish.helpers import ROOT, Html, body

OURS: Json = {"@context": {"@vocab": SCHEMA, **{name: {"@type": "@id"} for name in sorted(ADDRESSES)}}}


@pytest.fixture(scope="module")
def official(shared: Path) -> Json:
    found: Json = json.loads((shared / "vocab" / "schemaorgcontext.jsonld").read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def blocks(first_site: Site) -> dict[str, Json]:
    """All blocks of this archive and of the invented one, and that of the data set, in one document."""
    invented = Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented"))
    found: list[Json] = [json.loads(Html(body(first_site, "index.html")).scripts[0])]
    for made in (first_site.catalog, invented):
        found += [embed_document(made, record) for record in made.records.values()]
    graph: list[Json] = [
        {key: value for key, value in block.items() if key != "@context"}
        for block in found
        if isinstance(block, dict)
    ]
    assert len(graph) > 80
    return {"@context": CONTEXT, "@graph": graph}


def simple(triples: list[Triple]) -> list[tuple[str, str, str]]:
    """Without datatypes, which the official context gives to dates, and without labels of blank nodes."""

    def name(term: IRI | BlankNode | Literal) -> str:
        if isinstance(term, BlankNode):
            return "_"
        text = term.lexical if isinstance(term, Literal) else term.value
        return text.replace("http://schema.org/", SCHEMA)

    return sorted((name(s), name(p), f"{type(o) is Literal} {name(o)}") for s, p, o in triples)


def test_the_official_context_gives_the_terms_that_are_meant(blocks: dict[str, Json], official: Json) -> None:
    assert simple(read(blocks, {CONTEXT: official})) == simple(read(blocks, {CONTEXT: OURS}))


def test_schema_org_knows_all_of_them(blocks: dict[str, Json], official: Json, shared: Path) -> None:
    vocabulary = (shared / "vocab" / "schemaorg-current-https.ttl").read_bytes()
    known = {
        quad.subject.value
        for quad in ox.parse(vocabulary, format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode)
    }
    triples = read(blocks, {CONTEXT: official})
    used = {p.value for _, p, _ in triples if p.value != RDF + "type"}
    used |= {o.value for _, p, o in triples if p.value == RDF + "type" and isinstance(o, IRI)}
    assert len(used) > 40
    assert {iri.replace("http://schema.org/", SCHEMA) for iri in used} - known == set()
