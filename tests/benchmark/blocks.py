"""Whether the JSON-LD inside every page of a corpus is what it should be.

    python -m tests.benchmark.blocks wikipedia-us.tar.gz --shared FOLDER --records 36273

renders the page of each record as a build does, takes the block out of it, and compares it with the one that
is published by itself; one in a hundred is read by PyLD too, down to its graph. Says how many were looked at
and which differ; none should.
"""

import argparse
import os
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from filmld.archive import Archive, Record
from filmld.catalog import Catalog
from filmld.publish.processes import cores, shared
from filmld.publish.site import Site
from tests.benchmark import corpus
from tests.publish.inside import Difference, differences

CHUNK = 250
EVERY = 100


def looked_at(site: Site, folder: Path, chunk: list[Record]) -> list[tuple[int, list[Difference]]]:
    return [(len(chunk), list(differences(site, chunk, folder, EVERY)))]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--records", type=int, default=36_273)
    parser.add_argument("--shared", type=Path, default=Path(os.environ.get("FILMLD_SHARED", "../shared")))
    chosen = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "records" / "film").mkdir(parents=True)
        (root / "filmld.toml").write_text(f'base = "{corpus.BASE}"\n', encoding="utf-8")
        for name, data in corpus.sample(chosen.corpus, chosen.records).items():
            (root / "records" / "film" / Path(name).name).write_bytes(data)
        catalog = Catalog.load(Archive.open(root))
        records = [*catalog.records.values()]
        chunks = [records[start : start + CHUNK] for start in range(0, len(records), CHUNK)]
        count, found = 0, list[Difference]()
        for number, different in shared(partial(looked_at, Site(catalog), chosen.shared), chunks, cores()):
            count += number
            found += different
    for difference in found:
        sys.stdout.write(f"{difference.iri} {difference.what}\n")
    seconds = time.monotonic() - began
    sys.stdout.write(f"{count:,} pages looked at, {len(found)} differ; {seconds:.0f} s\n")
    raise SystemExit(bool(found))


if __name__ == "__main__":
    main()
