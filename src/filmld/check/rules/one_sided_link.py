"""Two things disagree on whether one belongs to the other.

What it does:
    Compares links that are written on both sides: reviews and their film, editions and their festival,
    parts and their whole. It finds what is left out of a list that the other side keeps, and what is in a
    list and says that it belongs elsewhere. Who says nothing is left alone: pages find the other direction
    themselves.

Why it matters:
    Readers take a list for complete, and what stands in it for a part.

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
    List all that belong there, or none:

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

from filmld.check.facts import called, stating, told
from filmld.check.findings import Words
from filmld.check.index import Index, Statement
from filmld.check.watching import properties
from filmld.check.wording import property_name
from filmld.diagnostics import Diagnostic, Severity
from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.terms import IRI, Literal, Resource
from filmld.vocab import SCHEMA

CODE = "one-sided-link"
NAME = "Link of one side only"
SEVERITY = Severity.WARNING

PAIRS = (
    (IRI(SCHEMA + "itemReviewed"), IRI(SCHEMA + "review")),
    (IRI(SCHEMA + "superEvent"), IRI(SCHEMA + "subEvent")),
    (IRI(SCHEMA + "exampleOfWork"), IRI(SCHEMA + "workExample")),
    (IRI(SCHEMA + "isPartOf"), IRI(SCHEMA + "hasPart")),
)
"""What a part says of its whole, and what the whole says of its parts."""
WATCHES = properties(*(name for pair in PAIRS for name in pair))


class _Link(NamedTuple):
    """A link of one side, where it leads, and where the links of the other side lead."""

    statement: Statement
    other: Resource
    returned: frozenset[Resource]


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each part that is not where the other side says."""
    for node in stating(document, index, *(name for pair in PAIRS for name in pair)):
        for upwards, downwards in PAIRS:
            yield from _left_out(node, upwards, downwards, document, index)
            yield from _belong_elsewhere(node, upwards, downwards, document, index)


def _left_out(
    part: Resource, upwards: IRI, downwards: IRI, document: Document, index: Index
) -> Iterator[Diagnostic]:
    """Links to a whole which lists others, and not this one."""
    for statement, whole, listed in _both_sides(part, upwards, downwards, document, index):
        if listed and part not in listed:
            listing = f"‘{property_name(downwards)}’"
            words = Words(
                message=f"{called(whole, index)} lists others under {listing}, and not this one",
                label="does not lead back here",
                hint=f"add this one to its {listing}, or correct this link",
            )
            yield told(CODE, SEVERITY, statement, words)


def _belong_elsewhere(
    whole: Resource, upwards: IRI, downwards: IRI, document: Document, index: Index
) -> Iterator[Diagnostic]:
    """Links to a part which names another whole, and not this one."""
    for statement, part, wholes in _both_sides(whole, downwards, upwards, document, index):
        if wholes and whole not in wholes:
            others = ", ".join(called(other, index) for other in sorted(wholes, key=str))
            words = Words(
                message=f"{called(part, index)} belongs to {others}, as its ‘{property_name(upwards)}’ says",
                label="belongs elsewhere",
                hint="take it out of this list, or correct the link of the other side",
            )
            yield told(CODE, SEVERITY, statement, words)


def _both_sides(node: Resource, there: IRI, back: IRI, document: Document, index: Index) -> Iterator[_Link]:
    """Each link of this file from a node, with what the other side says."""
    for statement in index.statements(node, there):
        other = statement.triple.object
        if not isinstance(other, Literal) and statement.document is document:
            values = (found.triple.object for found in index.statements(other, back))
            returned = frozenset(value for value in values if not isinstance(value, Literal))
            yield _Link(statement, other, returned)
