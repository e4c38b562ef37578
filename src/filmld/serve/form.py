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
from filmld.publish.words import Words
from filmld.query import prepare
from filmld.query.errors import ResultKind, ResultTooLargeError
from filmld.query.pool import Pool
from filmld.query.process import Answer
from filmld.serve.naming import SHOWN_ROWS, Naming, read_rows
from filmld.serve.places import Place, place
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
        here = place(request, self._config)
        words = here.words
        said = words.asking
        setting = self._setting(here)
        heading = said["no_answer"] if shown.error else said["answer"] if shown.answer else None
        page = asking.SparqlPage(
            shell=bare_shell(
                self._config,
                words,
                title=f"{heading} – SPARQL" if heading else "SPARQL",
                description=said["ask_about"].format(self._config.title),
                path=here.path,
                root=here.root,
                sections=self._naming.pages.sections(),
            ),
            action=setting.page,
            query=shown.query,
            answer=shown.answer,
            refused=asking.Refused(message=shown.error, hint=shown.hint) if shown.error else None,
            examples=examples(setting.page, words),
            limits=self._limits(words),
            prefixes=PREFIXES,
            gallery=f"{here.folder}queries/index.html",
            script=f"{setting.script}sparql.js" if setting.script else None,
            settings=setting.as_json(),
            missing=setting.missing,
        )
        return HTMLResponse(render(page, words), status, HEADERS)

    async def answer(self, request: Request, asked: Asked, pool: Pool, wanted: prepare.Request) -> Response:
        """Ask the pool, and show what it answers.

        Raises:
            QueryError: There is no answer.
        """
        here = place(request, self._config)
        said = here.words.asking
        async with pool.query(replace(wanted, max_bytes=SHOWN_BYTES)) as answer:
            kind = answer.kind
            if kind is ResultKind.TRIPLES:
                text, cut = await _beginning(answer)
                shown = asking.Answer(graph=text, cut=cut, said=said["graph"])
            else:
                shown = await self._table(here, asked, answer, pool)
            time = said["took"].format(here.words.duration(answer.seconds_taken))
        downloads = tuple(
            Item(text=name, href=f"{here.root}sparql?format={name}&query={quote(asked.query or '')}")
            for name in _DOWNLOADS[kind]
        )
        whole = replace(shown, downloads=downloads, remark=" ".join(filter(None, (shown.remark, time))))
        return self.page(request, Shown(query=asked.query or "", answer=whole), 200)

    async def _table(self, here: Place, asked: Asked, answer: Answer, pool: Pool) -> asking.Answer:
        said = here.words.asking
        found = await read_rows(answer)
        if found.boolean is not None:
            data = for_script(
                {
                    "query": asked.query,
                    "answer": {"head": {}, "boolean": found.boolean},
                    "seconds": answer.seconds_taken,
                }
            )
            return asking.Answer(
                boolean=found.boolean, said=said["yes" if found.boolean else "no"] + ".", data=data
            )
        results = Results(found.variables, found.rows)
        namer = await self._naming.namer(pool, found.rows, here)
        data = for_script(
            {
                "query": asked.query,
                "answer": results.as_object(),
                "seconds": answer.seconds_taken,
                "names": names(results, namer, SHOWN_ROWS),
            }
        )
        count, label = here.words.number(len(found.rows)), here.words.labels["row"].of(len(found.rows))
        return asking.Answer(
            table=rows(results, namer, SHOWN_ROWS),
            said=said["first" if found.cut else "counted"].format(count, label),
            remark=None if found.rows else here.words.script["nothing"],
            cut=found.cut,
            data=None if found.cut else data,
        )

    def _setting(self, here: Place) -> Setting:
        return Setting(
            config=self._config,
            root=here.root,
            endpoint=f"{here.root}sparql",
            words=here.words,
            folder=here.folder,
        )

    def _limits(self, words: Words) -> str:
        limits = self._config.limits
        return words.asking["limits"].format(
            limits.query_seconds, words.number(limits.query_characters), limits.result_mib
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
