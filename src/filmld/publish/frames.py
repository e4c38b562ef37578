"""The frames of ``frames.json``: what is told to search engines of each kind of thing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Final

from filmld.publish.jsontext import Json
from filmld.publish.processor import bundled
from filmld.turtle.terms import IRI
from filmld.vocab import SCHEMA

FRAMES_FILE: Final = "frames.json"
REVERSE: Final = "@reverse"

_KINDS: Final = (
    ("Movie", "Movie"),
    ("Person", "Person"),
    ("Organization", "Organization"),
    ("EventSeries", "Festival"),
    ("Festival", "Festival"),
    ("Country", "Place"),
    ("Place", "Place"),
    ("DefinedTerm", "DefinedTerm"),
    ("WebPage", "WebPage"),
)
_ONLY_ONE: Final = frozenset({"caption", "description", "headline", "name", "reviewBody"})
ADDRESSES: Final = frozenset({"contentUrl", "inDefinedTermSet", "license", "sameAs", "url"})
"""Properties whose values are written as addresses, and not as things with properties of their own."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Field:
    """A property that a frame asks for.

    Attributes:
        name: Its name in schema.org.
        predicate: Its IRI.
        frame: What is told of its values; an empty frame asks for a text.
        is_address: It takes addresses.
        has_one: Of several texts, one is enough.
    """

    name: str
    predicate: IRI
    frame: "Frame"
    is_address: bool
    has_one: bool


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Frame:
    """What is told of a thing.

    Attributes:
        fields: Its properties, in the order in which they are told.
        reverse: Properties that lead to it from elsewhere.
    """

    fields: tuple[Field, ...]
    reverse: tuple[Field, ...]


def frame_for(classes: Collection[str]) -> Frame:
    """Choose the frame for a thing by its classes of schema.org, given as IRIs."""
    names = {iri.removeprefix(SCHEMA) for iri in classes}
    return _frames()[next((name for kind, name in _KINDS if kind in names), "Thing")]


def as_json(frame: Frame, known: Collection[str]) -> dict[str, Json]:
    """Write a frame as JSON-LD, without the properties of which nothing is known.

    Those would take a processor most of its time. They also count when it looks for things
    that match: a thing of which nothing is known that its frame asks for is left out, unless
    nothing of the sort is known of anything.

    Args:
        frame: The frame.
        known: The names of the properties that something is known of.
    """
    written: dict[str, Json] = {
        field.name: as_json(field.frame, known) for field in frame.fields if field.name in known
    }
    reverse: dict[str, Json] = {
        field.name: as_json(field.frame, known) for field in frame.reverse if field.name in known
    }
    return {**written, REVERSE: reverse} if reverse else written


@cache
def _frames() -> Mapping[str, Frame]:
    return MappingProxyType({name: _read(shape) for name, shape in bundled(FRAMES_FILE).items()})


def _read(shape: Json) -> Frame:
    if not isinstance(shape, dict):
        raise TypeError
    reverse = shape.get(REVERSE, {})
    backwards = reverse.items() if isinstance(reverse, dict) else ()
    return Frame(
        fields=tuple(_field(name, inner) for name, inner in shape.items() if name != REVERSE),
        reverse=tuple(_field(name, inner) for name, inner in backwards),
    )


def _field(name: str, shape: Json) -> Field:
    return Field(
        name=name,
        predicate=IRI(SCHEMA + name),
        frame=_read(shape),
        is_address=name in ADDRESSES,
        has_one=name in _ONLY_ONE,
    )
