"""Turtle that people can read, for the answers to CONSTRUCT and DESCRIBE."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as ox

from filmld.query.names import prefixed
from filmld.vocab import PREFIXES, RDF

_NAMESPACES = dict(PREFIXES)
_TYPE = f"<{RDF}type>"


def turtle(triples: Iterable[ox.Triple]) -> Iterator[str]:
    """Write triples in their order, neighbours with the same subject together.

    A prefix is declared right before the first statement that needs it, so that nothing has
    to be known in advance and nothing is declared in vain.
    """
    declared: set[str] = set()
    for subject, group in groupby(triples, key=lambda triple: str(triple.subject)):
        lines = [f"    {_predicate(triple)} {_object(triple)} ;" for triple in group]
        block = [_short(subject), *lines, "."]
        for prefix in sorted(_used(block) - declared):
            declared.add(prefix)
            yield f"@prefix {prefix}: <{_NAMESPACES[prefix]}> .\n"
        yield "\n" + "\n".join(block) + "\n"


def _predicate(triple: ox.Triple) -> str:
    text = str(triple.predicate)
    return "a" if text == _TYPE else _short(text)


def _object(triple: ox.Triple) -> str:
    term = triple.object
    text = str(term)
    if isinstance(term, ox.Literal) and text.endswith(">"):
        body, _, datatype = text.rpartition("^^")
        return f"{body}^^{_short(datatype)}"
    return _short(text)


def _short(text: str) -> str:
    """Abbreviate a term in N-Triples form, if it is an IRI of a known vocabulary."""
    return prefixed(text[1:-1]) if text.startswith("<") and not text.startswith("<<") else text


def _used(block: Iterable[str]) -> set[str]:
    """The prefixes of a block."""
    used = set()
    for line in block:
        for word in line.split(" "):
            name = word.rpartition("^^")[2].partition(":")[0]
            if name in _NAMESPACES:
                used.add(name)
    return used
