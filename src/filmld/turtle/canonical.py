"""Whether two graphs state the same, whatever their blank nodes are called.

Canonical labels (RDF Dataset Canonicalization, RDFC-1.0) take time that grows without bound where
blank nodes are knotted together, and nothing can interrupt the library meanwhile. So it runs in a
process of its own, which is ended when its time is over.
"""

import subprocess
import sys
from collections.abc import Iterable

from pyoxigraph import CanonicalizationAlgorithm, Dataset, Quad, RdfFormat, parse

from filmld.turtle.terms import BlankNode, Triple


class TooComplexError(Exception):
    """The blank nodes are too knotted to be compared."""


def same(one: Iterable[Triple], other: Iterable[Triple], *, seconds: float = 5) -> bool:
    """Say whether two graphs are isomorphic (RDF 1.1 Concepts §3.6).

    Args:
        one: A graph.
        other: The graph to compare it with.
        seconds: How long each may take.

    Raises:
        TooComplexError: It takes longer.
        ValueError: One of them holds a term that no RDF can have.
    """
    return _canonical(frozenset(one), seconds) == _canonical(frozenset(other), seconds)


def _canonical(graph: frozenset[Triple], seconds: float) -> frozenset[str]:
    lines = frozenset(map(str, graph))
    if not any(isinstance(term, BlankNode) for triple in graph for term in triple):
        return lines
    command = [sys.executable, "-m", "filmld.turtle.canonical"]
    text = "\n".join(sorted(lines)).encode()
    try:
        done = subprocess.run(command, input=text, capture_output=True, timeout=seconds, check=False)  # noqa: S603  our own program
    except subprocess.TimeoutExpired as error:
        raise TooComplexError from error
    if done.returncode:
        raise ValueError(done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2])
    return frozenset(done.stdout.decode().split("\n"))


def labelled(text: bytes) -> list[str]:
    """Give the blank nodes of N-Triples their canonical labels; the lines come sorted."""
    quads = parse(input=text, format=RdfFormat.N_TRIPLES)
    dataset = Dataset(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return sorted(f"{quad.triple} ." for quad in dataset)


if __name__ == "__main__":
    sys.stdout.write("\n".join(labelled(sys.stdin.buffer.read())))
