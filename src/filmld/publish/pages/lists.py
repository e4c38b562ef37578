"""The home page, the lists, and the page for what is not there."""

from filmld.archive import Record
from filmld.publish.addresses import LISTS
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Download, HomePage, Item, ListPage, MissingPage, Row
from filmld.publish.pages.shell import shell
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

PER_PAGE = 500
"""Entries on one page of a list."""

ON_HOME = 24
"""Films named on the home page; the list has all of them."""


def page_count(records: int) -> int:
    """How many pages a list of so many records has."""
    return max(1, -(-records // PER_PAGE))


def list_path(kind: str, number: int = 1) -> str:
    """The path of one page of a list."""
    return f"{LISTS[kind]}.html" if number == 1 else f"{LISTS[kind]}-{number}.html"


def list_page(desk: Desk, kind: str, number: int) -> ListPage:
    """Make one page of the list of all records of a kind, in the order of their names."""
    entries = sorted((_entry(desk, record) for record in _of_kind(desk, kind)), key=_sorting)
    total = page_count(len(entries))
    heading = desk.words.kinds[kind].many
    here = (Item(text=heading),)
    return ListPage(
        shell=shell(
            desk,
            title=f"{heading} – {number}" if number > 1 else heading,
            description=f"{heading}: {len(entries)} {desk.words.records.of(len(entries))}",
            crumbs=here,
            section=kind,
            canonical=desk.catalog.archive.config.base + list_path(kind, number),
        ),
        heading=heading,
        count=len(entries),
        entries=tuple(entries[(number - 1) * PER_PAGE : number * PER_PAGE]),
        previous=desk.to(list_path(kind, number - 1)) if number > 1 else None,
        following=desk.to(list_path(kind, number + 1)) if number < total else None,
        number=number,
        total=total,
    )


def home_page(desk: Desk) -> HomePage:
    """Make the first page: what the archive has, and where."""
    config = desk.catalog.archive.config
    counts = desk.addresses.kinds
    lists = tuple(
        Row(
            label=desk.words.kinds[kind].of(counts[kind]),
            items=(Item(text=str(counts[kind]), href=desk.to(list_path(kind))),),
        )
        for kind in LISTS
        if kind in counts
    )
    films = sorted((_entry(desk, record) for record in _of_kind(desk, "film")), key=_sorting)
    inventory = ", ".join(f"{row.items[0].text} {row.label.lower()}" for row in lists)
    return HomePage(
        shell=shell(
            desk, title=config.title, description=f"{config.title}: {inventory}", canonical=config.base
        ),
        films=tuple(films[:ON_HOME]),
        lists=lists,
        downloads=_dumps(desk),
    )


def missing_page(desk: Desk) -> MissingPage:
    """Make the page for addresses that lead nowhere."""
    words = desk.words
    return MissingPage(shell=shell(desk, title=words.missing, description=words.missing_text))


def _dumps(desk: Desk) -> tuple[Download, ...]:
    words = desk.words
    return (
        Download(
            name="all.nq",
            href=desk.to("data/all.nq"),
            media_type="application/n-quads",
            note=words.nquads_note,
        ),
        Download(
            name="all.nq.gz",
            href=desk.to("data/all.nq.gz"),
            media_type="application/gzip",
            note=words.nquads_gz_note,
        ),
        Download(
            name="context.jsonld",
            href=desk.to("context.jsonld"),
            media_type="application/ld+json",
            note=words.context_note,
        ),
    )


def _of_kind(desk: Desk, kind: str) -> list[Record]:
    return [record for record in desk.catalog.records.values() if record.kind == kind]


def _entry(desk: Desk, record: Record) -> Item:
    """A record in a list: its name, its year, and for a film who directed it."""
    link = desk.record_link(record)
    graph = desk.catalog.graph(record)
    directors = [desk.item(value, graph) for value in graph.objects(IRI(record.iri), SCHEMA + "director")]
    return Item(text=link.text, language=link.language, href=link.href, remarks=(*link.remarks, *directors))


def _sorting(item: Item) -> tuple[str, str]:
    return item.text.casefold(), item.href or ""
