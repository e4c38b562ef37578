"""The line that ends a run."""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from filmld.diagnostics.model import Diagnostic, Severity

_NOTICEABLE: Final = 0.1


def summary(findings: Iterable[Diagnostic], *, files: int, seconds: float) -> str:
    """Say what a check found, in one sentence, and what to do next.

    >>> summary([], files=1204, seconds=0.8)
    'No findings in 1,204 files checked (0.8 s).'

    Args:
        findings: All of them.
        files: How many files were checked.
        seconds: How long it took.
    """
    found = list(findings)
    counts = Counter(finding.severity for finding in found)
    weights = ", ".join(_counted(counts[severity], severity) for severity in Severity if counts[severity])
    touched = len({finding.filename for finding in found})
    checked = f"{_files(files)} checked ({_duration(seconds)})."
    if not found:
        return f"No findings in {checked}"
    fixable = sum(finding.fix is not None for finding in found)
    mend = f" {fixable:,} can be fixed: filmld check --fix" if fixable else ""
    # What concerns the archive as a whole is told of files that were not asked for, or are gone.
    where = f"{touched:,} of {checked}" if touched <= files else f"{_files(touched)}; {checked}"
    return f"{weights} in {where}{mend}"


def _counted(number: int, severity: Severity) -> str:
    plural = "" if number == 1 or severity is Severity.INFO else "s"
    return f"{number:,} {severity}{plural}"


def _files(number: int) -> str:
    return f"{number:,} {'file' if number == 1 else 'files'}"


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= _NOTICEABLE else f"{seconds * 1000:.0f} ms"
