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
        aliases: Media types that clients also ask for it by.
    """

    name: str
    title: str
    media_type: str
    suffix: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The media type with its character encoding, where it has that parameter."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


JSON = Format("json", "JSON", "application/sparql-results+json", ".srj", ("application/json",))
XML = Format("xml", "XML", "application/sparql-results+xml", ".srx", ("application/xml", "text/xml"))
CSV = Format("csv", "CSV", "text/csv", ".csv")
TSV = Format("tsv", "TSV", "text/tab-separated-values", ".tsv")
TURTLE = Format("turtle", "Turtle", "text/turtle", ".ttl", ("application/x-turtle",))
NTRIPLES = Format("ntriples", "N-Triples", "application/n-triples", ".nt", ("text/plain",))
JSONLD = Format("jsonld", "JSON-LD", "application/ld+json", ".jsonld", ("application/json",))

SOLUTION_FORMATS = (JSON, XML, CSV, TSV)
"""For SELECT and ASK; the first is the default."""

TRIPLE_FORMATS = (TURTLE, NTRIPLES, JSONLD)
"""For CONSTRUCT and DESCRIBE; the first is the default."""

FORMATS = SOLUTION_FORMATS + TRIPLE_FORMATS


def formats_for(kind: ResultKind) -> tuple[Format, ...]:
    """The formats that can write a kind of answer."""
    return TRIPLE_FORMATS if kind is ResultKind.TRIPLES else SOLUTION_FORMATS


def named(name: str) -> Format | None:
    """Find a format by its name."""
    return next((known for known in FORMATS if known.name == name), None)
