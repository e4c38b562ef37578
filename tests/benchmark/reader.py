"""How fast the reader and the formatter are, beside rdflib and pyoxigraph, on the same records.

Run it as ``python -m tests.benchmark.reader FOLDER-OR-TAR [COUNT]``. The times are of this process
alone, the best of several rounds that take turns, so that a busy machine disturbs all alike.
"""

import logging
import sys
import tarfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import rdflib
from pyoxigraph import RdfFormat
from pyoxigraph import parse as ox_parse

from filmld.turtle.bulk import parse
from filmld.turtle.format import format_text
from filmld.turtle.reader import read

ROUNDS = 5
BASE = "https://films.example.org/film/x"


def records(source: Path) -> Iterable[bytes]:
    """The Turtle files of a folder or a tar file."""
    if source.is_dir():
        for path in sorted(source.rglob("*.ttl")):
            yield path.read_bytes()
        return
    with tarfile.open(source) as archive:
        for member in archive:
            stream = archive.extractfile(member) if member.name.endswith(".ttl") else None
            if stream is not None:
                yield stream.read()


def by_rdflib(data: bytes) -> object:
    return rdflib.Graph(bind_namespaces="none").parse(data=data, format="turtle", publicID=BASE)


CONTENDERS: tuple[tuple[str, Callable[[bytes], object]], ...] = (
    ("reader", lambda data: read(data.decode(), base=BASE)),
    ("format", lambda data: format_text(data.decode())),
    ("bulk", lambda data: parse(data, base=BASE)),
    ("pyoxigraph", lambda data: list(ox_parse(input=data, format=RdfFormat.TURTLE, base_iri=BASE))),
    ("rdflib", by_rdflib),
)


def measure(found: list[bytes]) -> dict[str, float]:
    """Seconds a record, for each contender."""
    best = {name: float("inf") for name, _ in CONTENDERS}
    for _ in range(ROUNDS):
        for name, run in CONTENDERS:
            began = time.process_time()
            for data in found:
                run(data)
            best[name] = min(best[name], (time.process_time() - began) / len(found))
    return best


def main() -> None:
    """Print a line for each contender, then the ratios that the project promises."""
    logging.getLogger("rdflib").setLevel(logging.CRITICAL)
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 300
    everything = list(records(Path(sys.argv[1])))
    found = everything[:: max(1, len(everything) // count)]
    best = measure(found)
    out = [f"{len(found)} records of {sum(map(len, found)) / len(found):.0f} bytes"]
    out += [
        f"{name:10} {seconds * 1e6:7.0f} µs  {1 / seconds:7.0f} a second" for name, seconds in best.items()
    ]
    out += [
        f"reader is {best['rdflib'] / best['reader']:.1f} times as fast as rdflib (goal: 5)",
        f"pyoxigraph is {best['reader'] / best['pyoxigraph']:.1f} times as fast as reader (goal: at most 10)",
    ]
    sys.stdout.write("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
