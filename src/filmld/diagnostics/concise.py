"""Findings on one line each, as Vim, Emacs and the problem matchers of VS Code understand them."""

from collections.abc import Iterable

from filmld.diagnostics.harmless import in_order, one_line
from filmld.diagnostics.model import Diagnostic


def render_concise(findings: Iterable[Diagnostic]) -> str:
    """Write ``path:row:column: severity[code]: message``, one line a finding.

    What concerns a whole file is shown at its beginning, since editors want a place.
    """
    return "".join(f"{_line(finding)}\n" for finding in in_order(findings))


def _line(finding: Diagnostic) -> str:
    row, column = finding.span.start if finding.span else (1, 1)
    place = f"{one_line(finding.filename)}:{row}:{column}"
    return f"{place}: {finding.severity}[{one_line(finding.code)}]: {one_line(finding.message)}"
