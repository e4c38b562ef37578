"""The values that a question is asked with.

A value comes from a visitor, so it is never spliced into a query as text: it is made a term of
RDF first, or refused, and what goes into the query is the term, written so that no reader of
SPARQL can take any part of it for anything else.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import pyoxigraph as ox

from filmld.errors import ParameterError
from filmld.turtle.terms import IRI, Literal

MAX_CHARACTERS: Final = 2000

_INTEGER = re.compile(r"[+-]?[0-9]{1,18}")
_CODEPOINT_ESCAPE = re.compile(r"(\\\\)([uU])")


class Kind(StrEnum):
    """What a parameter takes."""

    IRI = "iri"
    TEXT = "text"
    INTEGER = "integer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that a question leaves open.

    Attributes:
        name: Its name, which is also that of its variable.
        kind: What it takes.
        label: What it means, for people.
        default: The value that the question has as it stands in its file, as a person would type it.
    """

    name: str
    kind: Kind
    label: str
    default: str

    def term(self, value: str) -> str:
        """Write a value as a term of SPARQL.

        Args:
            value: What somebody typed or an address holds.

        Raises:
            ParameterError: It is not of the right kind.
        """
        if len(value) > MAX_CHARACTERS:
            raise ParameterError(self.name, f"is longer than {MAX_CHARACTERS} characters")
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise ParameterError(self.name, "holds half a character") from error
        if self.kind is Kind.IRI:
            return self._iri(value)
        return self._integer(value) if self.kind is Kind.INTEGER else self._text(value)

    def _iri(self, value: str) -> str:
        try:
            node = ox.NamedNode(value)
        except ValueError as error:
            hint = "such as https://films.example.org/person/leena-kilpelainen"
            raise ParameterError(self.name, "is not an absolute IRI", hint) from error
        return str(IRI(node.value))

    def _integer(self, value: str) -> str:
        if not _INTEGER.fullmatch(value):
            raise ParameterError(self.name, "is not a whole number", "such as 3")
        return str(int(value))

    def _text(self, value: str) -> str:
        r"""Quote a text.

        SPARQL 1.1 §19.2 has escapes such as ``\u0022`` replaced before anything else, and some
        readers do so even after a doubled backslash; so a ``u`` behind a backslash is itself escaped.
        """
        return _CODEPOINT_ESCAPE.sub(lambda found: rf"\\\U{ord(found[2]):08X}", str(Literal(value)))
