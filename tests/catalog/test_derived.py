"""What follows from a record, for querying only."""

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.catalog.derived import CAPACITIES, derive, shortcut
from filmld.turtle.bulk import parse
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import DERIVED, FLD, ROLE, SCHEMA, XSD, curie

PREFIXES = """
@prefix : <https://x.example/> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
@prefix fld: <https://w3id.org/filmld/ontology#> .
@prefix role: <https://w3id.org/filmld/role/> .
@prefix schema: <https://schema.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def nowhere(event: str) -> Iterable[str]:
    return ()


def facts(turtle: str) -> list[str]:
    graph = Graph(parse((PREFIXES + turtle).encode()))
    return [shown(fact) for fact in derive(graph, nowhere)]


def shown(fact: Triple) -> str:
    return f"{short(fact.subject)} {short(fact.predicate)} {short(fact.object)}"


def short(term: object) -> str:
    if isinstance(term, Literal):
        assert term.datatype == XSD + "integer"
        return term.lexical
    value = term.value if isinstance(term, IRI) else str(term)
    return value.replace("https://x.example/", ":").replace(FLD, "")


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ('schema:dateCreated "2014"^^xsd:gYear', [":f startYear 2014", ":f endYear 2014"]),
        ('schema:dateCreated "193X"^^edtf:EDTF', [":f startYear 1930", ":f endYear 1939"]),
        ('schema:dateCreated "1964/.."^^edtf:EDTF', [":f startYear 1964"]),
        ('schema:dateCreated "/1985"^^edtf:EDTF', [":f endYear 1985"]),
        ('schema:datePublished "1951-07-08"^^xsd:date', [":f startYear 1951", ":f endYear 1951"]),
        (
            'schema:dateCreated "1951"^^xsd:gYear ; schema:datePublished "1953"^^xsd:gYear',
            [":f startYear 1951", ":f endYear 1951"],
        ),
        (
            'schema:startDate "1964-12-30"^^xsd:date ; schema:endDate "1965-01-06"^^xsd:date',
            [":f startYear 1964", ":f endYear 1965"],
        ),
        ('schema:startDate "1964"^^xsd:gYear', [":f startYear 1964", ":f endYear 1964"]),
        ('schema:dateCreated "circa 1930"', []),
        ('schema:dateCreated "1930-13"^^xsd:gYearMonth', []),
    ],
)
def test_years_come_from_any_form_of_date(dates: str, expected: list[str]) -> None:
    assert facts(f":f {dates} .") == expected


def test_minutes_come_from_the_running_time() -> None:
    assert facts(':f schema:duration "PT1H17M"^^xsd:duration .') == [":f minutes 77"]
    assert facts(':f schema:duration "77 min" .') == []


def test_everybody_with_a_capacity_is_an_agent() -> None:
    assert facts(":f a schema:Movie ; schema:director :p ; schema:author :q ; schema:about :r .") == [
        ":f agent :p",
        ":f director :p",
        ":f agent :q",
        ":f writer :q",
    ]


def test_a_credit_is_flattened_to_its_person_and_its_role() -> None:
    record = """
        :f a schema:Movie ; schema:contributor :c .
        :c a fld:Credit, schema:Role ; schema:contributor :p ;
            schema:roleName "Kuvaus"@fi ; schema:roleName role:cinematographer .
    """
    assert facts(record) == [":f agent :p", ":f cinematographer :p"]


def test_a_credit_in_a_blank_node_is_flattened_too() -> None:
    record = (
        ":f a schema:Movie ; schema:director [ a schema:Role ; schema:director :p ; fld:creditedAs 'Max' ] ."
    )
    assert facts(record) == [":f agent :p", ":f director :p"]


def test_a_credit_that_names_nobody_gives_no_agent() -> None:
    assert (
        facts(":f a schema:Movie ; schema:producer :c . :c a fld:Credit ; schema:roleName 'Producer' .") == []
    )


def test_a_role_of_an_archive_gives_no_shortcut() -> None:
    record = ":f a schema:Movie ; schema:contributor [ schema:contributor :p ; schema:roleName :whistler ] ."
    assert facts(record) == [":f agent :p"]


def test_who_wrote_a_review_is_no_agent_of_the_film() -> None:
    assert facts(":r a schema:Review ; schema:itemReviewed :f ; schema:author :p .") == []


def test_the_distributor_is_flattened() -> None:
    record = ":f a schema:Movie ; schema:publication [ a fld:Distribution ; schema:publishedBy :o ] ."
    assert facts(record) == [":f agent :o", ":f distributor :o"]


def test_a_film_is_shown_at_the_festivals_of_its_screenings() -> None:
    graph = Graph(
        parse(
            (
                PREFIXES
                + """
                :v fld:variantOf :f .
                :s1 schema:workPresented :v ; schema:superEvent :edition .
                :s2 schema:workPresented :f ; schema:superEvent :edition .
                :s3 schema:workPresented :f ; schema:superEvent :fair .
                """
            ).encode()
        )
    )
    series = {"https://x.example/edition": ["https://x.example/festival"]}
    found = derive(graph, lambda event: series.get(event, []))
    assert [shown(fact) for fact in found] == [":v shownAt :festival", ":f shownAt :festival"]


def test_a_shortcut_is_called_like_its_role() -> None:
    assert shortcut(ROLE + "co-producer") == "coProducer"
    assert shortcut(ROLE + "cinematographer") == "cinematographer"
    assert shortcut(ROLE) is None
    assert shortcut("cinematographer") is None
    assert shortcut("https://films.example.org/role/co-producer") is None


def ontology() -> Graph:
    folder = Path(__file__).parents[2] / "ontology"
    return Graph(triple for path in sorted(folder.glob("*.ttl")) for triple in parse(path.read_bytes()))


def test_the_vocabulary_of_roles_names_the_same_shortcuts() -> None:
    graph = ontology()
    roles = [node.value for node in graph.subjects() if isinstance(node, IRI) and node.value.startswith(ROLE)]
    stated = {role: list(graph.resources(IRI(role), FLD + "shortcut")) for role in roles}
    assert roles
    for role, properties in stated.items():
        assert not properties or properties == [IRI(FLD + str(shortcut(role)))]


TERMS = st.sampled_from([f":{letter}" for letter in "abcd"])
PROPERTIES = st.sampled_from(
    [
        "a",
        *map(curie, CAPACITIES),
        "schema:workPresented",
        "schema:superEvent",
        "schema:publication",
        "fld:variantOf",
    ]
)
KINDS = st.sampled_from(["schema:Movie", "fld:Credit", "fld:Distribution", "schema:Role", ":e"])


@given(st.lists(st.tuples(TERMS, PROPERTIES, TERMS | KINDS), max_size=20))
def test_whatever_a_record_says_the_facts_are_ours_and_each_comes_once(
    lines: list[tuple[str, str, str]],
) -> None:
    text = PREFIXES + "".join(f"{' '.join(line)} .\n" for line in lines)
    found = derive(Graph(parse(text.encode())), lambda event: [event])
    assert all(fact.predicate.value.startswith(FLD) for fact in found)
    assert len(set(found)) == len(found)


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    (tmp_path / "filmld.toml").write_text('base = "https://x.example/"\n', encoding="utf-8")
    records = {
        "a-film": """
            :a-film a schema:Movie ; schema:director :p ; schema:dateCreated "1964~"^^edtf:EDTF .
            [] schema:workPresented :a-film ; schema:superEvent :day-two ; schema:endDate "1965"^^xsd:gYear .
        """,
        "day-two": ":day-two schema:superEvent :edition .",
        "edition": ":edition a fld:FestivalEdition ; schema:superEvent :festival, :day-two .",
        "festival": ":festival a fld:FilmFestival .",
    }
    (tmp_path / "records").mkdir()
    for name, text in records.items():
        (tmp_path / "records" / f"{name}.ttl").write_text(PREFIXES + text, encoding="utf-8")
    return Catalog.load(Archive.open(tmp_path))


def test_the_catalogue_holds_the_facts_in_one_graph(catalog: Catalog) -> None:
    lines = [line.replace("https://x.example/", ":").replace(FLD, "") for line in catalog.derived_nquads()]
    of_film = [line.split()[1:3] for line in lines if line.startswith("<:a-film>")]
    place = 1964 + 10_000  # its year before nine letters: none, a hyphen, ten digits, the alphabet
    for code in (12, 1, 17, 20, 23, 24, 0, 0, 0):  # a-film
        place = place * 38 + code
    assert of_film == [
        ["<agent>", "<:p>"],
        ["<copies>", '"0"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        ["<director>", "<:p>"],
        ["<endYear>", '"1964"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        ["<lostPlace>", f'"{place}"^^<http://www.w3.org/2001/XMLSchema#integer>'],
        ["<shownAt>", "<:festival>"],
        ["<startYear>", '"1964"^^<http://www.w3.org/2001/XMLSchema#integer>'],
    ]
    assert all(line.endswith(f" <{DERIVED}> .\n") for line in lines)


def test_the_records_do_not_hold_them(catalog: Catalog) -> None:
    assert not any(DERIVED in line or "startYear" in line for line in catalog.nquads())
    assert not any(triple.predicate.value == FLD + "agent" for _, triple in catalog.triples())


def test_a_fact_that_follows_is_no_reference(catalog: Catalog) -> None:
    found = catalog.references("https://x.example/p")
    assert [curie(reference.predicate) for reference in found] == ["schema:director"]


def test_records_and_facts_read_at_different_times_speak_of_the_same_unnamed_nodes(catalog: Catalog) -> None:
    store = ox.Store()
    store.load("".join([*catalog.nquads(), *catalog.derived_nquads()]).encode(), format=ox.RdfFormat.N_QUADS)
    query = f"SELECT ?y {{ ?s <{SCHEMA}workPresented> ?f ; <{FLD}endYear> ?y }}"
    answers = store.query(query, use_default_graph_as_union=True)
    assert isinstance(answers, ox.QuerySolutions)
    assert [row["y"] for row in answers] == [ox.Literal(1965)]
