"""Every fact of the first record is recorded, exported, embedded and shown; nothing else is."""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import rdflib
from pyld import jsonld

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.publish.site import Site
from filmld.turtle.terms import Literal
from filmld.vocab import XSD
from tests.seed.facts import FACTS, FILM, PREFIXES, Fact

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog.load(Archive.open(ROOT))


@pytest.fixture(scope="module")
def site(catalog: Catalog) -> Site:
    return Site(catalog)


@pytest.fixture(scope="module")
def read_back(site: Site) -> rdflib.Graph:
    """All record JSON-LD of the site, read by PyLD, as one rdflib graph."""
    context = json.loads(_body(site, "context.jsonld"))

    def loader(url: str, _options: object) -> dict[str, object]:
        assert url == "https://films.example.org/context.jsonld", f"only our own context is asked for: {url}"
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": context,
        }

    graph = rdflib.Graph(bind_namespaces="none")
    for path in site.all_paths():
        if path.startswith(_KINDS) and path.endswith(".jsonld"):
            document = json.loads(_body(site, path))
            graph.parse(
                data=jsonld.to_rdf(document, {"format": "application/n-quads", "documentLoader": loader}),
                format="nt",
            )
    return graph


_KINDS = tuple(
    f"{kind}/" for kind in ("film", "person", "organization", "festival", "place", "genre", "source")
)


def _body(site: Site, path: str) -> str:
    document = site.render(path)
    assert document is not None, f"the site has no {path}"
    return document.body.decode()


class _Text(HTMLParser):
    """The words a reader finds in a page's body."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in {"head", "script", "style", "template"}

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in {"head", "script", "style", "template"}

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words += data.split()


def shown_text(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return " ".join(parser.words)


def at(value: object, path: str) -> list[str]:
    """All texts at a dotted path, through arrays, in their order."""
    if isinstance(value, list):
        return [text for item in value for text in at(item, path)]
    if not path:
        return [value] if isinstance(value, str) else []
    head, _, rest = path.partition(".")
    return at(value.get(head, []), rest) if isinstance(value, dict) else []


def ids(fact: Fact) -> str:
    return fact.name


@pytest.mark.parametrize("fact", FACTS, ids=ids)
def test_fact_is_answered_by_sparql_over_the_records(fact: Fact, catalog: Catalog) -> None:
    assert bool(catalog.store.query(f"{PREFIXES} ASK {{ {fact.ask} }}", use_default_graph_as_union=True))


@pytest.mark.parametrize("fact", FACTS, ids=ids)
def test_fact_is_in_the_record_json_ld_read_back(fact: Fact, read_back: rdflib.Graph) -> None:
    assert read_back.query(f"{PREFIXES} ASK {{ {fact.ask} }}").askAnswer is True


@pytest.mark.parametrize("fact", FACTS, ids=ids)
def test_fact_is_in_the_embedded_json_ld_where_it_belongs(fact: Fact, site: Site) -> None:
    block = json.loads(embedded(_body(site, f"{FILM}.html")))
    assert bool(fact.embed) != bool(fact.not_embedded), "a fact is embedded, or it is said why not"
    for path, expected in fact.embed:
        found = at(block, path)
        positions = [found.index(text) for text in expected if text in found]
        assert len(positions) == len(expected), f"{path} has {found}"
        assert positions == sorted(positions), f"{path} is in another order: {found}"


@pytest.mark.parametrize("fact", FACTS, ids=ids)
def test_fact_is_in_the_text_of_the_page(fact: Fact, site: Site) -> None:
    text = shown_text(_body(site, f"{fact.page}.html"))
    for words in fact.shown:
        assert words.casefold() in text.casefold()


def embedded(html: str) -> str:
    match = re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert match is not None
    return match.group(1)


def test_facts_are_about_sixty_and_none_is_told_twice() -> None:
    assert len(FACTS) >= 60
    assert len({fact.name for fact in FACTS}) == len(FACTS)
    assert len({(fact.ask, fact.shown) for fact in FACTS}) == len(FACTS)


NOT_ON_THE_PAGE = {
    "The heading misspells the name; breadcrumb, synopsis and captions have Sokurov.": (
        "the cataloguer's note"
    ),
    "The page lists the festival; that the film was shown there is inferred.": "the cataloguer's note",
    "The page captions the logo LM Media; that this is LM Media GmbH is the cataloguer's reading.": (
        "the cataloguer's note"
    ),
    "Locarno International Film Festival": "the page has “Festivsl”, and “Festival” for the others",
}


def test_every_literal_of_the_records_is_on_the_page_or_said_why_not(catalog: Catalog, shared: Path) -> None:
    page = " ".join((shared / "seed" / "the-voice-of-sokurov.txt").read_text(encoding="utf-8").split())
    literals = {triple.object for _, triple in catalog.triples() if isinstance(triple.object, Literal)}
    # An integer is the place of a credit among others: on the page it is an order, not a text.
    texts = {literal.lexical for literal in literals if literal.datatype != XSD + "integer"}
    assert {text for text in texts if " ".join(text.split()) not in page} == set(NOT_ON_THE_PAGE)


def test_dates_and_numbers_are_typed_and_all_other_literals_are_texts(catalog: Catalog) -> None:
    typed = {
        (triple.predicate.value.rsplit("/", 1)[-1].rsplit("#", 1)[-1], triple.object.datatype)
        for _, triple in catalog.triples()
        if isinstance(triple.object, Literal) and triple.object.datatype.startswith(XSD)
    }
    assert typed == {
        ("alternateName", XSD + "string"),
        ("asPrinted", XSD + "string"),
        ("birthDate", XSD + "gYear"),
        ("caption", XSD + "string"),
        ("creditOrder", XSD + "integer"),
        ("dateCreated", XSD + "gYear"),
        ("name", XSD + "string"),
    }
