"""Answers as tables: every term as its name or its text, with the way to where it is described."""

from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from filmld.publish.jsontext import Json
from filmld.publish.pages.asking import Cell, Rows
from filmld.publish.pages.desk import Desk
from filmld.publish.results import Results, Solution
from filmld.publish.texts import showable
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import XSD, curie

_NUMBERS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "gYear"))


class Namer(Protocol):
    """Says what a thing is called and where its page is."""

    def thing(self, iri: str) -> Cell | None:
        """The thing as it is shown; ``None`` if nothing is known of it."""


class CatalogNamer:
    """Names things as the pages of the site do."""

    def __init__(self, desk: Desk, terms: Mapping[str, str]) -> None:
        self._desk = desk
        self._terms = terms

    def thing(self, iri: str) -> Cell | None:
        """The thing as it is shown; ``None`` if nothing is known of it."""
        if self._desk.catalog.record_of(iri):
            item = self._desk.link(IRI(iri), Graph(()))
            return Cell(text=item.text, href=item.href, language=item.language)
        name = self._terms.get(iri)
        return Cell(text=name) if name else None


def cell(term: Term | None, namer: Namer) -> Cell:
    """Show a term."""
    match term:
        case None:
            return Cell(text="")
        case Literal(lexical, datatype, language):
            return Cell(text=showable(lexical), language=language, numeric=datatype in _NUMBERS)
        case IRI(value):
            return namer.thing(value) or Cell(text=curie(value).strip("<>"), href=_web(value))
        case _:
            return Cell(text=str(term))


def rows(results: Results, namer: Namer, most: int) -> Rows:
    """Show the first rows of an answer."""
    shown: Iterable[Solution] = results.rows[:most]
    return Rows(
        variables=results.variables,
        rows=tuple(tuple(cell(row.get(name), namer) for name in results.variables) for row in shown),
        cut=len(results.rows) > most,
    )


def names(results: Results, namer: Namer, most: int) -> dict[str, Json]:
    """What the things in an answer are called and where they are described, for scripts."""
    found: dict[str, Json] = {}
    for row in results.rows[:most]:
        for term in row.values():
            thing = namer.thing(term.value) if isinstance(term, IRI) and term.value not in found else None
            if thing and isinstance(term, IRI):
                found[term.value] = [thing.text, thing.href, thing.language]
    return found


def _web(iri: str) -> str | None:
    return iri if iri.startswith(("https://", "http://")) else None
