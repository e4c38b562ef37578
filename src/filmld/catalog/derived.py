"""Facts worked out from a record, so that researchers need not: integer years, minutes, flattened credits.

They are true of what the record states and say nothing new. They stand in the one graph
``urn:filmld:derived``, all in the ``fld:`` namespace, and are never part of a record or of an
export of records. Each is worked out from one record, so that replacing the record replaces
them; only the festival of a screening's edition is looked up elsewhere.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, TypeAlias

from filmld.tuples import NamedTuple
from filmld.turtle.dates import minutes, years
from filmld.turtle.edtf import Years
from filmld.turtle.graph import Graph
from filmld.turtle.terms import IRI, Literal, Resource, Triple
from filmld.vocab import FLD, ROLE, SCHEMA, XSD

FestivalsOf: TypeAlias = Callable[[str], Iterable[str]]
"""Lists the festivals (the series) that an event belongs to, itself included if it is one."""

FILM_CLASSES: Final = frozenset(
    {FLD + "Variant"}
    | {SCHEMA + name for name in ("Movie", "MovieSeries", "TVSeries", "TVSeason", "TVEpisode", "Episode")}
)

ROLE_CLASSES: Final = frozenset({FLD + "Credit", SCHEMA + "Role", SCHEMA + "PerformanceRole"})

CAPACITIES: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        SCHEMA + "director": "director",
        SCHEMA + "author": "writer",
        SCHEMA + "producer": "producer",
        SCHEMA + "actor": "actor",
        SCHEMA + "editor": "editor",
        SCHEMA + "musicBy": "composer",
        SCHEMA + "productionCompany": "productionCompany",
        FLD + "coProductionCompany": "productionCompany",
        FLD + "salesAgent": None,
        **{SCHEMA + name: None for name in ("contributor", "creator", "funder", "performer", "sponsor")},
    }
)
"""The properties that say who had a part in a film, and the shortcut that each gives by itself.

