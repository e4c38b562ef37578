"""What follows from all records together, for querying only."""

import hashlib
import re
import shutil
from collections import Counter
from itertools import combinations
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive import Archive
from filmld.archive.resources import resource_folder
from filmld.catalog import Catalog
from filmld.catalog.store import write_store
from filmld.catalog.tallies import NODE, SUFFIX, tallies
from filmld.catalog.tallies.collaborations import closest, collaborations
from filmld.catalog.tallies.places import Order, in_order, order_in
from filmld.turtle.bulk import parse
from filmld.vocab import DERIVED, FLD, TALLY

PLACED = {"possibly-lost", "shot-abroad"}
"""Queries that say nothing of a thing but its place."""
INVENTED = Path(__file__).parents[1] / "archives" / "invented"
QUERIES = sorted((Path(tallies.__code__.co_filename).parent).glob(f"*{SUFFIX}"))


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load(Archive.open(INVENTED))


def stated(store: ox.Store) -> list[str]:
    return sorted(map(str, store))


def test_they_are_worked_out_once_and_are_the_same_for_the_same_records(catalog: Catalog) -> None:
    assert catalog.tallies() is catalog.tallies()
    assert stated(tallies(catalog.store)) == stated(catalog.tallies())


def test_they_are_ours_and_stand_in_the_graph_of_derived_facts_alone(catalog: Catalog) -> None:
    for quad in catalog.tallies():
        assert quad.predicate.value.startswith(FLD)
        assert quad.graph_name == ox.NamedNode(DERIVED)


def test_what_the_records_hold_does_not_hold_them(catalog: Catalog) -> None:
    nodes = re.compile(f"{NODE}|{FLD}(counts|by[A-Z]|films|copies|copyOf|shotAbroadIn)")
    assert not any(nodes.search(line) for line in catalog.nquads())
    assert not any(nodes.search(str(quad)) for quad in catalog.store)
    assert any(nodes.search(line) for line in catalog.derived_nquads())


def test_each_tally_says_what_it_counts_and_how_much(catalog: Catalog) -> None:
    store = catalog.tallies()
    nodes = {quad.subject for quad in store if str(quad.subject).startswith(f"<{NODE}")}
    assert nodes
    for node in nodes:
        said = {quad.predicate.value.removeprefix(FLD) for quad in store.quads_for_pattern(node, None, None)}
        assert "counts" in said
        assert sum(number in said for number in ("films", "filmsTogether", "copiesHeld", "byOpinion")) == 1


def test_every_kind_and_every_column_is_told_of_in_the_ontology() -> None:
    triples = [
        triple
        for name in ("derived.ttl", "tallies.ttl")
        for triple in parse((resource_folder("ontology") / name).read_bytes())
    ]
    kinds = {
        str(triple.subject).removeprefix(f"<{TALLY}").rstrip(">")
        for triple in triples
        if str(triple.object) == f"<{FLD}TallyKind>" and str(triple.subject).startswith(f"<{TALLY}")
    }
    columns = {path: _columns(path.read_text(encoding="utf-8")) for path in QUERIES}
    counting = {path.stem for path, names in columns.items() if "of" not in names}
    assert kinds == counting | {"collaborations"}
    defined = {str(triple.subject) for triple in triples}
    said = {name for path, names in columns.items() for name in names if path.stem not in PLACED}
    assert {f"<{FLD}{name}>" for name in said} - defined == {f"<{FLD}of>"}
    places = {order.place for path in QUERIES if (order := order_in(path.read_text(encoding="utf-8")))}
    assert {f"<{FLD}{place}>" for place in places} <= defined
    assert len(places) == 5


def _columns(query: str) -> set[str]:
    variables = ox.Store().query(query)
    assert isinstance(variables, ox.QuerySolutions)
    return {variable.value for variable in variables.variables}


def test_a_store_on_disk_holds_them_too(catalog: Catalog, tmp_path: Path) -> None:
    count = write_store(catalog, tmp_path / "store").statements
    assert count == len(catalog.store) + len(catalog.tallies())
    read = ox.Store.read_only(str(tmp_path / "store"))
    assert read.query(f"ASK {{ GRAPH <{DERIVED}> {{ ?tally <{FLD}counts> <{TALLY}company-output> }} }}")


def test_an_archive_without_films_has_none(tmp_path: Path) -> None:
    shutil.copytree(INVENTED, tmp_path / "invented")
    shutil.rmtree(tmp_path / "invented" / "records")
    (tmp_path / "invented" / "records" / "person").mkdir(parents=True)
    person = INVENTED / "records" / "person" / next((INVENTED / "records" / "person").iterdir()).name
    shutil.copy(person, tmp_path / "invented" / "records" / "person")
    assert len(Catalog.load(Archive.open(tmp_path / "invented")).tallies()) == 0


def counted(films: list[list[int]], most: int) -> list[tuple[int, int, int]]:
    """All pairs of all films, as a person would count them."""
    pairs = Counter(pair for film in films for pair in combinations(sorted(set(film)), 2))
    ranked = sorted((-count, *pair) for pair, count in pairs.items())
    return [(fewer, first, second) for fewer, first, second in ranked[:most]]


@given(
    st.lists(st.sets(st.integers(0, 7), max_size=5).map(sorted), max_size=30),
    st.integers(1, 12),
)
def test_the_closest_pairs_are_those_that_a_count_of_all_pairs_finds(
    films: list[list[int]], most: int
) -> None:
    assert [tuple(pair) for pair in closest(films, 8, most)] == counted(films, most)


