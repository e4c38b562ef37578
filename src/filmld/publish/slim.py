"""The data that a browser loads where all of it would be too much."""

from collections.abc import Iterable, Iterator
from typing import Final

from filmld.catalog import Catalog
from filmld.turtle.graph import Graph
from filmld.turtle.terms import Literal, Triple
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


def thinned(graph: Graph) -> Iterator[Triple]:
    """Choose what is left of what a record states."""
    for triple in graph:
        text = triple.object.lexical if isinstance(triple.object, Literal) else ""
        if _is_wanted(triple.predicate.value, text):
            yield triple


def thinned_facts(lines: Iterable[str]) -> Iterator[str]:
    """Choose what is left of derived facts, given as N-Quads lines."""
    for line in lines:
        if _is_wanted(line.split(" ", 2)[1].strip("<>"), line.rpartition('"')[0].partition('"')[2]):
            yield line


def _is_wanted(predicate: str, text: str) -> bool:
    return predicate not in LEFT_OUT and len(text) <= LONGEST_TEXT
