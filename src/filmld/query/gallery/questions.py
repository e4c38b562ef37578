"""Reading the questions, and asking them with other values than their own."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from filmld.errors import ParameterError, QuestionError, UnknownQuestionError
from filmld.query.gallery import paging
from filmld.query.gallery.parameters import Kind, Parameter
from filmld.tuples import NamedTuple

SUFFIX: Final = ".rq"

_HEAD = re.compile(r"# (title|description|chart|parameter)(?:@([a-z]{2,3}(?:-[a-z0-9]+)*))?: (\S.*)")
_TRANSLATION = re.compile(r"^# (?:title|description|parameter)@.*\n", re.MULTILINE)
_TRANSLATED = frozenset({"title", "description", "parameter"})
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


class Translation(NamedTuple):
    """What is told of a question in another language.

    Attributes:
        language: The language.
        title: The title; ``None`` where the file has none in it.
        description: The description, likewise.
        labels: What parameters mean, by their names.
    """

    language: str
    title: str | None = None
    description: str | None = None
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question to the catalogue.

    Attributes:
        name: The name of its file without suffix, as in ``01-filmography``.
        title: What it asks, in a few words.
        description: What the answer holds, for researchers.
        chart: How the answer is best shown.
        parameters: What it leaves open, in the order of the file.
        text: The file without its translations, a SPARQL query that runs as it stands and gives all rows.
        translations: The same in other languages.
    """

    name: str
    title: str
    description: str
    chart: Chart
    parameters: tuple[Parameter, ...]
    text: str
    translations: tuple[Translation, ...] = ()

    @property
    def is_paged(self) -> bool:
        """Whether it can be asked a page at a time, with ``rows`` and ``after``."""
        return bool(paging.places(self.text.splitlines()))

    def counting(self, values: Mapping[str, str] | None = None) -> str | None:
        """Write the query that counts the rows of the whole answer; ``None`` if it is not asked by pages.

        Args:
            values: As for :meth:`sparql`; which page is asked for makes no difference.
        """
        given = {name: value for name, value in (values or {}).items() if name not in paging.NAMES}
        return paging.counting(self.sparql(given))

    def sparql(self, values: Mapping[str, str] | None = None) -> str:
        """Write the query with some values in place of its own.

        Args:
            values: By the names of parameters; a parameter without a value keeps its default. ``rows`` and
                ``after`` ask for a page: so many rows, after so many others. Without them it is all rows.

        Raises:
            ParameterError: There is no such parameter, or it does not take such a value.
        """
        given = values or {}
        parameters = {parameter.name: parameter for parameter in self.parameters}
        known = [*parameters, *((paging.ROWS, paging.AFTER) if self.is_paged else ())]
        for name in given:
            if name not in known:
                raise ParameterError(
                    name, "is none of this question", f"its parameters are {', '.join(known) or 'none'}"
                )
        page = paging.page_of(given) if self.is_paged else None
        terms = {name: parameters[name].term(value) for name, value in given.items() if name in parameters}
        text = "".join(_with_term(line, terms) for line in self.text.splitlines(keepends=True))
        return paging.paged(text, page) if page else text


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


class _Line(NamedTuple):
    """A line of a head."""

    number: int
    key: str
    language: str | None
    value: str


class _Reader:
    """Reads the head of a question and its marked places; knows the file, to say where a mistake is."""

    def __init__(self, filename: str, text: str) -> None:
        self._filename = filename
        self._text = text

    def question(self, name: str) -> Question:
        head = self._head()
        own = [(key, value) for _, key, language, value in head if language is None]
        keys = [key for key, _ in own]
        if keys != ["title", "description", "chart", *["parameter"] * (len(keys) - 3)]:
            raise self._fault(1, "the head is not title, description, chart and parameters, in this order")
        title, description, chart = (value for _, value in own[:3])
        if chart not in list(Chart):
            raise self._fault(self._line(head, "chart"), f"‘{chart}’ is none of {', '.join(Chart)}")
        parameters = self._parameters(
            [
                (number, value)
                for number, key, language, value in head
                if (key, language) == ("parameter", None)
            ]
        )
        self._check_page(parameters)
        return Question(
            name=name,
            title=title,
            description=description,
            chart=Chart(chart),
            parameters=parameters,
            text=_TRANSLATION.sub("", self._text),
            translations=self._translations(head, frozenset(parameter.name for parameter in parameters)),
        )

    def _line(self, head: list[_Line], key: str) -> int:
        return next(number for number, name, language, _ in head if (name, language) == (key, None))

    def _translations(self, head: list[_Line], parameters: frozenset[str]) -> tuple[Translation, ...]:
        found: dict[str, Translation] = {}
        for number, key, language, value in head:
            if language is None:
                continue
            known = found.get(language, Translation(language))
            if key == "parameter":
                name, _, label = value.partition(" ")
                if name not in parameters or not label:
                    raise self._fault(number, f"‘{name}’ is no parameter of this question, or says nothing")
                found[language] = known._replace(labels=(*known.labels, (name, label)))
            elif key == "title":
                found[language] = known._replace(title=value)
            else:
                found[language] = known._replace(description=value)
        return tuple(found.values())

    def _check_page(self, parameters: tuple[Parameter, ...]) -> None:
        """A question says once at most where its rows are cut, behind what begins at the same depth."""
        lines = self._text.splitlines()
        places = paging.places(lines)
        if not places:
            return
        if len(places) > 1:
            raise self._fault(places[1] + 1, "a question says once where its rows are cut")
        if not paging.begins(lines, places[0]):
            raise self._fault(places[0] + 1, "no line before it begins with SELECT at the same depth")
        taken = paging.NAMES & {parameter.name for parameter in parameters}
        if taken:
            raise self._fault(
                1, f"‘{min(taken)}’ is what a page is asked for with, and cannot be a parameter"
            )

    def _fault(self, line: int, problem: str) -> QuestionError:
        return QuestionError(self._filename, line, problem)

    def _head(self) -> list[_Line]:
        found: list[_Line] = []
        for number, line in enumerate(self._text.partition("\n\n")[0].splitlines(), 1):
            match = _HEAD.fullmatch(line)
            if match is None or (match[2] and match[1] not in _TRANSLATED):
                raise self._fault(number, "this line is none that a head can have")
            found.append(_Line(number, match[1], match[2], match[3]))
        return found

    def _parameters(self, declared: list[tuple[int, str]]) -> tuple[Parameter, ...]:
        places: dict[str, re.Match[str]] = {}
        for number, line in enumerate(self._text.splitlines(), 1):
            place = _PLACE.fullmatch(line)
            if place and place["name"] not in places:
                places[place["name"]] = place
            elif line.rstrip().endswith("# parameter"):
                raise self._fault(
                    number, "this is not VALUES ?name { value } # parameter, once for each name"
                )
        found = tuple(self._parameter(number, text, places) for number, text in declared)
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