A shortcut is called like the role in the shared vocabulary, which has writers and composers where
schema.org has ``author`` and ``musicBy``.
"""

SHORTCUT_ROLES: Final = frozenset(
    [
        "animator",
        "art-director",
        "assistant-director",
        "associate-producer",
        "casting-director",
        "choreographer",
        "cinematographer",
        "co-producer",
        "co-production-company",
        "colourist",
        "conductor",
        "costume-designer",
        "distributor",
        "executive-producer",
        "line-producer",
        "lyricist",
        "make-up-artist",
        "narrator",
        "production-designer",
        "sales-agent",
        "sound-designer",
        "sound-recordist",
        "source-author",
        "special-effects",
        "still-photographer",
        "visual-effects",
        "voice-actor",
    ]
)
"""The roles of the shared vocabulary that queries ask for by name; a property in ``fld:`` is called
like each. The vocabulary says the same by ``fld:shortcut``, and a test holds the two equal; they are
not read from there, because a catalogue would then cost the reading of the ontology."""

DATES: Final = (
    ((SCHEMA + "dateCreated", SCHEMA + "datePublished"), (SCHEMA + "dateCreated", SCHEMA + "datePublished")),
    ((SCHEMA + "startDate",), (SCHEMA + "endDate", SCHEMA + "startDate")),
)
"""Where the years of works and of events come from: the properties of the first year and of the last,
the earlier property before the later."""

_DATED: Final = frozenset(name for pair in DATES for names in pair for name in names)
_DURATION: Final = SCHEMA + "duration"
_PRESENTED: Final = SCHEMA + "workPresented"


class Screening(NamedTuple):
    """That a film was shown at an event."""

    film: Resource
    event: str


def derive(graph: Graph, festivals_of: FestivalsOf) -> list[Triple]:
    """Work out all facts that follow from one record.

    Args:
        graph: What the record states.
        festivals_of: Finds the festivals of an event, in whatever record that is described.
    """
    return [*own_facts(graph), *shown_at(screenings(graph), festivals_of)]


def own_facts(graph: Graph) -> list[Triple]:
    """Work out what follows from a record alone: years, minutes, agents and their capacities."""
    found: dict[Triple, None] = {}
    for subject in graph.subjects():
        stated = [predicate.value for predicate in graph.predicates(subject)]
        if not _DATED.isdisjoint(stated):
            found.update(dict.fromkeys(_years(graph, subject)))
        if _DURATION in stated:
            found.update(dict.fromkeys(_minutes(graph, subject)))
        if not FILM_CLASSES.isdisjoint(graph.types(subject)):
            found.update(dict.fromkeys(_agents(graph, subject, stated)))
            found.update(dict.fromkeys(_distributors(graph, subject)))
    return list(found)


def screenings(graph: Graph) -> list[Screening]:
    """List which films the record says were shown at which events.

    A film is shown when a variant of it is, if the record describes the variant.
    """
    return [
        Screening(film, event.value)
        for screening in graph.subjects()
        for shown in graph.resources(screening, _PRESENTED)
        for film in (shown, *graph.resources(shown, FLD + "variantOf"))
        for event in graph.resources(screening, SCHEMA + "superEvent")
        if isinstance(event, IRI)
    ]


def shown_at(found: Iterable[Screening], festivals_of: FestivalsOf) -> list[Triple]:
    """Say at which festivals films were shown, whatever the edition."""
    return list(
        dict.fromkeys(
            _fact(film, "shownAt", IRI(festival)) for film, event in found for festival in festivals_of(event)
        )
    )


def shortcut(role: str) -> str | None:
    """Name the property that leads from a film straight to the people of a role.

    A role of an archive has none, since what it means is not known here.

    >>> shortcut("https://w3id.org/filmld/role/executive-producer")
    'executiveProducer'
    """
    name = role.removeprefix(ROLE)
    if name == role or name not in SHORTCUT_ROLES:
        return None
    first, *others = name.split("-")
    return first + "".join(part.capitalize() for part in others)


def _years(graph: Graph, subject: Resource) -> Iterator[Triple]:
    for first, last in DATES:
        starts = [span.start for span in _spans(graph, subject, first)]
        ends = [span.end for span in _spans(graph, subject, last)]
        if starts and None not in starts:
            yield _fact(subject, "startYear", _integer(min(year for year in starts if year is not None)))
        if ends and None not in ends:
            yield _fact(subject, "endYear", _integer(max(year for year in ends if year is not None)))


def _spans(graph: Graph, subject: Resource, properties: tuple[str, ...]) -> list[Years]:
    for name in properties:
        found = [span for date in graph.literals(subject, name) if (span := years(date))]
        if found:
            return found
    return []


def _minutes(graph: Graph, subject: Resource) -> Iterator[Triple]:
    for duration in graph.literals(subject, _DURATION):
        length = minutes(duration.lexical)
        if length is not None:
            yield _fact(subject, "minutes", _integer(length))


def _agents(graph: Graph, film: Resource, stated: Iterable[str]) -> Iterator[Triple]:
    for capacity in stated:
        if capacity not in CAPACITIES:
            continue
        name = CAPACITIES[capacity]
        for value in graph.resources(film, capacity):
            # a schema:Role repeats the property that leads to it
            people = list(graph.resources(value, capacity))
            roles = graph.resources(value, SCHEMA + "roleName") if people else ()
            names = [name, *(shortcut(role.value) for role in roles if isinstance(role, IRI))]
            for agent in people or _unless_role(graph, value):
                yield _fact(film, "agent", agent)
                yield from (_fact(film, each, agent) for each in names if each)


def _unless_role(graph: Graph, value: Resource) -> tuple[Resource, ...]:
    """A value that is not itself a credit; a credit that names nobody is nobody's."""
    return (value,) if ROLE_CLASSES.isdisjoint(graph.types(value)) else ()


def _distributors(graph: Graph, film: Resource) -> Iterator[Triple]:
    for event in graph.resources(film, SCHEMA + "publication"):
        if FLD + "Distribution" in graph.types(event):
            for agent in graph.resources(event, SCHEMA + "publishedBy"):
                yield _fact(film, "agent", agent)
                yield _fact(film, "distributor", agent)


def _fact(subject: Resource, name: str, value: Resource | Literal) -> Triple:
    return Triple(subject, IRI(FLD + name), value)


def _integer(value: int) -> Literal:
    return Literal(str(value), XSD + "integer")
