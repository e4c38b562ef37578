"""Comparing what our reader finds with what an independent parser finds."""

from collections.abc import Iterable

from pyoxigraph import CanonicalizationAlgorithm, Dataset, RdfFormat
from pyoxigraph import parse as ox_parse

from filmld.turtle.terms import BlankNode, Literal, Term, Triple


def canonical(data: bytes, syntax: RdfFormat, base: str | None = None) -> Dataset:
    """The graph of a file, its blank nodes named by its shape alone."""
    dataset = Dataset(ox_parse(input=data, format=syntax, base_iri=base))
    dataset.canonicalize(CanonicalizationAlgorithm.UNSTABLE)
    return dataset


def canonical_of(triples: Iterable[Triple]) -> Dataset:
    """The graph of our triples, handed over as N-Triples."""
    return canonical("".join(f"{triple}\n" for triple in triples).encode(), RdfFormat.N_TRIPLES)


def plainly(triples: Iterable[Triple]) -> list[str]:
    """A quick fingerprint: all triples sorted, blank nodes without names, language marks in small letters."""

    def plain(term: Term) -> str:
        if isinstance(term, Literal) and term.language is not None:
            return str(term._replace(language=term.language.lower()))
        return "_" if isinstance(term, BlankNode) else str(term)

    return sorted(" ".join(map(plain, triple)) for triple in triples)
