"""Changing a record's text where it is to be changed, and nowhere else."""

from collections.abc import Iterable

from filmld.diagnostics.model import Edit
from filmld.turtle.lines import Lines


class OverlappingEditsError(ValueError):
    """Two edits want to change the same characters."""

    def __init__(self, first: Edit, second: Edit) -> None:
        super().__init__(f"the edits at {first.span.start} and {second.span.start} overlap")
        self.first = first
        self.second = second


class EditOutsideTextError(ValueError):
    """An edit names a place that the text does not have: the text has changed since."""

    def __init__(self, edit: Edit) -> None:
        super().__init__(f"there is no place {edit.span.start} to {edit.span.end} in this text")
        self.edit = edit


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Make edits; every other character stays, line ends included.

    The same edit given twice is made once, since two findings may share a cause. Insertions at
    one place are made in the order given.

    Raises:
        OverlappingEditsError: Two edits touch the same characters.
        EditOutsideTextError: The text has no such place.
    """
    lines = Lines(text)
    placed = sorted(
        ((*_offsets(edit, lines), edit) for edit in dict.fromkeys(edits)), key=lambda item: item[:2]
    )
    parts: list[str] = []
    done = 0
    last: Edit | None = None
    for start, end, edit in placed:
        if last is not None and start < done:
            raise OverlappingEditsError(last, edit)
        parts += (text[done:start], edit.text)
        done, last = end, edit
    return "".join((*parts, text[done:]))


def _offsets(edit: Edit, lines: Lines) -> tuple[int, int]:
    try:
        start, end = lines.offset(edit.span.start), lines.offset(edit.span.end)
    except IndexError as error:
        raise EditOutsideTextError(edit) from error
    if end < start:
        raise EditOutsideTextError(edit)
    return start, end
