"""RDF terms as plain values, in the words of RDF 1.1 Concepts.

Named tuples, because a large archive has millions of them and they must be cheap to make,
to hash and to compare. Tuples of different classes with equal fields are equal in Python;
no harm comes of it here, since an absolute IRI always holds a colon and a blank node's
label never does.
"""

from typing import TypeAlias

from filmld.tuples import NamedTuple
from filmld.vocab import RDF, XSD

XSD_STRING = XSD + "string"
RDF_LANG_STRING = RDF + "langString"

_ESCAPES = str.maketrans(
    {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
)


class IRI(NamedTuple):
    """An absolute IRI."""

    value: str

    def __str__(self) -> str:
        return f"<{self.value}>"


class BlankNode(NamedTuple):
    """A blank node; its label means something within one file only."""

    label: str

    def __str__(self) -> str:
        return f"_:{self.label}"


class Literal(NamedTuple):
    """A literal, its lexical form exactly as written (RDF 1.1 Concepts §3.3)."""

    lexical: str
    datatype: str = XSD_STRING
    language: str | None = None

    def __str__(self) -> str:
        text = f'"{self.lexical.translate(_ESCAPES)}"'
        if self.language is not None:
            return f"{text}@{self.language}"
        return text if self.datatype == XSD_STRING else f"{text}^^<{self.datatype}>"


Resource: TypeAlias = IRI | BlankNode
Term: TypeAlias = IRI | BlankNode | Literal


class Triple(NamedTuple):
    """A statement. ``str()`` of it, and of each term, is its N-Triples form."""

    subject: Resource
    predicate: IRI
    object: Term

    def __str__(self) -> str:
        return f"{self.subject} {self.predicate} {self.object} ."


def lang_string(lexical: str, language: str) -> Literal:
    """Make a language-tagged string; the tag is kept as written (RDF 1.1 Concepts §3.3)."""
    return Literal(lexical, RDF_LANG_STRING, language)
