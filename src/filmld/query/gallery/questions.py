"""Reading the questions, and asking them with other values than their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from filmld.errors import ParameterError, QuestionError, UnknownQuestionError
from filmld.query.gallery.parameters import Kind, Parameter

SUFFIX: Final = ".rq"

_HEAD = re.compile(r"# (title|description|chart|parameter): (\S.*)")
_PARAMETER = re.compile(r"([a-z]\w*) \((\w+)\) (\S.*)", re.ASCII)
_PLACE = re.compile(
    r"(?P<before>[ ]*VALUES[ ]\?(?P<name>[a-z]\w*)[ ]\{[ ])"
    r"(?:<(?P<iri>[^<>]*)>|\"(?P<text>[^\"\\]*)\"|(?P<integer>[0-9]+))"
    r"(?P<after>[ ]\}[ ]\#[ ]parameter)",
    re.ASCII | re.VERBOSE,
)


class Chart(StrEnum):
    """How an answer is best shown."""

    TABLE = "table"
    BAR = "bar"
    LINE = "line"
    TIMELINE = "timeline"
    MAP = "map"
    NETWORK = "network"


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the catalogue.

    Attributes:
        name: The name of its file without suffix, as in ``01-filmography``.
        title: What it asks, in a few words.
        description: What the answer holds, for researchers.
        chart: How the answer is best shown.
        parameters: What it leaves open, in the order of the file.
        text: The file, a SPARQL query that runs as it stands.
    """

    name: str
    title: str
    description: str
    chart: Chart
    parameters: tuple[Parameter, ...]
    text: str

    def sparql(self, values: Mapping[str, str] | None = None) -> str:
        """Write the query with some values in place of its own.

        Args:
            values: By the names of parameters; a parameter without a value keeps its default.

        Raises:
            ParameterError: There is no such parameter, or it does not take such a value.
        """
        given = values or {}
        parameters = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in parameters:
                raise ParameterError(
                    name, "is none of this question", f"its parameters are {', '.join(parameters) or 'none'}"
                )
        terms = {name: parameters[name].term(value) for name, value in given.items()}
        return "".join(_with_term(line, terms) for line in self.text.splitlines(keepends=True))


def gallery() -> tuple[Question, ...]:
    """Read the questions that ship with filmld."""
    return read_questions(Path(__file__).parent)


def read_questions(folder: Path) -> tuple[Question, ...]:
    """Read the questions of a folder, in the order of their names.

    Raises:
        QuestionError: One of them is not written as a question must be.
    """
    return tuple(
        read_question(path.stem, path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob(f"*{SUFFIX}"))
    )


def find_question(asked: str, questions: tuple[Question, ...]) -> Question:
    """Find a question by its name, or by the number or the words in it.

    Raises:
        UnknownQuestionError: None is called so.
    """
    for question in questions:
        number, _, words = question.name.partition("-")
        if asked in {question.name, number, words}:
            return question
    raise UnknownQuestionError(asked, tuple(question.name for question in questions))


def read_question(name: str, text: str) -> Question:
    """Read one question.

    Raises:
        QuestionError: The text is not written as a question must be.
    """
    return _Reader(name + SUFFIX, text).question(name)


def _with_term(line: str, terms: Mapping[str, str]) -> str:
    place = _PLACE.fullmatch(line.rstrip("\n"))
    if place is None or place["name"] not in terms:
        return line
    return f"{place['before']}{terms[place['name']]}{place['after']}\n"


class _Reader:
    """Reads the head of a question and its marked places; knows the file, to say where a mistake is."""

    def __init__(self, filename: str, text: str) -> None:
        self._filename = filename
        self._text = text

    def question(self, name: str) -> Question:
        head = self._head()
        keys = [key for key, _ in head]
        if keys != ["title", "description", "chart", *["parameter"] * (len(keys) - 3)]:
            raise self._fault(1, "the head is not title, description, chart and parameters, in this order")
        title, description, chart = (value for _, value in head[:3])
        if chart not in list(Chart):
            raise self._fault(3, f"‘{chart}’ is none of {', '.join(Chart)}")
        return Question(
            name=name,
            title=title,
            description=description,
            chart=Chart(chart),
            parameters=self._parameters([value for _, value in head[3:]]),
            text=self._text,
        )

    def _fault(self, line: int, problem: str) -> QuestionError:
        return QuestionError(self._filename, line, problem)

    def _head(self) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        for number, line in enumerate(self._text.partition("\n\n")[0].splitlines(), 1):
            match = _HEAD.fullmatch(line)
            if match is None:
                raise self._fault(number, "this line is none that a head can have")
            found.append((match[1], match[2]))
        return found

    def _parameters(self, declared: list[str]) -> tuple[Parameter, ...]:
        places: dict[str, re.Match[str]] = {}
        for number, line in enumerate(self._text.splitlines(), 1):
            place = _PLACE.fullmatch(line)
            if place and place["name"] not in places:
                places[place["name"]] = place
            elif line.rstrip().endswith("# parameter"):
                raise self._fault(
                    number, "this is not VALUES ?name { value } # parameter, once for each name"
                )
        found = tuple(self._parameter(number, text, places) for number, text in enumerate(declared, 4))
        if sorted(places) != sorted(parameter.name for parameter in found):
            raise self._fault(4, "the parameters of the head are not those of the marked lines")
        return found

    def _parameter(self, line: int, declared: str, places: Mapping[str, re.Match[str]]) -> Parameter:
        match = _PARAMETER.fullmatch(declared)
        if match is None or match[2] not in list(Kind):
            raise self._fault(line, f"‘{declared}’ is not of the form name ({'|'.join(Kind)}) label")
        name, kind, label = match.groups()
        default = places[name][kind] if name in places else None
        if default is None:
            raise self._fault(line, f"no line gives ‘{name}’ a default of the kind {kind}")
        return Parameter(name=name, kind=Kind(kind), label=label, default=default)
