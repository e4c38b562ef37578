"""Findings as JSON and back.

JSON and not pickle: an archive may come with a ``.filmld/`` from elsewhere, and reading it must run nothing.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final, TypeAlias

from filmld.diagnostics import Diagnostic, Edit, Fix, Position, Related, Severity, Span

_Places: TypeAlias = list[int] | None
_Row: TypeAlias = tuple[
    str,
    str,
    str,
    str,
    _Places,
    str | None,
    str | None,
    list[str],
    tuple[str, list[tuple[list[int], str]]] | None,
    list[tuple[str, str, _Places]],
    str | None,
    str | None,
    str | None,
    str | None,
    str | None,
]
"""A finding, in the order of what it holds."""

_SEVERITIES: Final = MappingProxyType({severity.value: severity for severity in Severity})


class UnreadableError(sqlite3.DatabaseError):
    """What stands in the index is not what was written there."""


def to_json(findings: Iterable[Diagnostic]) -> str:
    """Write findings; the empty text if there is none."""
    rows = [_row(finding) for finding in findings]
    return json.dumps(rows, ensure_ascii=True, separators=(",", ":")) if rows else ""


def joined(one: str, other: str) -> str:
    """The findings of two texts in one.

    >>> joined("", '[["a"]]'), joined('[["b"]]', '[["a"]]')
    ('[["a"]]', '[["b"],["a"]]')
    """
    return f"{one[:-1]},{other[1:]}" if one and other else one or other


def from_json(text: str) -> list[Diagnostic]:
    """Read findings.

    Raises:
        UnreadableError: They were not written by :func:`to_json`.
    """
    if not text:
        return []
    try:
        return [_finding(row) for row in json.loads(text)]
    except (ValueError, TypeError, LookupError) as error:
        raise UnreadableError(str(error)) from error


def words_from_json(text: str) -> dict[str, str | None]:
    """Read words that stand for others.

    Raises:
        UnreadableError: They are none.
    """
    try:
        found = json.loads(text)
    except ValueError as error:
        raise UnreadableError(str(error)) from error
    if not isinstance(found, dict) or not all(isinstance(word, str | None) for word in found.values()):
        raise UnreadableError(text)
    return found


def _row(finding: Diagnostic) -> list[object]:
    fix = finding.fix
    return [
        finding.code,
        finding.severity.value,
        finding.message,
        finding.filename,
        _places(finding.span),
        finding.label,
        finding.hint,
        list(finding.notes),
        [fix.title, [[_places(edit.span), edit.text] for edit in fix.edits]] if fix else None,
        [[related.message, related.filename, _places(related.span)] for related in finding.related],
        finding.focus_node,
        finding.result_path,
        finding.value,
        finding.source_shape,
        finding.source_constraint_component,
    ]


def _places(span: Span | None) -> _Places:
    return [*span.start, *span.end] if span else None


def _finding(row: _Row) -> Diagnostic:
    code, severity, message, filename, span, label, hint, notes, fix, related, *named = row
    focus_node, result_path, value, source_shape, component = named
    return Diagnostic(
        code=code,
        severity=_SEVERITIES[severity],
        message=message,
        filename=filename,
        span=_certain(span) if span else None,
        label=label,
        hint=hint,
        notes=_shared(tuple(notes)),
        fix=_fix(fix) if fix else None,
        related=tuple([_related(said, name, *(places or ())) for said, name, places in related]),
        focus_node=focus_node,
        result_path=result_path,
        value=value,
        source_shape=source_shape,
        source_constraint_component=component,
    )


# Most findings share these with thousands of others, such as the place of the shape that demands it.
@lru_cache(maxsize=10_000)
def _related(said: str, name: str, *places: int) -> Related:
    return Related(message=said, filename=name, span=_certain(places) if places else None)


@lru_cache(maxsize=10_000)
def _shared(texts: tuple[str, ...]) -> tuple[str, ...]:
    return texts


def _fix(row: tuple[str, list[tuple[list[int], str]]]) -> Fix:
    title, edits = row
    return Fix(title=title, edits=tuple(Edit(_certain(places), text) for places, text in edits))


def _certain(places: Sequence[int]) -> Span:
    row, column, end_row, end_column = places
    return Span(Position(row, column), Position(end_row, end_column))
