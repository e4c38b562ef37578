"""What a block of JSON-LD states, read strictly, offline and within limits, whoever wrote it."""

import json
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final

from filmld.publish.jsontext import Json, is_strict
from filmld.publish.processor import UnreadableDocumentError, expanded, read
from filmld.tuples import NamedTuple
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Triple
from filmld.vocab import SCHEMA

MAX_CHARACTERS: Final = 1024 * 1024
"""The largest block that is read; ours have a few thousand characters."""
DEEPEST: Final = 100
_OTHER_FORM: Final = "http://schema.org/"
_ADDRESSES: Final = ("contentUrl", "image", "inDefinedTermSet", "license", "logo", "sameAs", "url")
_CONTEXTS: Final = tuple(
    f"{scheme}://schema.org{ending}"
    for scheme in ("https", "http")
    for ending in ("", "/", "/docs/jsonldcontext.jsonld", "/docs/jsonldcontext.json")
)


class UnreadableBlockError(ValueError):
    """A block is no JSON-LD that can be compared; its text says why."""


class NotJsonError(UnreadableBlockError):
    """It is no JSON."""

    def __init__(self, problem: object, row: int | None = None) -> None:
        super().__init__(f"it is no JSON: {problem}{f' (its line {row})' if row else ''}")


class NotStrictError(NotJsonError):
    """Some readers take it, and no strict one would."""

    def __init__(self) -> None:
        super().__init__("it holds half a character, or a number without end")


class NotANumberError(NotJsonError):
    """It uses a word that JavaScript has for numbers, and JSON does not."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is no number")


class NotJsonLdError(UnreadableBlockError):
    """It is no JSON-LD, or refers to what would have to be fetched."""

    def __init__(self, problem: object) -> None:
        super().__init__(f"it is no JSON-LD that can be read offline: {problem}")


class TooLargeBlockError(UnreadableBlockError):
    """It is longer or deeper than anything that describes a film."""

    def __init__(self, limit: int, unit: str) -> None:
        super().__init__(f"it has more than {limit} {unit}")


class KnottedBlockError(UnreadableBlockError):
    """Its blank nodes refer to each other in too many ways."""

    def __init__(self) -> None:
        super().__init__("its things without address refer to each other in too many ways to be compared")


class Statements(NamedTuple):
    """What a block states.

    Attributes:
        graph: All of it.
        top: The addresses of the things that it is about, not only mentions.
    """

    graph: Graph
    top: tuple[str, ...]


def statements(text: str) -> Statements:
    """Read a block.

    Raises:
        UnreadableBlockError: It is no JSON-LD, or has no end, or refers to what would have to be fetched.
    """
    return _read(_parsed(text))


def own_statements(document: Json) -> Graph:
    """Read a block of our own."""
    return _read(document).graph


def _read(document: Json) -> Statements:
    try:
        nodes = expanded(document, _contexts())
        graph = Graph(map(_https, read(nodes)))
    except UnreadableDocumentError as error:
        raise NotJsonLdError(error) from error
    found = (node.get("@id") for node in nodes if isinstance(node, dict))
    return Statements(graph, tuple(dict.fromkeys(iri for iri in found if isinstance(iri, str))))


def _parsed(text: str) -> Json:
    if len(text) > MAX_CHARACTERS:
        raise TooLargeBlockError(MAX_CHARACTERS, "characters")
    try:
        value: Json = json.loads(text, parse_constant=_refuse)
    except json.JSONDecodeError as error:
        raise NotJsonError(error.msg, error.lineno) from error
    except NotANumberError:
        raise
    except ValueError as error:  # a number of thousands of digits, or NaN
        raise NotJsonError(error) from error
    except RecursionError as error:
        raise TooLargeBlockError(DEEPEST, "levels") from error
    if _depth(value) > DEEPEST:
        raise TooLargeBlockError(DEEPEST, "levels")
    if not is_strict(value):
        raise NotStrictError
    return value


def _refuse(name: str) -> Json:
    raise NotANumberError(name)


def _depth(value: Json) -> int:
    depth, level = 0, [value]
    while level:
        depth += 1
        level = [inner for part in level for inner in _inside(part)]
    return depth


def _inside(value: Json) -> list[Json]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


@cache
def _contexts() -> Mapping[str, Json]:
    """What schema.org's context says of the words that our blocks use, at all addresses it is known by."""
    addresses: dict[str, Json] = {name: {"@id": SCHEMA + name, "@type": "@id"} for name in _ADDRESSES}
    words: Json = {"@context": {"@vocab": SCHEMA, "id": "@id", "type": "@type", **addresses}}
    return MappingProxyType(dict.fromkeys(_CONTEXTS, words))


def _https(triple: Triple) -> Triple:
    """Both forms of schema.org's addresses mean the same (schema.org FAQ 19)."""
    value = triple.object
    if isinstance(value, IRI):
        value = IRI(value.value.replace(_OTHER_FORM, SCHEMA, 1))
    predicate = IRI(triple.predicate.value.replace(_OTHER_FORM, SCHEMA, 1))
    return Triple(triple.subject, predicate, value)
