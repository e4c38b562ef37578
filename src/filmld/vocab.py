"""The terms that filmld itself reads and writes, by the names their vocabularies give them.

Only terms that code must know stand here. What a term means is in ``ontology/``,
what a record must look like is in ``shapes/``.
"""

from typing import Final

RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
SCHEMA: Final = "https://schema.org/"
SH: Final = "http://www.w3.org/ns/shacl#"
SKOS: Final = "http://www.w3.org/2004/02/skos/core#"
FLD: Final = "https://w3id.org/filmld/ontology#"
ROLE: Final = "https://w3id.org/filmld/role/"
TALLY: Final = "https://w3id.org/filmld/tally/"
SHAPES: Final = "https://w3id.org/filmld/shapes#"
EDTF: Final = "http://id.loc.gov/datatypes/edtf/EDTF"
"""The datatype of dates such as ``1926~`` and ``193X``."""

DERIVED: Final = "urn:filmld:derived"
"""The one graph of facts that are worked out for querying, and that no record states."""

PREFIXES: Final = (
    ("fld", FLD),
    ("rdf", RDF),
    ("rdfs", RDFS),
    ("role", ROLE),
    ("schema", SCHEMA),
    ("sh", SH),
    ("skos", SKOS),
    ("xsd", XSD),
)
"""Prefixes that need no declaration in queries, and that output is abbreviated with."""


def curie(iri: str) -> str:
    """Abbreviate an IRI of a known vocabulary, else return it in angle brackets.

    >>> curie("https://schema.org/director")
    'schema:director'
    >>> curie("https://films.example.org/film/moloch-1999")
    '<https://films.example.org/film/moloch-1999>'
    """
    for prefix, namespace in PREFIXES:
        if iri.startswith(namespace) and len(iri) > len(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"


def parted(iri: str) -> tuple[str, str]:
    """What an IRI lies in, a record or a folder, with the mark at the end, and its name there.

    >>> parted("https://films.example.org/film/moloch-1999#cast-1")
    ('https://films.example.org/film/moloch-1999#', 'cast-1')
    >>> parted("https://films.example.org/film/moloch-1999")
    ('https://films.example.org/film/', 'moloch-1999')
    """
    place = iri.rfind("#" if "#" in iri else "/") + 1
    return iri[:place], iri[place:]


def local_name(iri: str) -> str:
    """The part of an IRI after its last ``#`` or ``/``.

    >>> local_name("https://w3id.org/filmld/shapes#missing-title")
    'missing-title'
    """
    return parted(iri)[1]
