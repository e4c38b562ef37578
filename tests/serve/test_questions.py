"""The pages of questions as a server gives them."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

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
    names = json.loads(get(server, "/sparql/names.json").text)["things"]
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
    assert "0 rows" in reply.text


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
