"""Findings that an archivist has looked at and found right.

``# filmld: ok CODE reason`` in a statement, at the end of one of its lines, or right above it
silences the findings of that code in that statement. A finding without a place concerns the
whole file, so a comment anywhere in the file silences it.

A comment without a reason does silence, so that nobody must invent one to get on, but is itself
reported until it has one. So is a comment that silences nothing. Both are warnings, not mere
remarks: an idle comment will hide the next, different mistake of that kind without a word.
"""

import difflib
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from filmld.diagnostics.model import Diagnostic, Position, Severity, Span
from filmld.diagnostics.registry import Registry
from filmld.patterns import regex
from filmld.tuples import NamedTuple

UNUSED: Final = "unused-suppression"

_ADDRESSED = regex(r"#+\s*filmld:(?P<rest>.*)", re.DOTALL)
_ORDER = regex(r"\s*ok(?:\s+(?P<code>\S+)(?:\s+(?P<reason>\S.*))?)?\s*", re.DOTALL)
_USAGE = "write # filmld: ok CODE reason"


class Comment(NamedTuple):
    """A comment of a record, ``#`` included; row and column are 1-based."""

    row: int
    column: int
    text: str


StatementOf = Callable[[int], tuple[int, int] | None]
"""Gives the first and last row of the statement that stands on a row, ``None`` where none does."""


@dataclass(frozen=True, slots=True)
class _Suppression:
    comment: Comment
    code: str
    reason: str
    rows: tuple[int, int] | None

    def matches(self, finding: Diagnostic) -> bool:
        if finding.code != self.code:
            return False
        if finding.span is None:
            return True
        return self.rows is not None and self.rows[0] <= finding.span.start.row <= self.rows[1]


def suppress(
    filename: str,
    findings: Iterable[Diagnostic],
    comments: Sequence[Comment],
    statement_of: StatementOf,
    registry: Registry,
) -> list[Diagnostic]:
    """Drop what comments silence, and report the comments that are no use.

    Args:
        filename: The file, as findings name it.
        findings: The findings of that file.
        comments: All its comments.
        statement_of: Where its statements begin and end.
        registry: Tells which rules cannot be silenced, and the codes for "did you mean".

    Returns:
        The findings that stay, in their order, and then those about comments, by row.
    """
    found = list(findings)
    orders = [order for comment in comments if (order := _read(comment, comments, statement_of))]
    silenced = {
        index
        for index, finding in enumerate(found)
        if registry.can_be_silenced(finding.code) and any(order.matches(finding) for order in orders)
    }
    used = {order.comment for order in orders if any(order.matches(found[index]) for index in silenced)}
    stay = [finding for index, finding in enumerate(found) if index not in silenced]
    order_of = {order.comment: order for order in orders}
    about = [
        remark
        for comment in sorted(comments)
        for remark in _remarks(filename, comment, order_of.get(comment), registry, used=comment in used)
    ]
    return stay + about


def _read(comment: Comment, comments: Collection[Comment], statement_of: StatementOf) -> _Suppression | None:
    addressed = _ADDRESSED.fullmatch(comment.text)
    order = _ORDER.fullmatch(addressed["rest"]) if addressed else None
    if order is None or order["code"] is None:
        return None
    rows = _rows_of(comment.row, {other.row for other in comments}, statement_of)
    return _Suppression(comment, order["code"], (order["reason"] or "").strip(), rows)


def _rows_of(row: int, comment_rows: Collection[int], statement_of: StatementOf) -> tuple[int, int] | None:
    """The statement that a comment stands in, else the one right below its block of comments."""
    rows = statement_of(row)
    while rows is None and row in comment_rows:
        row += 1
        rows = statement_of(row)
    return rows


def _remarks(
    filename: str, comment: Comment, order: _Suppression | None, registry: Registry, *, used: bool
) -> Iterator[Diagnostic]:
    if not _ADDRESSED.fullmatch(comment.text):
        return
    if order is None:
        yield _remark(filename, comment, "This comment to filmld is not understood", hint=_USAGE)
    elif not used:
        message, hint = _idle(order.code, registry)
        yield _remark(filename, comment, message, hint=hint)
    elif not order.reason:
        message = f"This comment silences ‘{order.code}’ without saying why"
        hint = f"add the reason: # filmld: ok {order.code} …"
        yield _remark(filename, comment, message, hint=hint)


def _idle(code: str, registry: Registry) -> tuple[str, str]:
    if not registry.can_be_silenced(code):
        return f"‘{code}’ cannot be silenced", "mend the mistake, then delete this comment"
    similar = difflib.get_close_matches(code, list(registry), n=1)
    if code not in registry and similar:
        return f"There is no kind of finding named ‘{code}’", f"did you mean ‘{similar[0]}’?"
    return f"This comment silences nothing: there is no ‘{code}’ in this statement", "delete the comment"


def _remark(filename: str, comment: Comment, message: str, *, hint: str) -> Diagnostic:
    start = Position(comment.row, comment.column)
    end = Position(comment.row, comment.column + len(comment.text))
    return Diagnostic(
        code=UNUSED,
        severity=Severity.WARNING,
        message=message,
        filename=filename,
        span=Span(start, end),
        hint=hint,
    )
