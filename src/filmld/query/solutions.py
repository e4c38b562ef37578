"""Reading SPARQL results in JSON as they arrive, a row at a time."""

import codecs
import json
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from filmld.turtle.terms import IRI, XSD_STRING, BlankNode, Literal, Term, lang_string

Row: TypeAlias = Mapping[str, Term]
"""The terms of a solution by variable; an unbound variable is not in it."""

_START = '"bindings":['


class SolutionReader:
    """Turns pieces of a JSON result (SPARQL 1.1 Query Results JSON §3) into rows.

    The rows are never all in memory, so that a long result can be shown while it is made.
    Trusts the layout that our own workers write: the head first, no blank space.

    Attributes:
        variables: The variables in the order of the query, once the head has been read.
        boolean: What an ASK query was answered with, else ``None``.
    """

    def __init__(self) -> None:
        self._decode = codecs.getincrementaldecoder("utf-8")().decode
        self._json = json.JSONDecoder()
        self._text = ""
        self._begun = False
        self._wanted = 0
        self.variables: tuple[str, ...] = ()
        self.boolean: bool | None = None

    def feed(self, data: bytes) -> Iterator[Row]:
        """Take the next piece and give the rows that it completes."""
        self._text += self._decode(data)
        if not self._begun:
            self._begin()
        if self._begun and (len(self._text) >= self._wanted or self._text.endswith("]}}")):
            yield from self._rows()

    def _begin(self) -> None:
        head, found, rest = self._text.partition(_START)
        if found:
            self.variables = tuple(json.loads(head + found + "]}}")["head"]["vars"])
            self._text, self._begun = rest, True
        elif '"boolean":' in head and head.endswith("}"):
            self.boolean = json.loads(head)["boolean"]

    def _rows(self) -> Iterator[Row]:
        offset = 0
        while self._text.startswith(("{", ",{"), offset):
            start = offset + (self._text[offset] == ",")
            try:
                fields, offset = self._json.raw_decode(self._text, start)
            except json.JSONDecodeError:
                break
            yield {name: _term(field) for name, field in fields.items()}
        self._text = self._text[offset:]
        # A row longer than a piece is tried again only when there is twice as much of it.
        self._wanted = 2 * len(self._text)


Field: TypeAlias = dict[str, "str | dict[str, Field]"]


def _term(field: Field) -> Term:
    value = field["value"]
    if not isinstance(value, str):
        return Literal(" ".join(["<<", *(str(_term(_nested(part))) for part in value.values()), ">>"]))
    if field["type"] == "uri":
        return IRI(value)
    if field["type"] == "bnode":
        return BlankNode(value)
    language = field.get("xml:lang")
    return (
        lang_string(value, str(language))
        if language
        else Literal(value, str(field.get("datatype", XSD_STRING)))
    )


def _nested(part: "str | Field") -> Field:
    """The parts of a quoted triple, which RDF 1.2 data may hold, are terms again."""
    return part if isinstance(part, dict) else {}
