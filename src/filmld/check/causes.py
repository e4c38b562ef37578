"""One finding a cause: what follows from a mistake that is reported already is not reported again."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from filmld.diagnostics import Diagnostic, Severity
from filmld.vocab import SH

_SAME_VALUE: Final = frozenset(
    {
        "bad-date",
        "conflicting-facts",
        "dangling-link",
        "nameless-node",
        "text-instead-of-link",
        "unknown-property",
        "wrong-direction",
    }
)
"""Rules that say better what a shape says of the same value."""

_MIN_COUNT: Final = SH + "MinCountConstraintComponent"
_UNIQUE_LANG: Final = SH + "UniqueLangConstraintComponent"


def one_each(
    findings: Iterable[Diagnostic], from_shapes: Iterable[Diagnostic], meant: Mapping[str, Iterable[str]]
) -> Iterator[Diagnostic]:
    """Yield all findings, without those of shapes that the others explain.

    Args:
        findings: What the reader and the rules found.
        from_shapes: What the shapes found.
        meant: For some nodes the properties, all in N-Triples form, that a misspelt property of that
            node was probably meant to be: they are not missing, they are misspelt.
    """
    told = list(findings)
    explained = {_statement(f) for f in told if f.code in _SAME_VALUE}
    wrong_texts = {
        (f.filename, f.span) for f in told if f.focus_node is None and f.severity is Severity.ERROR and f.span
    }
    wrong_marks = {_marked(f): place for place, f in enumerate(told) if f.code == "language-tag"}
    for finding in from_shapes:
        is_misspelt = finding.source_constraint_component == _MIN_COUNT and any(
            property_ in (finding.result_path or "") for property_ in meant.get(finding.focus_node or "", ())
        )
        if _statement(finding) in explained or (finding.filename, finding.span) in wrong_texts or is_misspelt:
            continue
        if finding.source_constraint_component == _UNIQUE_LANG and _marked(finding) in wrong_marks:
            place = wrong_marks[_marked(finding)]
            told[place] = told[place]._replace(notes=(*told[place].notes, finding.message))
        else:
            told.append(finding)
    yield from told


def by_node(meant: Iterable[tuple[str, str]]) -> Mapping[str, frozenset[str]]:
    """Pairs of a node and a property that was meant, as :func:`one_each` wants them."""
    found: dict[str, set[str]] = {}
    for node, property_ in meant:
        found.setdefault(node, set()).add(property_)
    return {node: frozenset(properties) for node, properties in found.items()}


def _statement(finding: Diagnostic) -> tuple[str | None, ...]:
    return (finding.filename, finding.focus_node, finding.result_path, finding.value)


def _marked(finding: Diagnostic) -> tuple[str | None, ...]:
    """A property, and the language that its value is marked with."""
    language = (finding.value or "").rpartition("@")[2].lower()
    return (finding.focus_node, finding.result_path, language)
