import csv
import io
import json
from pathlib import Path

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.pages import lists
from filmld.publish.site import Site
from filmld.turtle.bulk import parse
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, lang_string
from filmld.vocab import SCHEMA
from tests.publish.helpers import BASE, ROOT, Html, body, catalog

COUNTRY = "https://w3id.org/filmld/country/"
EDTF = "http://id.loc.gov/datatypes/edtf/EDTF"


@pytest.fixture(scope="module")
def invented() -> Site:
    return Site(Catalog.load(Archive.open(ROOT / "tests" / "archives" / "invented")))


def films(folder: Path, **statements: str) -> Site:
    records = {
        f"film/{name}": f"</film/{name}> a schema:Movie ; {text} ." for name, text in statements.items()
    }
    return Site(catalog(folder, records))


def listed(site: Site, path: str) -> list[str]:
    """The names of what a list lists, in its order."""
    text = body(site, path)
    rows = text.partition('<ul class="catalogue">')[2].partition("</ul>")[0].split("<li")[1:]
    return [Html(f"<li{row}").words.partition(" | ")[0] for row in rows]


def test_films_are_listed_by_their_titles_without_articles(invented: Site) -> None:
    names = listed(invented, "films.html")
    assert names[:3] == [
        "Aino, in Her Own Light 1988 · Marguerite Duvalier",
        "The Bridge at Ristisaari 1964 · Aino Valkeala",
        "The Clock Tower 1936",
    ]
    assert names[-1].startswith("Winter Harbour")


def test_every_facet_has_its_films(invented: Site) -> None:
    assert [name.split(" 196")[0] for name in listed(invented, "films/decade/1960s.html")] == [
        "The Bridge at Ristisaari",
        "The Signalman",
        "Thin Ice",
        "The Unfinished Bridge",
        "White Night Factory",
    ]
    assert listed(invented, "films/country/czechoslovakia.html")
    assert "The Bridge at Ristisaari 1964 · Aino Valkeala" in listed(
        invented, "films/festival/northern-lantern.html"
    )
    assert len(listed(invented, "films/genre/documentary.html")) == 3


def test_the_list_of_films_leads_to_its_parts_and_they_back(invented: Site) -> None:
    page = Html(body(invented, "films.html"))
    assert "By decade 1920s 1" in page.words
    assert "films/country/soviet-union.html" in page.all("href")
    part = Html(body(invented, "films/country/soviet-union.html"))
    assert "Home Films By country Soviet Union" in part.words
    assert "../../films.html" in part.all("href")
    assert "../country.html" in part.all("href")


def test_all_facets_of_a_sort_have_a_list(invented: Site) -> None:
    assert listed(invented, "films/decade.html") == [
        "1920s 1",
        "1930s 5",
        "1950s 1",
        "1960s 5",
        "1970s 2",
        "1980s 4",
        "2000s 1",
    ]


def test_a_film_of_an_uncertain_year_is_listed_under_every_decade_it_may_be_of(tmp_path: Path) -> None:
    site = films(
        tmp_path,
        a=f'schema:name "A" ; schema:dateCreated "1929/1931"^^<{EDTF}>',
        b=f'schema:name "B" ; schema:dateCreated "193X"^^<{EDTF}>',
        c=f'schema:name "C" ; schema:dateCreated "19XX"^^<{EDTF}>',
        d='schema:name "D" ; schema:dateCreated "before the war"',
        e='schema:name "E"; schema:dateCreated "-0044"^^xsd:gYear',
    )
    assert listed(site, "films/decade.html") == ["1920s 1", "1930s 2"]
    assert "2 films By decade" in Html(body(site, "films/decade.html")).words
    assert [name[0] for name in listed(site, "films/decade/1930s.html")] == ["A", "B"]


def test_genres_that_are_texts_are_facets_too(tmp_path: Path) -> None:
    site = films(
        tmp_path,
        a='schema:name "A" ; schema:genre "Drame", "2"',
        b='schema:name "B" ; schema:genre "DRAME"@fr, "</script>"',
        c='schema:name "C" ; schema:genre "東"',
    )
    assert listed(site, "films/genre/drame.html") == ["A", "B"]
    divided = [path for path in site.paths() if path.startswith("films/genre/") and path.endswith(".html")]
    assert len(divided) == 4
    assert [path for path in divided if path == "films/genre/2.html"] == []


