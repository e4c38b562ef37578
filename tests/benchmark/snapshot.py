"""What an edit costs: in the store of a snapshot, and in the data of a server that watches.

    python -m tests.benchmark.snapshot 10000 [--researched] [--stores] [FOLDER]

makes a catalogue of that many films in FOLDER, or uses the one that is there. Three things are measured,
the first not with ``--stores``:

- an edit to an answer, as under ``filmld serve --watch``: the record is read, what follows is worked out, the
  process that holds the data takes the difference in, a worker is forked, a query finds the edit;
- the store of a snapshot written from all records, beside ``bulk_load`` of the same statements, from a file;
- the store of the next snapshot after one edit, made from the former.

The clock is noted (``s``) and the computing of this process (``cpu``); other work on the computer shows
in the first only. No page is made.
"""

import argparse
import asyncio
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median
from typing import NamedTuple

import pyoxigraph as ox

from filmld.archive import Archive
from filmld.archive.config import Limits
from filmld.catalog.store import write_store
from filmld.catalog.working import WorkingCatalog
from filmld.query import edits
from filmld.query.pool import Pool
from filmld.query.prepare import Request
from filmld.query.source import EditedSpool
from filmld.query.spool import nameless, spool
from tests.benchmark import catalogue, researched

EDITS = 20
FILM = "records/film/film-5.ttl"


class Spent(NamedTuple):
    """What something took, by the clock and by the computing of this process."""

    seconds: float
    cpu: float


def say(what: str, spent: Spent, more: str = "") -> None:
    """Print a line."""
    sys.stdout.write(f"{what:52} {spent.seconds:9.3f} s {spent.cpu:9.3f} cpu {more}\n")
    sys.stdout.flush()


def timed(work: Callable[[], object]) -> Spent:
    began, computed = time.perf_counter(), time.process_time()
    work()
    return Spent(time.perf_counter() - began, time.process_time() - computed)


@contextmanager
def edited(archive: Archive) -> Iterator[Callable[[int], str]]:
    """Edit a film as often as wanted; each time its other name is another."""
    path = archive.root / FILM
    text = path.read_text(encoding="utf-8")

    def edit(number: int) -> str:
        name = f"Edited {time.time_ns()} {number}"
        year = f'"19{number + 10}"^^xsd:gYear'
        more = f'film:film-5 schema:alternateName "{name}"@en ; schema:dateCreated {year} .'
        path.write_text(f"{text}\n{more}\n", encoding="utf-8")
        return name

    try:
        yield edit
    finally:
        path.write_text(text, encoding="utf-8")


async def answers(archive: Archive, catalog: WorkingCatalog) -> None:
    """Measure edits under a pool of workers."""
    limits = Limits(query_seconds=600, query_memory_mib=4096)
    with spool(catalog) as file, nameless() as log, edited(archive) as edit:
        pool = Pool(EditedSpool(file.fileno(), log.fileno()), limits)
        began = time.perf_counter()
        await pool.start()
        say("the data read by the process that holds them", Spent(time.perf_counter() - began, 0))
        try:
            found = [await answered(pool, catalog, edit(number)) for number in range(EDITS)]
        finally:
            await pool.close()
    catalog.follow([FILM])
    for what, times in zip(
        ("followed", "data edited", "query answered", "all"), zip(*found, strict=True), strict=True
    ):
        in_ms = sorted(1e3 * each for each in times)
        say(f"an edit, {what}", Spent(median(times), 0), f"least {in_ms[0]:.0f} ms, most {in_ms[-1]:.0f} ms")


async def answered(pool: Pool, catalog: WorkingCatalog, name: str) -> tuple[float, float, float, float]:
    """Follow an edit until a query finds it; how long each step took."""
    began = time.perf_counter()
    catalog.follow([FILM])
    edit = edits.lines(*catalog.edits.take())
    followed = time.perf_counter()
    await pool.edit(edit)
    told = time.perf_counter()
    text = f'ASK {{ ?film <https://schema.org/alternateName> "{name}"@en ; fld:startYear ?year }}'
    async with pool.query(Request(text=text, seconds=600)) as answer:
        body = b"".join([chunk async for chunk in answer.chunks()])
    ended = time.perf_counter()
    assert b"true" in body, body
    return followed - began, told - followed, ended - told, ended - began


def stores(archive: Archive, catalog: WorkingCatalog, folder: Path) -> None:
    """Measure stores on disk."""
    written = timed(lambda: write_store(catalog, folder / "first"))
    say("the store of a snapshot, from all records", written)
    lines = folder / "all.nq"
    with lines.open("wb") as file:
        catalog.dump(file)

    def load() -> None:
        store = ox.Store(str(folder / "loaded"))
        store.bulk_load(path=str(lines), format=ox.RdfFormat.N_QUADS)
        store.flush()
        store.optimize()

    loaded = timed(load)
    ratios = (
        f"ours takes {written.seconds / loaded.seconds:.2f} times, {written.cpu / loaded.cpu:.2f} of the cpu"
    )
    say("bulk_load and optimize of the same statements", loaded, ratios)
    with edited(archive) as edit:
        for number, former in ((1, "first"), (2, "1"), (3, "2")):
            edit(number)
            catalog.follow([FILM])
            store = folder / str(number)
            spent = timed(partial(write_store, catalog, store, folder / former))
            own = sum(path.stat().st_size for path in store.iterdir() if path.stat().st_nlink == 1)
            share = f"{spent.cpu / written.cpu:.2f} of the cpu of all, {own / 1e6:.1f} MB of its own"
            say("the store of the next, from the former", spent, share)
    found = ox.Store.read_only(str(folder / "3"))
    assert len(found) == len(catalog.store) + len(catalog.tallies())


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("films", type=int)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--researched", action="store_true", help="records with all that researchers add")
    parser.add_argument(
        "--stores", action="store_true", help="measure stores on disk and no edits under --watch"
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=chosen.folder and chosen.folder.parent) as scratch:
        root = chosen.folder or Path(scratch, "archive")
        if not (root / "records").is_dir():
            if chosen.researched:
                researched.write(root, chosen.films)
            else:
                catalogue.write(root, chosen.films, 0)
        archive = Archive.open(root)
        made: list[WorkingCatalog] = []
        spent = timed(lambda: made.append(WorkingCatalog.load(archive)))
        count = len(made[0].store)
        say(f"{len(made[0].records):,} records read, {count:,} statements", spent)
        if not chosen.stores:
            asyncio.run(answers(archive, made[0]))
        stores(archive, made[0], Path(scratch))
        shutil.rmtree(Path(scratch), ignore_errors=True)


if __name__ == "__main__":
    main()
