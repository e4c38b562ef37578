"""A record as a card, for a frame in somebody else's page."""

from collections.abc import Iterator

from filmld.archive import Record
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import CardPage, Item
from filmld.publish.pages.shell import shortened
from filmld.publish.texts import preferred, showable
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import SCHEMA

_BELOW = tuple(SCHEMA + name for name in ("director", "genre", "jobTitle", "location"))
_TEXTS = tuple(SCHEMA + name for name in ("abstract", "description"))


def card_page(desk: Desk, record: Record) -> CardPage:
    """Make the card of a record's main entity: its name, and what tells it from others."""
    graph, main = desk.catalog.graph(record), IRI(record.iri)
    return CardPage(
        heading=desk.link(main, graph),
        year=desk.year(main, graph),
        byline=tuple(_byline(desk, record)),
        summary=_summary(desk, record),
        archive=desk.catalog.archive.config.title,
        iri=record.iri,
        href=desk.to(f"{desk.addresses.stem(record.iri)}.html"),
        style=desk.to("assets/card.css"),
    )


def _byline(desk: Desk, record: Record) -> Iterator[Item]:
    graph = desk.catalog.graph(record)
    for predicate in _BELOW:
        values = dict.fromkeys(graph.objects(IRI(record.iri), predicate))
        yield from (desk.item(value, graph) for value in values if isinstance(value, IRI | Literal))


def _summary(desk: Desk, record: Record) -> Item | None:
    graph = desk.catalog.graph(record)
    texts = [text for predicate in _TEXTS for text in graph.literals(IRI(record.iri), predicate)]
    chosen = preferred(texts, desk.languages)
    return Item(text=showable(shortened(chosen[0])), language=chosen[0].language) if chosen else None
