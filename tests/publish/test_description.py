"""The data set says of itself what it is, how much there is of what, where to get it and what to ask."""

import json
from pathlib import Path

import pyoxigraph as ox
import pytest

from filmld.catalog import Catalog
from filmld.publish.site import Site
from filmld.query.gallery import gallery
from tests.publish.helpers import BASE, Html, archive, body, catalog

VOID = "http://rdfs.org/ns/void#"
PREFIXES = f"""PREFIX void: <{VOID}> PREFIX dcat: <http://www.w3.org/ns/dcat#>
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX spdx: <http://spdx.org/rdf/terms#>
PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX schema: <https://schema.org/>
"""


def store(text: str) -> ox.Store:
    found = ox.Store()
    found.load(text.encode(), format=ox.RdfFormat.TURTLE)
    return found


def rows(asked: ox.Store, query: str) -> list[tuple[str, ...]]:
    solutions = asked.query(PREFIXES + query)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [tuple(getattr(row[name], "value", "") for name in names) for row in solutions]


@pytest.fixture(scope="module")
def void(first_site: Site) -> ox.Store:
    return store(body(first_site, "void.ttl"))


def test_it_counts_its_classes_and_properties(void: ox.Store, first_catalog: Catalog) -> None:
    stated = "GRAPH ?g { ?s %s ?o } FILTER(?g != <urn:filmld:derived>)"
    for part, wanted in (
        (
            "?part void:class ?x ; void:entities ?n",
            f"SELECT ?x (STR(COUNT(*)) AS ?n) {{ {stated % 'a'} BIND(?o AS ?x) }} GROUP BY ?x",
        ),
        (
            f"<{BASE}void.ttl#dataset> void:propertyPartition [ void:property ?x ; void:triples ?n ]",
            f"SELECT ?x (STR(COUNT(*)) AS ?n) {{ {stated % '?x'} }} GROUP BY ?x",
        ),
    ):
        found = rows(void, f"SELECT ?x (STR(?n) AS ?m) {{ {part} }}")
        assert len(found) > 5
        assert sorted(found) == sorted(rows(first_catalog.store, wanted))


def test_within_a_class_it_counts_the_properties(void: ox.Store, first_catalog: Catalog) -> None:
    query = """SELECT ?p (STR(?n) AS ?m) { ?c void:class schema:Movie ; void:propertyPartition
        [ void:property ?p ; void:triples ?n ] }"""
    wanted = """SELECT ?p (STR(COUNT(*)) AS ?n) { GRAPH ?g { ?s a schema:Movie ; ?p ?o }
        FILTER(?g != <urn:filmld:derived>) } GROUP BY ?p"""
    assert sorted(rows(void, query)) == sorted(rows(first_catalog.store, wanted))


def test_every_file_is_a_distribution_with_its_size_and_sum(void: ox.Store, first_site: Site) -> None:
    found = rows(
        void,
        """SELECT ?url (STR(?size) AS ?bytes) ?sum { ?d a dcat:Dataset ;
        dcat:distribution [ dcat:downloadURL ?url ; dcat:byteSize ?size ;
        spdx:checksum [ spdx:checksumValue ?sum ] ] }""",
    )
    sums = {f"{digest}  {url.removeprefix(f'{BASE}data/')}" for url, _, digest in found}
    assert sums == set(body(first_site, "data/SHA256SUMS").splitlines())
    for url, size, _ in found:
        document = first_site.render(url.removeprefix(BASE))
        assert document is not None
        assert len(document.body) == int(size)
    dumps = rows(void, "SELECT ?dump { ?d void:dataDump ?dump }")
    assert len(dumps) == 6


def test_harvesters_find_it_where_it_is_well_known(first_site: Site) -> None:
    assert body(first_site, ".well-known/void") == body(first_site, "void.ttl")


def test_publisher_and_licence_are_told_where_there_are_any(tmp_path: Path) -> None:
    records = {"film/x": "<> a schema:Movie ; schema:name 'X' ."}
    settings = 'publisher = "P"\nlicence = "https://creativecommons.org/publicdomain/zero/1.0/"\n'
    with_both = Site(catalog(tmp_path / "a", records, settings))
    query = "SELECT ?l ?p { ?d dcterms:license ?l ; dcterms:publisher/<http://xmlns.com/foaf/0.1/name> ?p }"
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    assert rows(store(body(with_both, "void.ttl")), query) == [(licence, "P")]
    without = Site(catalog(tmp_path / "b", records))
    assert rows(store(body(without, "void.ttl")), query) == []
    block = json.loads(Html(body(with_both, "index.html")).scripts[0])
    assert (block["license"], block["publisher"]["name"]) == (licence, "P")
    assert "publisher" not in json.loads(Html(body(without, "index.html")).scripts[0])


