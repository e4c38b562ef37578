"""Everything there is to download says the same, and nothing more than the records."""

import csv
import gzip
import hashlib
import io
import json
import tracemalloc
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyarrow import parquet as pq

from filmld.catalog import Catalog
from filmld.catalog import catalog as catalog_module
from filmld.publish import parquet, pieces, tables
from filmld.publish.jsonld import context
from filmld.publish.plan import Plan
from filmld.publish.processor import read
from filmld.publish.site import Site
from filmld.publish.spool import Dumps
from filmld.publish.turtle import TurtleWriter
from filmld.turtle.graph import Graph
from filmld.turtle.terms import Triple
from tests.corpus import corpus_catalogs
from tests.publish.helpers import body, catalog
from tests.publish.test_jsonld import TRIPLES, as_ntriples, canonical

FILM = """<> a schema:Movie ; schema:name "=1+1|2"@en, "Ääni\\\\"@fi ; schema:alternateName "@home", "-1" ;
  schema:dateCreated "2014"^^xsd:gYear ; schema:director </person/ann>, [ a schema:Role ; schema:director
  </person/ben> ; schema:roleName "Co" ] ; schema:description "A \\"quoted\\", and\\r\\nbroken line" .
  <#s> a schema:ScreeningEvent, <urn:x:Gala> ; schema:workPresented <> ."""
RECORDS = {
    "film/x": FILM,
    "person/ann": "</person/ann> a schema:Person ; schema:name 'Ann' .",
    "person/ben": "</person/ben> a schema:Person ; schema:name 'Ben' .",
}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return Site(catalog(tmp_path, RECORDS))


def table(site: Site, path: str) -> list[dict[str, str]]:
    document = site.render(path)
    assert document is not None
    return list(csv.DictReader(io.StringIO(document.body.decode("utf-8-sig"), newline="")))


def values(cell: str) -> list[str]:
    """Take a cell apart, as the documentation says it is put together."""
    parts = [""]
    letters = iter(cell)
    for letter in letters:
        if letter == "|":
            parts.append("")
        else:
            parts[-1] += next(letters) if letter == "\\" else letter
    return parts


def records_of(made: Catalog) -> str:
    return canonical(as_ntriples([triple for _, triple in made.triples()]))


@pytest.mark.parametrize("name", ["all.nq", "all.ttl", "all.jsonl"])
def test_each_dump_states_what_the_records_state(name: str, first_site: Site) -> None:
    text = body(first_site, f"data/{name}")
    if name == "all.jsonl":
        contexts = {"https://films.example.org/context.jsonld": {"@context": context()}}
        triples = [triple for line in text.splitlines() for triple in read(json.loads(line), contexts)]
        assert len(text.splitlines()) == len(first_site.catalog.records)
        assert canonical(as_ntriples(relabelled(triples))) == records_of(first_site.catalog)
    else:
        form = ox.RdfFormat.N_QUADS if name == "all.nq" else ox.RdfFormat.TURTLE
        found = "".join(f"{quad.triple} .\n" for quad in ox.parse(text, format=form))
        assert canonical(found) == records_of(first_site.catalog)


def relabelled(triples: list[Triple]) -> list[Triple]:
    """No record of the archive in this repository has a blank node, whose labels repeat from line to line."""
    assert not any("_:" in str(triple) for triple in triples)
    return triples


@given(st.lists(TRIPLES, unique=True, max_size=10))
def test_turtle_reads_back_as_what_was_written(triples: list[Triple]) -> None:
    written = TurtleWriter().document(Graph(triples))
    found = "".join(f"{quad.triple} .\n" for quad in ox.parse(written, format=ox.RdfFormat.TURTLE))
    assert canonical(found) == canonical(as_ntriples(triples))


def test_every_compressed_file_holds_the_plain_one_and_names_no_time(site: Site) -> None:
    packed = [path for path in site.paths() if path.startswith("data/") and path.endswith(".gz")]
    assert len(packed) >= 8
    for path in packed:
        document, plain = site.render(path), site.render(path.removesuffix(".gz"))
        assert document is not None
        assert plain is not None
        assert gzip.decompress(document.body) == plain.body
        assert document.body[4:8] == bytes(4)


def test_the_sums_are_those_of_the_files(site: Site) -> None:
    lines = [line.split("  ") for line in body(site, "data/SHA256SUMS").splitlines()]
    listed = {f"data/{name}": digest for digest, name in lines}
    others = ["data/SHA256SUMS", "data/index.html"]
    assert sorted([*listed, *others]) == [path for path in site.paths() if path.startswith("data/")]
    for path, digest in listed.items():
        document = site.render(path)
        assert document is not None
        assert hashlib.sha256(document.body).hexdigest() == digest


