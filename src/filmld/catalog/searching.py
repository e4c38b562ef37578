"""Facts that make names found at once: which words they have, and how these words begin.

A query that looks through all names takes 400 to 750 ms for 160,000 of them; by these facts it
takes one to a few. They lead from the word to the thing, so that nobody who asks for all that
is said of a thing meets them:

    ?word fld:beginsWith "soku" ; fld:wordOf ?thing

A word is an IRI made of itself, folded: without case and diacritics. Names of other scripts are
found by their usual Latin letters, too; scripts without spaces from every letter on.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from filmld.catalog.folding import beginnings as words_beginning
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import FLD, SCHEMA

WORD: Final = "urn:filmld:word:"
LONGEST_WORD: Final = 40
LONGEST_BEGINNING: Final = 16
"""Whoever has typed so much of a word means it."""

_NAMES: Final = (SCHEMA + "name", SCHEMA + "alternateName", FLD + "transcribedForm")
_TITLE: Final = FLD + "title"


def words(name: str) -> tuple[str, ...]:
    """The words that a name is found by, each once.

    >>> words("Kilpeläinen"), words("Голос Сокурова"), words("東京")
    (('kilpelainen',), ('голос', 'golos', 'сокурова', 'sokurova'), ('東京', '京'))
    """
    return tuple(dict.fromkeys(word[:LONGEST_WORD] for word in words_beginning(name)))


def names(graph: Graph, thing: IRI) -> Iterator[str]:
    """Every name and title that a record gives the thing it describes."""
    for property_ in _NAMES:
        yield from (literal.lexical for literal in graph.literals(thing, property_))
    for title in graph.resources(thing, _TITLE):
        yield from (literal.lexical for literal in graph.literals(title, SCHEMA + "name"))


def found_by(graph: Graph, thing: str) -> dict[str, Triple]:
    """The words that a thing is found by, each with the fact that says so."""
    subject = IRI(thing)
    found = dict.fromkeys(word for name in names(graph, subject) for word in words(name))
    return {word: Triple(IRI(WORD + word), IRI(FLD + "wordOf"), subject) for word in found}


def beginnings(found: Iterable[str]) -> Iterator[Triple]:
    """How each word begins, the whole word included."""
    for word in found:
        node = IRI(WORD + word)
        for length in {*range(1, min(len(word), LONGEST_BEGINNING) + 1), len(word)}:
            yield Triple(node, IRI(FLD + "beginsWith"), Literal(word[:length]))
