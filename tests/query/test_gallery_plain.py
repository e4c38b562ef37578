"""What is counted beforehand changes no answer: each question is asked of the records themselves, too."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.catalog.tallies import tallies
from filmld.query.gallery import gallery
from filmld.query.gallery.questions import read_question
from tests.benchmark import researched
from tests.corpus import corpus_catalogs
from tests.query.answers import read_answers

PLAIN = {
    path.stem: read_question(path.stem, path.read_text(encoding="utf-8"))
    for path in sorted((Path(__file__).parent / "plain").glob("*.rq"))
}
QUESTIONS = [question for question in gallery() if question.name in PLAIN]
REPOSITORY = Path(__file__).parents[2]
INVENTED = REPOSITORY / "tests" / "archives" / "invented"


def with_tallies(store: ox.Store) -> ox.Store:
    """The statements with what follows from all of them."""
    made = ox.Store()
    made.bulk_extend(store)
    made.bulk_extend(tallies(store))
    return made


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    """The answer, its head first."""
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    header = tuple(variable.value for variable in solutions.variables)
    return [header, *(tuple(map(str, row)) for row in solutions)]


def assert_same_answers(store: ox.Store, whole: ox.Store, values: Mapping[str, list[str]]) -> int:
    """Ask everything of the records alone, and with their tallies; return how many rows came."""
    found = 0
    for question in QUESTIONS:
        names = [parameter.name for parameter in question.parameters if parameter.name in values]
        for nth in range(max([1, *(len(values[name]) for name in names)])):
            chosen = {name: values[name][nth % len(values[name])] for name in names}
            plain = rows(store, PLAIN[question.name].sparql(chosen))
            assert rows(whole, question.sparql(chosen)) == plain, (question.name, chosen)
            found += len(plain) - 1
    return found


def test_the_plain_form_of_a_question_differs_in_nothing_that_is_told() -> None:
    assert len(QUESTIONS) == len(PLAIN) == 20
    for question in QUESTIONS:
        plain = PLAIN[question.name]
        told = (question.title, question.description, question.chart, question.parameters)
        assert told == (plain.title, plain.description, plain.chart, plain.parameters)
        assert question.translations == plain.translations
        assert question.text != plain.text


def test_the_invented_archive_answers_the_same() -> None:
    store = Catalog.load(Archive.open(INVENTED)).store
    whole = with_tallies(store)
    for answer in read_answers():
        if answer.question in PLAIN:
            (question,) = (question for question in QUESTIONS if question.name == answer.question)
            plain = rows(store, PLAIN[answer.question].sparql(answer.values))
            assert len(plain) > 1
            assert rows(whole, question.sparql(answer.values)) == plain


def test_the_archive_of_this_repository_answers_the_same() -> None:
    store = Catalog.load(Archive.open(REPOSITORY)).store
    assert assert_same_answers(store, with_tallies(store), {}) > 0


FILMLD = "https://films.example.org/"
VALUES = {
    "festival": [f"{FILMLD}festival/festival-{number}" for number in (0, 3, 7)],
    "country": [f"{FILMLD}place/{name}" for name in ("finland", "estonia", "nowhere")],
    "least": ["1", "2", "3", "0", "-5", "1000"],
    "step": ["15", "1", "7", "100", "0"],
    "text": ["Voice", "e", "SILENCE", "as fuond 1", "work", "", "ei löydy"],
    "material": ["nitrate", "ACETATE", "polyester", "", "paper"],
    "language": ["en", "fi", ""],
}


def test_a_catalogue_made_for_researchers_answers_the_same(tmp_path: Path) -> None:
    researched.write(tmp_path, 60)
    store = Catalog.load(Archive.open(tmp_path)).store
    assert assert_same_answers(store, with_tallies(store), VALUES) > 1000


@pytest.mark.slow
def test_a_larger_catalogue_made_for_researchers_answers_the_same(tmp_path: Path) -> None:
    researched.write(tmp_path, 600)
    store = Catalog.load(Archive.open(tmp_path)).store
    assert assert_same_answers(store, with_tallies(store), VALUES) > 10_000


@pytest.mark.slow
def test_films_of_a_real_catalogue_answer_the_same(shared: Path, tmp_path: Path) -> None:
    for catalog in corpus_catalogs(shared, tmp_path, count=1000, every=20):
        assert assert_same_answers(catalog.store, with_tallies(catalog.store), VALUES) > 1000


PREFIXES = """
@prefix : <https://x.example/> .
@prefix country: <https://w3id.org/filmld/country/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix schema: <https://schema.org/> .
"""
FILMS = [":f1", ":f2", ":f3", "_:f4", ":v1", ":v2"]
PEOPLE = [":p1", ":p2", ":p3", "_:p4", '"Somebody"']
COUNTRIES = [
    "country:fi",
    "country:se",
    ":c1",
    '"Finland"',
    '"Finland"@en',
    '"Finland"@fi',
    '"https://w3id.org/filmld/country/fi"',
    "_:c2",
]
YEARS = ["1999", "2001", "2009", "-1", "0"]
STATEMENTS: list[tuple[list[str], list[str], list[str]]] = [
    (FILMS, ["a"], ["schema:Movie"]),
    (FILMS, ["a"], ["schema:Movie", "schema:MovieSeries", "fld:Variant"]),
    (FILMS, ["fld:startYear"], YEARS),
    (FILMS, ["schema:name", "schema:alternateName"], ['"One"@en', '"Yksi"@fi', '"Two"', "7"]),
    (FILMS, ["fld:agent", "fld:director", "fld:writer", "fld:cinematographer"], PEOPLE),
    (PEOPLE[:4], ["a"], ["schema:Person", "schema:Organization"]),
    (PEOPLE[:4], ["schema:name"], ['"A"', '"B"@en', '"C"@fi']),
    (
        PEOPLE[:4],
        ["schema:gender"],
        ["schema:Female", ":x", '"neither"@en', "_:g", "<https://y.example/?https://schema.org/Male>"],
    ),
    ([":r1", "_:r2"], ["a"], ["schema:Review"]),
    ([":r1", "_:r2"], ["schema:author"], PEOPLE),
    ([":r1", "_:r2"], ["schema:itemReviewed"], FILMS),
    ([":r1", "_:r2"], ["schema:reviewBody"], ['"Good"@en', '"Good"', '"Hyvä"@fi']),
    (PEOPLE[:4], ["schema:affiliation"], [":o1", ":o2", '"x"']),
    (PEOPLE[:4], ["schema:jobTitle"], ['"Director"@en', '"actor"']),
    (FILMS, ["schema:countryOfOrigin"], COUNTRIES),
    (FILMS, ["schema:locationCreated"], [*COUNTRIES, ":place"]),
    ([":place", ":c1"], ["schema:containedInPlace"], ["country:fi", ":c1", ":place"]),
    ([":c1", ":place"], ["a"], ["schema:Country"]),
    (FILMS, ["fld:productionCompany"], [":o1", ":o2", "_:o3"]),
    ([":o1", ":o2", "_:o3"], ["schema:name"], ['"Company"', '"Yhtiö"@fi']),
    (FILMS, ["schema:publication"], [":d1", ":d2", "_:d3"]),
    ([":d1", ":d2", "_:d3"], ["a"], ["fld:Distribution"]),
    ([":d1", ":d2", "_:d3"], ["schema:publishedBy"], [":o1", ":o2", "_:o3", '"x"']),
    ([":d1", ":d2", "_:d3"], ["schema:location"], COUNTRIES),
    (FILMS, ["fld:shownAt"], [":e1", ":e2", ":e3"]),
    ([":e1", ":e2", ":e3"], ["schema:name"], ['"Festival"@en', '"Juhla"@fi']),
    ([":s1", ":s2", ":s3"], ["schema:workPresented"], FILMS),
    ([":s1", ":s2", ":s3", ":e2"], ["schema:superEvent"], [":e1", ":e2", ":e3"]),
    ([":s1", ":s2", ":e1", ":e2"], ["fld:startYear"], YEARS),
    ([":s1", ":s2"], ["fld:festivalSection"], ['"Main"', '"Pääsarja"@fi']),
    ([":v1", ":v2", ":f3"], ["fld:variantOf"], [":f1", ":f2", ":v2"]),
    (FILMS, ["fld:minutes"], ["75", "80", "89", "90"]),
    (FILMS, ["schema:about"], [*PEOPLE, ":f1"]),
    (FILMS, ["fld:title"], [":t1", "_:t2"]),
    ([":t1", "_:t2"], ["schema:name"], ['"One more"@en', '"Other"']),
    (FILMS, ["fld:transcribedForm"], ['"Oen"']),
    ([":i1", ":i2", "_:i3"], ["fld:itemOf"], [*FILMS, ":m1"]),
    ([":m1"], ["fld:manifestationOf"], FILMS),
    ([":i1", ":i2", "_:i3"], ["schema:material"], ['"nitrate"', '"Nitrate"@en', "7", ":nitrate"]),
    ([":i1", ":i2", "_:i3"], ["schema:holdingArchive"], [":o1", ":o2", '"x"']),
    ([":a1", ":a2"], ["a"], ["fld:Award"]),
    ([":a1", ":a2"], ["schema:workFeatured"], FILMS),
    ([":a1", ":a2"], ["fld:nominationOnly"], ["true", "false", '"true"', '"ja"@de', "1", "0", ":x"]),
    (FILMS, ["schema:identifier"], [":id1", "_:id2", '"tt1"']),
    ([":id1", "_:id2"], ["schema:propertyID"], ['"Wikidata"', '"wikidata"@en', '"VIAF"']),
    (FILMS, ["schema:sameAs"], ["<http://www.wikidata.org/entity/Q1>", "<https://y.example/>", '"Q1"']),
]
FRAME = [
    *(f"{film} a schema:Movie" for film in FILMS[:5]),
    *(f'{film} schema:name "One"@en' for film in FILMS),
    *(f"{film} fld:startYear {year}" for film, year in zip(FILMS, YEARS, strict=False)),
    *(f"{person} a schema:Person" for person in PEOPLE[:4]),
    *(f'{person} schema:name "{name}"' for person, name in zip(PEOPLE[:4], "ABCD", strict=True)),
    *(f"{film} fld:agent :p1, :p2 ; fld:director :p1" for film in FILMS[:3]),
    *(f"{film} fld:writer :p1 ; fld:cinematographer :p2" for film in FILMS[:3]),
    ":f1 schema:about :p1, :p2 ; schema:countryOfOrigin country:fi, :c1",
    ":f2 schema:countryOfOrigin country:fi ; schema:locationCreated country:se, :place",
    ":place schema:containedInPlace :c1 . :c1 a schema:Country",
    ":f1 fld:minutes 75 . :f2 fld:minutes 80 ; fld:shownAt :e1, :e2 . :f3 fld:minutes 75, 89",
    ':i1 fld:itemOf :f1 ; schema:material "nitrate" ; schema:holdingArchive :o1',
    ':o1 schema:name "Company" . :e1 schema:name "First" . :e2 schema:name "Second"',
    ":f1 schema:publication :d1, :d2 . :d1 a fld:Distribution ; schema:publishedBy :o1",
    ":d2 a fld:Distribution ; schema:publishedBy :o1 . :e1 fld:startYear 1990",
    ":s1 schema:workPresented :f1 ; schema:superEvent :e1 ; fld:startYear 2003",
    ':r1 a schema:Review ; schema:author :p1 ; schema:itemReviewed :f1 ; schema:reviewBody "Good"@en',
    ":p1 schema:affiliation :o1",
]
"""Statements most of which are there, so that the others have something to be said of."""
ANYTHING = st.tuples(
    st.sets(st.sampled_from(FRAME), max_size=5).map(
        lambda left_out: [one for one in FRAME if one not in left_out]
    ),
    st.lists(
        st.sampled_from(STATEMENTS).flatmap(
            lambda pools: st.tuples(*(st.sampled_from(pool) for pool in pools)).map(" ".join)
        ),
        max_size=60,
    ),
).map(lambda both: both[0] + both[1])
ODD_VALUES = {
    "festival": ["https://x.example/e1", "https://x.example/e3"],
    "country": ["https://w3id.org/filmld/country/fi", "https://x.example/c1"],
    "least": ["1", "2", "0"],
    "step": ["15", "0", "-15"],
    "text": ["one", "o"],
    "material": ["nitrate"],
    "language": ["en", "fi"],
}


@settings(max_examples=25)
@given(ANYTHING)
def test_whatever_is_stated_the_answers_are_the_same(statements: list[str]) -> None:
    assert_same_answers_in_any_order(statements)


@pytest.mark.slow
@settings(max_examples=150)
@given(ANYTHING)
def test_whatever_is_stated_the_answers_are_the_same_many_times(statements: list[str]) -> None:
    assert_same_answers_in_any_order(statements)


def assert_same_answers_in_any_order(statements: list[str]) -> None:
    """Nothing orders nameless nodes, nor a text in one language and the same in another."""
    store = ox.Store()
    store.load((PREFIXES + "".join(f"{one} .\n" for one in statements)).encode(), ox.RdfFormat.TURTLE)
    whole = with_tallies(store)
    for question in QUESTIONS:
        names = [parameter.name for parameter in question.parameters]
        for nth in range(3):
            chosen = {name: ODD_VALUES[name][nth % len(ODD_VALUES[name])] for name in names}
            plain = rows(store, PLAIN[question.name].sparql(chosen))
            asked = rows(whole, question.sparql(chosen))
            assert Counter(asked) == Counter(plain), (question.name, chosen)
