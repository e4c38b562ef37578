"""What a check finds in each record, handed to the pages as plain values."""

from collections.abc import Mapping
from types import MappingProxyType

from filmld.archive import Archive
from filmld.diagnostics import Diagnostic


def findings_by_file(archive: Archive) -> Mapping[str, tuple[Diagnostic, ...]]:
    """Check an archive once, and sort what was found by the names of files."""
    from filmld.check.run import check

    found: dict[str, list[Diagnostic]] = {}
    for finding in check(archive).findings:
        found.setdefault(finding.filename, []).append(finding)
    return MappingProxyType({name: tuple(findings) for name, findings in found.items()})
