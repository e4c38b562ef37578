"""Something is a part, an edition or a variant of itself, over one or more steps.

What it does:
    Follows the links from parts to wholes, from editions to festivals and from variants to films.

Why it matters:
    Lists that follow such links never end, and nobody can tell which is the whole.

Example:
    ```turtle
    film:one
        schema:isPartOf film:two ;
    .

    film:two
        schema:isPartOf film:one ;
    .
    ```

Instead:
    Take out the link that is wrong:

    ```turtle
    film:one
        schema:isPartOf film:two ;
    .
    ```
"""

from collections.abc import Iterator

from filmld.check.facts import called, stating, told
from filmld.check.findings import Words
from filmld.check.index import Index
from filmld.check.watching import properties
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Resource
from filmld.vocab import FLD, SCHEMA

CODE = "circular"
NAME = "Part of itself"
SEVERITY = Severity.WARNING

UPWARDS = (IRI(SCHEMA + "isPartOf"), IRI(SCHEMA + "superEvent"), IRI(FLD + "variantOf"))
WATCHES = properties(*UPWARDS)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each link that leads back to where it came from."""
    for node in stating(document, index, *UPWARDS):
        for property_ in UPWARDS:
            for statement in index.statements(node, property_):
                whole = statement.triple.object
                if statement.document is not document or isinstance(whole, Literal):
                    continue
                if _leads_to(whole, node, property_, index):
                    words = Words(
                        message=f"{called(node, index)} is a part of itself, by {called(whole, index)}",
                        label="this leads back here",
                        hint="take out the link that is wrong",
                    )
                    yield told(CODE, SEVERITY, statement, words)


def _leads_to(start: Resource, end: Resource, property_: IRI, index: Index) -> bool:
    seen: set[Resource] = set()
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if node == end:
            return True
        if node not in seen:
            seen.add(node)
            found = (statement.triple.object for statement in index.statements(node, property_))
            waiting += (value for value in found if not isinstance(value, Literal))
    return False
