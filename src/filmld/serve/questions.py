"""``/queries/<name>``: the questions of the gallery, asked with whatever parameters the address has."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from filmld.archive.config import Config
from filmld.errors import FilmldError, ParameterError
from filmld.publish.pages.asking import Refused
from filmld.publish.pages.model import Shell
from filmld.publish.pages.question import question_page, questions_page
from filmld.publish.pages.shell import bare_shell
from filmld.publish.pages.sparql import Setting
from filmld.publish.render import render
from filmld.publish.results import Asked, Parameter, Results
from filmld.publish.words import ENGLISH
from filmld.query import prepare
from filmld.query.errors import QueryError
from filmld.query.gallery import Kind, Question
from filmld.query.pool import Pool
from filmld.serve import built
from filmld.serve.clients import Clients
from filmld.serve.faults import advise, status_of
from filmld.serve.form import HEADERS, SHOWN_BYTES
from filmld.serve.naming import Naming, ShownRows, read_rows
from filmld.turtle.terms import IRI

_FORMATS = ("csv", "json")
_ROOT = "../"


@dataclass(frozen=True, slots=True)
class Gallery:
    """The questions that have a page.

    Attributes:
        questions: The questions.
        terms: What the terms of the ontology are called.
    """

    questions: tuple[Question, ...] = ()
    terms: Mapping[str, str] = field(default_factory=dict)


NO_GALLERY = Gallery()


class QuestionPages:
    """Answers for ``/queries``."""

    def __init__(
        self, naming: Naming, pool: Pool, config: Config, questions: tuple[Question, ...], clients: Clients
    ) -> None:
        self._naming = naming
        self._pool = pool
        self._config = config
        self._questions = {question.name: question for question in questions}
        self._clients = clients

    async def index(self, request: Request) -> Response:
        """Name all questions."""
        root = "" if request.url.path == "/queries" else "../"
        shell = self._shell("Questions to the catalogue", "Questions that researchers ask", root)
        asked = tuple(asked_of(question, {}) for question in self._questions.values())
        return HTMLResponse(render(questions_page(shell, asked, self._setting(root)), ENGLISH), 200, HEADERS)

    async def answer(self, request: Request) -> Response:
        """Ask a question, and show its answer; or lead to the answer as a file."""
        name, _, suffix = request.path_params["name"].partition(".")
        question = self._questions.get(name)
        if question is None or suffix not in {"", "html", "rq", *_FORMATS}:
            return await self._naming.pages.not_found()
        values = {key: await self._value(question, key, value) for key, value in request.query_params.items()}
        try:
            query = question.sparql(values)
        except ParameterError as error:
            return await self._page(replace(asked_of(question, {}), query=question.text), error, 400)
        if suffix == "rq":
            return Response(query, media_type="application/sparql-query")
        asked = replace(asked_of(question, values), query=query)
        if suffix in _FORMATS:
            return await self._file(request, asked, suffix, as_built=query == question.text)
        known = await self._built(name) if query == question.text else None
        if known is not None:
            return await self._page(asked, None, 200, built.shown_rows(known))
        return await self._answered(request, asked)

    async def _built(self, name: str) -> str | None:
        """The answer that the build has worked out, where there is a build."""
        return await asyncio.to_thread(self._naming.pages.text, built.path_of(name))

    async def _file(self, request: Request, asked: Asked, suffix: str, *, as_built: bool) -> Response:
        if as_built and self._naming.pages.has(built.path_of(asked.name, f".{suffix}")):
            return await self._naming.pages.answer(request)
        return RedirectResponse(f"/sparql?{urlencode({'format': suffix, 'query': asked.query})}", 303)

    async def _answered(self, request: Request, asked: Asked) -> Response:
        seconds = self._config.limits.query_seconds
        wanted = prepare.Request(
            text=asked.query, seconds=seconds, max_bytes=SHOWN_BYTES, base=self._config.base
        )
        try:
            with self._clients.admit(request.client.host if request.client else ""):
                async with self._pool.query(wanted) as answer:
                    found = await read_rows(answer)
                return await self._page(asked, None, 200, found, answer.seconds_taken)
        except QueryError as error:
            response = await self._page(asked, error, status_of(error))
            advise(response, error)
            return response

    async def _page(
        self,
        asked: Asked,
        error: FilmldError | None,
        status: int,
        found: ShownRows | None = None,
        seconds: float | None = None,
    ) -> Response:
        rows = found.rows if found else ()
        meant = [
            {"": IRI(one.value)} for one in asked.parameters if one.kind == Kind.IRI and "://" in one.value
        ]
        namer = await self._naming.namer(self._pool, (*rows, *meant), _ROOT)
        page = question_page(
            self._shell(asked.title, asked.description, _ROOT),
            replace(asked, results=Results(found.variables, rows) if found else None),
            namer,
            self._setting(_ROOT),
            seconds=seconds,
            cut=found.cut if found else False,
            refused=Refused(message=error.message, hint=error.hint) if error else None,
        )
        return HTMLResponse(render(page, ENGLISH), status, HEADERS)

    async def _value(self, question: Question, key: str, value: str) -> str:
        """A value as the question takes it: a thing may be called by its name."""
        is_thing = any(one.name == key and one.kind is Kind.IRI for one in question.parameters)
        return await self._naming.meant(self._pool, value) if is_thing else value

    def _shell(self, title: str, description: str, root: str) -> Shell:
        return bare_shell(
            self._config,
            title=title,
            description=description,
            root=root,
            sections=self._naming.pages.sections(),
        )

    def _setting(self, root: str) -> Setting:
        return Setting(
            config=self._config,
            root=root,
            endpoint=f"{root}sparql",
        )


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
    )
