"""Findings as workflow commands, which GitHub Actions shows beside the lines of a change."""

from collections.abc import Iterable, Iterator

from filmld.diagnostics.harmless import in_order, lines, one_line
from filmld.diagnostics.model import Diagnostic, Severity, Span

_COMMANDS = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice"))
_DATA = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"})
_PROPERTY = str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A", ":": "%3A", ",": "%2C"})


def render_github(findings: Iterable[Diagnostic]) -> str:
    """Write one ``::error``, ``::warning`` or ``::notice`` command a finding."""
    return "".join(f"{_command(finding)}\n" for finding in in_order(findings))


def _command(finding: Diagnostic) -> str:
    properties = ",".join(f"{name}={value.translate(_PROPERTY)}" for name, value in _properties(finding))
    return f"::{dict(_COMMANDS)[finding.severity]} {properties}::{_message(finding).translate(_DATA)}"


def _properties(finding: Diagnostic) -> Iterator[tuple[str, str]]:
    yield "file", one_line(finding.filename)
    if finding.span is not None:
        yield from _place(finding.span)
    yield "title", one_line(finding.code)


def _place(span: Span) -> Iterator[tuple[str, str]]:
    """Columns are understood only where a finding begins and ends on the same line."""
    (row, column), (end_row, end_column) = span
    yield "line", str(row)
    yield "endLine", str(end_row)
    if row == end_row:
        yield "col", str(column)
        yield "endColumn", str(max(column, end_column - 1))


def _message(finding: Diagnostic) -> str:
    hint = f"\nhelp: {finding.hint}" if finding.hint else ""
    return lines(finding.message + hint)
