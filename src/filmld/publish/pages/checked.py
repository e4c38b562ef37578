"""What a check found in a record: handed in as plain values, for pages know nothing of checking."""

from collections import Counter

from filmld.archive import Record
from filmld.diagnostics import Diagnostic, Severity
from filmld.publish.pages.desk import Desk
from filmld.publish.pages.model import Check, Finding
from filmld.publish.texts import showable

MOST = 20
"""Findings that a page shows; the summary counts all."""


def check_of(desk: Desk, record: Record) -> Check | None:
    """What the check found in a record; ``None`` if there was none."""
    is_outdated = record.iri in desk.catalog.outdated
    if desk.findings is None and not is_outdated:
        return None
    # Asked for one record alone: a page depends on no more than its own findings.
    found = desk.findings.get(record.filename, ()) if desk.findings is not None else ()
    return Check(
        summary=_summary(desk, found) if found else desk.words.sound,
        is_outdated=is_outdated,
        is_sound=not is_outdated and not any(finding.severity is not Severity.INFO for finding in found),
        findings=tuple(_finding(desk, finding) for finding in found[:MOST]),
    )


def _summary(desk: Desk, found: tuple[Diagnostic, ...]) -> str:
    counts = Counter(finding.severity for finding in found)
    labels = desk.words.labels
    return ", ".join(
        f"{counts[severity]} {labels[severity.value].of(counts[severity])}"
        for severity in Severity
        if counts[severity]
    )


def _finding(desk: Desk, finding: Diagnostic) -> Finding:
    return Finding(
        severity=desk.words.labels[finding.severity.value].one,
        message=showable(finding.message),
        place=desk.words.row.format(finding.span.start.row) if finding.span else None,
        code=finding.code,
    )
