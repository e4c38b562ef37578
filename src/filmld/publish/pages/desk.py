"""Names and links: how any term of a record is put into words on a page."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.diagnostics import Diagnostic
from filmld.publish.addresses import Addresses, relative
from filmld.publish.concepts import Concepts
from filmld.publish.overview import Overview
from filmld.publish.pages.model import Item
from filmld.publish.texts import preferred, showable
from filmld.publish.words import Words
from filmld.turtle.dates import minutes
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term
from filmld.vocab import SCHEMA, XSD, local_name

NAMES = tuple(SCHEMA + name for name in ("name", "headline", "caption", "roleName"))
YEARS = tuple(SCHEMA + name for name in ("dateCreated", "datePublished", "startDate"))

_LINK = re.compile(r"(https?://|mailto:)[^\s\x00-\x20]+", re.IGNORECASE)
_YEAR = re.compile(r"-?\d\d(?:\d\d|\dX|XX)")
"""A year, or the decade or century that an uncertain date (EDTF) names."""

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
        overview: What is known of all records together.
        concepts: What shapes and ontology say of properties and concepts.
        tongues: The languages of the site's pages, the one of plain addresses first.
        has_questions: Whether the site has the pages of questions.
        findings: What a check found in each record, by its file name; ``None`` if there was no check.
    """

    catalog: Catalog
    addresses: Addresses
    words: Words
    path: str
    root: str | None = None
    _: KW_ONLY
    overview: Overview
    concepts: Concepts
    tongues: tuple[str, ...]
    has_questions: bool = False
    findings: Mapping[str, tuple[Diagnostic, ...]] | None = None

    @property
    def languages(self) -> Sequence[str]:
        """The languages in which texts are wanted: that of the page, then those of the archive."""
        return (self.words.language, *self.catalog.archive.config.languages)

    def to(self, target: str) -> str:
        """The way to another file of the site."""
        return relative(self.path, target) if self.root is None else self.root + target

    def page(self, target: str) -> str:
        """The way to a page that there is in every language, given by its plain path."""
        return self.to(prefix(self.words.language, self.tongues) + target)

    @property
    def plain_path(self) -> str:
        """The path of this page without regard to its language."""
        return self.path.removeprefix(prefix(self.words.language, self.tongues))

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
            concept = self.overview.concept_page(iri)
            return self.page(concept) if concept else iri if _LINK.fullmatch(iri) else None
        # What a record says of itself as a whole, and of a part with a name, needs no look into it.
        is_main = iri == record.iri or not (
            self.catalog.brief(record).names_of(IRI(iri))
            or any(self.catalog.graph(record).predicates(IRI(iri)))
        )
        return self.page(self.addresses.page(record.iri if is_main else iri) or "index.html")

    def name(self, resource: Resource, graph: Graph) -> Literal:
        """Choose the name of a thing among those recorded; never a bare hash."""
        if isinstance(resource, IRI) and (known := self._name_of_part(resource)):
            return known
        source = self.graph_of(resource, graph)
        for predicate in NAMES:
            names = preferred(list(source.literals(resource, predicate)), self.languages)
            if names:
                return names[0]
        if isinstance(resource, BlankNode):
            return Literal(self.words.unnamed)
        if "#" in resource.value and self.catalog.record_of(resource.value):
            return self.kinds(source.types(resource))[0]
        label = self.words.certainty_of(resource.value) or self.term_label(resource.value)
        concept = None if label else self.concepts.name(resource.value, self.languages)
        if concept is None and label is None and resource.value.startswith(SCHEMA):
            return Literal(local_name(resource.value))  # such as Female
        return concept or Literal(label or resource.value)

    def _name_of_part(self, resource: IRI) -> Literal | None:
        """The name of a ``#fragment`` entity that has one; its record is not read for it."""
        record = self.catalog.record_of(resource.value) if "#" in resource.value else None
        names = self.catalog.brief(record).names_of(resource) if record else ()
        return preferred(names, self.languages)[0] if names else None

    def record_name(self, record: Record) -> Literal:
        """The name of a record's main entity; only a record without one is read for it."""
        names = preferred(self.catalog.brief(record).names, self.languages)
        return names[0] if names else self.name(IRI(record.iri), self.catalog.graph(record))

    def kinds(self, types: Iterable[str]) -> list[Literal]:
        """What a thing is, in words: by its classes in filmld's ontology, else by those of schema.org."""
        own = sorted(type_ for type_ in types if not type_.startswith(SCHEMA))
        names = [name for type_ in own if (name := self.concepts.name(type_, self.languages))]
        if names:
            return [name._replace(lexical=name.lexical[:1].upper() + name.lexical[1:]) for name in names]
        return [Literal(local_name(type_)) for type_ in sorted(types)] or [Literal(self.words.unnamed)]

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
        name, year = self.record_name(record), _year(self.catalog.brief(record).dates)
        return Item(
            text=showable(name.lexical),
            language=name.language,
            href=self.page(self.addresses.page(record.iri) or "index.html"),
            remarks=(year,) if year else (),
        )

    def year(self, resource: Resource, graph: Graph) -> Item | None:
        """The year that tells a work from others of its name."""
        return _year(literal for predicate in YEARS for literal in graph.literals(resource, predicate))


def prefix(language: str, languages: Sequence[str]) -> str:
    """What the addresses of pages in a language begin with: nothing in the first, else a folder.

    >>> prefix("en", ["en", "fi"]), prefix("fi", ["en", "fi"])
    ('', 'fi/')
    """
    return "" if language == languages[0] else f"{language}/"


def _year(dates: Iterable[Literal]) -> Item | None:
    for literal in dates:
        match = _YEAR.match(literal.lexical)
        if match:
            return Item(text=match[0], moment=match[0] if match[0].isdigit() else None)
    return None


def text_item(literal: Literal) -> Item:
    """Put a literal into words: always the form recorded, so that nothing is read into it.

    A running time is counted in minutes, too; few people read ``PT1H35M``.
    """
    length = minutes(literal.lexical) if literal.datatype == XSD + "duration" else None
    if length is not None:
        recorded = Item(text=showable(literal.lexical))
        return Item(text=f"{length} min", moment=literal.lexical, remarks=(recorded,))
    moment = literal.lexical if literal.datatype in _MOMENTS else None
    return Item(text=showable(literal.lexical), language=literal.language, moment=moment)
