"""The W3C tests of SPARQL 1.1 Service Description: the manifest names them, the specification defines them.

They have no data of their own: "GET on endpoint returns RDF", "contains a matching sd:endpoint triple",
"conforms to schema". The schema is that of the namespace, laid down in sections 3.2 to 3.4 of the
specification: the classes, and the domain and range of each property.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.serve.running import Running

SD = "http://www.w3.org/ns/sparql-service-description#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"

PROPERTIES = {
    "endpoint": ("Service", None),
    "feature": ("Service", "Feature"),
    "defaultEntailmentRegime": ("Service", "EntailmentRegime"),
    "entailmentRegime": ("NamedGraph", "EntailmentRegime"),
    "defaultSupportedEntailmentProfile": ("Service", "EntailmentProfile"),
    "supportedEntailmentProfile": ("NamedGraph", "EntailmentProfile"),
    "extensionFunction": ("Service", "Function"),
    "extensionAggregate": ("Service", "Aggregate"),
    "languageExtension": ("Service", "Feature"),
    "supportedLanguage": ("Service", "Language"),
    "propertyFeature": ("Service", "Feature"),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "resultFormat": ("Service", "Format"),
    "inputFormat": ("Service", "Format"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "name": ("NamedGraph", None),
    "graph": ("NamedGraph", "Graph"),
}
"""§3.4: what each property is about, and what it leads to; ``None`` for any resource."""

INSTANCES = {
    "Language": {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update"},
    "Feature": {
        "DereferencesURIs",
        "UnionDefaultGraph",
        "RequiresDataset",
        "EmptyGraphs",
        "BasicFederatedQuery",
    },
}
"""§3.3: the instances that the namespace has."""

SUBCLASSES = {"Dataset": "GraphCollection", "Aggregate": "Function"}


@pytest.fixture(scope="module")
def description(server: Running) -> list[ox.Quad]:
    reply = server.ask("/sparql", headers={"Accept": "text/turtle"})
    assert reply.status == 200
    return list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE, base_iri=server.home + "sparql"))


def terms(quads: list[ox.Quad]) -> Iterator[tuple[str, str, str]]:
    """The statements of the namespace, without it: subject, property, object."""
    for quad in quads:
        yield str(quad.subject), quad.predicate.value.removeprefix(SD), str(quad.object)


def test_the_suite_has_these_three_tests_and_no_more(shared: Path) -> None:
    manifest = (shared / "suites" / "sparql11" / "service-description" / "manifest.ttl").read_text("utf-8")
    entries = re.search(r"mf:entries\s*\((.*?)\)", manifest, re.DOTALL)
    assert entries
    assert entries[1].split() == [":has-endpoint-triple", ":returns-rdf", ":conforms-to-schema"]


@pytest.mark.parametrize("accept", ["text/turtle", "*/*", "application/rdf+xml;q=0.1, text/turtle"])
def test_get_on_the_endpoint_returns_rdf(server: Running, accept: str) -> None:
    reply = server.ask("/sparql", headers={"Accept": accept})
    assert reply.headers["Content-Type"].startswith("text/turtle")
    assert list(ox.parse(reply.body, format=ox.RdfFormat.TURTLE, base_iri=server.home))


def test_it_contains_a_matching_endpoint_triple(server: Running, description: list[ox.Quad]) -> None:
    found = [(subject, target) for subject, name, target in terms(description) if name == "endpoint"]
    services = {subject for subject, name, target in terms(description) if target == f"<{SD}Service>"}
    assert [target for _, target in found] == [f"<{server.home}sparql>"]
    assert {subject for subject, _ in found} == services


def test_it_conforms_to_the_schema(description: list[ox.Quad]) -> None:
    classes: dict[str, set[str]] = {}
    for subject, name, target in terms(description):
        if name == TYPE:
            classes.setdefault(subject, set()).add(target.removeprefix(f"<{SD}").rstrip(">"))
    for subject, name, target in terms(description):
        if name == TYPE:
            continue
        assert name in PROPERTIES, name
        domain, target_class = PROPERTIES[name]
        known = classes[subject]
        assert domain in known | {SUBCLASSES.get(each) for each in known}, (subject, name)
        assert not target.startswith('"'), (name, target)
        own = target.removeprefix(f"<{SD}").rstrip(">")
        if target_class in INSTANCES and target.startswith(f"<{SD}"):
            assert own in INSTANCES[target_class]
        elif target_class and target in classes:
            assert target_class in classes[target]
        elif target_class in {"Dataset", "Graph"}:
            pytest.fail(f"{target} is said to be no {target_class}")
