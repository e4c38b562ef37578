"""The data that a browser loads where all of it would be too much."""

from collections.abc import Iterator
from typing import Final

from filmld.catalog import Catalog
from filmld.publish.pages.sparql import Setting
from filmld.publish.plan import Plan
from filmld.turtle.terms import Literal
from filmld.vocab import FLD, SCHEMA

LARGE_QUESTION: Final = "is-large"
LARGE: Final = 1_000_000
"""More statements than this are thinned out: a browser needs 600 bytes and some microseconds for each."""

LONGEST_TEXT: Final = 200
LEFT_OUT: Final = frozenset(
    [FLD + "beginsWith", FLD + "wordOf"]
    + [
        SCHEMA + name
        for name in ("caption", "contentUrl", "height", "image", "license", "thumbnailUrl", "width")
    ]
)


def is_large(catalog: Catalog) -> bool:
    """Say whether a browser gets the thinned data."""
    return catalog.statements > LARGE


def local_setting(plan: Plan, path: str) -> Setting:
    """Where a page stands whose visitor's browser answers; how large the data is matters only so far.

    Args:
        plan: What is published.
        path: The plain path of the page.
    """
    plan.note(LARGE_QUESTION, "")
    desk = plan.desk(path)
    slim = plan.words.asking["slim_without"].format(LONGEST_TEXT) if is_large(plan.whole) else None
    return Setting(
        config=plan.whole.archive.config,
        root=desk.to("index.html").removesuffix("index.html"),
        endpoint=None,
        words=plan.words,
        folder=desk.page("index.html").removesuffix("index.html"),
        slim=slim,
    )


def lines(catalog: Catalog) -> Iterator[str]:
    """The thinned data as N-Quads lines, what follows from the records included."""
    for record, triple in catalog.triples():
        text = triple.object.lexical if isinstance(triple.object, Literal) else ""
        if triple.predicate.value not in LEFT_OUT and len(text) <= LONGEST_TEXT:
            yield f"{triple.subject} {triple.predicate} {triple.object} <{record.document}> .\n"
    for line in catalog.derived_nquads():
        text = line.rpartition('"')[0].partition('"')[2]
        if line.split(" ", 2)[1].strip("<>") not in LEFT_OUT and len(text) <= LONGEST_TEXT:
            yield line
