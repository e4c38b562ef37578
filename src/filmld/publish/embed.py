"""The embed form of JSON-LD: what a search engine should know, nested, in schema.org alone.

What is told of each kind of thing is a frame in ``frames.json``; nothing else is told, and
all of it is on the page too. A frame with no properties asks for a text.
"""

from enum import StrEnum
from typing import Final

from filmld.archive import Record
from filmld.catalog import Catalog
from filmld.publish import processor
from filmld.publish.frames import ADDRESSES, Frame, as_json, frame_for
from filmld.publish.framing import framed, in_order
from filmld.publish.gather import Facts, classes, classes_among, gather, triples
from filmld.publish.jsontext import Json
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

CONTEXT: Final = "https://schema.org"


class Engine(StrEnum):
    """Who arranges facts as a tree; the document is the same."""

    DIRECT = "direct"
    """A walk of our own."""
    PYLD = "pyld"
    """PyLD, the reference, which takes many times longer."""


def has_embed(catalog: Catalog, record: Record) -> bool:
    """Say whether schema.org has a class for the main entity of a record; no file is read for it."""
    return bool(classes_among(catalog.types(record)))


def embed_document(
    catalog: Catalog, record: Record, engine: Engine = Engine.DIRECT
) -> dict[str, Json] | None:
    """Describe the main entity of a record to search engines; ``None`` if schema.org has no class for it.

    Nobody changes the document: it may serve several files.
    """
    return catalog.once(record, f"embed {engine}", lambda: _embed_document(catalog, record, engine))


def _embed_document(catalog: Catalog, record: Record, engine: Engine) -> dict[str, Json] | None:
    graph = catalog.graph(record)
    main = IRI(record.iri)
    known = classes(graph, main)
    if not known:
        return None
    frame = frame_for(known)
    arrange = framed if engine is Engine.DIRECT else by_pyld
    return {"@context": CONTEXT, **arrange(gather(catalog, graph, main, frame), main, frame)}


def by_pyld(facts: Facts, main: IRI, frame: Frame) -> dict[str, Json]:
    """Arrange facts as :func:`filmld.publish.framing.framed` does, by PyLD."""
    names = {name for properties in facts.values() for name in properties}
    shape = {"@context": _context(), "@id": main.value, **as_json(frame, names)}
    return in_order(processor.frame(triples(facts), shape), frame)


def _context() -> Json:
    addresses: dict[str, Json] = {name: {"@type": "@id"} for name in sorted(ADDRESSES)}
    return {"@vocab": SCHEMA, **addresses}