def test_two_genres_of_one_name_have_two_addresses(tmp_path: Path) -> None:
    records = {
        "film/a": "</film/a> a schema:Movie ; schema:name 'A' ; schema:genre </genre/drama>, 'Drama' .",
        "genre/drama": "</genre/drama> a schema:DefinedTerm ; schema:name 'Drama' .",
    }
    site = Site(catalog(tmp_path, records))
    divided = [path for path in site.paths() if path.startswith("films/genre/") and path.endswith(".html")]
    assert len(divided) == 2
    assert all(listed(site, path) == ["A"] for path in divided)


def test_a_long_facet_has_several_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    names = "abcde"
    site = films(tmp_path, **{name: f'schema:name "{name}" ; schema:genre "G"' for name in names})
    assert [listed(site, f"films/genre/g{end}.html") for end in ("", "/2", "/3")] == [
        ["a", "b"],
        ["c", "d"],
        ["e"],
    ]
    second = Html(body(site, "films/genre/g/2.html"))
    assert {"../g.html", "3.html"} <= set(second.all("href"))
    assert site.render("films/genre/g/4.html") is None
    assert site.render("films/genre/g/1.html") is None


def test_letters_lead_to_their_first_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "PER_PAGE", 2)
    monkeypatch.setattr(lists, "LETTERS_FROM", 1)
    site = films(tmp_path, **{name: f'schema:name "{name}"@en' for name in ("anna", "bert", "cora")})
    first, second = Html(body(site, "films.html")), Html(body(site, "films-2.html"))
    assert [href for href in first.all("href") if "letter" in href] == [
        "#page-letter-41",
        "#page-letter-42",
        "films-2.html#page-letter-43",
    ]
    assert "page-letter-43" in second.all("id")


def test_a_list_is_a_table_too(invented: Site) -> None:
    rows = list(csv.reader(io.StringIO(body(invented, "films/decade/1980s.csv"), newline="")))
    assert rows[0] == ["iri", "name", "language", "date", "directors"]
    assert rows[4] == [
        "https://invented.example.org/film/winter-harbour-1986",
        "Winter Harbour",
        "en",
        "1986",
        "Viktor Morozin",
    ]


def test_no_cell_of_a_table_is_a_formula(tmp_path: Path) -> None:
    hostile = ["=1+1", "+1", "-1", "@SUM(A1)", 'a "quoted", line\nbreak']
    values = [text.replace('"', r"\"").replace("\n", r"\n") for text in hostile]
    site = films(tmp_path, **{f"f{n}": f'schema:name "{text}"' for n, text in enumerate(values)})
    document = site.render("films.csv")
    assert document is not None
    names = [row[1] for row in csv.reader(io.StringIO(document.body.decode(), newline=""))][1:]
    assert sorted(names) == sorted([f"'{text}" for text in hostile[:4]] + hostile[4:])


def test_a_list_is_json_too(invented: Site) -> None:
    found = json.loads(body(invented, "films/country/czechoslovakia.json"))
    assert (found["list"], found["count"]) == (
        "https://invented.example.org/films/country/czechoslovakia.html",
        len(found["items"]),
    )
    winter = json.loads(body(invented, "films.json"))["items"][-1]
    assert winter == {
        "iri": "https://invented.example.org/film/winter-harbour-1986",
        "names": [
            {"text": "Winter Harbour", "language": "en"},
            {"text": "Зимняя гавань", "language": "ru"},
            {"text": "Talvisatama", "language": "fi"},
        ],
        "dates": ["1986"],
        "directors": [
            {
                "iri": "https://invented.example.org/person/viktor-morozin",
                "names": [
                    {"text": "Viktor Morozin", "language": "en"},
                    {"text": "Виктор Морозин", "language": "ru"},
                ],
            }
        ],
    }


def test_a_list_is_turtle_too(tmp_path: Path) -> None:
    site = films(
        tmp_path,
        a=r'schema:name "A \"quoted\"\n</script>"@en ; schema:director "Ann", </person/b>',
        b="schema:about <#x>",
    )
    graph = Graph(parse(body(site, "films.ttl").encode(), scope="t"))
    address, film = IRI(f"{BASE}films.html"), IRI(f"{BASE}film/a")
    assert list(graph.objects(address, SCHEMA + "itemListElement")) == [IRI(f"{BASE}film/b"), film]
    assert list(graph.objects(film, SCHEMA + "name")) == [lang_string('A "quoted"\n</script>', "en")]
    assert len(list(graph.objects(film, SCHEMA + "director"))) == 2


