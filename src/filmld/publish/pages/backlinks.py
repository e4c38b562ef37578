"""What other records say about an entity: the films of a person, the people of an institution."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from filmld.archive import Record
from filmld.catalog import Reference
from filmld.publish.pages.model import Item, Opinion, Row
from filmld.publish.pages.sheet import Sheet, schema
from filmld.publish.texts import preferred, showable
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

MOST: Final = 500
"""How many records a page names under one heading; a query finds the others."""

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


def _links(sheet: Sheet, records: list[Record]) -> tuple[Item, ...]:
    links = [sheet.desk.record_link(record) for record in records[:MOST]]
    links.sort(key=lambda link: (link.text.casefold(), link.href or ""))
    if len(records) > MOST:
        links.append(Item(text=sheet.desk.words.and_more.format(len(records) - MOST)))
    return tuple(links)


def _references(sheet: Sheet) -> list[Reference]:
    return [
        reference
        for reference in sheet.desk.catalog.references(sheet.record.iri)
        if reference.record.iri != sheet.record.iri
    ]


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
    if SCHEMA + "PublicationEvent" in types:
        names = preferred(list(graph.literals(subject, SCHEMA + "name")), sheet.desk.languages)
        if names:
            return showable(names[0].lexical)
    label = sheet.desk.words.capacities.get(reference.predicate)
    return label.one if label else sheet.label(reference.predicate, 1)


def _kind(sheet: Sheet, record: Record) -> str:
    kind = sheet.desk.words.kinds.get(record.kind)
    return kind.many if kind else sheet.desk.words.other_records
