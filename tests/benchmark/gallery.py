"""What each question of the gallery costs in a large catalogue: engine, pool, counting, all rows, as built.

    python -m tests.benchmark.gallery 10000 [FOLDER [QUESTION …]]

The catalogue is that of ``tests.benchmark.researched``, left in FOLDER for the next time if one is named.
Engine and pool hold it in memory and take turns; computing is counted, not the clock, and the better of
two rounds counts. A question is asked as a page asks it, for its first thousand rows; ``counting`` is to
count all of them, which a page does when it is full, ``whole`` to give all of them, as a file has them.
``again`` is what the pool computes for a page that it has kept; ``first`` what a server computes to send
the page of an answer that the build has worked out, for the first time since it was started, and ``built``
for every other time. When the catalogue is read, it is told what its tallies cost.
"""

import asyncio
import contextlib
import io
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyoxigraph as ox
from starlette.requests import Request as WebRequest

from filmld.archive import Archive
from filmld.archive.config import Config, Limits
from filmld.catalog import Catalog
from filmld.publish.pages.question import question_page
from filmld.publish.pages.shell import bare_shell
from filmld.publish.pages.sparql import Setting
from filmld.publish.render import render
from filmld.publish.results import Results
from filmld.publish.words import ENGLISH
from filmld.query.cache import StoredAnswer
from filmld.query.errors import DeadlineError
from filmld.query.gallery import Question, find_question, gallery
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.solutions import SolutionReader
from filmld.query.source import DataFiles
from filmld.serve.built import BuiltPages
from filmld.serve.pages import PageServer
from filmld.serve.questions import asked_of
from filmld.serve.snapshot import SnapshotFile
from filmld.vocab import PREFIXES
from tests.benchmark import researched
from tests.benchmark.query import Account

BASE = "https://films.example.org/"
VALUES = {
    "person": f"{BASE}person/person-5",
    "director": f"{BASE}person/person-5",
    "festival": f"{BASE}festival/festival-3",
    "country": f"{BASE}place/finland",
    "least": "3",
    "text": "Voice Silence",
}
SECONDS = 60
ROWS = "1000"
"""As many as a page has."""
LONG_SECONDS = 0.01
"""Of shorter questions the pool costs more than they do."""


class Times(NamedTuple):
    """Seconds for one question."""

    engine: float
    pool: float
    counting: float
    whole: float
    again: float | None
    first: float
    built: float


def values_of(question: Question) -> dict[str, str]:
    return {one.name: VALUES[one.name] for one in question.parameters if one.name in VALUES}


def by_engine(store: ox.Store, text: str) -> float:
    began = time.process_time()
    result = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    result.serialize(io.BytesIO(), format=ox.QueryResultsFormat.JSON)
    return time.process_time() - began


async def by_pool(pool: Pool, text: str) -> tuple[float, bytes]:
    account = Account(pool)
    async with pool.query(Request(text=text, seconds=SECONDS)) as answer:
        body = b"".join([chunk async for chunk in answer.chunks()])
        return account.seconds(), body


def anew(text: str) -> str:
    """The same question in words that it was never asked in."""
    return f"{text}\n# {time.monotonic_ns()}"


async def by_memory(pool: Pool, text: str) -> float | None:
    """Ask what has just been asked; nothing if the answer was too large to be kept."""
    async with pool.query(Request(text=text, seconds=SECONDS)) as answer:
        is_kept = isinstance(answer, StoredAnswer)
        async for _ in answer.chunks():
            pass
    return (await by_pool(pool, text))[0] if is_kept else None


async def as_built(question: Question, body: bytes) -> tuple[float, float]:
    """Send a page that is ready: its rows laid out as the build lays them out, in a page of the server."""
    reader = SolutionReader()
    rows = tuple(reader.feed(body))
    asked = replace(asked_of(question, {}), results=Results(reader.variables, rows))
    config = Config(base=BASE, title="Films")
    setting = Setting(config=config, root="../", endpoint=None, words=ENGLISH, folder="../")
    shell = bare_shell(config, ENGLISH, title="", description="", path="", root="../", sections=())
    page = render(question_page(shell, asked, _Nobody(), setting), ENGLISH)
    pages = BuiltPages(PageServer(_OnePage(page), base=BASE, max_age=0))

    async def frame(_total: int | None) -> bytes:
        return page

    request = WebRequest({"type": "http", "headers": [(b"accept-encoding", b"gzip")]})

    async def sent() -> float:
        began = time.process_time()
        found = await pages.page(PATH, frame)
        assert found
        assert found.response(request, {}).body
        return time.process_time() - began

    return await sent(), await sent()


