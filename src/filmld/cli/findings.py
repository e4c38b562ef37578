"""What a check finds in each record, handed to the pages as plain values."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from filmld.archive import Archive
from filmld.diagnostics import Diagnostic


def findings_by_file(archive: Archive) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Check an archive once, and sort what was found by the names of files."""
    from filmld.check.run import check

    return by_file(check(archive).findings)


def by_file(findings: Iterable[Diagnostic]) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Sort findings by the names of files."""
    found: dict[str, list[Diagnostic]] = {}
    for finding in findings:
        found.setdefault(finding.filename, []).append(finding)
    return MappingProxyType({name: tuple(mine) for name, mine in found.items()})
