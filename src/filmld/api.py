"""filmld for programs and notebooks: ``filmld.open(folder).query("SELECT …")``.

Queries run as everywhere else: in a process of their own, ended at a deadline. The process is
looked after by an event loop in a thread, because a notebook has a loop of its own already.
"""

import asyncio
import contextlib
import threading
import weakref
from collections.abc import Collection, Coroutine, Mapping
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from filmld.archive import Archive
from filmld.archive.config import Limits
from filmld.catalog import Catalog
from filmld.query.errors import ClosedError
from filmld.query.formats import JSON, Format, named
from filmld.query.gallery.questions import find_question, gallery, read_questions
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.solutions import SolutionReader
from filmld.query.source import Source, Spool, data_files
from filmld.query.spool import spool
from filmld.query.tables import Solutions

SECONDS = 60.0
"""How long a query may take unless told otherwise: whoever asks waits for his own query only."""

QUERY_CHARACTERS = 4 * 2**20
CLOSE_SECONDS = 30.0

_T = TypeVar("_T")


def open_data(root: str | Path | None = None, *, data: str | Path | Collection[str | Path] = ()) -> "Data":
    """Open an archive, or plain files of data, to ask questions.

    Args:
        root: The folder of an archive, or one inside it; the working folder if not given.
        data: Instead of an archive, files of Turtle, N-Triples, N-Quads or TriG.

    Raises:
        NoArchiveError: There is no archive.
        FilmldError: Its records cannot be read.
    """
    paths = (data,) if isinstance(data, str | Path) else tuple(data)
    if paths:
        return Data(data_files(tuple(map(Path, paths))), Limits())
    archive = Archive.open(None if root is None else Path(root))
    file = spool(Catalog.load(archive))
    return Data(Spool(file.fileno()), archive.config.limits, archive=archive, closing=file)


class Data:
    """Data to be asked. Close it when done, or use it in a ``with`` block; a program's end closes it too."""

    def __init__(
        self,
        source: Source,
        limits: Limits,
        *,
        archive: Archive | None = None,
        closing: contextlib.AbstractContextManager[object] | None = None,
    ) -> None:
        self._archive = archive
        wide = max(QUERY_CHARACTERS, limits.query_characters)
        self._engine = _Engine(source, limits._replace(query_workers=1, query_characters=wide))
        self._finalizer = weakref.finalize(self, _close, self._engine, closing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the process that answers queries."""
        self._finalizer()

    def query(self, sparql: str, *, seconds: float = SECONDS) -> Solutions:
        """Ask a SELECT query.

        Raises:
            QueryError: There is no answer; its message says why.
        """
        reader = SolutionReader()
        body = self._answer(Request(text=sparql, solutions=JSON, triples=None, seconds=seconds))
        rows = list(reader.feed(body))
        return Solutions(reader.variables, rows, boolean=reader.boolean)

    def ask(self, sparql: str, *, seconds: float = SECONDS) -> bool:
        """Ask an ASK query; of a SELECT query, say whether it has any row."""
        found = self.query(sparql, seconds=seconds)
        return len(found) > 0 if found.boolean is None else found.boolean

    def construct(
        self,
        sparql: str,
        *,
        format: str = "turtle",  # noqa: A002  as the endpoint and the command call it
        seconds: float = SECONDS,
    ) -> str:
        """Ask a CONSTRUCT or DESCRIBE query.

        Args:
            sparql: The query.
            format: ``turtle``, ``ntriples``, ``jsonld`` or ``rdfxml``.
            seconds: How long it may take.
        """
        wanted: Format | None = named(format)
        return self._answer(Request(text=sparql, solutions=None, triples=wanted, seconds=seconds)).decode()

    def question(self, name: str, *, seconds: float = SECONDS, **parameters: str | int) -> Solutions:
        """Ask a question of the gallery by its number or name, with other values for its parameters.

        Raises:
            UnknownQuestionError: No question is called so; the message lists them.
        """
        own = self._archive and read_questions(self._archive.root / self._archive.config.paths.queries)
        values: Mapping[str, str] = {key: str(value) for key, value in parameters.items()}
        return self.query(find_question(name, gallery() + (own or ())).sparql(values), seconds=seconds)

    def _answer(self, request: Request) -> bytes:
        base = self._archive.config.base if self._archive else None
        return self._engine.answer(replace(request, base=base))


class _Engine:
    """A pool, and the thread in which its event loop runs."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self._pool = Pool(source, limits)
        self._loop = asyncio.new_event_loop()
        self._started = False
        # The workers end with the thread that started them, so it must be this one, and last.
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True, name="filmld queries")
        self._thread.start()

    def answer(self, request: Request) -> bytes:
        """Wait for a whole answer; an interruption ends the work."""
        if self._loop.is_closed():
            raise ClosedError
        return self._wait(self._answer(request))

    def close(self) -> None:
        """End the pool, then the loop."""
        if self._loop.is_closed():
            return
        self._wait(self._pool.close(), CLOSE_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(CLOSE_SECONDS)
        self._loop.close()

    def _wait(self, work: Coroutine[object, object, _T], seconds: float | None = None) -> _T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(seconds)
        except BaseException:
            future.cancel()
            raise

    async def _answer(self, request: Request) -> bytes:
        if not self._started:
            await self._pool.start()
            self._started = True
        async with self._pool.query(request) as answer:
            return b"".join([chunk async for chunk in answer.chunks()])


def _close(engine: _Engine, closing: contextlib.AbstractContextManager[object] | None) -> None:
    engine.close()
    if closing:
        closing.__exit__(None, None, None)


__all__ = ["Data", "Solutions", "open_data"]