PATH = "queries/question.html"


class _Nobody:
    """Knows no names."""

    def thing(self, iri: str) -> None:
        """Nothing is known of it."""
        del iri


class _OnePage:
    """A site of one page."""

    def __init__(self, page: bytes) -> None:
        self._page = page

    def paths(self) -> tuple[str, ...]:
        """Its path."""
        return (PATH,)

    def render(self, path: str) -> SnapshotFile | None:
        """The page."""
        return SnapshotFile(self._page, "text/html; charset=utf-8") if path == PATH else None


async def measure(store: ox.Store, path: Path, questions: Sequence[Question]) -> None:
    """Print a line for each question, then what all of them are worth."""
    limits = Limits(
        query_seconds=SECONDS, query_quick_ms=10**6, query_short_ms=10**6, query_memory_mib=12_288
    )
    found: list[Times] = []
    pool = Pool(DataFiles((path,)), limits)
    await pool.start()
    sys.stdout.write(f"{os.getloadavg()[0]:.1f} at the first question\n")
    sys.stdout.flush()
    try:
        for question in questions:
            times = await one(store, pool, question)
            found += [times] if times else []
    finally:
        await pool.close()
    ratio = median([each.pool / each.engine for each in found if each.engine >= LONG_SECONDS] or [1.0])
    columns = {
        name: [value for each in found if (value := getattr(each, name)) is not None]
        for name in Times._fields
    }
    sys.stdout.write(
        "; ".join(
            f"{name}: median {median(values) * 1e3:.1f} ms, most {max(values) * 1e3:.1f} ms"
            for name, values in columns.items()
        )
        + f"; pool {ratio:.2f} times the engine\n"
    )


async def one(store: ox.Store, pool: Pool, question: Question) -> Times | None:
    values = values_of(question)
    text = question.sparql(values | {"rows": ROWS})
    whole = question.sparql(values)
    try:
        spent, _ = await by_pool(pool, anew(text))
    except DeadlineError:
        sys.stdout.write(f"{question.name:34} takes more than {SECONDS} s\n")
        return None
    engine = min(by_engine(store, text) for _ in range(2))
    again, _ = await by_pool(pool, text)
    counting = min(by_engine(store, question.counting(values) or "") for _ in range(2))
    _, body = await by_pool(pool, whole)
    all_rows = by_engine(store, whole)
    times = Times(
        engine,
        min(spent, again),
        counting,
        all_rows,
        await by_memory(pool, text),
        *await as_built(question, body),
    )
    kept = "–" if times.again is None else f"{times.again * 1e3:.1f}"
    sys.stdout.write(
        f"{question.name:34} {times.engine * 1e3:8.1f} ms {times.pool * 1e3:8.1f} ms "
        f"{times.pool / engine:6.2f}x {times.counting * 1e3:7.1f} ms {times.whole * 1e3:8.1f} ms "
        f"{kept:>7} ms {times.first * 1e3:6.1f} ms {times.built * 1e3:6.2f} ms "
        f"{body.count(b'},{') + 1:8} rows\n"
    )
    sys.stdout.flush()
    return times


def statements(folder: Path, films: int) -> Path:
    """The file of all that a query can find; made unless it is there."""
    path = folder / "statements.nq"
    if not path.exists():
        if not (folder / "records").is_dir():
            researched.write(folder, films)
        began = time.process_time()
        catalog = Catalog.load(Archive.open(folder))
        read = time.process_time()
        tallies = catalog.tallies()
        sys.stdout.write(
            f"{len(catalog.store):,} statements read in {read - began:.0f} s, "
            f"{len(tallies):,} of tallies made of them in {time.process_time() - read:.1f} s\n"
        )
        with path.open("wb") as file:
            catalog.dump(file)
    return path


def main() -> None:
    films = int(sys.argv[1])
    with contextlib.ExitStack() as stack:
        folder = Path(
            sys.argv[2] if len(sys.argv) > 2 else stack.enter_context(tempfile.TemporaryDirectory())
        )
        path = statements(folder, films)
        store = ox.Store()
        store.bulk_load(path=path, format=ox.RdfFormat.N_QUADS)
        sys.stdout.write(
            f"{films:,} films, {len(store):,} statements; load {os.getloadavg()[0]:.1f} at the beginning, "
        )
        asked = [find_question(name, gallery()) for name in sys.argv[3:]]
        asyncio.run(measure(store, path, asked or gallery()))
        sys.stdout.write(f"load {os.getloadavg()[0]:.1f} at the end\n")


if __name__ == "__main__":
    main()
