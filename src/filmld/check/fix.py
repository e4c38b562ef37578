"""Mending what can be mended with certainty, as edits of the text."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from filmld.archive.writing import replace_file
from filmld.check.report import Report
from filmld.diagnostics import Diagnostic, Edit
from filmld.tuples import NamedTuple
from filmld.turtle.edit import apply
from filmld.turtle.reader import decode, read

_BOM = "\N{BYTE ORDER MARK}"


class Mended(NamedTuple):
    """A file whose text was changed.

    Attributes:
        filename: The file as shown to people.
        before: Its text as it was.
        after: Its text as it is.
        fixes: How many faults that mends.
    """

    filename: str
    before: str
    after: str
    fixes: int


def mend(root: Path, report: Report) -> Iterator[Mended]:
    """Make the certain fixes of a report; each file is replaced before it is yielded.

    Fixes that touch the same words are not made together: the first is made, the others are for
    the next run. A file that is no longer what the report speaks of is left alone, and so is one
    that would be worse Turtle than before.

    Args:
        root: The archive's top folder.
        report: What was found.

    Raises:
        FileNotReplacedError: A file cannot be changed.
    """
    by_file: dict[str, list[Diagnostic]] = {}
    for finding in report.findings:
        if finding.fix:
            by_file.setdefault(finding.filename, []).append(finding)
    for filename, findings in by_file.items():
        path = root / filename
        data = path.read_bytes()
        text, _ = decode(data, filename=filename)
        if text is None or text != report.sources.get(filename):
            continue
        edits, count = _compatible(findings)
        after = apply(text, edits)
        if after != text and not _is_worse(text, after, filename):
            # A byte order mark is no part of the text; `filmld fmt` takes it away.
            mark = _BOM if data.startswith(_BOM.encode()) else ""
            replace_file(path, (mark + after).encode())
            yield Mended(filename, text, after, count)


def _compatible(findings: Iterable[Diagnostic]) -> tuple[list[Edit], int]:
    """The edits of as many fixes as can be made together, in the order of findings."""
    chosen: dict[Edit, None] = {}
    count = 0
    for finding in findings:
        edits = finding.fix.edits if finding.fix else ()
        if all(edit in chosen or not any(_touch(edit, other) for other in chosen) for edit in edits):
            chosen.update(dict.fromkeys(edits))
            count += 1
    return list(chosen), count


def _touch(one: Edit, other: Edit) -> bool:
    return one.span.start <= other.span.end and other.span.start <= one.span.end


def _is_worse(before: str, after: str, filename: str) -> bool:
    return read(before, filename=filename).well_formed and not read(after, filename=filename).well_formed
