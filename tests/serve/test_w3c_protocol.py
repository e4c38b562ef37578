"""The W3C's tests of the SPARQL 1.1 Protocol: queries pass, updates are refused."""

import http.client
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

import pyoxigraph as ox
import pytest

from tests.serve.running import Running, serving

FOLDER = Path("suites", "sparql11", "protocol")
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
MANIFEST = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
HT = "http://www.w3.org/2011/http#"
CNT = "http://www.w3.org/2011/content#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
FORMATS = {
    "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
    "tabular": {"application/sparql-results+json", "application/sparql-results+xml", "text/csv"},
    "RDF": {"text/turtle; charset=utf-8", "application/rdf+xml", "application/n-triples"},
}


Term: TypeAlias = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


class Exchange(NamedTuple):
    """One request of a test, and what is expected."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: set[str]
    boolean: bool | None
    kind: str | None


class Manifest:
    """The tests as a graph."""

    def __init__(self, path: Path) -> None:
        self._store = ox.Store()
        self._store.bulk_load(path=path, format=ox.RdfFormat.TURTLE, base_iri="urn:manifest")

    def tests(self) -> Iterator[tuple[str, list[Exchange]]]:
        for entry in self._list(self._one(ox.NamedNode("urn:manifest"), MANIFEST + "entries")):
            assert isinstance(entry, ox.NamedNode)
            action = self._one(entry, MANIFEST + "action")
            requests = self._list(self._one(action, HT + "requests"))
            yield entry.value.rpartition("#")[2], [self._exchange(request) for request in requests]

    def _exchange(self, request: Term) -> Exchange:
        headers = {}
        if fields := self._value(request, HT + "headers"):
            for field in self._list(fields):
                name, value = self._text(field, HT + "fieldName"), self._text(field, HT + "fieldValue")
                if name.lower() != "content-length":
                    headers[name] = value
        response = self._one(request, HT + "resp")
        body = self._value(request, HT + "body")
        boolean = self._value(response, MANIFEST + "expectedBoolean")
        kind = self._value(response, MANIFEST + "expectedFormat")
        return Exchange(
            method=self._text(request, HT + "methodName"),
            path=self._text(request, HT + "absolutePath"),
            headers=headers,
            body=None if body is None else self._content(body),
            statuses={
                str(status).rpartition("StatusCode")[2][:1]
                for status in self._values(response, MANIFEST + "expectedStatus")
            },
            boolean=None if boolean is None else "true" in str(boolean),
            kind=kind.value if isinstance(kind, ox.Literal) else None,
        )

    def _content(self, body: Term) -> bytes:
        return self._text(body, CNT + "chars").encode(self._text(body, CNT + "characterEncoding"))

    def _values(self, subject: Term, predicate: str) -> list[Term]:
        assert isinstance(subject, ox.NamedNode | ox.BlankNode)
        return [quad.object for quad in self._store.quads_for_pattern(subject, ox.NamedNode(predicate), None)]

    def _value(self, subject: Term, predicate: str) -> Term | None:
        return next(iter(self._values(subject, predicate)), None)

    def _one(self, subject: Term, predicate: str) -> Term:
        (value,) = self._values(subject, predicate)
        return value

    def _text(self, subject: Term, predicate: str) -> str:
        value = self._one(subject, predicate)
        assert isinstance(value, ox.Literal)
        return value.value

    def _list(self, node: Term) -> Iterator[Term]:
        while isinstance(node, ox.BlankNode):
            yield self._one(node, RDF + "first")
            node = self._one(node, RDF + "rest")


@pytest.fixture(scope="module")
def suite(shared: Path) -> Path:
    return shared / FOLDER


@pytest.fixture(scope="module")
def endpoint(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("protocol") / "data.nq"
    with data.open("wb") as file:
        for number in (1, 2, 3):
            triples = ox.parse(path=suite / f"data{number}.nt", format=ox.RdfFormat.N_TRIPLES)
            graph = ox.NamedNode(DATA.format(number))
            quads = (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in triples)
            ox.serialize(quads, file, ox.RdfFormat.N_QUADS)
    with serving(data.parent, "--data", str(data)) as running:
        yield running


def failure(endpoint: Running, exchange: Exchange) -> str | None:
    reply = endpoint.ask(exchange.path, exchange.method, exchange.headers, exchange.body)
    said = f"{reply.status} {reply.headers['Content-Type']} {reply.body[:200]!r}"
    if str(reply.status)[0] not in exchange.statuses:
        return said
    if exchange.kind and reply.headers["Content-Type"] not in FORMATS[exchange.kind]:
        return said
    if exchange.boolean is not None and str(exchange.boolean).lower() not in reply.text:
        return said
    return None


def test_queries_are_answered_as_the_protocol_has_it(suite: Path, endpoint: Running) -> None:
    tests = dict(Manifest(suite / "manifest.ttl").tests())
    queries = {name for name in tests if not name.startswith("update_")}
    failures = {
        name: said
        for name in sorted(queries)
        for exchange in tests[name]
        if (said := failure(endpoint, exchange))
    }

    assert len(queries) == 27
    assert failures == {}


def test_updates_are_refused(suite: Path, endpoint: Running) -> None:
    for name, exchanges in Manifest(suite / "manifest.ttl").tests():
        if name.startswith("update_"):
            first = exchanges[0]
            reply = endpoint.ask(first.path, first.method, first.headers, first.body)
            assert reply.status in {http.client.METHOD_NOT_ALLOWED, http.client.BAD_REQUEST}, name
