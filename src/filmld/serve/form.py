"""The page of the endpoint: a form, and the answer as a table, without any script."""

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from filmld.archive.config import Limits
from filmld.query import prepare
from filmld.query.display import cell
from filmld.query.errors import QueryError, ResultKind, ResultTooLargeError
from filmld.query.pool import Pool
from filmld.query.process import Answer
from filmld.query.solutions import Row, SolutionReader
from filmld.serve.examples import EXAMPLES
from filmld.serve.pages import PageServer
from filmld.serve.protocol import Asked
from filmld.turtle.terms import IRI, Literal, Term
from filmld.vocab import PREFIXES, SCHEMA

SHOWN_ROWS = 1000
SHOWN_BYTES = 512 * 1024
"""A page shows no more than this; the whole answer is a click away."""

NAMED_THINGS = 500
NAME_SECONDS = 1.0

_DOWNLOADS = {
    ResultKind.SOLUTIONS: ("csv", "tsv", "json", "xml"),
    ResultKind.BOOLEAN: ("json", "xml"),
    ResultKind.TRIPLES: ("turtle", "ntriples", "jsonld"),
}


class Cell(NamedTuple):
    """A term as it is shown: its text, where it leads, and the language of the text."""

    text: str
    link: str | None = None
    language: str | None = None
    numeric: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows.

    Attributes:
        query: The query, as it was sent.
        error: Why there is no answer.
        hint: What to do about it.
        variables: The columns of the table.
        rows: The rows of the table.
        boolean: The answer to ASK.
        text: The answer to CONSTRUCT or DESCRIBE.
        cut: Whether there is more of the answer than is shown.
        seconds: How long the query took.
        downloads: The formats in which the whole answer can be had.
    """

    query: str
    error: str | None = None
    hint: str | None = None
    variables: tuple[str, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    boolean: bool | None = None
    text: str | None = None
    cut: bool = False
    seconds: float = 0.0
    downloads: tuple[str, ...] = ()


class Form:
    """Makes the page."""

    def __init__(self, pages: PageServer, limits: Limits, *, base: str, title: str) -> None:
        self._pages = pages
        self._limits = limits
        self._base = base
        self._title = title
        self._templates = Jinja2Templates(Path(__file__).parent / "templates")

    def page(self, request: Request, shown: Shown, status: int) -> Response:
        """Show something."""
        context = {
            "shown": shown,
            "root": "../" if request.url.path.endswith("/") else "",
            "title": self._title,
            "limits": self._limits,
            "examples": EXAMPLES,
            "prefixes": PREFIXES,
            "sections": self._pages.sections(),
        }
        return self._templates.TemplateResponse(
            request, "sparql.html", context, status, headers={"Vary": "Accept", "Cache-Control": "no-cache"}
        )

    async def answer(self, request: Request, asked: Asked, pool: Pool, wanted: prepare.Request) -> Response:
        """Ask the pool, and show what it answers.

        Raises:
            QueryError: There is no answer.
        """
        part = replace(wanted, max_bytes=SHOWN_BYTES)
        async with pool.query(part) as answer:
            if answer.kind is ResultKind.TRIPLES:
                text, cut = await _beginning(answer)
                table = _Rows()
            else:
                text = None
                table = await _rows(answer)
                cut = table.cut
            seconds, kind = answer.seconds_taken, answer.kind
        names = await self._names(pool, table.rows)
        shown = Shown(
            query=asked.query or "",
            variables=table.variables,
            rows=tuple(
                tuple(self._cell(row.get(name), names) for name in table.variables) for row in table.rows
            ),
            boolean=table.boolean,
            text=text,
            cut=cut,
            seconds=seconds,
            downloads=_DOWNLOADS[kind],
        )
        return self.page(request, shown, 200)

    def _cell(self, term: Term | None, names: dict[str, Literal]) -> Cell:
        if isinstance(term, Literal):
            return Cell(term.lexical, language=term.language, numeric=_is_number(term))
        path = self._path(term)
        if path is None or not isinstance(term, IRI):
            return Cell(cell(term))
        name = names.get(term.value)
        if name is None:
            return Cell(path.partition("#")[2] or path, path)
        return Cell(name.lexical, path, name.language)

    def _path(self, term: Term | None) -> str | None:
        """Where the page of a thing is, relative to the top of the site."""
        if not isinstance(term, IRI) or not term.value.startswith(self._base):
            return None
        path = term.value.removeprefix(self._base)
        return path if self._pages.has_page(path.partition("#")[0]) else None

    async def _names(self, pool: Pool, rows: tuple[Row, ...]) -> dict[str, Literal]:
        """Find what the things in a table are called, if that is quick."""
        terms = {term: None for row in rows for term in row.values() if self._path(term)}
        if not terms:
            return {}
        values = " ".join(map(str, islice(terms, NAMED_THINGS)))
        text = f"SELECT ?thing ?name {{ VALUES ?thing {{ {values} }} ?thing <{SCHEMA}name> ?name }}"
        names: dict[str, Literal] = {}
        try:
            async with pool.query(
                prepare.Request(text=text, seconds=NAME_SECONDS, max_bytes=SHOWN_BYTES)
            ) as answer:
                for row in (await _rows(answer)).rows:
                    thing, name = row["thing"], row["name"]
                    if isinstance(thing, IRI) and isinstance(name, Literal):
                        names.setdefault(thing.value, name)
        except QueryError:
            return names  # a table without names is still an answer
        return names


async def _beginning(answer: Answer) -> tuple[str, bool]:
    """The first lines of an answer, and whether there are more."""
    held = bytearray()
    try:
        async for chunk in answer.chunks():
            held += chunk
    except ResultTooLargeError:
        return held.decode(errors="ignore").rpartition("\n")[0], True
    return held.decode(), False


class _Rows(NamedTuple):
    """The beginning of a table; ``cut`` if there is more of it."""

    variables: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    boolean: bool | None = None
    cut: bool = False


async def _rows(answer: Answer) -> _Rows:
    reader = SolutionReader()
    rows: list[Row] = []
    cut = False
    try:
        async for chunk in answer.chunks():
            rows.extend(reader.feed(chunk))
    except ResultTooLargeError:
        cut = True
    cut = cut or len(rows) > SHOWN_ROWS
    return _Rows(reader.variables, tuple(rows[:SHOWN_ROWS]), reader.boolean, cut)


def _is_number(literal: Literal) -> bool:
    return literal.datatype.rpartition("#")[2] in {"integer", "decimal", "double", "float", "gYear"}
