"""How findings speak of things: by the prefixes of the record at hand, and by name."""

from filmld.check.index import Index
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Resource
from filmld.vocab import FLD, SCHEMA, curie, local_name

_KINDS = {
    SCHEMA + "Movie": "film",
    SCHEMA + "Person": "person",
    SCHEMA + "Organization": "organization",
    FLD + "FilmFestival": "festival",
    SCHEMA + "Festival": "festival",
    SCHEMA + "EventSeries": "festival",
    SCHEMA + "Country": "country",
    SCHEMA + "Place": "place",
    SCHEMA + "DefinedTerm": "term",
    SCHEMA + "Review": "review",
    SCHEMA + "ImageObject": "image",
    SCHEMA + "ScreeningEvent": "screening",
    SCHEMA + "Role": "credit",
    SCHEMA + "WebPage": "source",
}


def written(node: IRI, document: Document) -> str:
    """An IRI as the record would write it: by its own prefixes, else as a known term, else in full."""
    fitting = [
        (namespace, prefix)
        for prefix, namespace in document.prefixes.items()
        if node.value.startswith(namespace) and _is_plain(node.value[len(namespace) :])
    ]
    if fitting:
        namespace, prefix = max(fitting)
        return f"{prefix}:{node.value[len(namespace) :]}"
    return curie(node.value)


def _is_plain(local: str) -> bool:
    """Say whether a local name needs no escaping in Turtle; stricter than PN_LOCAL."""
    return bool(local) and all(char.isalnum() or char in "-_" for char in local) and not local.startswith("-")


def terms_of(document: Document) -> set[IRI]:
    """All links of a record, and its properties."""
    links = {triple.object for triple in document.triples if isinstance(triple.object, IRI)}
    return links | {triple.predicate for triple in document.triples}


def property_name(predicate: IRI) -> str:
    """A property as people say it: without its prefix."""
    return local_name(predicate.value)


def kind_of(types: frozenset[str]) -> str | None:
    """What a thing of these classes is called: film, person, festival."""
    return next((word for iri, word in _KINDS.items() if iri in types), None)


def known_as(node: Resource, index: Index) -> str:
    """Where an entity is described and what it is called, to stand behind its identifier."""
    documents = index.describing(node)
    name = index.name(node)
    place = documents[0].filename if documents else ""
    return f"“{name}”, {place}" if name else place


def a(noun: str) -> str:
    """A noun with its article.

    >>> a("organization"), a("film")
    ('an organization', 'a film')
    """
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def plural(noun: str) -> str:
    """Several of a noun.

    >>> plural("film"), plural("country"), plural("person")
    ('films', 'countries', 'people')
    """
    if noun == "person":
        return "people"
    return f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"


def words_for(classes: frozenset[str], otherwise: str = "another") -> str:
    """What things of some schema.org classes are called: “person or organization”."""
    known = {word: None for name in sorted(classes) if (word := kind_of(frozenset({SCHEMA + name})))}
    return " or ".join(sorted(known, reverse=True)) or otherwise
