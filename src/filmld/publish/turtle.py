"""Turtle for dumps and descriptions: short names, a block a subject, nothing lost.

Records keep the text of their archivists; this is for what nobody has written by hand.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, XSD_STRING, Literal, Term
from filmld.vocab import PREFIXES, RDF

_LOCAL: Final = re.compile(r"[A-Za-z_](?:[\w-]*)", re.ASCII)
_TYPE: Final = IRI(RDF + "type")


class TurtleWriter:
    """Writes graphs with a set of prefixes."""

    def __init__(self, prefixes: Iterable[tuple[str, str]] = PREFIXES) -> None:
        # The longest namespace first, since one may begin with another.
        self._prefixes = sorted(prefixes, key=lambda pair: (-len(pair[1]), pair[0]))

    def head(self) -> str:
        """Declare the prefixes."""
        return "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in sorted(self._prefixes))

    def body(self, graph: Graph) -> Iterator[str]:
        """Write a graph, a block a subject, in its order."""
        for subject in graph.subjects():
            statements = " ;\n    ".join(
                f"{self._verb(predicate)} {', '.join(map(self.term, objects))}"
                for predicate, objects in graph.properties(subject).items()
            )
            yield f"{self.term(subject)}\n    {statements} .\n"

    def document(self, graph: Graph) -> bytes:
        """Write a whole document."""
        return "\n".join((self.head(), *self.body(graph))).encode()

    def term(self, term: Term) -> str:
        """Write a term, as short as it can be."""
        if isinstance(term, IRI):
            return self._iri(term)
        if isinstance(term, Literal) and term.language is None and term.datatype != XSD_STRING:
            return f"{Literal(term.lexical)}^^{self._iri(IRI(term.datatype))}"
        return str(term)

    def _verb(self, predicate: IRI) -> str:
        return "a" if predicate == _TYPE else self._iri(predicate)

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
