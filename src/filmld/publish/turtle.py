"""Turtle for dumps and descriptions: short names, a block a subject, nothing lost.

Records keep the text of their archivists; this is for what nobody has written by hand.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from filmld.publish.jsonld import nested
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Resource, Term
from filmld.vocab import PREFIXES, RDF, XSD

_LOCAL: Final = re.compile(r"[A-Za-z_](?:[\w-]*)", re.ASCII)
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_TYPE: Final = IRI(RDF + "type")
_FEW: Final = 4
"""So many values of a property stand on one line."""


class TurtleWriter:
    """Writes graphs with a set of prefixes."""

    def __init__(self, prefixes: Iterable[tuple[str, str]] = PREFIXES) -> None:
        # The longest namespace first, since one may begin with another.
        self._prefixes = sorted(prefixes, key=lambda pair: (-len(pair[1]), pair[0]))

    def head(self) -> str:
        """Declare the prefixes."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(self._prefixes))

    def body(self, graph: Graph) -> Iterator[str]:
        """Write a graph, a block a subject, in its order; nameless nodes stand where they are referred to."""
        inside = nested(graph)
        for subject in graph.subjects():
            if subject not in inside:
                facts = self._facts(graph, subject, inside, "    ")
                yield f"{self.term(subject)}\n    {facts} .\n"

    def document(self, graph: Graph) -> bytes:
        """Write a whole document."""
        return "\n".join((self.head(), *self.body(graph))).encode()

    def term(self, term: Term) -> str:
        """Write a term, as short as it can be without losing its spelling."""
        if isinstance(term, IRI):
            return self._iri(term)
        if not isinstance(term, Literal) or term.language is not None or term.datatype == XSD_STRING:
            return str(term)
        if term.datatype == XSD + "integer" and _INTEGER.fullmatch(term.lexical):
            return term.lexical
        return f"{Literal(term.lexical)}^^{self._iri(IRI(term.datatype))}"

    def _facts(self, graph: Graph, subject: Resource, inside: Collection[BlankNode], margin: str) -> str:
        deeper = margin + "    "
        facts = []
        for predicate, values in graph.properties(subject).items():
            verb = "a" if predicate == _TYPE else self._iri(predicate)
            written = [
                f"[\n{deeper}{self._facts(graph, value, inside, deeper)}\n{margin}]"
                if isinstance(value, BlankNode) and value in inside
                else self.term(value)
                for value in values
            ]
            many = len(written) > _FEW and not any("\n" in value for value in written)
            between = f",\n{deeper}" if many else ", "
            facts.append(f"{verb} {between.join(written)}")
        return f" ;\n{margin}".join(facts)

    def _iri(self, iri: IRI) -> str:
        for prefix, namespace in self._prefixes:
            if iri.value.startswith(namespace) and _LOCAL.fullmatch(iri.value, len(namespace)):
                return f"{prefix}:{iri.value[len(namespace) :]}"
        return str(iri)


def joined(texts: Iterable[str], least: int = 1 << 16) -> Iterator[bytes]:
    """Put texts together into pieces that are worth writing."""
    waiting: list[str] = []
    size = 0
    for text in texts:
        waiting.append(text)
        size += len(text)
        if size >= least:
            yield "".join(waiting).encode()
            waiting, size = [], 0
    yield "".join(waiting).encode()
