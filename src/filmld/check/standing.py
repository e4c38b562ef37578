"""Which findings in a file stand: one for each cause, and none that a comment answers."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from filmld.check.causes import one_each
from filmld.diagnostics import Diagnostic, by_place, place_of
from filmld.turtle.document import Document

if TYPE_CHECKING:
    from filmld.diagnostics.registry import Registry


def in_one_file(
    *,
    outside: Iterable[Diagnostic],
    told: Iterable[Diagnostic],
    misspelt: Mapping[str, Collection[str]],
    document: Document | None,
    rules_of: "Callable[[], Registry]",
) -> tuple[Diagnostic, ...]:
    """The findings in one file that stand, in order.

    Args:
        outside: What is wrong with the file as a whole.
        told: What the reader, the rules and the shapes say.
        misspelt: For some nodes, the properties that are not missing there, but misspelt.
        document: The record, if it may hold comments to filmld.
        rules_of: Gives the rules that records are judged by.
    """
    found = list(told)
    others = [finding for finding in found if finding.source_constraint_component is None]
    shaped = _each_once(finding for finding in found if finding.source_constraint_component is not None)
    standing = [*outside, *one_each(others, shaped, misspelt)]
    if document is not None:
        from filmld.diagnostics.suppression import Comment, suppress  # noqa: PLC0415  few records have such comments

        comments = [Comment(*comment.span.start, comment.text) for comment in document.comments]
        standing = suppress(document.filename, standing, comments, document.statement_rows, rules_of())
    return tuple(by_place(standing))


def _each_once(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Findings that say the same at the same place, of two nodes or by two shapes, are told once."""
    found: dict[tuple[object, ...], list[Diagnostic]] = {}
    for finding in sorted(findings, key=place_of):
        found.setdefault((finding.code, finding.span, finding.message), []).append(finding)
    return [alike[0] if len(alike) == 1 else min(alike, key=repr) for alike in found.values()]
