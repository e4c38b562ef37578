"""The SPARQL 1.1 Protocol, as clients see it."""

import json
import urllib.request
from urllib.parse import urlencode

import pyoxigraph as ox
import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from tests.serve.running import BROWSER, Running

NAMES = "SELECT ?name { ?film a schema:Movie ; schema:name ?name }"
NAMES_JSON = (
    '{"head":{"vars":["name"]},"results":{"bindings":'
    '[{"name":{"type":"literal","value":"The Voice of Sokurov","xml:lang":"en"}}]}}'
)
NAMES_XML = (
    '<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>'
    '<variable name="name"/></head><results><result><binding name="name">'
    '<literal xml:lang="en">The Voice of Sokurov</literal></binding></result></results></sparql>'
)
FILM = "https://films.example.org/film/the-voice-of-sokurov-2014"
DOCUMENT = FILM + "#record"


@pytest.mark.parametrize(
    ("accept", "content_type", "body"),
    [
        (
            None,
            "application/sparql-results+json",
            NAMES_JSON,
        ),
        ("text/csv", "text/csv; charset=utf-8", "name\r\nThe Voice of Sokurov\r\n"),
        (
            "text/tab-separated-values",
            "text/tab-separated-values; charset=utf-8",
            '?name\n"The Voice of Sokurov"@en\n',
        ),
        (
            "application/sparql-results+xml",
            "application/sparql-results+xml",
            NAMES_XML,
        ),
    ],
)
def test_select_is_answered_in_the_format_accepted(
    server: Running, accept: str | None, content_type: str, body: str
) -> None:
    reply = server.query(NAMES, accept)

    assert (reply.status, reply.headers["Content-Type"], reply.text) == (200, content_type, body)
    assert reply.headers["Vary"] == "Accept"


def test_an_alias_is_answered_as_it_was_asked_for(server: Running) -> None:
    reply = server.query("ASK {}", "application/json")

    assert reply.headers["Content-Type"] == "application/json"
    assert json.loads(reply.body) == {"head": {}, "boolean": True}


@pytest.mark.parametrize(
    ("accept", "content_type", "format_"),
    [
        (None, "text/turtle; charset=utf-8", ox.RdfFormat.TURTLE),
        ("application/n-triples", "application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", "application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", "application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_construct_is_answered_in_the_format_accepted(
    server: Running, accept: str | None, content_type: str, format_: ox.RdfFormat
) -> None:
    reply = server.query("CONSTRUCT WHERE { ?film schema:genre ?genre }", accept)

    assert reply.headers["Content-Type"] == content_type
    assert [str(quad.triple) for quad in ox.parse(reply.body, format=format_)] == [
        f"<{FILM}> <https://schema.org/genre> <https://films.example.org/genre/documentary>"
    ]


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (urlencode({"query": NAMES}).encode(), "application/x-www-form-urlencoded"),
        (NAMES.encode(), "application/sparql-query"),
        (NAMES.encode(), "application/sparql-query; charset=UTF-8"),
    ],
)
def test_a_query_may_be_posted(server: Running, body: bytes, content_type: str) -> None:
    reply = server.ask("/sparql", "POST", {"Content-Type": content_type, "Accept": "text/csv"}, body)

    assert (reply.status, reply.text) == (200, "name\r\nThe Voice of Sokurov\r\n")


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"query=ASK{}", None, 415),
        (b"query=ASK{}", "text/plain", 415),
        (b"ASK{}", "application/sparql-query; charset=latin-1", 415),
        (b"INSERT DATA {}", "application/sparql-update", 405),
        (b"update=DROP+ALL", "application/x-www-form-urlencoded", 405),
        (b"", "application/x-www-form-urlencoded", 400),
        (b"query=ASK{}&query=ASK{}", "application/x-www-form-urlencoded", 400),
        (b"query=%ff", "application/x-www-form-urlencoded", 400),
        (b"ASK {} # \xff", "application/sparql-query", 400),
        (b"", "application/sparql-query", 400),
        (b"a=b&" * 300, "application/x-www-form-urlencoded", 400),
        (b"x" * 140_000, "application/sparql-query", 413),
    ],
)
def test_what_is_no_query_operation_is_refused(
    server: Running, body: bytes, content_type: str | None, status: int
) -> None:
    headers = {"Content-Type": content_type} if content_type else {}

    assert server.ask("/sparql", "POST", headers, body).status == status


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("query=ASK{}&query=ASK{}", 400),
        ("format=json", 400),
        ("query=ASK%7B", 400),
        ("query=", 400),
        ("query=%23+comment", 400),
        ("query=DROP+ALL", 400),
        ("update=DROP+ALL", 405),
        ("query=ASK{}&format=nonsense", 400),
        ("query=ASK{}&format=turtle", 406),
        ("query=ASK{}&format=json", 200),
        ("query=ASK{}&format=sparql,text/csv", 200),
        ("query=ASK{}&timeout=-1", 400),
        ("query=ASK{}&timeout=0", 400),
        ("query=ASK{}&timeout=soon", 400),
        ("query=ASK{}&timeout=999999", 200),
        ("query=ASK{}&timeout=1e9", 400),
        ("query=ASK{}&default-graph-uri=relative", 400),
        ("query=ASK{}&named-graph-uri=a:%3E", 400),
        ("query=ASK{}&default-graph-uri=", 400),
        ("query=%EF%BB%BFASK{}", 400),
        ("query=ASK{}%00", 400),
    ],
)
def test_each_request_has_its_status(server: Running, query: str, status: int) -> None:
    reply = server.ask("/sparql?" + query)

    assert reply.status == status
    if status != 200:
        assert reply.headers["Content-Type"] == "text/plain; charset=utf-8"


