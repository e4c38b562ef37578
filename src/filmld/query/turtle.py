"""Turtle that people can read, for the answers to CONSTRUCT and DESCRIBE."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from filmld.query.names import prefixed
from filmld.vocab import PREFIXES, RDF

_NAMESPACES = dict(PREFIXES)
_TYPE = RDF + "type"


def turtle(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Write triples in their order, neighbours with the same subject together.

    A prefix is declared right before the first statement that needs it, so that nothing has
    to be known in advance and nothing is declared in vain.
    """
    declared: set[str] = set()
    for _, group in groupby(triples, key=lambda triple: triple.subject):
        block = _Block()
        text = block.write(list(group))
        for prefix in sorted(block.prefixes - declared):
            yield f"@prefix {prefix}: <{_NAMESPACES[prefix]}> .\n"
        declared |= block.prefixes
        yield text


class _Block:
    """The statements about one subject.

    Attributes:
        prefixes: The prefixes that they use.
    """

    def __init__(self) -> None:
        self.prefixes: set[str] = set()

    def write(self, triples: list[ox.Triple]) -> str:
        lines = [
            f"    {self._predicate(triple.predicate)} {self._term(triple.object)} ;" for triple in triples
        ]
        return "\n".join(["", self._term(triples[0].subject), *lines, ".", ""])

    def _predicate(self, predicate: ox.NamedNode) -> str:
        return "a" if predicate.value == _TYPE else self._iri(predicate.value)

    def _term(self, term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term.value)
        text = str(term)
        if isinstance(term, ox.Literal) and text.endswith(f"^^<{term.datatype.value}>"):
            return text.removesuffix(f"<{term.datatype.value}>") + self._iri(term.datatype.value)
        return text

    def _iri(self, iri: str) -> str:
        name = prefixed(iri)
        if not name.startswith("<"):
            self.prefixes.add(name.partition(":")[0])
        return name
