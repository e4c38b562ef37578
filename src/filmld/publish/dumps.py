"""The lines of dumps, made from the records themselves: a store would rewrite literals."""

import hashlib
import json
from collections.abc import Iterable, Iterator

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish.jsonld import record_document
from filmld.publish.jsontext import Json
from filmld.publish.turtle import TurtleWriter
from filmld.turtle.graph import Graph
from filmld.turtle.terms import BlankNode, Triple


def stable_graph(catalog: Catalog, record: Record) -> Graph:
    """What a record states, with blank nodes named by their order in its text.

    A parser labels them at random. These labels are the same in every run, and differ from
    those of all other records, so that dumps can be compared and put together.
    """
    return catalog.once(record, "stable", lambda: _stable_graph(catalog, record))


def _stable_graph(catalog: Catalog, record: Record) -> Graph:
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
    return as_nquads(record, stable_graph(catalog, record))


def as_nquads(record: Record, stated: Iterable[Triple]) -> str:
    """Write what a record states, or some of that, as N-Quads."""
    return "".join(
        f"{subject} {predicate} {object_} <{record.document}> .\n" for subject, predicate, object_ in stated
    )


def as_turtle(record: Record, graph: Graph, writer: TurtleWriter) -> str:
    """Write the graph of a record as one part of a Turtle file."""
    return f"\n# {record.filename}\n\n" + "\n".join(writer.body(graph))


def as_json_line(graph: Graph, context: Json) -> str:
    """Write the graph of a record as one line that is JSON-LD by itself.

    Raises:
        ValueError: A text holds a lone surrogate.
    """
    document = record_document([graph], context)
    line = json.dumps(document, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    line.encode()
    return line + "\n"


def all_nquads(catalog: Catalog, records: Iterable[Record] | None = None) -> Iterator[str]:
    """Write records as N-Quads, in the order of IRIs; all of them if none are given."""
    for record in catalog.records.values() if records is None else records:
        yield nquads(catalog, record)