def test_what_nobody_can_write_is_not_acceptable(server: Running) -> None:
    assert server.query("ASK {}", "application/pdf").status == 406
    assert server.query("ASK {}", "text/turtle").status == 406
    assert server.query("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv").status == 406


def test_a_syntax_error_has_its_place(server: Running) -> None:
    reply = server.query("SELECT * {\n ?s nope:name ?name\n}")

    assert reply.status == 400
    assert reply.text.startswith("line 2, column 5: the prefix nope: is not declared\n")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "NONSENSE"])
def test_other_methods_are_not_allowed(server: Running, method: str) -> None:
    reply = server.ask("/sparql", method)

    assert (reply.status, reply.headers["Allow"]) == (405, "GET, HEAD, POST, OPTIONS")


def test_other_pages_may_ask_before_they_post(server: Running) -> None:
    reply = server.ask(
        "/sparql", "OPTIONS", {"Origin": "https://a.example", "Access-Control-Request-Method": "POST"}
    )

    assert (reply.status, reply.body) == (204, b"")
    assert reply.headers["Access-Control-Allow-Origin"] == "*"
    assert reply.headers["Access-Control-Allow-Methods"] == "GET, HEAD, POST, OPTIONS"
    assert reply.headers["Access-Control-Allow-Headers"] == "Accept, Content-Type"


def test_the_dataset_of_the_request_is_honoured_and_never_fetched(server: Running) -> None:
    count = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
    named = "SELECT (COUNT(*) AS ?count) { GRAPH ?g { ?s ?p ?o } }"
    everything = int(server.query(count, "text/csv").text.split()[1])
    film = int(server.query(count, "text/csv", **{"default-graph-uri": DOCUMENT}).text.split()[1])

    assert 0 < film < everything
    assert server.query(named, "text/csv", **{"named-graph-uri": DOCUMENT}).text.split()[1] == str(film)
    assert server.query(count, "text/csv", **{"named-graph-uri": DOCUMENT}).text.split()[1] == "0"
    elsewhere = {"default-graph-uri": "http://127.0.0.1:1/"}
    assert server.query(count, "text/csv", **elsewhere).text.split()[1] == "0"


def test_the_dataset_of_the_query_is_honoured(server: Running) -> None:
    named = f"SELECT (COUNT(*) AS ?count) FROM <{DOCUMENT}> {{ ?s ?p ?o }}"  # noqa: S608  SPARQL, and ours
    graph = f"SELECT (COUNT(*) AS ?count) {{ GRAPH <{DOCUMENT}> {{ ?s ?p ?o }} }}"

    assert server.query(named, "text/csv").text == server.query(graph, "text/csv").text


