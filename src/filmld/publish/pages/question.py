"""The page of a question, and the page that names all of them."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final
from urllib.parse import quote, urlencode

from filmld.publish.jsontext import Json, for_script
from filmld.publish.pages.asking import Answer, BarChart, Field, QuestionPage, QuestionsPage, Refused
from filmld.publish.pages.bars import Choice, bars, choose
from filmld.publish.pages.cells import Namer, cell, names, rows
from filmld.publish.pages.model import Item, Shell
from filmld.publish.pages.sparql import Setting
from filmld.publish.results import Asked, Parameter, Results
from filmld.publish.words import Words
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI

FOLDER: Final = "queries/"
INDEX: Final = "queries/index.html"
MOST_ROWS: Final = 1000
"""A page shows no more than this; the whole answer is a click away."""


class Part(NamedTuple):
    """Which part of an answer was handed in, and what else is known of how it came about.

    Attributes:
        after: How many rows come before it.
        most: How many a page may have.
        total: How many there are in all; ``None`` where nobody has counted.
        seconds: How long it took to answer, where that is of interest.
        is_counted: Whether the data have what is counted beforehand.
    """

    after: int = 0
    most: int = MOST_ROWS
    total: int | None = None
    seconds: float | None = None
    is_counted: bool = True


def question_page(
    shell: Shell,
    asked: Asked,
    namer: Namer,
    setting: Setting,
    *,
    part: Part | None = None,
    refused: Refused | None = None,
) -> QuestionPage:
    """Make the page of a question.

    Args:
        shell: What every page has.
        asked: The question, with its answer.
        namer: Names what is in the answer.
        setting: Where the page stands.
        part: Which part of the answer was handed in; ``None`` for all of it.
        refused: Why there is no answer.
    """
    results = asked.results
    words = setting.words
    choice = choose(results, asked.chart) if results else None
    shown = results and Results(results.variables, results.rows[:MOST_ROWS])
    part = part or Part(total=len(results.rows) if results else None)
    is_whole = shown is not None and part.after == 0 and part.total == len(shown.rows)
    parameters: list[Json] = [{"name": one.name, "kind": one.kind} for one in asked.parameters]
    # On a static page the bars are of all rows, though the page names only the first of them.
    is_partial = results is not None and part.total != len(results.rows)
    return QuestionPage(
        shell=shell,
        heading=asked.title,
        text=asked.description,
        action=f"{setting.folder}{FOLDER}{asked.name}" if setting.endpoint else None,
        fields=_fields(asked, namer, setting, part),
        answer=Answer(
            table=rows(shown, namer, MOST_ROWS),
            said=_said(words, len(shown.rows), part),
            remark=_remark(asked, words, shown, part),
            total=part.total,
            downloads=tuple(
                Item(text=suffix, href=_address(asked, setting, suffix)) for suffix in ("csv", "json", "rq")
            ),
            data=_data(asked, shown, namer),
        )
        if shown
        else None,
        refused=refused,
        chart=_chart(results, choice, namer, words, is_partial=is_partial) if results and choice else None,
        pager=pager(asked, setting, part),
        query=asked.query,
        edit=f"{setting.page}?query={quote(asked.query)}",
        permalink=_permalink(asked, setting, part),
        script=f"{setting.script}question.js" if setting.script else None,
        settings=setting.as_json(
            chart=choice.as_object() if choice and is_whole else None,
            parameters=parameters,
            partial=not is_whole,
        ),
        missing=setting.missing,
    )


def pager(asked: Asked, setting: Setting, part: Part) -> tuple[Item, ...]:
    """The ways to the rows before and after; only a server can give others than the first."""
    if setting.endpoint is None:
        return ()
    words, found = setting.words, []
    if part.after:
        before = part._replace(after=max(0, part.after - part.most))
        found.append(Item(text=words.previous, href=_permalink(asked, setting, before)))
    if part.total is not None and part.after + part.most < part.total:
        after = part._replace(after=part.after + part.most)
        found.append(Item(text=words.following, href=_permalink(asked, setting, after)))
    return tuple(found)


def _said(words: Words, shown: int, part: Part) -> str:
    """How much of the answer this is: never is a part taken for the whole."""
    said, number = words.asking, words.number
    first, last = number(part.after + 1), number(part.after + shown)
    if part.total is None:
        label = words.labels["row"].of(shown)
        return said["range"].format(first, last) if part.after else said["first"].format(number(shown), label)
    if not shown and part.total:
        return said["beyond"].format(words.rows(part.total))
    if part.after:
        return said["range_of"].format(first, last, words.rows(part.total))
    if shown < part.total:
        return said["first_of"].format(number(shown), words.rows(part.total))
    return said["counted"].format(number(shown), words.labels["row"].of(shown))


def _remark(asked: Asked, words: Words, shown: Results, part: Part) -> str:
    said = words.asking
    found = []
    if not shown.rows and not part.total:
        found.append(
            said["nothing_so" if asked.parameters else "nothing"] if part.is_counted else said["not_counted"]
        )
    if part.total is None:
        found.append(said["cut"])
    elif shown.rows and part.total > len(shown.rows):
        found.append(said["whole"])
    if part.seconds:
        found.append(said["took"].format(words.duration(part.seconds)))
    return " ".join(found)


def _chart(
    results: Results, choice: Choice, namer: Namer, words: Words, *, is_partial: bool
) -> BarChart | None:
    chart = bars(results, choice, namer, words)
    if chart is None or not is_partial:
        return chart
    return replace(chart, title=f"{chart.title} ({words.asking['chart_part']})")


def questions_page(shell: Shell, questions: tuple[Asked, ...], setting: Setting) -> QuestionsPage:
    """Make the page that names all questions."""
    suffix = "" if setting.endpoint else ".html"
    told = [asked.in_language(setting.words.language) for asked in questions]
    return QuestionsPage(
        shell=shell,
        entries=tuple(
            Item(
                text=asked.title,
                href=f"{setting.folder}{FOLDER}{asked.name}{suffix}",
                remarks=(Item(text=asked.description),),
            )
            for asked in told
        ),
        sparql=setting.page,
    )


def _fields(asked: Asked, namer: Namer, setting: Setting, part: Part) -> tuple[Field, ...]:
    own = tuple(_field(parameter, namer) for parameter in asked.parameters)
    is_short = part.total is not None and part.total <= MOST_ROWS == part.most
    if setting.endpoint is None or not asked.is_paged or is_short:
        return own
    label = setting.words.asking["rows_field"].format(setting.words.number(MOST_ROWS))
    return (*own, Field(name="rows", label=label, value=str(part.most), is_number=True))


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


def _data(asked: Asked, shown: Results, namer: Namer) -> str:
    return for_script(
        {
            "query": asked.query,
            "answer": shown.as_object(),
            "seconds": 0,
            "names": names(shown, namer, MOST_ROWS),
        }
    )


def _address(asked: Asked, setting: Setting, suffix: str) -> str:
    """Where the whole answer is, or the query that gives it."""
    return f"{setting.root}{FOLDER}{asked.name}.{suffix}" + (_values(asked) if setting.endpoint else "")


def _permalink(asked: Asked, setting: Setting, part: Part) -> str:
    if setting.endpoint is None:
        return f"{setting.folder}{FOLDER}{asked.name}.html"
    page: dict[str, str] = {}
    if asked.is_paged and part.most != MOST_ROWS:
        page["rows"] = str(part.most)
    if part.after:
        page["after"] = str(part.after)
    return f"{setting.folder}{FOLDER}{asked.name}{_values(asked, page)}"


def _values(asked: Asked, page: Mapping[str, str] | None = None) -> str:
    given = {parameter.name: parameter.value for parameter in asked.parameters} | dict(page or {})
    return f"?{urlencode(given)}" if given else ""
