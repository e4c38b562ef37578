"""Not more findings than people will read."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from filmld.diagnostics.model import Diagnostic, Severity
from filmld.tuples import NamedTuple

A_FILE: Final = 100
"""How many findings of one file are shown: whoever has more mends some and looks again."""
A_RULE: Final = 20
"""How many findings of one rule are shown where there are very many: most often they have one cause."""
MANY: Final = 1_000
"""More findings than this nobody reads one after the other."""


class Capped(NamedTuple):
    """What is shown of many findings.

    Attributes:
        shown: The findings to show, in their order.
        left_out: How many findings of each file are not shown, for files that have such; empty where
            there are so many findings that they are left out by rules.
        by_rule: How many findings of each rule there are in all, where not all of them are shown, the gravest
            and most frequent first.
    """

    shown: tuple[Diagnostic, ...]
    left_out: Mapping[str, int]
    by_rule: Mapping[tuple[Severity, str], int]


def uncapped(findings: Collection[Diagnostic]) -> Capped:
    """Show everything."""
    return Capped(tuple(findings), {}, {})


def capped(
    findings: Collection[Diagnostic], *, a_file: int = A_FILE, a_rule: int = A_RULE, many: int = MANY
) -> Capped:
    """Keep the first findings of each file, or of each rule where that leaves very many; count the others."""
    shown = tuple(_first(findings, a_file))
    if len(shown) > many:
        return _by_rule(findings, a_rule)
    counts = Counter(finding.filename for finding in findings)
    return Capped(shown, {name: count - a_file for name, count in counts.items() if count > a_file}, {})


def _first(findings: Collection[Diagnostic], limit: int) -> Iterator[Diagnostic]:
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.filename] += 1
        if counts[finding.filename] <= limit:
            yield finding


def _by_rule(findings: Collection[Diagnostic], limit: int) -> Capped:
    counts: Counter[tuple[Severity, str]] = Counter()
    shown: list[Diagnostic] = []
    for finding in findings:
        rule = (finding.severity, finding.code)
        counts[rule] += 1
        if counts[rule] <= limit:
            shown.append(finding)
    order = sorted(counts, key=lambda rule: (rule[0].rank, -counts[rule], rule[1]))
    return Capped(tuple(shown), {}, {rule: counts[rule] for rule in order})
