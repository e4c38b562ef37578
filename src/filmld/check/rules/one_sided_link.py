"""One record lists what it has, and leaves something out that says it belongs there.

What it does:
    Compares links that are written on both sides: reviews and their film, editions and their festival,
    parts and their whole. A thing that keeps no list is left alone: pages find the other direction
    themselves.

Why it matters:
    Readers take a list for complete.

Example:
    ```turtle
    film:moloch-1999
        schema:review :review-one ;
    .

    :review-two
        schema:itemReviewed film:moloch-1999 ;
    .
    ```

Instead:
    List all of them, or none:

    ```turtle
    film:moloch-1999
        schema:review :review-one ;
        schema:review :review-two ;
    .

    :review-two
        schema:itemReviewed film:moloch-1999 ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import called, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.nodes import shared_node
from filmld.check.wording import property_name
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal
from filmld.vocab import SCHEMA

CODE = "one-sided-link"
NAME = "Link of one side only"
SEVERITY = Severity.WARNING

_PAIRS = (
    (IRI(SCHEMA + "itemReviewed"), IRI(SCHEMA + "review")),
    (IRI(SCHEMA + "superEvent"), IRI(SCHEMA + "subEvent")),
    (IRI(SCHEMA + "exampleOfWork"), IRI(SCHEMA + "workExample")),
    (IRI(SCHEMA + "isPartOf"), IRI(SCHEMA + "hasPart")),
)
"""What a part says of its whole, and what the whole says of its parts."""


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each part that its whole, which lists others, does not list."""
    for subject in index.graph(document).subjects():
        node = shared_node(subject, index.number(document))
        for upwards, downwards in _PAIRS:
            for statement in index.statements(node, upwards):
                whole = statement.triple.object
                if isinstance(whole, Literal) or statement.document is not document:
                    continue
                listed = {found.triple.object for found in index.statements(whole, downwards)}
                if listed and node not in listed:
                    words = Words(
                        message=f"{called(whole, index)} lists others under ‘{property_name(downwards)}’, "
                        "and not this one",
                        label="does not lead back here",
                        hint=f"add this one to its ‘{property_name(downwards)}’, or correct this link",
                    )
                    yield told(CODE, SEVERITY, statement, words)
