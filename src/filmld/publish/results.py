"""Questions and their answers, as whoever asked them hands them in: publishing asks nothing itself."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from filmld.publish.jsontext import Json
from filmld.turtle.terms import IRI, RDF_LANG_STRING, XSD_STRING, Literal, Term

Solution: TypeAlias = Mapping[str, Term]
"""The terms of a row by variable; an unbound variable is not in it."""


@dataclass(frozen=True, slots=True)
class Results:
    """The answer to a SELECT query."""

    variables: tuple[str, ...]
    rows: tuple[Solution, ...]

    def as_object(self) -> dict[str, Json]:
        """The answer as SPARQL 1.1 Query Results JSON has it (§3)."""
        names: list[Json] = list(self.variables)
        rows: list[Json] = [
            {name: _binding(row[name]) for name in self.variables if name in row} for row in self.rows
        ]
        return {"head": {"vars": names}, "results": {"bindings": rows}}

    def as_json(self) -> bytes:
        """The answer as a file of that format, a row a line."""
        head = json.dumps(list(self.variables), ensure_ascii=False)
        rows = ",\n".join(
            json.dumps(
                {name: _binding(row[name]) for name in self.variables if name in row}, ensure_ascii=False
            )
            for row in self.rows
        )
        return f'{{"head":{{"vars":{head}}},"results":{{"bindings":[\n{rows}\n]}}}}\n'.encode()

    def as_csv(self) -> bytes:
        """The answer as SPARQL 1.1 Query Results CSV has it (§3): texts without language or datatype."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(self.variables)
        writer.writerows([_plain(row.get(name)) for name in self.variables] for row in self.rows)
        return text.getvalue().encode()


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """Something that a question leaves open; ``kind`` is ``iri``, ``text`` or ``integer``."""

    name: str
    kind: str
    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """What is told of a question in another language; ``None`` where it is not.

    Attributes:
        language: The language.
        title: What it asks.
        description: What the answer holds.
        labels: What its parameters mean, by their names.
    """

    language: str
    title: str | None = None
    description: str | None = None
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question that was asked.

    Attributes:
        name: Its name, as in ``01-filmography``.
        title: What it asks, in a few words.
        description: What the answer holds.
        chart: How the answer is best shown: ``table``, ``bar``, ``line``, ``timeline``, ``map``, ``network``.
        parameters: What it leaves open, with the values it was asked with.
        query: The query.
        results: The answer; ``None`` where it was not asked.
        translations: What is told of it in other languages.
        is_paged: Whether it can be asked a page at a time.
    """

    name: str
    title: str
    description: str
    chart: str
    parameters: tuple[Parameter, ...]
    query: str
    results: Results | None = None
    translations: tuple[Translation, ...] = ()
    is_paged: bool = False

    def in_language(self, language: str) -> "Asked":
        """The same, told in a language as far as that is known."""
        told = next((each for each in self.translations if each.language == language), None)
        if told is None:
            return self
        parameters = (replace(each, label=told.labels.get(each.name, each.label)) for each in self.parameters)
        return replace(
            self,
            title=told.title or self.title,
            description=told.description or self.description,
            parameters=tuple(parameters),
        )

    @property
    def text(self) -> str:
        """The query, as those call it who publish it as an example."""
        return self.query


def _binding(term: Term) -> dict[str, Json]:
    if isinstance(term, IRI):
        return {"type": "uri", "value": term.value}
    if isinstance(term, Literal):
        found: dict[str, Json] = {"type": "literal", "value": term.lexical}
        if term.language:
            found["xml:lang"] = term.language
        elif term.datatype not in {XSD_STRING, RDF_LANG_STRING}:
            found["datatype"] = term.datatype
        return found
    return {"type": "bnode", "value": term.label}


def _plain(term: Term | None) -> str:
    match term:
        case None:
            return ""
        case IRI(value):
            return value
        case Literal(lexical):
            return lexical
        case _:
            return str(term)
