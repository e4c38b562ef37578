"""What the rules say of real catalogues.

    python -m tests.benchmark.corpus wikipedia-us.tar.gz 2000 500

checks 2,000 records of a corpus, evenly spread, 500 at a time, and counts the findings by rule. What is in
different chunks is not seen together, so that rules of the whole archive say less than they would.
"""

import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from filmld.archive import Archive
from filmld.check.run import check
from filmld.diagnostics import Diagnostic, Severity


class Summary(NamedTuple):
    """The findings of many records, counted by severity and code, and what one of each looks like."""

    records: int
    wrong: int
    counts: Counter[tuple[Severity, str]]
    records_with: Counter[tuple[Severity, str]]
    examples: dict[str, Diagnostic]


def sample(corpus: Path, count: int) -> dict[str, bytes]:
    """Take records out of an archive file, evenly spread over the names in order."""
    with tarfile.open(corpus) as packed:
        members = sorted(member.name for member in packed if member.name.endswith(".ttl"))
        wanted = members[:: max(1, len(members) // count)][:count]
        return {name: _content(packed, name) for name in wanted}


def _content(packed: tarfile.TarFile, name: str) -> bytes:
    file = packed.extractfile(name)
    return file.read() if file else b""


def summarize(records: dict[str, bytes], chunk: int) -> Summary:
    """Check records, a chunk at a time."""
    counts: Counter[tuple[Severity, str]] = Counter()
    files: Counter[tuple[Severity, str]] = Counter()
    examples: dict[str, Diagnostic] = {}
    wrong = 0
    names = list(records)
    for start in range(0, len(names), chunk):
        found = list(_findings({name: records[name] for name in names[start : start + chunk]}))
        counts.update((finding.severity, finding.code) for finding in found)
        in_files = {(finding.filename, finding.severity, finding.code) for finding in found}
        files.update((severity, code) for _, severity, code in in_files)
        wrong += len({finding.filename for finding in found if finding.severity is Severity.ERROR})
        for finding in found:
            examples.setdefault(finding.code, finding)
    return Summary(len(names), wrong, counts, files, examples)


def _findings(records: dict[str, bytes]) -> Iterator[Diagnostic]:
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "filmld.toml").write_text('base = "https://wikifilms.example.net/"\n', encoding="utf-8")
        for path, content in records.items():
            file = root / "records" / "film" / Path(path).name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        yield from check(Archive.open(root)).findings


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


def main() -> None:
    """Print the summary, and on standard error an example of each code."""
    corpus, count, chunk = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    summary = summarize(sample(corpus, count), chunk)
    sys.stdout.write(table(summary) + "\n")
    for code, finding in sorted(summary.examples.items()):
        row = finding.span.start.row if finding.span else 0
        sys.stderr.write(f"{code}: {finding.filename}:{row}: {finding.message}\n")


if __name__ == "__main__":
    main()
