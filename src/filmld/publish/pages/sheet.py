"""One record while its page is written: what has been told is struck off, the rest is told at the end."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from filmld.archive import Record
from filmld.archive.fields import Field
from filmld.publish.addresses import anchor
from filmld.publish.pages.desk import NAMES, Desk
from filmld.publish.pages.model import Item, Row
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, lang_string
from filmld.vocab import RDF, SCHEMA

_MEASURES: Final = frozenset(SCHEMA + name for name in ("PropertyValue", "QuantitativeValue"))
DEEPEST: Final = 8
"""How many things within things are told in one line."""


class Sheet:
    """A record and its desk; remembers which statements have found their place on the page."""

    def __init__(self, desk: Desk, record: Record) -> None:
        self.desk = desk
        self.record = record
        self.graph = desk.catalog.graph(record)
        self.main = IRI(record.iri)
        self._told: set[tuple[Resource, str]] = set()
        self._anchored: set[Resource] = set()
        self._open: set[Resource] = set()

    def take(self, subject: Resource, *predicates: str) -> list[Term]:
        """The values of properties, which are thereby told."""
        self._told.update((subject, predicate) for predicate in predicates)
        return [value for predicate in predicates for value in self.graph.objects(subject, predicate)]

    def items(self, subject: Resource, *predicates: str) -> tuple[Item, ...]:
        """The values of properties in words."""
        return tuple(self.item(value) for value in self.take(subject, *predicates))

    def item(self, value: Term) -> Item:
        """One value in words; a thing without a name of its own is told by what is stated of it."""
        if isinstance(value, Literal) or value in self._open or len(self._open) >= DEEPEST:
            return self.desk.item(value, self.graph)
        if not isinstance(value, BlankNode) and not self._is_measure(value):
            return self.desk.item(value, self.graph)
        self._open.add(value)
        named = self.take(value, *NAMES)
        self.told(value)
        inner = tuple(item for row in self.rest(value) for item in row.items)
        self._open.remove(value)
        if inner and not named:
            anchored = self.anchor(value) or inner[0].anchor
            return replace(inner[0], anchor=anchored, remarks=(*inner[0].remarks, *inner[1:]))
        return replace(self.desk.link(value, self.graph), remarks=inner)

    def _is_measure(self, thing: Resource) -> bool:
        """Say whether a thing of this record is no more than a number with its unit or system."""
        return self.own(thing) and bool(self.graph.types(thing) & _MEASURES)

    def texts(self, subject: Resource, *predicates: str) -> tuple[Item, ...]:
        """As :meth:`items`, texts in the archive's preferred language first."""
        values = self.take(subject, *predicates)
        first = preferred([value for value in values if isinstance(value, Literal)], self.desk.languages)
        ordered = [*first, *(value for value in values if value not in first)]
        return tuple(self.item(value) for value in ordered)

    def row(self, subject: Resource, predicate: str) -> Row | None:
        """A property with its label, if it has a value."""
        items = self.items(subject, predicate)
        if not items:
            return None
        label = self.named(predicate, len(items), subject)
        foreign = label.language if label.language != self.desk.words.language else None
        return Row(label=showable(label.lexical), items=items, label_language=foreign)

    def rows(self, subject: Resource, *predicates: str) -> tuple[Row, ...]:
        """Properties with their labels: those that have a value."""
        found = (self.row(subject, predicate) for predicate in predicates)
        return tuple(row for row in found if row)

    def rest(self, subject: Resource) -> tuple[Row, ...]:
        """Everything about a subject that has not been told yet, in the order of the shapes."""
        return self.rows(subject, *self.untold_properties(subject))

    def untold_properties(self, subject: Resource) -> list[str]:
        """The properties of a subject that have not been told yet, in the order of the shapes."""
        shaped = list(self._fields(subject))
        places = {name: place for place, name in enumerate(shaped)}
        names = [predicate.value for predicate in self.graph.predicates(subject)]
        untold = [name for name in names if (subject, name) not in self._told]
        return sorted(untold, key=lambda name: places.get(name, len(places)))

    def group(self, subject: Resource, predicate: str) -> str | None:
        """The group that the shapes put a property of a subject into."""
        field = self._fields(subject).get(predicate)
        return field.group if field else None

    def label(self, predicate: str, count: int) -> str:
        """What a property of the main entity is called for so many values."""
        return showable(self.named(predicate, count, self.main).lexical)

    def named(self, predicate: str, count: int, subject: Resource) -> Literal:
        """What a property is called: as the shapes have it in the language of the page, else as pages do.

        Shapes name a property once; where they name it as we do, we know its plural.
        """
        language = self.desk.words.language
        field, ours = self._fields(subject).get(predicate), self.desk.words.properties.get(predicate)
        if field and field.name and field.language == language:
            is_same = ours is not None and ours.one.casefold() == field.name.casefold()
            return lang_string(ours.of(count) if ours and is_same else _capital(field.name), language)
        if ours:
            return lang_string(ours.of(count), language)
        concept = self.desk.concepts.name(predicate, self.desk.languages)
        if concept and (concept.language == language or not (field and field.name)):
            return lang_string(_capital(concept.lexical), concept.language or language)
        if field and field.name:
            return lang_string(_capital(field.name), field.language or language)
        return lang_string(_spoken(predicate), language)

    def _fields(self, subject: Resource) -> Mapping[str, Field]:
        return self.desk.concepts.fields(self.graph.types(subject), self.desk.words.language)

    def anchor(self, resource: Resource) -> str | None:
        """Give a ``#fragment`` entity its place on the page; the first who asks has it."""
        if not isinstance(resource, IRI) or resource in self._anchored:
            return None
        record, mark, fragment = resource.value.partition("#")
        if record != self.record.iri or not mark:
            return None
        self._anchored.add(resource)
        return anchor(fragment)

    def of_type(self, *names: str) -> Iterator[Resource]:
        """The subjects of the given classes, in the order of the text."""
        wanted = frozenset(names)
        for subject in self.graph.subjects():
            if self.graph.types(subject) & wanted:
                yield subject

    def untold(self) -> Iterator[Resource]:
        """The subjects other than the main one of which something has not been told."""
        for subject in self.graph.subjects():
            if subject != self.main and any(
                (subject, predicate.value) not in self._told for predicate in self.graph.predicates(subject)
            ):
                yield subject

    def told(self, subject: Resource, *predicates: str) -> None:
        """Strike off what the place of a thing on the page says by itself."""
        self.take(subject, *predicates, RDF + "type")

    def own(self, value: Term) -> bool:
        """Say whether a thing is described in this record alone, and is not its main entity."""
        if isinstance(value, BlankNode):
            return True
        return isinstance(value, IRI) and value.value.startswith(f"{self.record.iri}#")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spoken(predicate: str) -> str:
    """Make a label from the name of a property that filmld does not know."""
    name = predicate.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
    words = "".join(f" {char.lower()}" if char.isupper() else char for char in name).replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else predicate


def schema(*names: str) -> tuple[str, ...]:
    """The IRIs of schema.org terms."""
    return tuple(SCHEMA + name for name in names)