def test_the_home_page_tells_search_engines_of_the_data_set(first_site: Site) -> None:
    block = json.loads(Html(body(first_site, "index.html")).scripts[0])
    assert (block["@type"], block["name"], block["url"]) == ("Dataset", "filmld demonstration archive", BASE)
    assert len(block["description"]) >= 50
    addresses = [file["contentUrl"] for file in block["distribution"]]
    assert all(address.removeprefix(BASE) in first_site.paths() for address in addresses)
    assert f"{BASE}data/all.nq" in addresses


def test_the_questions_are_data_that_runs(first_catalog: Catalog) -> None:
    site = Site(first_catalog, gallery())
    asked = store(body(site, "queries/examples.ttl"))
    found = rows(
        asked,
        """SELECT ?label ?comment ?text { ?q a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;
        sh:select ?text ; sh:prefixes/sh:declare [ sh:prefix "schema" ] ;
        <http://www.w3.org/2000/01/rdf-schema#label> ?label ;
        <http://www.w3.org/2000/01/rdf-schema#comment> ?comment } ORDER BY ?q""",
    )
    assert found == [(one.title, one.description, one.text) for one in gallery()]
    for _, _, text in found:
        first_catalog.store.query(text)


def test_a_site_without_questions_has_no_file_of_them(first_site: Site) -> None:
    assert "queries/examples.ttl" not in first_site.paths()


def test_the_page_of_files_leads_to_all_of_them(first_site: Site) -> None:
    hrefs = Html(body(first_site, "data/index.html")).all("href")
    assert {f"data/{href}" for href in hrefs} >= {
        path for path in first_site.paths() if path.startswith("data/") and path != "data/index.html"
    }


def test_every_term_has_its_place_and_what_it_means(first_site: Site) -> None:
    page = Html(body(first_site, "ontology/credits.html"))
    assert "Credit" in page.all("id")
    assert "fld:Credit" in page.words
    assert "rdfs:subClassOf schema:Role" in page.words
    index = Html(body(first_site, "ontology/index.html"))
    assert {"Credit", "Record", "transcribedForm"} <= set(index.all("id"))
    assert "credits.html#Credit" in index.all("href")


def test_every_shape_has_its_place_and_refers_to_others(first_site: Site) -> None:
    page = Html(body(first_site, "shapes/film.html"))
    assert {"Film", "missing-title"} <= set(page.all("id"))
    assert "#missing-title" in page.all("href")
    assert "shapes/google/movie.html" in first_site.paths()


def test_the_turtle_of_ontology_and_shapes_is_the_files_themselves(first_site: Site, root: Path) -> None:
    for path in (
        "ontology/filmld.ttl",
        "ontology/schema-org.ttl",
        "shapes/film.ttl",
        "shapes/google/movie.ttl",
    ):
        assert body(first_site, path) == (root / path).read_text(encoding="utf-8")
    assert "ontology/schema-org.html" not in first_site.paths()


def test_an_archives_own_terms_have_a_page(tmp_path: Path) -> None:
    made = archive(tmp_path, {"film/x": "<> a schema:Movie ."})
    (tmp_path / "ontology").mkdir()
    (tmp_path / "ontology" / "own.ttl").write_text(
        """@prefix own: <https://own.example.org/terms#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
own:Reel a rdfs:Class ; rdfs:label "reel"@en ; rdfs:comment "</script><img src=x>"@en ;
  own:parts ( own:a [ own:b "c" ] ) ; own:ring _:r . _:r own:next _:r .
""",
        encoding="utf-8",
    )
    page = Html(body(Site(Catalog.load(made)), "ontology/own.html"))
    assert "</script><img src=x>" in page.words
    assert page.count("img") == 0
    assert '( own:a [ own:b "c" ] )' in page.words
    assert "…" in page.words


def test_long_vocabularies_have_several_pages_none_of_them_large(first_site: Site) -> None:
    assert "ontology/countries-2.html" in first_site.paths()
    pages = [path for path in first_site.paths() if path.startswith(("ontology/", "shapes/", "data/index"))]
    sizes = {path: len(body(first_site, path)) for path in pages if path.endswith(".html")}
    assert max(sizes.values()) < 100_000, sorted(sizes, key=lambda path: -sizes[path])[:3]
