"""The home page, and the page for what is not there."""

from collections.abc import Sequence

from filmld.archive import Record
from filmld.publish.addresses import LISTS
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.lists import facet_rows, record_entry
from filmld.publish.pages.model import Download, HomePage, Item, MissingPage, Row
from filmld.publish.pages.shell import in_every_language, shell

ON_HOME = 24
"""Films named on the home page; the list has all of them."""


def home_page(desk: Desk, films: Sequence[Record]) -> HomePage:
    """Make the first page: what the archive has, and where.

    Args:
        desk: The page that is being written.
        films: All films, in the order of the list.
    """
    config = desk.catalog.archive.config
    counts = {**desk.addresses.kinds}
    counts["role"] = counts.get("role", 0) + len(desk.overview.roles)
    lists = tuple(
        Row(
            label=desk.words.kinds[kind].of(counts[kind]),
            items=(Item(text=str(counts[kind]), href=desk.page(f"{name}.html")),),
        )
        for kind, name in LISTS.items()
        if counts.get(kind)
    )
    inventory = ", ".join(f"{row.items[0].text} {row.label}" for row in lists)
    frame = shell(desk, title=config.title, description=f"{config.title}: {inventory}", canonical=config.base)
    return HomePage(
        shell=in_every_language(desk, frame, config.base),
        films=tuple(record_entry(desk, film) for film in films[:ON_HOME]),
        lists=lists,
        facets=facet_rows(desk),
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
