"""What the rules say of real catalogues.

    python -m tests.benchmark.corpus wikipedia-us.tar.gz --records 36273 --chunk 2000 --draw 20

checks 36,273 records of a corpus, 2,000 at a time, counts the findings by rule, and draws twenty of each
severity to be looked at. What is in different chunks is not seen together, so that rules which compare
records say less than they would. Without ``--chunk`` only those rules are asked that are modules, which
are quick, and of all records together.
"""

import argparse
import random
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from filmld.archive import Archive
from filmld.check import rules
from filmld.check.index import Index
from filmld.check.ontology import Ontology
from filmld.check.run import check
from filmld.check.schema_org import Terms
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.reader import decode, read

BASE = "https://wikifilms.example.net/"
SEED = 48


class Summary(NamedTuple):
    """The findings of many records, counted by severity and code."""

    records: int
    wrong: int
    counts: Counter[tuple[Severity, str]]
    records_with: Counter[tuple[Severity, str]]


def sample(corpus: Path, count: int) -> dict[str, bytes]:
    """Take records out of an archive file, evenly spread over the names in order."""
    with tarfile.open(corpus) as packed:
        members = sorted(member.name for member in packed if member.name.endswith(".ttl"))
    wanted = members[:: max(1, len(members) // count)][:count]
    chosen = frozenset(wanted)
    with tarfile.open(
        corpus, "r|gz"
    ) as packed:  # in the order of the file: to go back costs unpacking it all again
        found = {member.name: _content(packed, member) for member in packed if member.name in chosen}
    return {name: found[name] for name in wanted}


def _content(packed: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = packed.extractfile(member)
    return file.read() if file else b""


def in_chunks(records: Mapping[str, bytes], chunk: int) -> Iterator[Diagnostic]:
    """Check records, each chunk as an archive of its own."""
    names = list(records)
    for start in range(0, len(names), chunk):
        with tempfile.TemporaryDirectory() as folder:
            chosen = names[start : start + chunk]
            yield from check(archive(Path(folder), {name: records[name] for name in chosen})).findings


def archive(root: Path, records: Mapping[str, bytes]) -> Archive:
    """Write an archive of these records."""
    (root / "filmld.toml").write_text(f'base = "{BASE}"\n', encoding="utf-8")
    (root / "records" / "film").mkdir(parents=True)
    for name, content in records.items():
        (root / "records" / "film" / Path(name).name).write_bytes(content)
    return Archive.open(root)


def together(records: Mapping[str, bytes]) -> Iterator[Diagnostic]:
    """What the rules that are modules find in all records together; shapes are not asked."""
    read_ones = (_document(name, content) for name, content in records.items())
    documents = [document for document in read_ones if document]
    homes = {document.filename: f"{BASE}film/{Path(document.filename).stem}" for document in documents}
    with tempfile.TemporaryDirectory() as folder:
        ontology = Ontology.load(archive(Path(folder), {}).ontology_files())
    index = Index(documents, BASE, Terms.load(), (), homes, ontology)
    for document in documents:
        yield from rules.find(document, index)


def _document(name: str, content: bytes) -> Document | None:
    filename = f"records/film/{Path(name).name}"
    text, _ = decode(content, filename=filename)
    return None if text is None else read(text, filename=filename)


def summarize(findings: Iterable[Diagnostic], records: int) -> Summary:
    """Count findings."""
    found = list(findings)
    in_files = {(finding.filename, finding.severity, finding.code) for finding in found}
    return Summary(
        records=records,
        wrong=len({finding.filename for finding in found if finding.severity is Severity.ERROR}),
        counts=Counter((finding.severity, finding.code) for finding in found),
        records_with=Counter((severity, code) for _, severity, code in in_files),
    )


def table(summary: Summary) -> str:
    """Write a summary as Markdown."""
    lines = ["| severity | code | findings | records |", "|---|---|---:|---:|"]
    order = sorted(summary.counts, key=lambda key: (key[0].rank, -summary.counts[key], key[1]))
    for key in order:
        severity, code = key
        lines.append(f"| {severity} | `{code}` | {summary.counts[key]:,} | {summary.records_with[key]:,} |")
    share = 100 * summary.wrong / summary.records
    lines += ["", f"{summary.records:,} records, {summary.wrong:,} of them ({share:.1f} %) with an error."]
    return "\n".join(lines)


def drawn(findings: Iterable[Diagnostic], each: int, seed: int = SEED) -> Iterator[Diagnostic]:
    """Draw some findings of each severity; of a severity with fewer, give all."""
    found = sorted(findings, key=lambda finding: (finding.filename, finding.code, finding.span or ()))
    dice = random.Random(seed)  # noqa: S311  the draw is to be repeated, not kept secret
    for severity in Severity:
        of_it = [finding for finding in found if finding.severity is severity]
        yield from dice.sample(of_it, min(each, len(of_it)))


def main() -> None:
    """Print the summary, and on standard error the findings that were drawn."""
    options = argparse.ArgumentParser()
    options.add_argument("corpus", type=Path)
    options.add_argument("--records", type=int, default=2000)
    options.add_argument("--chunk", type=int, default=0)
    options.add_argument("--draw", type=int, default=0)
    asked = options.parse_args()
    records = sample(asked.corpus, asked.records)
    findings = list(in_chunks(records, asked.chunk) if asked.chunk else together(records))
    sys.stdout.write(table(summarize(findings, len(records))) + "\n")
    for finding in drawn(findings, asked.draw):
        row = finding.span.start.row if finding.span else 0
        sys.stderr.write(f"{finding.severity} {finding.code} {finding.filename}:{row}: {finding.message}\n")


if __name__ == "__main__":
    main()
