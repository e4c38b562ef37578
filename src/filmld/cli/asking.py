"""What ``filmld query`` does once its options have been read."""

import asyncio
import contextlib
import shutil
import sys
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import IO, BinaryIO

import click

from filmld.archive import Archive
from filmld.archive.config import Limits
from filmld.catalog import Catalog
from filmld.errors import NoArchiveError
from filmld.query import formats
from filmld.query.display import Table
from filmld.query.errors import QueryNotUnicodeError, ResultKind
from filmld.query.gallery.paging import AFTER, ROWS
from filmld.query.gallery.questions import Question, find_question, gallery, read_questions
from filmld.query.prepare import Request, prepare
from filmld.query.process import Answer, Worker
from filmld.query.solutions import SolutionReader
from filmld.query.source import Source, Spool, data_files
from filmld.query.spool import spool

TABLE = "table"
PROGRESS_AFTER_SECONDS = 1.0
ENDPOINT_SECONDS = 60
"""How long another endpoint is waited for, whose limits are its own."""

QUERY_CHARACTERS = 4 * 2**20
"""The longest query from the command line, where whoever asks is the one who waits."""


def ask(
    root: Path | None, text: str, *, format_name: str | None, data: tuple[Path, ...], seconds: float | None
) -> None:
    """Ask an archive, or plain files, and write the answer to standard output.

    Raises:
        QueryError: There is no answer, or not a whole one.
    """
    with _source(root, data) as (source, allowed, base):
        limits = allowed._replace(query_characters=max(QUERY_CHARACTERS, allowed.query_characters))
        request = replace(_request(text, format_name), base=base, seconds=seconds or limits.query_seconds)
        asyncio.run(_ask(source, limits, request, table=format_name in {None, TABLE}))


def ask_elsewhere(url: str, text: str, *, format_name: str | None, seconds: float | None) -> None:
    """Ask another endpoint, and write its answer to standard output.

    Raises:
        QueryError: There is no answer, or not a whole one.
    """
    request = replace(_request(text, format_name), seconds=seconds or ENDPOINT_SECONDS)
    asyncio.run(_ask_elsewhere(url, request, table=format_name in {None, TABLE}))


def question_text(root: Path | None, name: str, values: Mapping[str, str]) -> str:
    """Write the query of a question of the gallery, with values for its parameters.

    Raises:
        UnknownQuestionError: No question is called so.
        ParameterError: There is no such parameter, or it does not take such a value.
    """
    return find_question(name, _questions(root)).sparql(values)


def list_questions(root: Path | None) -> None:
    """Name all questions, each with its parameters and their values."""
    for question in _questions(root):
        click.echo(f"{question.name}\n    {question.title}. {question.description}")
        for parameter in question.parameters:
            click.echo(f"    --set {parameter.name}={parameter.default}    {parameter.label}")
    click.echo(
        f"\nEach gives all rows; --set {ROWS}=100 --set {AFTER}=200 asks for a hundred, after 200 others."
    )


def _questions(root: Path | None) -> tuple[Question, ...]:
    """The questions that ship with filmld, then the archive's own, if this is an archive."""
    try:
        archive = Archive.open(root)
    except NoArchiveError:
        return gallery()
    return questions(archive)


def questions(archive: Archive) -> tuple[Question, ...]:
    """The questions that ship with filmld, then the archive's own.

    Raises:
        QuestionError: One of them is not written as a question must be.
    """
    return gallery() + read_questions(archive.root / archive.config.paths.queries)


def read_text(file: IO[bytes]) -> str:
    """Read the text of a query.

    Raises:
        QueryNotUnicodeError: It is not UTF-8.
    """
    try:
        return file.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryNotUnicodeError from error


@contextlib.contextmanager
def _source(root: Path | None, data: tuple[Path, ...]) -> Iterator[tuple[Source, Limits, str | None]]:
    """What is asked, what a query may cost, and what its relative IRIs are resolved against."""
    if data:
        yield data_files(data), Limits(), None
        return
    archive = Archive.open(root)
    with spool(Catalog.load(archive)) as file:
        yield Spool(file.fileno()), archive.config.limits, archive.config.base


def _request(text: str, format_name: str | None) -> Request:
    if format_name is None:
        return Request(text=text)
    asked = formats.JSON if format_name == TABLE else formats.named(format_name)
    return Request(
        text=text,
        solutions=asked if asked in formats.SOLUTION_FORMATS else None,
        triples=asked if asked in formats.TRIPLE_FORMATS else None,
    )


async def _ask(source: Source, limits: Limits, request: Request, *, table: bool) -> None:
    worker = await Worker.start(source, memory_mib=limits.query_memory_mib)
    try:
        question = prepare(request, limits=limits, offline=worker.offline)
        async with _progress(request.seconds):
            answer = await worker.ask(question, seconds=request.seconds)
        await _write(answer, table=table)
    finally:
        await worker.end()


async def _ask_elsewhere(url: str, request: Request, *, table: bool) -> None:
    from filmld.query.remote import ask_endpoint  # its library is needed here only

    async with contextlib.AsyncExitStack() as stack:
        async with _progress(request.seconds):
            answer = await stack.enter_async_context(ask_endpoint(url, request, rewrite=table))
        await _write(answer, table=table)


async def _write(answer: Answer, *, table: bool) -> None:
    out = sys.stdout.buffer
    if table and answer.kind is not ResultKind.TRIPLES:
        await _write_table(answer, out)
    else:
        await _write_whole(answer, out)
    out.flush()


async def _write_whole(answer: Answer, out: BinaryIO) -> None:
    last = b""
    async for last in answer.chunks():
        out.write(last)
    if not last.endswith(b"\n"):  # JSON and XML need no line end; a terminal does
        out.write(b"\n")


async def _write_table(answer: Answer, out: BinaryIO) -> None:

    reader = SolutionReader()
    table: Table | None = None
    async for chunk in answer.chunks():
        for row in reader.feed(chunk):
            table = table or Table(reader.variables, _columns(len(reader.variables)))
            _write_lines(out, table.add(row))
    if reader.boolean is not None:
        _write_lines(out, iter(["yes" if reader.boolean else "no"]))
        return
    table = table or Table(reader.variables)
    _write_lines(out, table.finish())
    out.flush()
    note = "; … marks shortened text, --format csv has all of it" if table.cut else ""
    rows = "1 row" if table.rows == 1 else f"{table.rows:,} rows"
    click.echo(f"{rows} in {answer.seconds_taken:.2f} s{note}", err=True)


def _write_lines(out: BinaryIO, lines: Iterator[str]) -> None:
    out.writelines(f"{line}\n".encode() for line in lines)


def _columns(variables: int) -> int | None:
    """How wide a cell may be on a terminal; anything else gets the whole text."""
    if not sys.stdout.isatty():
        return None
    return max(24, shutil.get_terminal_size().columns // max(1, variables) - 2)


@contextlib.asynccontextmanager
async def _progress(seconds: float) -> AsyncIterator[None]:
    """Show on a terminal that a long query is still being worked on."""
    if not sys.stderr.isatty():
        yield
        return
    note = asyncio.create_task(_tell_time(seconds))
    try:
        yield
    finally:
        note.cancel()
        click.echo("\r\033[K", nl=False, err=True)


async def _tell_time(limit: float) -> None:
    started = time.monotonic()
    await asyncio.sleep(PROGRESS_AFTER_SECONDS)
    while True:
        passed = time.monotonic() - started
        click.echo(f"\rstill working: {passed:.0f} of at most {limit:g} s, ^C ends it", nl=False, err=True)
        await asyncio.sleep(0.5)
