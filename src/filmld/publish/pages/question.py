"""The page of a question, and the page that names all of them."""

from typing import Final
from urllib.parse import quote, urlencode

from filmld.publish.jsontext import Json, for_script
from filmld.publish.pages.asking import Answer, Field, QuestionPage, QuestionsPage, Refused
from filmld.publish.pages.bars import bars, choose
from filmld.publish.pages.cells import Namer, cell, names, rows
from filmld.publish.pages.model import Item, Shell
from filmld.publish.pages.sparql import Setting
from filmld.publish.results import Asked, Parameter
from filmld.turtle.terms import IRI

FOLDER: Final = "queries/"
INDEX: Final = "queries/index.html"
MOST_ROWS: Final = 1000
"""A page shows no more than this; the whole answer is a click away."""


def question_page(
    shell: Shell,
    asked: Asked,
    namer: Namer,
    setting: Setting,
    *,
    seconds: float | None = None,
    cut: bool = False,
    refused: Refused | None = None,
) -> QuestionPage:
    """Make the page of a question.

    Args:
        shell: What every page has.
        asked: The question, with its answer.
        namer: Names what is in the answer.
        setting: Where the page stands.
        seconds: How long it took to answer, where that is of interest.
        cut: Whether there is more of the answer than was handed in.
        refused: Why there is no answer.
    """
    results = asked.results
    choice = choose(results, asked.chart) if results else None
    parameters: list[Json] = [{"name": one.name, "kind": one.kind} for one in asked.parameters]
    return QuestionPage(
        shell=shell,
        heading=asked.title,
        text=asked.description,
        action=f"{setting.root}{FOLDER}{asked.name}" if setting.endpoint else None,
        fields=tuple(_field(parameter, namer) for parameter in asked.parameters),
        answer=Answer(
            table=rows(results, namer, MOST_ROWS),
            cut=cut or len(results.rows) > MOST_ROWS,
            seconds=seconds,
            downloads=tuple(
                Item(text=suffix, href=_address(asked, setting, suffix)) for suffix in ("csv", "json", "rq")
            ),
            data=None if cut else _data(asked, namer),
        )
        if results
        else None,
        refused=refused,
        chart=bars(results, choice, namer) if results and choice else None,
        query=asked.query,
        edit=_edit(asked, setting),
        permalink=_permalink(asked, setting),
        script=f"{setting.script}question.js" if setting.script else None,
        settings=setting.as_json(chart=choice.as_object() if choice else None, parameters=parameters),
        missing=setting.missing,
    )


def questions_page(shell: Shell, questions: tuple[Asked, ...], setting: Setting) -> QuestionsPage:
    """Make the page that names all questions."""
    suffix = "" if setting.endpoint else ".html"
    return QuestionsPage(
        shell=shell,
        entries=tuple(
            Item(
                text=asked.title,
                href=f"{setting.root}{FOLDER}{asked.name}{suffix}",
                remarks=(Item(text=asked.description),),
            )
            for asked in questions
        ),
        sparql=setting.endpoint or f"{setting.root}sparql/index.html",
    )


def _field(parameter: Parameter, namer: Namer) -> Field:
    """A parameter as people fill it in: a thing by its name."""
    is_name = parameter.kind == "iri"
    value = (
        cell(IRI(parameter.value), namer).text
        if is_name and namer.thing(parameter.value)
        else parameter.value
    )
    return Field(
        name=parameter.name,
        label=parameter.label,
        value=value,
        is_name=is_name,
        is_number=parameter.kind == "integer",
    )


def _data(asked: Asked, namer: Namer) -> str | None:
    results = asked.results
    if results is None or len(results.rows) > MOST_ROWS:
        return None
    return for_script(
        {
            "query": asked.query,
            "answer": results.as_object(),
            "seconds": 0,
            "names": names(results, namer, MOST_ROWS),
        }
    )


def _address(asked: Asked, setting: Setting, suffix: str) -> str:
    if setting.endpoint is None or suffix == "rq":
        return f"{setting.root}{FOLDER}{asked.name}.{suffix}" + (_values(asked) if setting.endpoint else "")
    return f"{setting.endpoint}?format={suffix}&query={quote(asked.query)}"


def _edit(asked: Asked, setting: Setting) -> str:
    return f"{setting.endpoint or setting.root + 'sparql/index.html'}?query={quote(asked.query)}"


def _permalink(asked: Asked, setting: Setting) -> str:
    if setting.endpoint is None:
        return f"{setting.root}{FOLDER}{asked.name}.html"
    return f"{setting.root}{FOLDER}{asked.name}{_values(asked)}"


def _values(asked: Asked) -> str:
    given = urlencode({parameter.name: parameter.value for parameter in asked.parameters})
    return f"?{given}" if given else ""
