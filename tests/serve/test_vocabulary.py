"""What the editor completes with where there is data and no site."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from tests.serve.running import Running, serving

DATA = """
@prefix schema: <https://schema.org/> .
<https://x.example/a> a schema:Movie ; schema:name "Ainoa"@fi ; schema:director <https://x.example/p> .
<https://x.example/b> a schema:Movie ; <http://www.w3.org/2000/01/rdf-schema#label> "Beta" .
<https://x.example/p> a <https://x.example/Human> ; <http://xmlns.com/foaf/0.1/name> "Pia" .
_:c <http://xmlns.com/foaf/0.1/name> "Nobody" .
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("plain")
    (folder / "films.ttl").write_text(DATA, encoding="utf-8")
    with serving(folder, "--data", str(folder / "films.ttl")) as server:
        yield server


def test_classes_and_properties_of_plain_data_are_listed_the_most_used_first(plain: Running) -> None:
    found = json.loads(plain.ask("/sparql/vocabulary.json").body)
    assert found["classes"] == [
        ["https://schema.org/Movie", "schema:Movie", 2],
        ["https://x.example/Human", "<https://x.example/Human>", 1],
    ]
    assert [word[1] for word in found["properties"]][:2] == ["rdf:type", "<http://xmlns.com/foaf/0.1/name>"]
    assert found["terms"] == []


@pytest.mark.parametrize(
    ("sought", "things"),
    [
        ("ain", [["https://x.example/a", "Ainoa", ""]]),
        ("PI", [["https://x.example/p", "Pia", ""]]),
        ("noa", []),
        ("nob", []),
        ('"', []),
        ("", []),
    ],
)
def test_things_of_plain_data_are_found_by_the_beginnings_of_their_names(
    plain: Running, sought: str, things: list[list[str]]
) -> None:
    reply = plain.ask(f"/sparql/names.json?q={quote(sought)}")
    assert reply.headers["Content-Type"] == "application/json"
    assert json.loads(reply.body)["things"] == things


def test_the_page_over_plain_data_knows_where_the_lists_are(plain: Running) -> None:
    page = plain.ask("/sparql", headers={"Accept": "text/html"}).text
    assert '"vocabulary": "sparql/vocabulary.json"' in page


def test_an_archive_has_lists_of_its_own(server: Running) -> None:
    found = json.loads(server.ask("/sparql/names.json?q=voice%20sok").body)
    assert found == {
        "things": [
            ["film/the-voice-of-sokurov-2014", "The Voice of Sokurov", "Film, 2014"],
            ["source/the-voice-of-sokurov-page", "The Voice of Sokurov", "Source"],
        ]
    }
    assert json.loads(server.ask("/sparql/names.json").body) == {"things": []}
