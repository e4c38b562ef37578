"""The kinds of records, and what each says of its main entity before anything else is known."""

from types import MappingProxyType
from typing import Final

from filmld.tuples import NamedTuple
from filmld.vocab import FLD, SCHEMA


class Kind(NamedTuple):
    """A kind of record.

    Attributes:
        name: As in ``records/film/`` and ``filmld new film``.
        classes: The classes of its main entity, as IRIs.
        narrower: A class to state instead where it applies, and when it does.
    """

    name: str
    classes: tuple[str, ...]
    narrower: tuple[str, str] | None = None


KINDS: Final = MappingProxyType(
    {
        kind.name: kind
        for kind in (
            Kind("film", (SCHEMA + "Movie",)),
            Kind("person", (SCHEMA + "Person",)),
            Kind("organization", (SCHEMA + "Organization",)),
            Kind("festival", (FLD + "FilmFestival", SCHEMA + "EventSeries", SCHEMA + "Festival")),
            Kind("place", (SCHEMA + "Place",), (SCHEMA + "Country", "for a country, in place of the above")),
            Kind("genre", (SCHEMA + "DefinedTerm",)),
            Kind("source", (SCHEMA + "WebPage",)),
        )
    }
)
"""All kinds, in the order in which people meet them."""


def kind_of(class_: str) -> str | None:
    """The kind whose records have main entities of a class.

    >>> kind_of("https://schema.org/Country")
    'place'
    """
    return next(
        (
            kind.name
            for kind in KINDS.values()
            if class_ in kind.classes or (kind.narrower and class_ == kind.narrower[0])
        ),
        None,
    )
