"""The page of the endpoint: a form, and the answer as a table, without any script."""

from dataclasses import dataclass, replace
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from filmld.archive.config import Config
from filmld.publish.jsontext import for_script
from filmld.publish.pages import asking
from filmld.publish.pages.cells import names, rows
from filmld.publish.pages.model import Item
from filmld.publish.pages.shell import bare_shell
from filmld.publish.pages.sparql import Setting, examples
from filmld.publish.render import render
from filmld.publish.results import Results
from filmld.publish.words import ENGLISH
from filmld.query import prepare
from filmld.query.errors import ResultKind, ResultTooLargeError
from filmld.query.pool import Pool
from filmld.query.process import Answer
from filmld.serve.naming import SHOWN_ROWS, Naming, read_rows
from filmld.serve.protocol import Asked
from filmld.vocab import PREFIXES

SHOWN_BYTES = 512 * 1024
"""A page shows no more than this; the whole answer is a click away."""

HEADERS = {"Vary": "Accept", "Cache-Control": "no-cache"}

_DOWNLOADS = {
    ResultKind.SOLUTIONS: ("csv", "tsv", "json", "xml"),
    ResultKind.BOOLEAN: ("json", "xml"),
    ResultKind.TRIPLES: ("turtle", "ntriples", "jsonld"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the page shows.

    Attributes:
        query: The query, as it was sent.
        answer: The answer.
        error: Why there is no answer.
        hint: What to do about it.
    """

    query: str
    answer: asking.Answer | None = None
    error: str | None = None
    hint: str | None = None


class Form:
    """Makes the page."""

    def __init__(self, naming: Naming, config: Config) -> None:
        self._naming = naming
        self._config = config

    def page(self, request: Request, shown: Shown, status: int) -> Response:
        """Show something."""
        root = "../" if request.url.path.endswith("/") else ""
        setting = self._setting(root)
        title = "No answer – SPARQL" if shown.error else "Answer – SPARQL" if shown.answer else "SPARQL"
        page = asking.SparqlPage(
            shell=bare_shell(
                self._config,
                title=title,
                description=f"Ask the records of {self._config.title} in SPARQL",
                root=root,
                sections=self._naming.pages.sections(),
            ),
            action=f"{root}sparql",
            query=shown.query,
            answer=shown.answer,
            refused=asking.Refused(message=shown.error, hint=shown.hint) if shown.error else None,
            examples=examples(f"{root}sparql"),
            limits=self._limits(),
            prefixes=PREFIXES,
            gallery=f"{root}queries/index.html",
            script=f"{setting.script}sparql.js" if setting.script else None,
            settings=setting.as_json(),
            missing=setting.missing,
        )
        return HTMLResponse(render(page, ENGLISH), status, HEADERS)

    async def answer(self, request: Request, asked: Asked, pool: Pool, wanted: prepare.Request) -> Response:
        """Ask the pool, and show what it answers.

        Raises:
            QueryError: There is no answer.
        """
        async with pool.query(replace(wanted, max_bytes=SHOWN_BYTES)) as answer:
            kind = answer.kind
            if kind is ResultKind.TRIPLES:
                text, cut = await _beginning(answer)
                shown = asking.Answer(graph=text, cut=cut)
            else:
                shown = await self._table(request, asked, answer, pool)
            shown = replace(shown, seconds=answer.seconds_taken)
        address = "sparql" if not request.url.path.endswith("/") else "../sparql"
        downloads = tuple(
            Item(text=name, href=f"{address}?format={name}&query={quote(asked.query or '')}")
            for name in _DOWNLOADS[kind]
        )
        return self.page(
            request, Shown(query=asked.query or "", answer=replace(shown, downloads=downloads)), 200
        )

    async def _table(self, request: Request, asked: Asked, answer: Answer, pool: Pool) -> asking.Answer:
        found = await read_rows(answer)
        if found.boolean is not None:
            data = for_script(
                {
                    "query": asked.query,
                    "answer": {"head": {}, "boolean": found.boolean},
                    "seconds": answer.seconds_taken,
                }
            )
            return asking.Answer(boolean=found.boolean, data=data)
        results = Results(found.variables, found.rows)
        root = "../" if request.url.path.endswith("/") else ""
        namer = await self._naming.namer(pool, found.rows, root)
        data = for_script(
            {
                "query": asked.query,
                "answer": results.as_object(),
                "seconds": answer.seconds_taken,
                "names": names(results, namer, SHOWN_ROWS),
            }
        )
        return asking.Answer(
            table=rows(results, namer, SHOWN_ROWS), cut=found.cut, data=None if found.cut else data
        )

    def _setting(self, root: str) -> Setting:
        return Setting(
            config=self._config,
            root=root,
            endpoint=f"{root}sparql",
        )

    def _limits(self) -> str:
        limits = self._config.limits
        return (
            f"A query may take {limits.query_seconds} s and have {limits.query_characters:,} characters; "
            f"its answer may have {limits.result_mib} MiB. SERVICE and updates are refused."
        )


async def _beginning(answer: Answer) -> tuple[str, bool]:
    """The first lines of an answer, and whether there are more."""
    held = bytearray()
    try:
        async for chunk in answer.chunks():
            held += chunk
    except ResultTooLargeError:
        return held.decode(errors="ignore").rpartition("\n")[0], True
    return held.decode(), False
