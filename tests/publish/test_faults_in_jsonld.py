"""JSON-LD that wants too much, and JSON-LD of ours that must be exact (FAULTS J01-J06, J09, J10)."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest
from pyld import jsonld
from pyld.jsonld import JsonLdError

from filmld.catalog import Catalog
from filmld.publish import dumps
from filmld.publish.jsonld import context, record_document
from filmld.publish.jsontext import Json, pretty, script_element
from filmld.publish.processor import frame, read
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA
from tests.canary import Canary
from tests.corpus import corpus_catalogs
from tests.publish.test_jsonld import as_ntriples, assert_read_back, canonical

MANY = 3000
"""Records of the corpus that the gate has time for."""


@pytest.fixture
def canary() -> Iterator[Canary]:
    with Canary() as found:
        yield found


def documents(address: str) -> Iterator[Json]:
    """The ways to name a context that lies elsewhere."""
    yield {"@context": address, "@id": "urn:x", "name": "X"}
    yield {"@context": [{"@vocab": SCHEMA}, address], "@id": "urn:x", "name": "X"}
    yield {"@context": {"@version": 1.1, "@import": address}, "@id": "urn:x", "name": "X"}
    scoped: Json = {"@version": 1.1, "a": {"@id": "urn:a", "@context": address}}
    yield {"@context": scoped, "@id": "urn:x", "a": {"b": "c"}}
    yield {"@context": {"@vocab": SCHEMA}, "@id": "urn:x", "about": {"@context": address, "name": "Y"}}


@pytest.mark.parametrize("kind", range(5))
def test_j01_j04_a_context_from_elsewhere_is_an_error_and_nobody_is_asked(kind: int, canary: Canary) -> None:
    document = list(documents(canary.address))[kind]
    with pytest.raises((JsonLdError, ValueError)):
        read(document)
    assert canary.visits == 0


def test_j02_another_loader_that_is_installed_is_not_used(
    canary: Canary, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetched(url: str, options: object) -> object:
        raise AssertionError(url)

    for name in ("requests", "aiohttp"):
        monkeypatch.setitem(sys.modules, name, ModuleType(name))
    monkeypatch.setattr(jsonld, "_default_document_loader", fetched)
    for document in documents(canary.address):
        with pytest.raises((JsonLdError, ValueError)):
            read(document)
    assert canary.visits == 0


@pytest.mark.parametrize("kind", range(5))
@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "context.jsonld", "../context.jsonld", "/etc/passwd"]
)
def test_j03_no_file_is_read_as_a_context(address: str, kind: int) -> None:
    with pytest.raises((JsonLdError, ValueError)):
        read(list(documents(address))[kind])


def test_j04_a_frame_with_a_context_from_elsewhere_is_an_error(canary: Canary) -> None:
    facts = [Triple(IRI("urn:x"), IRI(SCHEMA + "name"), Literal("X"))]
    with pytest.raises((JsonLdError, ValueError)):
        frame(facts, {"@context": canary.address, "@id": "urn:x"})
    assert canary.visits == 0


@pytest.mark.parametrize(
    "words",
    [
        {"a": "b:x", "b": "a:y"},
        {"a": {"@id": "a:b"}},
        {"a": {"@id": "urn:a", "@context": {"b": "c:d", "c": "b:e"}}},
    ],
)
def test_j06_a_context_that_goes_round_in_a_circle_is_an_error(words: Json) -> None:
    with pytest.raises((JsonLdError, ValueError)):
        read({"@context": words, "@id": "urn:x", "a": {"b": "c"}})


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf"), "\ud800", {"\udfff": 1}])
def test_j09_what_is_no_strict_json_is_never_written(value: Json) -> None:
    for write in (pretty, script_element):
        with pytest.raises(ValueError):  # noqa: PT011  the kind of error is all that is promised
            write({"name": value})


def test_j10_records_of_a_real_catalogue_read_back_exactly(shared: Path, tmp_path: Path) -> None:
    for made in corpus_catalogs(shared, tmp_path, count=40, every=40):
        for record in made.records.values():
            assert_read_back(*dumps.stable_graph(made, record))


@pytest.mark.slow
def test_j10_many_records_of_a_real_catalogue_read_back_exactly(shared: Path, tmp_path: Path) -> None:
    read_back = 0
    for made in corpus_catalogs(shared, tmp_path, count=MANY, every=12):
        read_back += sum(is_exact(made, record_iri) for record_iri in made.records)
    assert read_back == MANY


def is_exact(made: Catalog, iri: str) -> bool:
    graph = dumps.stable_graph(made, made.records[iri])
    written = pretty(record_document([graph], context()))
    found = "".join(f"{quad.triple} .\n" for quad in ox.parse(written, format=ox.RdfFormat.JSON_LD))
    return canonical(found) == canonical(as_ntriples(list(graph)))
