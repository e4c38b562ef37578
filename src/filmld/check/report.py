"""What a check found, put together from what each judge said."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from filmld.diagnostics import Diagnostic, Severity
from filmld.tuples import NamedTuple

if TYPE_CHECKING:
    from filmld.diagnostics.registry import Registry


class Report(NamedTuple):
    """What a check found.

    Attributes:
        findings: All findings, in the order of files and places.
        files: How many files were checked.
        sources: The text of every file that could be read, by its shown name.
        rules: Gives the rules that records were judged by.
    """

    findings: tuple[Diagnostic, ...]
    files: int
    sources: Mapping[str, str]
    rules: "Callable[[], Registry]"

    def reaches(self, threshold: Severity) -> bool:
        """Say whether any finding is at least as grave as ``threshold``."""
        return any(finding.severity.reaches(threshold) for finding in self.findings)


def about(findings: Iterable[Diagnostic], chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """Those findings that are in one of some files, or about one of them."""
    return tuple(found for found in findings if _concerns(found, chosen))


def _concerns(finding: Diagnostic, chosen: Collection[str]) -> bool:
    return finding.filename in chosen or any(related.filename in chosen for related in finding.related)
