"""Reading Turtle at full speed, where places are not needed."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import count
from typing import TypeAlias

import pyoxigraph as ox

from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Resource, Term, Triple

_Labels: TypeAlias = defaultdict[str, str]


class BulkSyntaxError(ValueError):
    """A text is not Turtle.

    Attributes:
        message: What the parser says.
        row: 1-based row, if known.
        column: 1-based column, if known.
    """

    def __init__(self, message: str, row: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.row = row
        self.column = column


def parse(data: bytes, *, scope: str = "") -> Iterator[Triple]:
    """Read Turtle, in the order of the text.

    Args:
        data: The text in UTF-8. Relative IRIs are refused: nothing is ever resolved
            against the working directory.
        scope: Put before the label of every blank node, so that those of two files stay apart.
            The rest of a label is its place in the text, so that the same text gives the same labels;
            the parser gives ``[]`` a new one each time.

    Raises:
        BulkSyntaxError: On the first mistake; the triples before it have been yielded.
    """
    numbers = count(1)
    labels: _Labels = defaultdict(lambda: f"{scope}n{next(numbers)}")
    try:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            yield Triple(
                _resource(quad.subject, labels), IRI(quad.predicate.value), _term(quad.object, labels)
            )
    except SyntaxError as error:
        raise BulkSyntaxError(error.msg, error.lineno, error.offset) from error
    except (ValueError, MemoryError) as error:
        raise BulkSyntaxError(str(error) or "the text is too large") from error


def _resource(term: ox.NamedNode | ox.BlankNode | ox.Triple, labels: _Labels) -> Resource:
    if isinstance(term, ox.NamedNode):
        return IRI(term.value)
    if isinstance(term, ox.BlankNode):
        return BlankNode(labels[term.value])
    message = "RDF 1.2 triple terms are not read; records are RDF 1.1"
    raise ValueError(message)


def _term(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, labels: _Labels) -> Term:
    if isinstance(term, ox.Literal):
        return Literal(term.value, term.datatype.value, term.language) if term.language else _typed(term)
    return _resource(term, labels)


def _typed(literal: ox.Literal) -> Literal:
    return Literal(literal.value, literal.datatype.value or XSD_STRING)
