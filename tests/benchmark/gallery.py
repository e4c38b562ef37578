"""What each question of the gallery costs in a large catalogue: the engine, the pool, a page as built.

    python -m tests.benchmark.gallery 10000 [FOLDER]

The catalogue is that of ``tests.benchmark.researched``, left in FOLDER for the next time if one is named.
Engine and pool hold it in memory and take turns; computing is counted, not the clock, and the better of two
rounds counts. ``as built`` is what a page computes to read an answer that the build has worked out.
"""

import asyncio
import contextlib
import io
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import pyoxigraph as ox

from filmld.archive import Archive
from filmld.archive.config import Limits
from filmld.catalog import Catalog
from filmld.publish.results import Results
from filmld.query.errors import DeadlineError
from filmld.query.gallery import Question, gallery
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.solutions import SolutionReader
from filmld.query.source import Spool
from filmld.query.spool import spool
from filmld.serve.built import shown_rows
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


def text_of(question: Question) -> str:
    return question.sparql({one.name: VALUES[one.name] for one in question.parameters if one.name in VALUES})


def by_engine(store: ox.Store, text: str) -> float:
    began = time.process_time()
    result = store.query(text, prefixes=dict(PREFIXES), use_default_graph_as_union=True)
    assert isinstance(result, ox.QuerySolutions)
    result.serialize(io.BytesIO(), format=ox.QueryResultsFormat.JSON)
    return time.process_time() - began


async def by_pool(pool: Pool, text: str) -> tuple[float, bytes]:
    account = Account(pool)
    async with pool.query(Request(text=f"{text}\n# {time.monotonic_ns()}", seconds=SECONDS)) as answer:
        body = b"".join([chunk async for chunk in answer.chunks()])
        return account.seconds(), body


def as_built(body: bytes) -> float:
    reader = SolutionReader()
    rows = tuple(reader.feed(body))
    text = Results(reader.variables, rows).as_json().decode()
    began = time.process_time()
    shown_rows(text)
    return time.process_time() - began


async def measure(catalog: Catalog) -> None:
    """Print a line for each question, then what all of them are worth."""
    limits = Limits(query_seconds=SECONDS, query_quick_ms=10**6, query_short_ms=10**6, query_memory_mib=4096)
    found: list[tuple[float, float, float]] = []
    with spool(catalog) as file:
        pool = Pool(Spool(file.fileno()), limits)
        await pool.start()
        try:
            for question in gallery():
                times = await one(catalog, pool, question)
                found += [times] if times else []
        finally:
            await pool.close()
    engine, ours, built = zip(*found, strict=True)
    ratio = median(each[1] / each[0] for each in found if each[0] >= 0.01)
    sys.stdout.write(
        f"engine: median {median(engine) * 1e3:.0f} ms, most {max(engine) * 1e3:.0f} ms; "
        f"pool: median {median(ours) * 1e3:.0f} ms, most {max(ours) * 1e3:.0f} ms, "
        f"{ratio:.2f} times the engine; "
        f"as built: median {median(built) * 1e3:.1f} ms, most {max(built) * 1e3:.1f} ms\n"
    )


async def one(catalog: Catalog, pool: Pool, question: Question) -> tuple[float, float, float] | None:
    text = text_of(question)
    try:
        spent, body = await by_pool(pool, text)
    except DeadlineError:
        sys.stdout.write(f"{question.name:34} takes more than {SECONDS} s\n")
        return None
    engine = min(by_engine(catalog.store, text) for _ in range(2))
    again, _ = await by_pool(pool, text)
    times = engine, min(spent, again), as_built(body)
    engine_ms, pool_ms, built_ms = (1e3 * each for each in times)
    rows = body.count(b"},{") + 1
    sys.stdout.write(
        f"{question.name:34} {engine_ms:8.1f} ms {pool_ms:8.1f} ms {times[1] / engine:6.2f}x "
        f"{built_ms:7.1f} ms {rows:8} rows\n"
    )
    sys.stdout.flush()
    return times


def main() -> None:
    films = int(sys.argv[1])
    with contextlib.ExitStack() as stack:
        folder = Path(
            sys.argv[2] if len(sys.argv) > 2 else stack.enter_context(tempfile.TemporaryDirectory())
        )
        if not (folder / "records").is_dir():
            researched.write(folder, films)
        catalog = Catalog.load(Archive.open(folder))
        sys.stdout.write(f"{films:,} films, {len(catalog.store):,} statements\n")
        sys.stdout.flush()
        asyncio.run(measure(catalog))


if __name__ == "__main__":
    main()