@pytest.mark.parametrize("accept", [None, "*/*", "text/turtle"])
def test_who_asks_nothing_gets_the_service_description(server: Running, accept: str | None) -> None:
    reply = server.ask("/sparql", headers={"Accept": accept} if accept else {})
    triples = {
        (quad.predicate.value.rpartition("#")[2], str(quad.object))
        for quad in ox.parse(reply.body, format=ox.RdfFormat.TURTLE, base_iri=server.home + "sparql")
    }

    assert reply.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert ("endpoint", f"<{server.home}sparql>") in triples
    assert (
        "supportedLanguage",
        "<http://www.w3.org/ns/sparql-service-description#SPARQL11Query>",
    ) in triples
    assert ("resultFormat", "<http://www.w3.org/ns/formats/SPARQL_Results_JSON>") in triples


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("kind", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_selects(server: Running, method: str, kind: str) -> None:
    client = SPARQLWrapper(server.home + "sparql")
    client.setQuery(NAMES)
    client.setMethod(method)
    client.setReturnFormat(kind)
    found = client.query()

    assert b"The Voice of Sokurov" in found.response.read()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # their own affair
@pytest.mark.parametrize("kind", [XML, TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_constructs(server: Running, kind: str) -> None:
    client = SPARQLWrapper(server.home + "sparql")
    client.setQuery("PREFIX schema: <https://schema.org/> CONSTRUCT WHERE { ?film schema:genre ?genre }")
    client.setReturnFormat(kind)
    found = client.query().convert()

    assert "documentary" in (found.serialize(format="nt") if isinstance(found, Graph) else str(found))


def test_rdflib_asks_as_a_store(server: Running) -> None:
    store = SPARQLStore(server.home + "sparql")

    result = store.query(f"SELECT ?name {{ <{FILM}> <https://schema.org/name> ?name }}")

    assert [str(value) for binding in result.bindings for value in binding.values()] == [
        "The Voice of Sokurov"
    ]


def test_urllib_asks(server: Running) -> None:
    request = urllib.request.Request(  # noqa: S310  loopback
        server.home + "sparql", NAMES.encode(), {"Content-Type": "application/sparql-query"}
    )
    with urllib.request.urlopen(request) as reply:  # noqa: S310  loopback
        assert json.load(reply)["head"]["vars"] == ["name"]


def test_people_get_a_form(server: Running) -> None:
    reply = server.ask("/sparql", headers={"Accept": BROWSER})

    assert reply.headers["Content-Type"] == "text/html; charset=utf-8"
    assert '<label for="query">SPARQL query</label>' in reply.text
    assert "A query may take 1 s and have 70,000 characters" in reply.text
    assert "Films &amp; &lt;more&gt;" in reply.text
    assert '<form id="question" action="sparql" method="get">' in reply.text
    assert server.ask("/assets/sparql.css").headers["Content-Type"] == "text/css; charset=utf-8"


def test_people_get_a_table_with_names_and_links(server: Running) -> None:
    reply = server.query("SELECT ?film ?maker { ?film schema:director ?maker }", BROWSER)

    assert reply.status == 200
    assert '<th scope="col">film</th>' in reply.text
    assert '<a href="film/the-voice-of-sokurov-2014" lang="en">The Voice of Sokurov</a>' in reply.text
    assert '<a href="person/leena-kilpelainen">Leena Kilpeläinen</a>' in reply.text
    assert 'href="sparql?format=csv&amp;query=SELECT%20' in reply.text


def test_people_get_a_graph_as_text(server: Running) -> None:
    reply = server.query("CONSTRUCT WHERE { ?film schema:genre ?genre }", BROWSER)

    assert "schema:genre &lt;https://films.example.org/genre/documentary&gt; ;" in reply.text


def test_people_get_yes_or_no(server: Running) -> None:
    assert '<p role="status">Yes. Worked out in' in server.query("ASK {}", BROWSER).text


def test_a_long_table_says_that_it_is_not_whole(server: Running) -> None:
    reply = server.query("SELECT * { ?a ?b ?c . ?d ?e ?f }", BROWSER)

    assert "The first " in reply.text
    assert "There is more than this page shows" in reply.text
    assert reply.text.count("<tr>") <= 1001


@pytest.mark.parametrize("accept", [BROWSER, "*/*"])
def test_a_query_is_never_markup(server: Running, accept: str) -> None:
    for query in ("</textarea><script>alert(1)</script>", "SELECT ('<script>alert(1)</script>' AS ?x) {}"):
        reply = server.query(query, accept)
        assert "<script>" not in reply.text or reply.headers["Content-Type"].startswith("application/")


def test_a_mistake_is_shown_beside_the_query(server: Running) -> None:
    reply = server.query("SELECT ?<b>", BROWSER)

    assert reply.status == 400
    assert "SELECT ?&lt;b&gt;</textarea>" in reply.text
    assert 'role="alert"' in reply.text
