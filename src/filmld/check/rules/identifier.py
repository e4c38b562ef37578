"""A number by which another system knows the film cannot be right.

What it does:
    Checks identifiers of other systems (ISAN, EIDR, ISNI, GND, IMDb, Wikidata, VIAF): their form, and
    the check character where the system has one.

Why it matters:
    One mistyped digit links the film to another film, and nobody will notice.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:identifier "ISAN 0000-0000-D07A-0090-P" ;
    .
    ```

Instead:
    Compare with the printed number, and correct the digit:

    ```turtle
    film:the-voice-of-sokurov-2014
        schema:identifier "ISAN 0000-0000-D07A-0090-Q" ;
    .
    ```
"""

import re
from collections.abc import Iterator
from types import MappingProxyType

from filmld.check.findings import Words, finding
from filmld.check.identifiers import CHECKS, Fault
from filmld.check.index import Index
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Triple
from filmld.vocab import SCHEMA

CODE = "identifier"
NAME = "Identifier"
SEVERITY = Severity.WARNING

_LINKS = MappingProxyType(
    {
        "imdb": re.compile(r"https?://(?:www\.|m\.)?imdb\.com/(?:title|name|company)/([^/?#]+)/?.*"),
        "wikidata": re.compile(r"https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/([^/?#]+)"),
        "viaf": re.compile(r"https?://viaf\.org/viaf/([^/?#]+)/?"),
        "isni": re.compile(r"https?://(?:www\.)?isni\.org/(?:isni/)?([^/?#]+)"),
        "gnd": re.compile(r"https?://d-nb\.info/gnd/([^/?#]+)"),
        "eidr": re.compile(r"https?://doi\.org/(10\.5240/[^?#]+)"),
    }
)
"""The number inside the address that each system gives its entries."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each identifier that cannot be right."""
    graph = index.graph(document)
    for triple in document.triples:
        fault = _fault(triple, graph)
        if fault:
            words = Words(message=fault.message, label=fault.label, hint=fault.hint)
            yield finding(CODE, SEVERITY, document, triple, words)


def _fault(triple: Triple, graph: Graph) -> Fault | None:
    subject, predicate, value = triple
    if isinstance(value, Literal):
        if predicate.value == SCHEMA + "identifier":
            system, _, number = value.lexical.partition(" ")
            check = CHECKS.get(system.rstrip(":").lower())
            return check(number) if check else None
        if predicate.value == SCHEMA + "value":
            systems = (name.lexical.lower() for name in graph.literals(subject, SCHEMA + "propertyID"))
            checks = [CHECKS[system] for system in systems if system in CHECKS]
            return checks[0](value.lexical) if checks else None
        if predicate.value == SCHEMA + "titleEIDR":
            return CHECKS["eidr"](value.lexical)
    if isinstance(value, IRI) and predicate.value == SCHEMA + "sameAs":
        for system, pattern in _LINKS.items():
            match = pattern.fullmatch(value.value)
            if match:
                return CHECKS[system](match.group(1))
    return None
