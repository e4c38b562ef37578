"""How long ``filmld build`` takes: everything, nothing new, and one record changed.

    python -m tests.benchmark.build 3000
    python -m tests.benchmark.build --corpus wikipedia-us.tar.gz --records 36273

measures a generated catalogue of so many films, or so many records of a corpus, each step in a process of
its own. Two floors are measured in the same run: of a full build, to parse every record with pyoxigraph and
to write as many files with the same bytes; of a build after one edit, to link as many files. What an edit
costs beyond its floor is to go with the files that depend on it: so there is a row for a thing that few
records name, one for the person whom most name, and one for a comment, which few files show. The last two are
built where there is an old snapshot whose pages can be taken over, as there is from the fourth build on.
Ratios mean something on any machine; seconds only on this one. Findings and the answers to the questions of
the gallery are left out, since they are measured elsewhere.
"""

import argparse
import os
import platform
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from filmld.archive import Archive
from filmld.catalog import Catalog
from filmld.catalog.texts import Texts
from filmld.publish.output import KEPT
from filmld.publish.snapshot import build, unchanged
from tests.benchmark import corpus
from tests.benchmark.catalogue import write
from tests.benchmark.check import Measured, floor, measured

SITE = "site"
_PERSON = re.compile(r"\bperson:([\w-]+)")
_NAME = re.compile(r'(schema:name ")')


class Row(NamedTuple):
    """A line of the table: ``found`` of what was measured counts the files written, ``files`` all of them."""

    what: str
    measured: Measured
    least: Measured | None


def full(processes: int, root: Path) -> tuple[int, int]:
    """Write everything."""
    built = build(Catalog.load(Archive.open(root)), root / SITE, full=True, processes=processes)
    return built.files, built.written


def some(root: Path) -> tuple[int, int]:
    """Write what depends on something that has changed, as the command does."""
    texts = Texts(Archive.open(root))
    built = unchanged(texts, root / SITE) or build(texts, root / SITE)
    return built.files, built.written


def parse_and_write(root: Path) -> tuple[int, int]:
    """Parse all records, and write the bytes of a built site once more."""
    floor(root)
    return _each(root, lambda file, copy: copy.write_bytes(file.read_bytes()))


def link(root: Path) -> tuple[int, int]:
    """Give all files of a built site another name."""
    return _each(root, lambda file, copy: copy.hardlink_to(file))


def _each(root: Path, work: Callable[[Path, Path], object]) -> tuple[int, int]:
    www = (root / SITE / "current").resolve() / "www"
    count = 0
    with tempfile.TemporaryDirectory(dir=root) as copy:
        for folder, _, names in os.walk(www):
            target = Path(copy) / Path(folder).relative_to(www)
            target.mkdir(parents=True, exist_ok=True)
            for name in names:
                work(Path(folder, name), target / name)
                count += 1
    return count, 0


def rename(path: Path, word: str) -> None:
    """Put a word before the name of a thing."""
    text = path.read_text(encoding="utf-8")
    path.write_text(_NAME.sub(rf"\g<1>{word} ", text, count=1), encoding="utf-8")


def things(root: Path) -> Iterator[tuple[str, Path]]:
    """What to rename, one after the other, and what to call that."""
    for kind in ("film", "person", "genre"):
        paths = sorted((root / "records" / kind).glob("*.ttl"))
        if paths:
            yield f"one {kind} was renamed", paths[7 % len(paths)]
    people = sorted((root / "records" / "person").glob("*.ttl"))
    if people:
        films = [path.read_text(encoding="utf-8") for path in (root / "records" / "film").glob("*.ttl")]
        named = Counter(slug for text in films for slug in set(_PERSON.findall(text)))
        slug, count = named.most_common(1)[0]
        yield f"a person of {count} films was renamed", root / "records" / "person" / f"{slug}.ttl"


def rows(root: Path, cores: tuple[int, ...]) -> Iterator[Row]:
    """Measure one step after the other."""
    first = _told("full build", partial(full, cores[0]), root)
    least = _told("floor", parse_and_write, root)
    yield Row("floor: parse all records, write the same files", least, None)
    yield Row(_with("full build", cores[0]), first, least)
    for count in cores[1:]:
        yield Row(_with("full build", count), _told("full build", partial(full, count), root), least)
    linked = _told("links", link, root)
    yield Row("floor: link the same files", linked, None)
    yield Row("build again, nothing changed", _told("nothing changed", some, root), linked)
    known = list(things(root))
    for number, (what, path) in enumerate(known):
        rename(path, f"Re{number}")
        yield Row(f"build after {what}", _told(what, some, root), linked)
    what, path = known[0]
    for number in range(
        KEPT
    ):  # from then on there is a snapshot that goes, and whose pages can be taken over
        rename(path, f"Once{number}")
        last = _told(f"{what}, once more", some, root)
    yield Row(f"build after {what} once more, among {KEPT} snapshots", last, linked)
    path.write_text(path.read_text(encoding="utf-8") + "# seen\n", encoding="utf-8")
    yield Row("build after a comment was added to it", _told("a comment", some, root), linked)


def _with(what: str, processes: int) -> str:
    return f"{what}, {processes} process{'es' if processes > 1 else ''}"


def _told(what: str, work: Callable[[Path], tuple[int, int]], root: Path) -> Measured:
    sys.stderr.write(f"{what} …\n")
    return measured(work, root)


def page(what: str, root: Path, found: list[Row]) -> str:
    """The results as Markdown."""
    html = sum(1 for _ in (root / SITE / "current" / "www").rglob("*.html"))
    records = sum(1 for _ in (root / "records").rglob("*.ttl"))
    number = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    lines = [
        (
            f"{what}: {records:,} records, {found[0].measured.files:,} files, {html:,} of them pages. "
            f"Python {platform.python_version()}, {number} cores, load {os.getloadavg()[0]:.1f}."
        ),
        "",
        (
            "| | files written | seconds | computing, s | seconds, % of a full build | ms a page, by the "
            "clock | ms a page, computing | × floor (computing) | MiB |"
        ),
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    whole = next(row.measured for row in found if row.what.startswith("full build"))
    for row in found:
        one = row.measured
        against = f"{one.cpu / row.least.cpu:.1f}" if row.least else "1"
        lines.append(
            f"| {row.what} | {'–' if row.what.startswith('floor') else one.found} | {one.seconds:.1f} | "
            f"{one.cpu:.1f} | {100 * one.seconds / whole.seconds:.0f} | {one.seconds / html * 1000:.2f} | "
            f"{one.cpu / html * 1000:.2f} | {against} | {one.memory:,} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Measure, print, and write where that is asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("films", type=int, nargs="?", default=1000)
    parser.add_argument("--corpus", type=Path, help="records to measure with instead of generated ones")
    parser.add_argument("--records", type=int, default=2000, help="how many of the corpus")
    parser.add_argument("--processes", type=int, nargs="+", default=(2, 1), help="of full builds")
    parser.add_argument("--write", type=Path, help="a file for the results")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="filmld-") as name:
        root = Path(name) / "archive"
        if chosen.corpus:
            root.mkdir()
            corpus.archive(root, corpus.sample(chosen.corpus, chosen.records))
        else:
            write(root, chosen.films, 0)
        found = list(rows(root, tuple(chosen.processes)))
        text = page(chosen.corpus.name if chosen.corpus else f"{chosen.films:,} generated films", root, found)
    sys.stdout.write(text)
    if chosen.write:
        chosen.write.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
