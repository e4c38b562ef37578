"""How fast the direct writer of embedded JSON-LD is, beside PyLD, on the same records.

Run it as ``python -m tests.benchmark.embed ARCHIVE [COUNT]``, with the folder of an archive; for a corpus,
make one with a ``filmld.toml``. Records are read before the clock starts; gathering from them what is told
counts for both. The times are of this process alone, the best of rounds that take turns.
"""

import sys
import time
from pathlib import Path
from typing import NamedTuple

from filmld.archive import Archive, Record
from filmld.catalog import Catalog
from filmld.publish.embed import Engine, embed_document

ROUNDS = 5
LEAST = 50
GOAL = 20


class Result(NamedTuple):
    """Seconds a record."""

    records: int
    direct: float
    pyld: float

    @property
    def ratio(self) -> float:
        """How many times as fast the direct writer is."""
        return self.pyld / self.direct


def measure(catalog: Catalog, chosen: list[Record], rounds: int = ROUNDS) -> Result:
    """Write every record by both, taking turns, and make sure that they write the same."""
    best = dict.fromkeys(Engine, float("inf"))
    for record in chosen:
        if embed_document(catalog, record) != embed_document(catalog, record, Engine.PYLD):
            raise AssertionError(record.iri)
    often = chosen * max(1, LEAST // len(chosen))
    for _ in range(rounds):
        for engine in Engine:
            began = time.process_time()
            for record in often:
                embed_document(catalog, record, engine)
            best[engine] = min(best[engine], (time.process_time() - began) / len(often))
    return Result(len(chosen), best[Engine.DIRECT], best[Engine.PYLD])


def main() -> None:
    """Print the two times and their ratio, for each kind of record."""
    catalog = Catalog.load(Archive.open(Path(sys.argv[1])))
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    by_kind: dict[str, list[Record]] = {}
    for record in catalog.records.values():
        if embed_document(catalog, record):
            by_kind.setdefault(record.kind, []).append(record)
    for kind, records in sorted(by_kind.items()):
        result = measure(catalog, records[:: max(1, len(records) // count)])
        sys.stdout.write(
            f"{kind:14} {result.records:5} records  direct {result.direct * 1e6:6.0f} µs  "
            f"PyLD {result.pyld * 1e6:6.0f} µs  {result.ratio:.1f} times as fast (goal: {GOAL})\n"
        )


if __name__ == "__main__":
    main()