def test_a_table_has_a_row_for_each_thing_of_its_class(site: Site) -> None:
    (film,) = table(site, "data/Movie.csv")
    assert film == {
        "iri": "https://films.example.org/film/x",
        "record": "https://films.example.org/film/x#record",
        "class": "Movie",
        "name@en": "=1+1\\|2",
        "name@fi": "Ääni\\\\",
        "alternateName": "@home|-1",
        "dateCreated": "2014",
        "description": 'A "quoted", and\r\nbroken line',
        "director": "https://films.example.org/person/ann|https://films.example.org/person/ben",
        "director_name": "Ann|Ben",
    }
    assert [row["name"] for row in table(site, "data/Person.csv")] == ["Ann", "Ben"]
    (role,) = table(site, "data/Role.csv")
    assert role["iri"].startswith("_:b")
    assert (role["roleName"], role["director_name"]) == ("Co", "Ben")


def test_a_thing_of_two_classes_is_in_both_tables_and_a_foreign_class_has_a_name_of_its_own(
    site: Site,
) -> None:
    digest = hashlib.sha256(b"urn:x:Gala").hexdigest()[:8]
    foreign = [path for path in site.paths() if path.endswith(f"-{digest}.csv")]
    (one,), (other,) = table(site, "data/ScreeningEvent.csv"), table(site, foreign[0])
    assert one == other
    assert one["class"] == "ScreeningEvent|urn:x:Gala"


def test_the_table_for_spreadsheets_has_no_formulas_and_the_exact_one_is_exact(site: Site) -> None:
    (film,) = table(site, "data/Movie.spreadsheet.csv")
    assert film["name@en"] == "'=1+1\\|2"
    assert film["alternateName"] == "'@home|-1"
    assert film["description"] == 'A "quoted", and\r\nbroken line'
    document = site.render("data/Movie.spreadsheet.csv")
    assert document is not None
    assert document.body.startswith("\ufeff".encode())


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "＝1"])  # noqa: RUF001
def test_what_a_spreadsheet_would_compute_is_defused(text: str) -> None:
    assert tables.defused(text) == f"'{text}"


@given(st.lists(st.text(), min_size=1))
def test_values_that_share_a_cell_can_be_taken_apart(shared_by: list[str]) -> None:
    assert values(tables.cell(shared_by)) == shared_by


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=2))
def test_a_line_of_csv_reads_back(cells: list[str]) -> None:
    assert list(csv.reader(io.StringIO(tables.line(cells), newline=""))) == [cells]


def test_parquet_holds_what_the_table_holds(site: Site, tmp_path: Path) -> None:
    document = site.render("data/Movie.parquet")
    assert document is not None
    (film,) = pq.read_table(io.BytesIO(document.body)).to_pylist()
    (row,) = table(site, "data/Movie.csv")
    assert film["iri"] == row["iri"]
    assert film["director_name"] == ["Ann", "Ben"]
    assert {name: film[name] for name in row if name not in parquet.SINGLE} == {
        name: values(text) for name, text in row.items() if name not in parquet.SINGLE
    }


def test_without_its_library_there_is_no_parquet(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "is_available", lambda: False)
    assert not any(path.endswith(".parquet") for path in Site(site.catalog).paths())


def test_the_survey_counts_what_a_query_counts(first_catalog: Catalog, tmp_path: Path) -> None:
    survey = Dumps(Plan.of(first_catalog, scratch=tmp_path / "s")).survey
    graphs = "GRAPH ?g { ?s ?p ?o } FILTER(?g != <urn:filmld:derived>)"
    counted = first_catalog.store.query(f"SELECT ?p (COUNT(*) AS ?n) {{ {graphs} }} GROUP BY ?p")
    assert isinstance(counted, ox.QuerySolutions)
    assert {str(one["p"])[1:-1]: int(one["n"].value) for one in counted} == survey.properties
    assert survey.triples == sum(survey.properties.values())
    assert survey.entities["https://schema.org/Movie"] == 1
    assert set(survey.entities) == first_catalog.classes()


@pytest.mark.slow
def test_four_times_as_many_records_take_no_more_memory(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog_module, "KEPT_GRAPHS", 16)
    monkeypatch.setattr(pieces, "MOST", 16)
    monkeypatch.setattr(parquet, "GROUP", 16)
    peaks = []
    for count in (60, 240):
        (made,) = corpus_catalogs(shared, tmp_path / str(count), count=count, every=3)
        dumps = Dumps(Plan.of(made, scratch=tmp_path / f"scratch-{count}"))
        tracemalloc.start()
        assert dumps.survey.entities["https://schema.org/Movie"] == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    few, many = peaks
    assert many < 1.5 * few
