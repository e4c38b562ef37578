"""The formats of answers: what each is called, and which kind of answer it can write."""

from dataclasses import dataclass

from filmld.query.errors import ResultKind


@dataclass(frozen=True, slots=True)
class Format:
    """One way to write an answer.

    Attributes:
        name: What it is called on the command line and in ``format=``.
        title: What people call it.
        media_type: Its registered media type.
        suffix: What names of files in it end in.
        iri: Its name among the W3C's unique IRIs for file formats.
        aliases: Other names and media types that clients ask for it by.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    iri: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its character encoding, where it has that parameter."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type

    @property
    def media_types(self) -> tuple[str, ...]:
        """Every media type that it is asked for by, its own first."""
        return (self.media_type, *(alias for alias in self.aliases if "/" in alias))

    def is_called(self, name: str) -> bool:
        """Say whether a client means this format by a name or media type."""
        return name.lower() in {self.name, self.media_type, *self.aliases}


_W3C = "http://www.w3.org/ns/formats/"

JSON = Format(
    "json",
    "JSON",
    "application/sparql-results+json",
    ".srj",
    _W3C + "SPARQL_Results_JSON",
    ("application/json",),
)
XML = Format(
    "xml",
    "XML",
    "application/sparql-results+xml",
    ".srx",
    _W3C + "SPARQL_Results_XML",
    ("application/xml", "text/xml"),
)
CSV = Format("csv", "CSV", "text/csv", ".csv", _W3C + "SPARQL_Results_CSV")
TSV = Format("tsv", "TSV", "text/tab-separated-values", ".tsv", _W3C + "SPARQL_Results_TSV")
TURTLE = Format(
    "turtle", "Turtle", "text/turtle", ".ttl", _W3C + "Turtle", ("application/x-turtle", "ttl", "n3")
)
NTRIPLES = Format(
    "ntriples", "N-Triples", "application/n-triples", ".nt", _W3C + "N-Triples", ("text/plain", "nt")
)
JSONLD = Format(
    "jsonld",
    "JSON-LD",
    "application/ld+json",
    ".jsonld",
    _W3C + "JSON-LD",
    ("application/json", "json-ld", "json"),
)
RDFXML = Format(
    "rdfxml",
    "RDF/XML",
    "application/rdf+xml",
    ".rdf",
    _W3C + "RDF_XML",
    ("application/xml", "text/xml", "rdf+xml", "rdf", "xml"),
)

SOLUTION_FORMATS = (JSON, XML, CSV, TSV)
"""For SELECT and ASK; the first is the default."""

TRIPLE_FORMATS = (TURTLE, NTRIPLES, JSONLD, RDFXML)
"""For CONSTRUCT and DESCRIBE; the first is the default."""

FORMATS = SOLUTION_FORMATS + TRIPLE_FORMATS


def formats_for(kind: ResultKind) -> tuple[Format, ...]:
    """The formats that can write a kind of answer."""
    return TRIPLE_FORMATS if kind is ResultKind.TRIPLES else SOLUTION_FORMATS


def named(name: str) -> Format | None:
    """Find a format by its name."""
    return next((known for known in FORMATS if known.name == name), None)
