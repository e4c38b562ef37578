"""What other records say about an entity: the films of a person, the people of an institution."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from filmld.archive import Record
from filmld.catalog import Reference
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.lists import sorted_records
from filmld.publish.pages.model import Item, Opinion, Row
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import preferred, showable
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

MOST: Final = 100
"""How many records a page looks at for one property; a list of its own has all of them."""

LINKED: Final = "linked"
"""The folder of those lists."""

_REVIEWS = frozenset(schema("Review", "CriticReview"))
_ROLES = frozenset({SCHEMA + "Role", SCHEMA + "PerformanceRole", FLD + "Credit"})
_SILENT = frozenset({FLD + "Assertion", *schema("ImageObject", "WebPage")})


class _Mention(NamedTuple):
    """A reference, in the words of the page."""

    label: str
    record: Record


def works(sheet: Sheet) -> tuple[Row, ...]:
    """Where the main entity is named, by its capacity there."""
    groups: dict[str, dict[str, Record]] = {}
    for label, record in sorted(_mentions(sheet)):
        groups.setdefault(label, {})[record.iri] = record
    return tuple(
        Row(label=label, items=_links(sheet, list(records.values()))) for label, records in groups.items()
    )


def quoted(sheet: Sheet) -> Iterator[Opinion]:
    """The reviews that the main entity has written."""
    for reference in _references(sheet):
        graph = sheet.desk.catalog.graph(reference.record)
        review = IRI(reference.subject)
        if reference.predicate == SCHEMA + "author" and graph.types(review) & _REVIEWS:
            texts = tuple(
                sheet.desk.item(text, graph) for text in graph.literals(review, SCHEMA + "reviewBody")
            )
            yield Opinion(texts=texts, heads=(sheet.desk.record_link(reference.record),))


def all_works(sheet: Sheet) -> Item | None:
    """The way to the list of all records that name the main entity, where the page does not show them all."""
    count = sheet.desk.catalog.mentions(sheet.record.iri)
    if count <= MOST:
        return None
    place = linked_place(sheet.desk.addresses.stem(sheet.record.iri))
    return Item(text=sheet.desk.words.all_of_them.format(count), href=sheet.desk.page(f"{place}.html"))


def linked_place(stem: str) -> str:
    """The path of the list of all records that name the entity of a record, without its ending."""
    return f"{LINKED}/{stem}/all"


def linking(desk: Desk, record: Record) -> tuple[Record, ...]:
    """All other records that name a record's entity, in the order of IRIs."""
    found = {reference.record.iri: reference.record for reference in desk.catalog.references(record.iri)}
    return tuple(found[iri] for iri in sorted(found) if iri != record.iri)


def linked_entry(desk: Desk, record: Record, other: Record) -> Item:
    """A record that names another's entity, and as what."""
    sheet = Sheet(desk, record)
    mine = desk.catalog.references(record.iri, other)
    graph = desk.catalog.graph(other)
    capacities = dict.fromkeys(filter(None, (_capacity(sheet, ref, graph) for ref in mine)))
    link = desk.record_link(other)
    return replace(link, remarks=(*link.remarks, *(Item(text=text) for text in capacities)))


def _links(sheet: Sheet, records: list[Record]) -> tuple[Item, ...]:
    return tuple(map(sheet.desk.record_link, sorted_records(sheet.desk, records).things))


def _references(sheet: Sheet) -> list[Reference]:
    """The statements of other records, no more than a page can show for each property."""
    counts: Counter[str] = Counter()
    found = []
    for reference in sheet.desk.catalog.references(sheet.record.iri):
        counts[reference.predicate] += reference.record.iri != sheet.record.iri
        if reference.record.iri != sheet.record.iri and counts[reference.predicate] <= MOST:
            found.append(reference)
    return found


def _mentions(sheet: Sheet) -> Iterator[_Mention]:
    for reference in _references(sheet):
        graph = sheet.desk.catalog.graph(reference.record)
        label = _capacity(sheet, reference, graph)
        if label:
            yield _Mention(label, reference.record)


def _capacity(sheet: Sheet, reference: Reference, graph: Graph) -> str | None:
    """Say as what an entity is named; ``None`` where that is told elsewhere or is no news."""
    subject = IRI(reference.subject)
    types = graph.types(subject)
    if FLD + "Record" in types:
        return _kind(sheet, reference.record) if reference.predicate == SCHEMA + "isBasedOn" else None
    if types & _SILENT or types & _REVIEWS:
        return None
    if types & _ROLES:
        names = preferred(list(graph.literals(subject, SCHEMA + "roleName")), sheet.desk.languages)
        if names:
            return showable(names[0].lexical)
        for role in graph.resources(subject, SCHEMA + "roleName"):
            return showable(sheet.desk.name(role, graph).lexical)
    if SCHEMA + "PublicationEvent" in types:
        names = preferred(list(graph.literals(subject, SCHEMA + "name")), sheet.desk.languages)
        if names:
            return showable(names[0].lexical)
    label = sheet.desk.words.capacities.get(reference.predicate)
    return label.one if label else sheet.label(reference.predicate, 1)


def _kind(sheet: Sheet, record: Record) -> str:
    kind = sheet.desk.words.kinds.get(record.kind)
    return kind.many if kind else sheet.desk.words.other_records
