"""Two files give one fact of the same thing differently.

What it does:
    Compares facts that can have one value only, such as a date of birth or a running time, wherever
    several files state them of the same thing.

Why it matters:
    One of them is wrong, and pages show whichever is read first.

Example:
    ```turtle
    # in records/person/alexander-sokurov.ttl
    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
    .

    # in records/film/moloch-1999.ttl
    person:alexander-sokurov
        schema:birthDate "1957"^^xsd:gYear ;
    .
    ```

Instead:
    State it once, in the record of the person:

    ```turtle
    # in records/person/alexander-sokurov.ttl
    person:alexander-sokurov
        schema:birthDate "1951"^^xsd:gYear ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.check.wording import property_name
from filmld.diagnostics import Diagnostic, Related, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI
from filmld.vocab import FLD, SCHEMA

CODE = "conflicting-facts"
NAME = "Conflicting facts"
SEVERITY = Severity.ERROR

_SINGLE = (
    *(
        IRI(SCHEMA + name)
        for name in (
            "birthDate",
            "contentUrl",
            "dateCreated",
            "deathDate",
            "dissolutionDate",
            "duration",
            "endDate",
            "foundingDate",
            "holdingArchive",
            "itemReviewed",
            "startDate",
        )
    ),
    *(IRI(FLD + name) for name in ("existedFrom", "existedUntil", "lengthMetres", "variantOf")),
)
"""What a thing has one of."""
WATCHES = properties(*_SINGLE)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each single fact that a file nearer to the thing gives differently."""
    if index.is_alone(document):
        return
    for subject in index.graph(document).subjects():
        if not isinstance(subject, IRI) or len(index.describing(subject)) == 1:
            continue
        for property_ in _SINGLE:
            stated = list(index.statements(subject, property_))
            for first, other in zip(stated[:1] * len(stated), stated[1:], strict=False):
                if other.document is document and first.document is not document:
                    there = first.document.span(*first.triple)
                    row = f":{there.start.row}" if there else ""
                    related = Related(message="the other value", filename=first.document.filename, span=there)
                    words = Words(
                        message=f"Another file gives ‘{property_name(property_)}’ differently",
                        label=f"otherwise at {first.document.filename}{row}",
                        hint="state it once, in the record of the thing itself",
                        related=(related,),
                    )
                    yield told(CODE, SEVERITY, other, words)
