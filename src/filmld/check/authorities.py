"""Numbers by which other systems know the things of an archive, however a record writes them."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from filmld.check.identifiers import CHECKS
from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA

LINKS: Final[Mapping[str, re.Pattern[str]]] = MappingProxyType(
    {
        "imdb": regex(r"https?://(?:www\.|m\.)?imdb\.com/(?:title|name|company)/([^/?#]+)/?.*"),
        "wikidata": regex(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/([^/?#]+)"),
        "viaf": regex(r"https?://viaf\.org/viaf/([^/?#]+)/?"),
        "isni": regex(r"https?://(?:www\.)?isni\.org/(?:isni/)?([^/?#]+)"),
        "gnd": regex(r"https?://d-nb\.info/gnd/([^/?#]+)"),
        "eidr": regex(r"https?://doi\.org/(10\.5240/[^?#]+)"),
    }
)
"""The number inside the address that each system gives its entries."""

GIVING = frozenset(SCHEMA + name for name in ("identifier", "sameAs", "titleEIDR", "value"))
"""The properties whose statements can give a number."""


class Number(NamedTuple):
    """A number, and the system that gave it, by its name in lower case."""

    system: str
    number: str

    @property
    def bare(self) -> "Number":
        """The number as it is compared: without blanks, hyphens and the name of the system."""
        given = self.number
        plain = (given if given.isalnum() else re.sub(r"[-\s]", "", given)).upper()
        return Number(self.system, plain.removeprefix(self.system.upper()).lstrip(":"))


def number(triple: Triple, graph: Graph) -> Number | None:
    """The number that a statement gives; ``None`` if it gives none, or one of a system that is not known."""
    subject, predicate, value = triple
    if predicate.value not in GIVING:
        return None
    if isinstance(value, Literal):
        if predicate.value == SCHEMA + "identifier":
            system, _, rest = value.lexical.partition(" ")
            return _known(system.rstrip(":"), rest)
        if predicate.value == SCHEMA + "value":
            systems = (name.lexical for name in graph.literals(subject, SCHEMA + "propertyID"))
            found = (_known(system, value.lexical) for system in systems)
            return next(filter(None, found), None)
        if predicate.value == SCHEMA + "titleEIDR":
            return Number("eidr", value.lexical)
    if isinstance(value, IRI) and predicate.value == SCHEMA + "sameAs":
        for system, pattern in LINKS.items():
            match = pattern.fullmatch(value.value)
            if match:
                return Number(system, match.group(1))
    return None


def _known(system: str, written: str) -> Number | None:
    return Number(system.lower(), written) if system.lower() in CHECKS else None
