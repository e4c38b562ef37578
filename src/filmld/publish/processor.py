"""PyLD, the reference processor of JSON-LD, behind types and without network.

Its default document loader depends on what else is installed and may reach out, so every
call is given one that knows the bundled context and refuses everything else.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from json import loads
from typing import Any

from pyld import jsonld

from filmld.publish.jsontext import Json
from filmld.turtle.terms import IRI, BlankNode, Literal, Resource, Term, Triple, lang_string


class UnreadableDocumentError(ValueError):
    """A document is no JSON-LD, or cannot be read without fetching something; its text says why."""


@cache
def bundled(name: str) -> dict[str, Json]:
    """Read a JSON file that ships with this package; the caller must not change it."""
    text = resources.files("filmld.publish").joinpath(name).read_text(encoding="utf-8")
    value: dict[str, Json] = loads(text)
    return value


def read(document: Json, contexts: Mapping[str, Json] | None = None) -> list[Triple]:
    """Read JSON-LD: the triples of its default graph.

    Args:
        document: The JSON.
        contexts: The documents that it may refer to as contexts, by their address.

    Raises:
        JsonLdError: It is no JSON-LD, or refers to a context that is not given.
    """
    options = {"documentLoader": _offline(contexts or {})}
    dataset: Any = jsonld.to_rdf(document, options)
    return [
        Triple(_resource(row["subject"]), IRI(row["predicate"]["value"]), _term(row["object"]))
        for row in dataset.get("@default", [])
    ]


def expanded(document: Json, contexts: Mapping[str, Json]) -> list[Json]:
    """Write JSON-LD out in full, the form that needs no context (JSON-LD 1.1 API, Expansion).

    Raises:
        UnreadableDocumentError: It is no JSON-LD, or refers to a context that is not given.
    """
    options = {"documentLoader": _offline(contexts)}
    try:
        nodes: list[Json] = jsonld.expand(document, options)
    except jsonld.JsonLdError as error:
        raise UnreadableDocumentError(_reason(error)) from error
    return nodes


def _reason(error: BaseException) -> str:
    """The innermost cause, and the address it names."""
    while isinstance(error.__cause__ or error.__context__, jsonld.JsonLdError):
        error = error.__cause__ or error.__context__ or error
    details = getattr(error, "details", None)
    url = details.get("url") if isinstance(details, dict) else None
    return f"{error.args[0]}{f': {url}' if url else ''}"


def frame(triples: Iterable[Triple], shape: Json) -> dict[str, Json]:
    """Arrange triples as a tree, with just the properties that a JSON-LD frame names."""
    rows = [{"subject": _row(s), "predicate": _row(p), "object": _row(o)} for s, p, o in triples]
    offline = {"documentLoader": _offline({})}
    document: Any = jsonld.from_rdf({"@default": rows}, offline)
    options = {**offline, "embed": "@always", "explicit": True, "omitDefault": True}
    framed: dict[str, Json] = jsonld.frame(document, shape, options)
    return framed


def _offline(contexts: Mapping[str, Json]) -> Any:
    def load(url: str, _options: Any) -> Any:
        if url not in contexts:
            message = "contexts are never fetched"
            raise jsonld.JsonLdError(
                message, "jsonld.LoadDocumentError", {"url": url}, code="loading document failed"
            )
        return {
            "contentType": "application/ld+json",
            "contextUrl": None,
            "documentUrl": url,
            "document": contexts[url],
        }

    return load


def _row(term: Term) -> dict[str, str]:
    if isinstance(term, IRI):
        return {"type": "IRI", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "blank node", "value": str(term)}
    row = {"type": "literal", "value": term.lexical, "datatype": term.datatype}
    return row if term.language is None else {**row, "language": term.language}


def _resource(row: Any) -> Resource:
    if row["type"] == "blank node":
        return BlankNode(row["value"].removeprefix("_:"))
    return IRI(row["value"])


def _term(row: Any) -> Term:
    if row["type"] != "literal":
        return _resource(row)
    if "language" in row:
        return lang_string(row["value"], row["language"])
    return Literal(row["value"], row["datatype"])
