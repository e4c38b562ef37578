"""One finding a cause: what follows from a mistake that is reported already is not reported again."""

from collections.abc import Iterable, Iterator
from typing import Final

from filmld.diagnostics import Diagnostic, Severity
from filmld.vocab import SH

_SAME_VALUE: Final = frozenset(
    {"bad-date", "dangling-link", "nameless-node", "text-instead-of-link", "wrong-direction"}
)
"""Rules that say better what a shape says of the same value."""

_MIN_COUNT: Final = SH + "MinCountConstraintComponent"


def without_consequences(
    findings: Iterable[Diagnostic], from_shapes: Iterable[Diagnostic], meant: Iterable[tuple[str, str]]
) -> Iterator[Diagnostic]:
    """Yield what shapes found, without what the other findings explain.

    Args:
        findings: What the reader and the rules found.
        from_shapes: What the shapes found.
        meant: Pairs of a node and the property, both in N-Triples form, that a misspelt property
            of that node was probably meant to be: it is not missing, it is misspelt.
    """
    explained = {(f.focus_node, f.result_path, f.value) for f in findings if f.code in _SAME_VALUE}
    wrong_texts = {
        (f.filename, f.span)
        for f in findings
        if f.focus_node is None and f.severity is Severity.ERROR and f.span
    }
    misspelt = set(meant)
    for finding in from_shapes:
        is_explained = (finding.focus_node, finding.result_path, finding.value) in explained
        is_wrong_text = (finding.filename, finding.span) in wrong_texts
        is_misspelt = (
            finding.source_constraint_component == _MIN_COUNT
            and (finding.focus_node, finding.result_path) in misspelt
        )
        if not (is_explained or is_wrong_text or is_misspelt):
            yield finding
