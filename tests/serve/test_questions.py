"""The pages of questions as a server gives them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from filmld.archive import Archive
from filmld.catalog import Catalog
from tests.serve.running import BROWSER, Reply, Running, serving

INVENTED = Path(__file__).parents[1] / "archives" / "invented"


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with serving(INVENTED) as server:
        yield server


def get(server: Running, path: str) -> Reply:
    return server.ask(path, headers={"Accept": BROWSER})


@pytest.mark.parametrize("path", ["/queries", "/queries/", "/queries/index.html"])
def test_all_questions_are_named(server: Running, path: str) -> None:
    reply = get(server, path)
    assert reply.status == 200
    root = "" if path == "/queries" else "../"
    assert f'<a href="{root}queries/05-co-productions">Which countries make films together</a>' in reply.text


def menu(page: str) -> list[str]:
    """What the menu of a page leads to, by its words."""
    return re.findall(r">([^<>]+)</a>", page.partition("<nav")[2].partition("</nav>")[0])


@pytest.mark.parametrize("path", ["/queries", "/sparql", "/queries/05-co-productions"])
def test_the_menu_is_that_of_all_other_pages(server: Running, path: str) -> None:
    assert menu(get(server, path).text) == menu(get(server, "/films.html").text) != []


def test_a_question_that_nobody_knows_is_missing_like_any_page(server: Running) -> None:
    assert get(server, "/queries/99-none").body == get(server, "/none").body


def test_a_question_is_asked_with_its_own_values(server: Running) -> None:
    reply = get(server, "/queries/05-co-productions")
    assert reply.status == 200
    assert "<td>Czechoslovakia</td><td>Soviet Union</td>" in reply.text
    assert reply.text.count("<rect") == 5
    assert "connect-src 'self'" in reply.headers["Content-Security-Policy"]


def test_a_thing_may_be_called_by_its_name_its_term_or_its_iri(server: Running) -> None:
    by_term = get(server, "/queries/06-share-of-co-productions?country=France")
    by_iri = get(
        server,
        f"/queries/06-share-of-co-productions?country={quote('https://w3id.org/filmld/country/fr', '')}",
    )
    assert by_term.status == 200
    assert 'name="country" value="France"' in by_term.text
    rows = [reply.text.partition("<tbody>")[2].partition("</tbody>")[0] for reply in (by_term, by_iri)]
    assert rows[0] == rows[1] != ""
    names = json.loads(get(server, "/sparql/names.json?q=ilse").text)["things"]
    path, name = next((row[0], row[1]) for row in names if row[0].startswith("person/"))
    by_name = get(server, f"/queries/01-filmography?person={quote(name)}")
    assert f"VALUES ?person {{ &lt;https://invented.example.org/{path}&gt; }}" in by_name.text
    assert f'name="person" value="{name}"' in by_name.text


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("01-filmography?person=nobody", "‘person’ is not an absolute IRI"),
        ("03-collaborations?least=many", "‘least’ is not a whole number"),
        ("05-co-productions?colour=red", "‘colour’ is none of this question"),
    ],
)
def test_a_value_that_cannot_be_is_refused(server: Running, path: str, message: str) -> None:
    reply = get(server, f"/queries/{path}")
    assert reply.status == 400
    assert message in reply.text


def test_a_hostile_value_stays_a_text(server: Running) -> None:
    value = '" } # <script>alert(1)</script> \\u0022'
    reply = get(server, f"/queries/17-titles?text={quote(value)}")
    assert reply.status == 200
    assert "<script>alert" not in reply.text
    assert (
        "Nothing in the catalogue answers this question, asked in this way. Try other values." in reply.text
    )


@pytest.mark.parametrize("suffix", ["csv", "json"])
def test_the_answer_as_a_file_is_the_endpoint_s(server: Running, suffix: str) -> None:
    reply = get(server, f"/queries/05-co-productions.{suffix}")
    assert reply.status == 303
    assert reply.headers["Location"].startswith(f"/sparql?format={suffix}&query=")
    assert get(server, reply.headers["Location"]).status == 200


def test_the_query_is_there_to_take_along(server: Running) -> None:
    reply = get(server, "/queries/03-collaborations.rq?least=7")
    assert reply.headers["Content-Type"].startswith("application/sparql-query")
    assert "VALUES ?least { 7 } # parameter" in reply.text


@pytest.mark.parametrize("path", ["/queries/99-nothing", "/queries/05-co-productions.exe"])
def test_what_is_no_question_is_not_found(server: Running, path: str) -> None:
    assert get(server, path).status == 404


def test_where_there_is_a_server_the_page_without_one_leads_to_it(server: Running) -> None:
    reply = get(server, "/sparql/index.html?query=ASK%7B%7D")
    assert (reply.status, reply.headers["Location"]) == (307, "/sparql?query=ASK%7B%7D")


def test_the_answer_is_on_the_page_for_its_script_too(server: Running) -> None:
    query = "SELECT ?film { ?film a schema:Movie } ORDER BY ?film LIMIT 1"
    reply = get(server, f"/sparql?query={quote(query)}")
    data = json.loads(reply.text.partition('id="results">')[2].partition("</script>")[0])
    film = "https://invented.example.org/film/aino-in-her-own-light-1988"
    assert data["query"] == query
    assert data["answer"]["results"]["bindings"] == [{"film": {"type": "uri", "value": film}}]
    assert data["names"][film][1] == "film/aino-in-her-own-light-1988"


def test_styles_come_with_their_types(server: Running) -> None:
    for name in ("filmld.css", "sparql.css"):
        assert get(server, f"/assets/{name}").headers["Content-Type"].startswith("text/css")
    assert get(server, "/assets/none.css").status == 404


def test_a_question_is_asked_a_page_at_a_time(server: Running) -> None:
    first = get(server, "/queries/05-co-productions?rows=4")
    assert "The first 4 of 10 rows. The files below have all of them." in first.text
    following = re.search(r'<a href="([^"]*)">Next</a>', first.text)
    assert following
    assert following[1].endswith("?rows=4&amp;after=4")
    assert ">Previous<" not in first.text
    second = get(server, "/queries/05-co-productions?rows=4&after=4")
    last = get(server, "/queries/05-co-productions?rows=4&after=8")
    assert "Rows 5–8 of 10 rows." in second.text
    assert "ORDER BY ?decade ?country1 ?country2\nLIMIT 4 OFFSET 4 # page" in second.text
    assert "Rows 9–10 of 10 rows." in last.text
    assert ">Next<" not in last.text
    whole = get(server, "/queries/05-co-productions")
    assert '<p role="status">10 rows.' in whole.text
    pages = [row for page in (first, second, last) for row in table(page)]
    assert pages == table(whole)


def table(page: Reply) -> list[str]:
    body = page.text.partition('<div class="table"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r"<tr>(.*?)</tr>", body)


def test_what_is_drawn_of_a_page_says_so(server: Running) -> None:
    assert "(only of the rows on this page)" in get(server, "/queries/05-co-productions?rows=4").text
    assert "(only of the rows" not in get(server, "/queries/05-co-productions").text


def test_behind_the_last_row_there_is_a_way_back(server: Running) -> None:
    reply = get(server, "/queries/05-co-productions?rows=4&after=40")
    assert reply.status == 200
    assert "The answer has only 10 rows." in reply.text
    assert ">Previous</a>" in reply.text


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("rows=0", "‘rows’ is at least 1"),
        ("rows=1001", "‘rows’ is at most 1000 on a page"),
        ("after=x", "‘after’ is not a number of rows"),
    ],
)
def test_what_is_no_page_is_refused(server: Running, query: str, message: str) -> None:
    reply = get(server, f"/queries/05-co-productions?{query}")
    assert reply.status == 400
    assert message in reply.text


def test_a_file_has_all_rows_or_those_that_are_asked_for(server: Running) -> None:
    def rows(address: str) -> int:
        return len(get(server, get(server, address).headers["Location"]).text.splitlines()) - 1

    assert rows("/queries/05-co-productions.csv") == 10
    assert rows("/queries/05-co-productions.csv?rows=4&after=8") == 2


@pytest.mark.parametrize(
    ("language", "title", "said"),
    [
        ("", "Which countries make films together", "The first 4 of 10 rows."),
        ("/fi", "Mitkä maat tekevät elokuvia yhdessä", "Ensimmäiset 4, yhteensä 10 riviä."),
    ],
)
def test_the_pages_speak_the_languages_of_the_site(
    server: Running, language: str, title: str, said: str
) -> None:
    page = get(server, f"{language}/queries/05-co-productions?rows=4").text
    assert f"<h1>{title}</h1>" in page
    assert said in page
    assert f'lang="{language[1:] or "en"}"' in page[:200]
    assert "connect-src 'self'" in get(server, f"{language}/sparql").headers["Content-Security-Policy"]
    assert title in get(server, f"{language}/queries/").text
    asked = get(server, f"{language}/sparql?query={quote('ASK {}')}").text
    assert ("Kyllä." if language else "Yes.") in asked
    assert menu(page) == menu(get(server, f"{language}/films.html").text)


def test_a_page_leads_to_itself_in_the_other_language(server: Running) -> None:
    page = get(server, "/fi/queries/05-co-productions?rows=4&after=4").text
    assert 'href="../../queries/05-co-productions?rows=4&amp;after=4" hreflang="en"' in page
    assert get(server, "/sv/queries/05-co-productions").status == 404


def test_data_in_which_nothing_was_counted_say_so(tmp_path: Path) -> None:
    (tmp_path / "films.ttl").write_text(
        '<https://x.example/f> a <https://schema.org/Movie> ; <https://schema.org/name> "F" .',
        encoding="utf-8",
    )
    with serving(tmp_path, "--data", str(tmp_path / "films.ttl")) as plain:
        assert "Whoever keeps them can build once more" in get(plain, "/queries/05-co-productions").text
        assert "Whoever keeps them can build once more" in get(plain, "/queries/15-critics").text
        text = get(plain, "/queries/17-titles").text
        assert "Whoever keeps them" not in text
        assert "Try other values" in text


def test_data_with_tallies_but_without_places_say_so(tmp_path: Path) -> None:
    lines = [*(catalog := Catalog.load(Archive.open(INVENTED))).nquads(), *catalog.derived_nquads()]
    for name, kept in (("old", [line for line in lines if "Place>" not in line]), ("new", lines)):
        (tmp_path / f"{name}.nq").write_text("".join(kept), encoding="utf-8")
        with serving(tmp_path, "--data", str(tmp_path / f"{name}.nq")) as plain:
            text = get(plain, "/queries/20-possibly-lost").text
            assert ("Whoever keeps them" in text) is (name == "old")
            assert ("possibly-lost" in text) is True
            empty = get(plain, "/queries/21-holdings-by-material?material=gold").text
            assert ("Whoever keeps them" in empty) is (name == "old")
