"""Not more findings than people will read."""

from collections import Counter
from collections.abc import Iterable
from typing import Final, NamedTuple

from filmld.diagnostics.model import Diagnostic

A_FILE: Final = 100
"""How many findings of one file are shown: whoever has more mends some and looks again."""


class Capped(NamedTuple):
    """What is shown of many findings; every file that has any is among them.

    Attributes:
        shown: The findings to show, in their order.
        left_out: How many findings of each file are not shown, for files that have such.
    """

    shown: tuple[Diagnostic, ...]
    left_out: dict[str, int]


def capped(findings: Iterable[Diagnostic], limit: int = A_FILE) -> Capped:
    """Keep the first findings of each file, and count the others."""
    counts: Counter[str] = Counter()
    shown: list[Diagnostic] = []
    for finding in findings:
        counts[finding.filename] += 1
        if counts[finding.filename] <= limit:
            shown.append(finding)
    return Capped(tuple(shown), {name: count - limit for name, count in counts.items() if count > limit})