def test_the_closest_pairs_of_many_are_found_without_counting_all() -> None:
    """So many that the list is cut on the way."""
    digits = [hashlib.sha256(str(number).encode()).digest() for number in range(4000)]
    films = [sorted({int(each**1.5) % 150 for each in digest[:9]}) for digest in digits]
    assert [tuple(pair) for pair in closest(films, 150, 20)] == counted(films, 20)
    assert [tuple(pair) for pair in closest(films, 150, 500)] == counted(films, 500)


def test_only_people_in_films_are_pairs() -> None:
    store = ox.Store()
    store.load(
        b"""
        @prefix : <https://x.example/> .
        @prefix fld: <https://w3id.org/filmld/ontology#> .
        @prefix schema: <https://schema.org/> .
        :a a schema:Person . :b a schema:Person . :o a schema:Organization .
        _:c a schema:Person . :q a schema:Person .
        :f a schema:Movie ; fld:agent :b , :a , :o , _:c , "q" .
        :series a schema:MovieSeries ; fld:agent :a , :b .
        :g a schema:Movie ; fld:agent :a , :b , :q .
        """,
        format=ox.RdfFormat.TURTLE,
    )
    rows = [
        tuple(
            row[name].value.removeprefix("https://x.example/")
            for name in ("byPerson", "byOtherPerson", "films")
        )
        for row in collaborations(store)
    ]
    assert rows == [("a", "b", "2"), ("a", "q", "1"), ("b", "q", "1")]
    assert len(list(collaborations(store, most=1))) == 1


def said(turtle: str) -> set[str]:
    """What follows from some statements, apart from tallies and places, with short names."""
    store = ox.Store()
    prefixes = (
        "@prefix : <https://x.example/> . @prefix country: <https://w3id.org/filmld/country/> . "
        "@prefix fld: <https://w3id.org/filmld/ontology#> . @prefix schema: <https://schema.org/> . "
    )
    store.load((prefixes + turtle).encode(), format=ox.RdfFormat.TURTLE)
    found = (
        quad
        for quad in tallies(store)
        if not str(quad.subject).startswith(f"<{NODE}") and not quad.predicate.value.endswith("Place")
    )
    return {
        " ".join(
            re.sub(r"<https://x\.example/(\w+)>", r":\1", re.sub(rf"<{FLD}(\w+)>", r"\1", str(term)))
            for term in (quad.subject, quad.predicate, quad.object)
        )
        .replace('"^^<http://www.w3.org/2001/XMLSchema#integer>', "")
        .replace('"', "")
        for quad in found
    }


def test_a_copy_counts_once_whatever_the_ways_to_its_film() -> None:
    films = ":f a schema:Movie . :g a schema:Movie . :v a schema:Movie ; fld:variantOf :f . "
    assert said(films) == {":f copies 0", ":g copies 0"}
    assert said(films + ":m fld:manifestationOf :v . :i fld:itemOf :m . :j fld:itemOf :f .") == {
        ":i copyOf :f",
        ":j copyOf :f",
        ":f copies 2",
        ":g copies 0",
    }
    assert said(films + ":m fld:manifestationOf :f , :v . :i fld:itemOf :m , :f .") == {
        ":i copyOf :f",
        ":f copies 1",
        ":g copies 0",
    }


def test_shot_abroad_is_what_was_shot_in_no_country_of_the_film() -> None:
    helsinki = ":helsinki schema:containedInPlace :uusimaa . :uusimaa schema:containedInPlace country:fi . "
    shot = ":f schema:locationCreated :helsinki . "
    assert said(helsinki + shot) == set()
    assert said(helsinki + shot + ":f schema:countryOfOrigin country:fi .") == set()
    assert said(helsinki + shot + ":f schema:countryOfOrigin country:se .") == {
        ":f shotAbroadIn <https://w3id.org/filmld/country/fi>"
    }
    assert said(helsinki + shot + ":f schema:countryOfOrigin country:se . :uusimaa a schema:Country .") == {
        ":f shotAbroadIn <https://w3id.org/filmld/country/fi>",
        ":f shotAbroadIn :uusimaa",
    }


def iri(path: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://x.example/{path}")


def test_rows_are_put_in_the_order_of_their_years_and_addresses() -> None:
    order = Order(("byYear", "byFilm"), "lostPlace")
    years = (None, "-9999999", "-1", "0", "1895", "1926", "2014", "99999")
    films = ("film/a", "film/a-1", "film/aa", "film/moloch-1999", "film/z")
    rows = [
        {"byFilm": iri(film)} | ({"byYear": ox.Literal(int(year))} if year else {})
        for year in years
        for film in films
    ]
    placed = in_order(reversed(rows), order)
    assert [one.row for one in placed] == rows
    numbers = [one.number for one in placed]
    assert numbers == sorted(numbers)
    assert 0 <= numbers[0] < numbers[-1] < 2**63


def test_rows_of_the_same_letters_are_told_apart_by_their_whole_addresses() -> None:
    order = Order(("byCritic", "byFilm"), "reviewPlace")
    names = ("person/alexander-sokolov", "person/alexander-sokurov")
    rows = [{"byCritic": iri(name), "byFilm": iri(film)} for name in names for film in ("film/a", "film/b")]
    placed = in_order(reversed(rows), order)
    assert [one.row for one in placed] == rows
    assert len({one.number for one in placed}) == 1


def test_a_place_is_made_of_whatever_a_column_holds() -> None:
    order = Order(("byTerritory",), "distributionPlace")
    terms = (
        iri("%C3%89t%C3%A9/"),
        ox.Literal("Côte d’Ivoire", language="fr"),
        ox.BlankNode("b"),
        ox.Literal(""),
    )
    assert all(0 <= order.number({"byTerritory": term}) < 2**63 for term in terms)
    assert (order.number({}), order.name({})) == (0, "")
    assert order.name({"byTerritory": terms[1]}) == "c-te-d-ivoire"
    assert order_in("SELECT ?of WHERE { }") is None
