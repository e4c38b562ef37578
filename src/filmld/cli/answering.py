"""Asking the questions of the gallery for a site that will have no server."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import click

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.cli.asking import questions as questions_of
from filmld.publish.results import Asked, Results, Solution
from filmld.query.errors import QueryError
from filmld.query.prepare import Request, prepare
from filmld.query.process import Worker
from filmld.query.solutions import SolutionReader
from filmld.query.source import Spool
from filmld.query.spool import spool
from filmld.serve.questions import asked_of

SECONDS: Final = 120.0
"""Nobody waits at a browser while a site is built."""


def answered(catalog: Catalog) -> tuple[Asked, ...]:
    """Ask all questions, in the order of their names.

    A question that cannot be answered is told of, and published without an answer.
    """
    questions = unanswered(catalog.archive)
    with spool(catalog) as file:
        return asyncio.run(_answered(catalog, Spool(file.fileno()), questions))


def unanswered(archive: Archive) -> tuple[Asked, ...]:
    """All questions, in the order of their names; nobody has asked them yet."""
    return tuple(asked_of(question, {}) for question in questions_of(archive))


async def _answered(catalog: Catalog, source: Spool, questions: tuple[Asked, ...]) -> tuple[Asked, ...]:
    found: list[Asked] = []
    worker: Worker | None = None
    try:
        for asked in questions:
            if worker is None or not worker.idle:
                worker = await _another(worker, catalog, source)
            found.append(await _ask(catalog, worker, asked))
    finally:
        if worker:
            await worker.end()
    return tuple(found)


async def _another(worker: Worker | None, catalog: Catalog, source: Spool) -> Worker:
    """Start a worker; one that has not finished is ended."""
    if worker:
        await worker.end()
    return await Worker.start(source, memory_mib=catalog.archive.config.limits.query_memory_mib)


async def _ask(catalog: Catalog, worker: Worker, asked: Asked) -> Asked:
    config = catalog.archive.config
    request = Request(text=asked.query, seconds=SECONDS, base=config.base)
    reader = SolutionReader()
    rows: list[Solution] = []
    try:
        question = prepare(request, limits=config.limits, offline=worker.offline)
        answer = await worker.ask(question, seconds=SECONDS)
        async for chunk in answer.chunks():
            rows.extend(reader.feed(chunk))
    except QueryError as error:
        click.echo(f"filmld: warning: the question {asked.name} has no answer: {error.message}", err=True)
        return asked
    return replace(asked, results=Results(reader.variables, tuple(_ordered(asked.query, rows))))


def _ordered(query: str, rows: list[Solution]) -> Iterator[Solution]:
    """Rows that come in no order of their own are put in one: the same records make the same site."""
    if "order by" in query.casefold():
        yield from rows
        return
    yield from sorted(rows, key=lambda row: sorted((name, str(term)) for name, term in row.items()))
