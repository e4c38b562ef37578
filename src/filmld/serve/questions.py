"""``/queries/<name>``: the questions of the gallery, asked with whatever parameters the address has."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from filmld.archive.config import Config
from filmld.errors import FilmldError, ParameterError
from filmld.publish.pages.asking import Refused
from filmld.publish.pages.model import Shell
from filmld.publish.pages.question import Part, question_page, questions_page
from filmld.publish.pages.shell import bare_shell
from filmld.publish.pages.sparql import Setting
from filmld.publish.render import render
from filmld.publish.results import Asked, Parameter, Results, Translation
from filmld.query import prepare
from filmld.query.errors import QueryError
from filmld.query.gallery import AFTER, ROWS, Kind, Question
from filmld.query.pool import Pool
from filmld.serve import built
from filmld.serve.built import BuiltPages
from filmld.serve.clients import Clients
from filmld.serve.faults import advise, status_of
from filmld.serve.form import HEADERS
from filmld.serve.naming import SHOWN_ROWS, Naming, ShownRows, read_rows
from filmld.serve.places import Place, place
from filmld.tuples import NamedTuple
from filmld.turtle.terms import IRI, Literal

PAGE_BYTES: Final = 2 * 2**20
"""The rows of a page may take so much: a thousand of them with long texts are half of it."""

_FORMATS: Final = ("csv", "json")
_COUNTED: Final = re.compile(r"\bfld:(counts|filmsTogether|copies|copyOf|shotAbroadIn|\w+Place)\b")
_LACKS: Final = """
ASK {
  { ?film a schema:Movie . FILTER NOT EXISTS { ?any fld:copies ?copies } }
  UNION
  { ?film fld:copies 0 . FILTER NOT EXISTS { ?any fld:lostPlace ?place } }
  UNION
  { ?film fld:shotAbroadIn ?country . FILTER NOT EXISTS { ?any fld:shotAbroadPlace ?place } }
  UNION
  { ?film fld:distributor ?company . FILTER NOT EXISTS { ?any fld:distributionPlace ?place } }
  UNION
  {
    ?review a schema:Review ; schema:author ?critic ; schema:itemReviewed ?film ; schema:reviewBody ?text .
    FILTER NOT EXISTS { ?any fld:reviewPlace ?place }
  }
  UNION
  {
    ?copy fld:copyOf ?film ; schema:holdingArchive ?archive ; schema:material ?material .
    FILTER NOT EXISTS { ?any fld:holdingPlace ?place }
  }
}
"""
"""Whether anything is missing that is counted beforehand of such data: they are older than it."""


@dataclass(frozen=True, slots=True)
class Gallery:
    """The questions that have a page.

    Attributes:
        questions: The questions.
        terms: What the terms of the ontology are called, in each language of the pages.
    """

    questions: tuple[Question, ...] = ()
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_GALLERY = Gallery()


class QuestionPages:
    """Answers for ``/queries``, and for the same in the folders of other languages."""

    def __init__(
        self, naming: Naming, pool: Pool, config: Config, questions: tuple[Question, ...], clients: Clients
    ) -> None:
        self._naming = naming
        self._pool = pool
        self._config = config
        self._questions = {question.name: question for question in questions}
        self._clients = clients
        self._built = BuiltPages(naming.pages)

    async def index(self, request: Request) -> Response:
        """Name all questions."""
        here = place(request, self._config)
        said = here.words.asking
        setting = self._setting(here)
        shell = self._shell(here, said["questions_title"], said["questions_about"])
        asked = tuple(asked_of(question, {}) for question in self._questions.values())
        return HTMLResponse(render(questions_page(shell, asked, setting), here.words), 200, HEADERS)

    async def answer(self, request: Request) -> Response:
        """Ask a question, and show its answer; or lead to the answer as a file."""
        name, _, suffix = request.path_params["name"].partition(".")
        question = self._questions.get(name)
        here = place(request, self._config)
        if question is None or suffix not in {"", "html", "rq", *_FORMATS}:
            return await self._naming.pages.not_found()
        values = {key: await self._value(question, key, value) for key, value in request.query_params.items()}
        try:
            query = question.sparql(values)
            shown = _page_of(question, values)
        except ParameterError as error:
            asked = replace(asked_of(question, {}), query=question.text)
            return await self._page(_Visit(here, question, asked), error=error, status=400)
        if suffix == "rq":
            return Response(query, media_type="application/sparql-query")
        if suffix in _FORMATS:
            asked = replace(asked_of(question, values), query=query)
            return await self._file(request, asked, suffix, as_built=query == question.text)
        asked = replace(asked_of(question, values), query=question.sparql(values | shown.values))
        visit = _Visit(here, question, asked, values, shown)
        if asked.query == question.sparql(_page_of(question, {}).values):
            ready = await self._as_built(request, visit)
            if ready is not None:
                return ready
        return await self._answered(request, visit)

    async def _as_built(self, request: Request, visit: "_Visit") -> Response | None:
        """The page with the answer that the build has worked out, where there is a build."""
        path = visit.here.prefix + built.path_of(visit.question.name, ".html")

        async def frame(total: int | None) -> bytes:
            return await self._rendered(visit, part=Part(total=total))

        has_answer = self._naming.pages.has(built.path_of(visit.question.name))
        found = await self._built.page(path, frame) if has_answer else None
        return found.response(request, HEADERS) if found else None

    async def _file(self, request: Request, asked: Asked, suffix: str, *, as_built: bool) -> Response:
        path = built.path_of(asked.name, f".{suffix}")
        if as_built and request.url.path == f"/{path}" and self._naming.pages.has(path):
            return await self._naming.pages.answer(request)
        return RedirectResponse(f"/sparql?{urlencode({'format': suffix, 'query': asked.query})}", 303)

    async def _answered(self, request: Request, visit: "_Visit") -> Response:
        try:
            with self._clients.admit(request.client.host if request.client else ""):
                async with self._pool.query(self._wanted(visit.asked.query)) as answer:
                    found = await read_rows(answer)
                part = await self._part(visit, found)
                counted = bool(found.rows or part.total) or await self._is_counted(visit.question)
                part = part._replace(seconds=answer.seconds_taken, is_counted=counted)
                return await self._page(visit, found=found, part=part)
        except QueryError as error:
            response = await self._page(visit, error=error, status=status_of(error))
            advise(response, error)
            return response

    def _wanted(self, query: str) -> prepare.Request:
        limits = self._config.limits
        return prepare.Request(
            text=query, seconds=limits.query_seconds, max_bytes=PAGE_BYTES, base=self._config.base
        )

    async def _part(self, visit: "_Visit", found: ShownRows) -> Part:
        """Which part of the whole answer was found; where the page is full, the rows are counted."""
        shown, rows = visit.shown, len(found.rows)
        if not visit.question.is_paged:
            return Part(total=None if found.cut else rows)
        if rows < shown.rows and not found.cut and (rows or not shown.after):
            return Part(shown.after, shown.rows, shown.after + rows)
        return Part(shown.after, shown.rows, await self._counted(visit))

    async def _counted(self, visit: "_Visit") -> int | None:
        query = visit.question.counting(visit.values) or ""
        try:
            async with self._pool.query(self._wanted(query)) as answer:
                (row,) = (await read_rows(answer)).rows
        except QueryError:
            return None  # what has been found is an answer all the same, and says that it may be a part
        number = row.get("rows")
        return int(number.lexical) if isinstance(number, Literal) else None

    async def _is_counted(self, question: Question) -> bool:
        """Whether the data have what a question needs that is counted beforehand."""
        if not _COUNTED.search(question.text):
            return True
        try:
            async with self._pool.query(self._wanted(_LACKS)) as answer:
                return not (await read_rows(answer)).boolean
        except QueryError:
            return True

    async def _page(
        self,
        visit: "_Visit",
        *,
        error: FilmldError | None = None,
        status: int = 200,
        found: ShownRows | None = None,
        part: Part | None = None,
    ) -> Response:
        body = await self._rendered(visit, error=error, found=found, part=part)
        return HTMLResponse(body, status, HEADERS)

    async def _rendered(
        self,
        visit: "_Visit",
        *,
        error: FilmldError | None = None,
        found: ShownRows | None = None,
        part: Part | None = None,
    ) -> bytes:
        here = visit.here
        asked = visit.asked.in_language(here.words.language)
        rows = found.rows if found else ()
        meant = [
            {"": IRI(one.value)} for one in asked.parameters if one.kind == Kind.IRI and "://" in one.value
        ]
        namer = await self._naming.namer(self._pool, (*rows, *meant), here)
        page = question_page(
            self._shell(here, asked.title, asked.description),
            replace(asked, results=Results(found.variables, rows) if found else None),
            namer,
            self._setting(here),
            part=part or Part(most=visit.shown.rows, after=visit.shown.after),
            refused=Refused(message=error.message, hint=error.hint) if error else None,
        )
        return render(page, here.words)

    async def _value(self, question: Question, key: str, value: str) -> str:
        """A value as the question takes it: a thing may be called by its name."""
        is_thing = any(one.name == key and one.kind is Kind.IRI for one in question.parameters)
        return await self._naming.meant(self._pool, value) if is_thing else value

    def _shell(self, here: Place, title: str, description: str) -> Shell:
        return bare_shell(
            self._config,
            here.words,
            title=title,
            description=description,
            path=here.path,
            root=here.root,
            sections=self._naming.pages.sections(),
        )

    def _setting(self, here: Place) -> Setting:
        return Setting(
            config=self._config,
            root=here.root,
            endpoint=f"{here.root}sparql",
            words=here.words,
            folder=here.folder,
        )


class _Shown(NamedTuple):
    """The rows that a page shows."""

    rows: int = SHOWN_ROWS
    after: int = 0
    is_paged: bool = True

    @property
    def values(self) -> dict[str, str]:
        """The same as the values of a question."""
        return {ROWS: str(self.rows), AFTER: str(self.after)} if self.is_paged else {}


@dataclass(frozen=True, slots=True)
class _Visit:
    """Somebody's question, and where they stand."""

    here: Place
    question: Question
    asked: Asked
    values: Mapping[str, str] = field(default_factory=dict)
    shown: _Shown = field(default_factory=_Shown)


def _page_of(question: Question, values: Mapping[str, str]) -> _Shown:
    """The rows that a page is asked for.

    Raises:
        ParameterError: More than a page can show.
    """
    if not question.is_paged:
        return _Shown(is_paged=False)
    rows = int(values.get(ROWS, SHOWN_ROWS))
    if rows > SHOWN_ROWS:
        raise ParameterError(
            ROWS, f"is at most {SHOWN_ROWS} on a page", "the files below a page have all rows"
        )
    return _Shown(rows, int(values.get(AFTER, 0)))


def asked_of(question: Question, values: Mapping[str, str]) -> Asked:
    """A question with its values, as the pages take it."""
    return Asked(
        name=question.name,
        title=question.title,
        description=question.description,
        chart=question.chart,
        parameters=tuple(
            Parameter(name=one.name, kind=one.kind, label=one.label, value=values.get(one.name, one.default))
            for one in question.parameters
        ),
        query=question.text,
        translations=tuple(
            Translation(
                language=one.language,
                title=one.title,
                description=one.description,
                labels=dict(one.labels),
            )
            for one in question.translations
        ),
        is_paged=question.is_paged,
    )
