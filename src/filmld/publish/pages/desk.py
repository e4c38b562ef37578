"""Names and links: how any term of a record is put into words on a page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.addresses import Addresses, relative
from filmld.publish.pages.model import Item
from filmld.publish.texts import preferred, showable
from filmld.publish.words import Words
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term
from filmld.vocab import SCHEMA, XSD

NAMES = tuple(SCHEMA + name for name in ("name", "headline", "caption", "roleName"))
YEARS = tuple(SCHEMA + name for name in ("dateCreated", "datePublished", "startDate"))

_LINK = re.compile(r"(https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
_YEAR = re.compile(r"-?\d{4}")
_MOMENTS = frozenset(XSD + name for name in ("date", "dateTime", "gYear", "gYearMonth", "time"))


@dataclass(frozen=True, slots=True)
class Desk:
    """What is needed to write one page.

    Attributes:
        catalog: All records.
        addresses: Where each lies on the site.
        words: The language of the pages.
        path: The page that is being written: links lead from here.
        root: Where the site lies on its host, for a page that may be shown at any address.
        has_questions: Whether the site has the pages of questions.
    """

    catalog: Catalog
    addresses: Addresses
    words: Words
    path: str
    root: str | None = None
    has_questions: bool = False

    @property
    def languages(self) -> Sequence[str]:
        """The languages of the archive, the preferred one first."""
        return self.catalog.archive.config.languages

    def to(self, target: str) -> str:
        """The way to another file of the site."""
        return relative(self.path, target) if self.root is None else self.root + target

    def item(self, term: Term, graph: Graph) -> Item:
        """Put a term into words; ``graph`` is the record it comes from."""
        return text_item(term) if isinstance(term, Literal) else self.link(term, graph)

    def link(self, resource: Resource, graph: Graph, *remarks: Item, anchor: str | None = None) -> Item:
        """Name a thing, and lead to the page that describes it."""
        name = self.name(resource, graph)
        return Item(
            text=showable(name.lexical),
            language=name.language,
            href=self.href(resource.value) if isinstance(resource, IRI) else None,
            anchor=anchor,
            remarks=remarks,
        )

    def href(self, iri: str) -> str | None:
        """The way to what an IRI names: its page here, else its address if that is safe to follow."""
        record = self.catalog.record_of(iri)
        if record is None:
            return iri if _LINK.fullmatch(iri) else None
        known = iri if any(self.catalog.graph(record).predicates(IRI(iri))) else record.iri
        return self.to(self.addresses.page(known) or "index.html")

    def name(self, resource: Resource, graph: Graph) -> Literal:
        """Choose the name of a thing among those recorded; never a bare hash."""
        source = self.graph_of(resource, graph)
        for predicate in NAMES:
            names = preferred(list(source.literals(resource, predicate)), self.languages)
            if names:
                return names[0]
        if isinstance(resource, BlankNode):
            return Literal(self.words.unnamed)
        label = self.words.certainty_of(resource.value) or self.term_label(resource.value)
        return Literal(label or resource.value)

    def term_label(self, iri: str) -> str | None:
        """What a property is called."""
        label = self.words.properties.get(iri)
        return label.one if label else None

    def graph_of(self, resource: Resource, graph: Graph) -> Graph:
        """The record that describes a thing; ``graph`` itself for what it alone knows."""
        record = self.catalog.record_of(resource.value) if isinstance(resource, IRI) else None
        return self.catalog.graph(record) if record else graph

    def record_link(self, record: Record) -> Item:
        """Name a record's main entity, with its year if it has one."""
        graph = self.catalog.graph(record)
        year = self.year(IRI(record.iri), graph)
        return self.link(IRI(record.iri), graph, *((year,) if year else ()))

    def year(self, resource: Resource, graph: Graph) -> Item | None:
        """The year that tells a work from others of its name."""
        for predicate in YEARS:
            for literal in graph.literals(resource, predicate):
                match = _YEAR.match(literal.lexical)
                if match:
                    return Item(text=match[0], moment=match[0])
        return None


def text_item(literal: Literal) -> Item:
    """Put a literal into words: always the form recorded, so that nothing is read into it."""
    moment = literal.lexical if literal.datatype in _MOMENTS else None
    return Item(text=showable(literal.lexical), language=literal.language, moment=moment)
