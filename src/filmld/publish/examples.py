"""The questions of the gallery as data, for editors of SPARQL (SHACL 1.1 SPARQL, ``sh:SPARQLExecutable``).

Tools that know this form list the questions of a data set in their menus.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from filmld.publish.turtle import TurtleWriter
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, BlankNode, Literal, Triple
from filmld.vocab import PREFIXES, RDF, RDFS, SCHEMA, SH, XSD

FILE: Final = "queries/examples.ttl"


class Example(Protocol):
    """A question, whoever keeps it."""

    @property
    def name(self) -> str:
        """As in ``01-filmography``."""

    @property
    def title(self) -> str:
        """What it asks, in a few words."""

    @property
    def description(self) -> str:
        """What the answer holds."""

    @property
    def text(self) -> str:
        """A SELECT query that runs as it stands."""


def examples_document(base: str, dataset: str, examples: Sequence[Example]) -> bytes:
    """Write all questions as Turtle.

    Args:
        base: The address of the site.
        dataset: The data set that they are about.
        examples: The questions.
    """
    return TurtleWriter().document(Graph(_triples(base, IRI(dataset), examples)))


def _triples(base: str, dataset: IRI, examples: Iterable[Example]) -> Iterator[Triple]:
    prefixes = IRI(f"{base}{FILE}#prefixes")
    for number, (prefix, namespace) in enumerate(PREFIXES):
        declared = BlankNode(f"n{number}")
        yield Triple(prefixes, IRI(SH + "declare"), declared)
        yield Triple(declared, IRI(SH + "prefix"), Literal(prefix))
        yield Triple(declared, IRI(SH + "namespace"), Literal(namespace, XSD + "anyURI"))
    for example in examples:
        subject = IRI(f"{base}{FILE}#{example.name}")
        for kind in ("SPARQLExecutable", "SPARQLSelectExecutable"):
            yield Triple(subject, IRI(RDF + "type"), IRI(SH + kind))
        yield Triple(subject, IRI(RDFS + "label"), Literal(example.title))
        yield Triple(subject, IRI(RDFS + "comment"), Literal(example.description))
        yield Triple(subject, IRI(SH + "prefixes"), prefixes)
        yield Triple(subject, IRI(SH + "select"), Literal(example.text))
        yield Triple(subject, IRI(SCHEMA + "about"), dataset)
