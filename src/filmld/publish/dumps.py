"""N-Triples and N-Quads, made from the records themselves: a store would rewrite literals."""

import gzip
import hashlib
from collections.abc import Iterator

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.turtle.graph import Graph
from filmld.turtle.terms import BlankNode, Triple


def stable_graph(catalog: Catalog, record: Record) -> Graph:
    """What a record states, with blank nodes named by their order in its text.

    A parser labels them at random. These labels are the same in every run, and differ from
    those of all other records, so that dumps can be compared and put together.
    """
    scope = hashlib.sha256(record.iri.encode()).hexdigest()[:12]
    names: dict[BlankNode, BlankNode] = {}

    def named(node: BlankNode) -> BlankNode:
        return names.setdefault(node, BlankNode(f"b{scope}n{len(names)}"))

    def triples() -> Iterator[Triple]:
        for subject, predicate, object_ in catalog.graph(record):
            yield Triple(
                named(subject) if isinstance(subject, BlankNode) else subject,
                predicate,
                named(object_) if isinstance(object_, BlankNode) else object_,
            )

    return Graph(triples())


def ntriples(catalog: Catalog, record: Record) -> str:
    """Write one record as N-Triples, in the order of its text."""
    return "".join(f"{triple}\n" for triple in stable_graph(catalog, record))


def nquads(catalog: Catalog, record: Record) -> str:
    """Write one record as N-Quads, in the graph that is named as its document."""
    return "".join(
        f"{subject} {predicate} {object_} <{record.document}> .\n"
        for subject, predicate, object_ in stable_graph(catalog, record)
    )


def all_nquads(catalog: Catalog) -> bytes:
    """Write every record as N-Quads, in the order of IRIs."""
    return "".join(nquads(catalog, record) for record in catalog.records.values()).encode()


def compressed(data: bytes) -> bytes:
    """Compress with gzip; the same data gives the same bytes."""
    return gzip.compress(data, compresslevel=9, mtime=0)
