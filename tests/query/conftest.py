"""Data to ask, and a server that nobody may call."""

import asyncio
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from filmld.query.frames import Question
from filmld.query.process import Worker
from filmld.query.source import Source, data_files
from filmld.vocab import PREFIXES
from tests.canary import Canary

FILMS = """\
@prefix schema: <https://schema.org/> .
@prefix film: <https://films.example.org/film/> .
film:moloch-1999 a schema:Movie ; schema:name "Молох"@ru , "Moloch"@en .
film:taurus-2000 a schema:Movie ; schema:name "Телец"@ru .
"""

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can refuse the network")


@pytest.fixture(scope="session")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small file of data."""
    path = tmp_path_factory.mktemp("data") / "films.ttl"
    path.write_text(FILMS, encoding="utf-8")
    return path


@pytest.fixture
def canary() -> Iterator[Canary]:
    """A server on loopback that a query may not reach."""
    with Canary() as canary:
        yield canary
        assert canary.visits == 0, "a query reached the network"


class Desk:
    """Asks one worker after another, on one event loop; a worker that was ended is replaced."""

    def __init__(self, runner: asyncio.Runner, source: Source) -> None:
        self._runner = runner
        self._source = source
        self.worker = self._start()

    def ask(self, text: str, *, seconds: float = 5, max_bytes: int = 0, **fields: str | None) -> bytes:
        """Ask a worker directly, past the guard."""
        if not self.worker.idle:
            self.close()
            self.worker = self._start()
        question = Question(
            text=text,
            solutions=fields.get("solutions", "csv"),
            triples=fields.get("triples", "ntriples"),
            max_bytes=max_bytes,
            prefixes=PREFIXES,
        )
        return self._runner.run(self._ask(question, seconds))

    def close(self) -> None:
        """End the worker."""
        self._runner.run(self.worker.end())

    def _start(self) -> Worker:
        return self._runner.run(Worker.start(self._source, memory_mib=512))

    async def _ask(self, question: Question, seconds: float) -> bytes:
        answer = await self.worker.ask(question, seconds=seconds)
        return b"".join([chunk async for chunk in answer.chunks()])


@pytest.fixture(scope="module")
def desk(films: Path) -> Iterator[Desk]:
    """Workers over the small file of data."""
    with asyncio.Runner() as runner:
        desk = Desk(runner, data_files((films,)))
        yield desk
        desk.close()