def test_a_list_leads_to_its_data(invented: Site) -> None:
    page = Html(body(invented, "fi/films/decade/1980s.html"))
    alternates = [
        e["href"] for tag, e in page.elements if tag == "link" and "type" in e and e["rel"] == "alternate"
    ]
    assert alternates == [f"../../../films/decade/1980s.{ending}" for ending in ("csv", "json", "ttl")]
    assert "fi/films.csv" not in invented.paths()


def test_roles_that_are_used_have_pages_with_their_people_and_films(invented: Site) -> None:
    assert "Cinematographer 4" in " ".join(listed(invented, "roles.html"))
    page = body(invented, "role/cinematographer.html")
    assert "Kenji Asakura" in page
    assert "Winter Harbour" in page
    assert "role/animator.html" not in invented.paths()
    film = Html(body(invented, "film/winter-harbour-1986.html"))
    assert "../role/cinematographer.html" in film.all("href")


def test_a_property_without_a_credit_stands_for_its_role(tmp_path: Path) -> None:
    records = {
        "film/a": """</film/a> a schema:Movie ; schema:name 'A' ; schema:director </person/p> ;
            schema:producer [ a schema:Role ; schema:producer </person/p> ;
              schema:roleName <https://w3id.org/filmld/role/line-producer> ] ;
            schema:publication [ a fld:Distribution ; schema:publishedBy </person/q> ] .""",
        "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
        "person/q": "</person/q> a schema:Person ; schema:name 'Q' .",
    }
    site = Site(catalog(tmp_path, records))
    roles = [path for path in site.paths() if path.startswith("role")]
    assert roles == ["role/director.html", "role/distributor.html", "role/line-producer.html", "roles.html"]
    assert listed(site, "role/director.html") == ["P A"]
    assert "answers for its form" in body(site, "role/director.html")


def test_a_role_of_the_archive_keeps_its_address(tmp_path: Path) -> None:
    records = {
        "film/a": "</film/a> a schema:Movie ; schema:name 'A' ; schema:director </person/p> .",
        "person/p": "</person/p> a schema:Person ; schema:name 'P' .",
        "role/director": "</role/director> a schema:DefinedTerm ; schema:name 'Own' .",
    }
    site = Site(catalog(tmp_path, records))
    assert "<h1><bdi>Own</bdi>" in body(site, "role/director.html")
    vocabulary = [path for path in site.paths() if path.startswith("role/director-")]
    assert len(vocabulary) == 1
    assert listed(site, vocabulary[0]) == ["P A"]
    assert listed(site, "roles.html")[0].startswith("Director 1")


def test_a_country_of_the_vocabulary_is_named_in_the_language_of_the_page(invented: Site) -> None:
    assert "Neuvostoliitto" in Html(body(invented, "fi/film/winter-harbour-1986.html")).words
    assert "../films/country/soviet-union.html" in Html(body(invented, "film/winter-harbour-1986.html")).all(
        "href"
    )


@pytest.mark.slow
def test_no_page_is_as_large_as_a_hundred_kilobytes(tmp_path: Path) -> None:
    long = "A title as long as very long titles of films are, with its name in full " * 2
    records = {
        f"film/{n:04}": f"</film/{n:04}> a schema:Movie ; schema:name '{long}{n}'@en ; "
        "schema:dateCreated '1999'^^xsd:gYear ; schema:genre </genre/g> ; schema:director </person/p> ."
        for n in range(450)
    }
    records["genre/g"] = "</genre/g> a schema:DefinedTerm ; schema:name 'G' ."
    records["person/p"] = "</person/p> a schema:Person ; schema:name 'Somebody With a Long Name' ."
    site = Site(catalog(tmp_path, records))
    sizes = {
        path: len(document.body)
        for path in site.paths()
        if path.endswith(".html") and not path.startswith("film/") and (document := site.render(path))
    }
    assert {"films-3.html", "linked/genre/g/all.html", "linked/person/p/all/3.html"} <= set(sizes)
    assert {path: size for path, size in sizes.items() if size >= 100_000} == {}
