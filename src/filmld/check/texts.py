"""Texts that somebody wrote for readers, as distinct from what is copied letter by letter."""

from collections.abc import Iterator
from typing import Final

from filmld.tuples import NamedTuple
from filmld.turtle.document import Document
from filmld.turtle.terms import RDF_LANG_STRING, XSD_STRING, Literal, Triple
from filmld.vocab import FLD

_TEXT: Final = frozenset({XSD_STRING, RDF_LANG_STRING})
VERBATIM: Final = frozenset({FLD + "transcribedForm", FLD + "asPrinted"})
"""What is copied letter by letter keeps its oddities."""


class Text(NamedTuple):
    """A text and the statement that it is the value of."""

    triple: Triple
    text: str


def texts(document: Document) -> Iterator[Text]:
    """The texts of a record that were written for readers."""
    for triple in document.triples:
        value = triple.object
        if isinstance(value, Literal) and value.datatype in _TEXT and triple.predicate.value not in VERBATIM:
            yield Text(triple, value.lexical)
