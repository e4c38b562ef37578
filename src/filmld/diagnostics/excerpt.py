"""One line of a record, and where on a screen the words concerned stand in it.

Columns of a finding count code points; columns of a screen do not: a Chinese character
takes two, an accent of its own none, a tab as many as are missing. wcwidth knows how
wide terminals show what, and which code points belong to one visible character.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Final

from filmld.diagnostics.harmless import is_unsafe, visible
from filmld.diagnostics.model import Span
from filmld.patterns import regex
from filmld.tuples import NamedTuple

TAB: Final = 4
"""How wide a tab is shown, as .editorconfig indents."""

_PLAIN: Final = regex(r"[ -~\u00a1-\u00ac\u00ae-\u024f]*")
"""Latin letters and what is written with them: each is one character of one column."""
_ROW_END: Final = regex(r"\r\n|\r|\n")
_ZERO_WIDTH_JOINER: Final = "\u200d"
_JOINERS: Final = "\u200c" + _ZERO_WIDTH_JOINER
_ELLIPSIS: Final = "…"
# A visible character is seldom more than ten code points; more than this never fits on a line.
_POINTS_A_COLUMN: Final = 10


class Excerpt(NamedTuple):
    """What to print under a message; columns are 0-based and of the screen."""

    text: str
    caret_column: int
    caret_width: int
    runs_on: str


class _Cell(NamedTuple):
    """A visible character: how it is shown, and the code points of the line it stands for."""

    text: str
    start: int
    end: int


def rows_of(text: str | None) -> list[str]:
    r"""Split a text into rows as Turtle counts them: at LF, CR LF and CR, at nothing else.

    >>> rows_of("Moloch\r\nTaurus\x0cThe Sun")
    ['Moloch', 'Taurus\x0cThe Sun']
    """
    return [] if text is None else _ROW_END.split(text)


def excerpt(rows: Sequence[str], span: Span, width: int) -> Excerpt | None:
    """Show the first row of a span, cut to a width around it; ``None`` where there is no such row."""
    row, column = span.start
    if not 1 <= row <= len(rows):
        return None
    line = rows[row - 1]
    start = min(column - 1, len(line))
    end = len(line) if span.end.row > row else max(start, min(span.end.column - 1, len(line)))
    runs_on = f"(runs on to row {span.end.row})" if span.end.row > row else ""
    return _fitted(line, start, end, width)._replace(runs_on=runs_on)


def _fitted(line: str, start: int, end: int, width: int) -> Excerpt:
    if len(line) <= width and _PLAIN.fullmatch(line):  # as most are, and there may be very many
        return Excerpt(line, start, max(1, end - start), "")
    reach = width * _POINTS_A_COLUMN
    first, last = max(0, start - reach), start + reach
    cells = _cells(line[first:last], first)
    edges = list(accumulate((_width(cell.text) for cell in cells), initial=0))
    marked = [i for i, cell in enumerate(cells) if cell.start < max(end, start + 1) and cell.end > start]
    low, high = (marked[0], marked[-1] + 1) if marked else (len(cells), len(cells))
    whole = first == 0 and last >= len(line) and edges[-1] <= width
    left, right = (0, len(cells)) if whole else _window(edges, low, high, width - 2)
    before = "" if left == 0 and first == 0 else _ELLIPSIS
    after = "" if right == len(cells) and last >= len(line) else _ELLIPSIS
    text = before + "".join(cell.text for cell in cells[left:right]) + after
    # A place between two characters, such as where a dot is missing, gets one caret.
    wide = edges[min(high, right)] - edges[low] if end > start else 1
    return Excerpt(text, len(before) + edges[low] - edges[left], max(1, wide), "")


def _window(edges: Sequence[int], low: int, high: int, width: int) -> tuple[int, int]:
    """Choose the cells to show: the marked ones, and as much as fits, half of it before them."""
    room = max(0, width - (edges[high] - edges[low]))
    left, right = low, high
    while left > 0 and edges[low] - edges[left - 1] <= room // 2:
        left -= 1
    while right < len(edges) - 1 and edges[right + 1] - edges[left] <= width:
        right += 1
    while left > 0 and edges[right] - edges[left - 1] <= width:
        left -= 1
    while right > low + 1 and edges[right] - edges[left] > width:
        right -= 1
    return left, right


def _cells(line: str, offset: int) -> list[_Cell]:
    """Split a line into visible characters, tabs expanded and unsafe ones replaced."""
    cells: list[_Cell] = []
    screen = 0
    for cluster in _clusters(line):
        text = " " * (TAB - screen % TAB) if cluster == "\t" else _shown(cluster)
        cells.append(_Cell(text, offset, offset + len(cluster)))
        offset += len(cluster)
        screen += _width(text)
    return cells


def _clusters(line: str) -> list[str]:
    """Visible characters; one that must be shown by a stand-in always stands alone."""
    found: list[str] = []
    for part in re.split(r"(\t)", line):
        for cluster in _graphemes(part):
            found.extend(cluster if _must_be_taken_apart(cluster) else [cluster])
    return found


def _must_be_taken_apart(cluster: str) -> bool:
    """A joiner belongs between letters that need it; beside ASCII, or at the end, it only hides."""
    joins = any(c in _JOINERS for c in cluster)
    hiding = joins and (cluster[0].isascii() or cluster[0] in _JOINERS or cluster[-1] == _ZERO_WIDTH_JOINER)
    return hiding or any(is_unsafe(c) for c in cluster)


def _shown(cluster: str) -> str:
    if len(cluster) == 1 and (is_unsafe(cluster) or cluster in _JOINERS):
        return visible(cluster)
    # An accent with no letter before it would sit on the frame.
    return cluster if _width(cluster) else f"\u25cc{cluster}"


def _graphemes(text: str) -> Iterable[str]:
    if _PLAIN.fullmatch(text):
        return text
    from wcwidth import iter_graphemes  # noqa: PLC0415  takes longer than to check a record

    return iter_graphemes(text)


def _width(text: str) -> int:
    if _PLAIN.fullmatch(text):
        return len(text)
    from wcwidth import wcswidth  # noqa: PLC0415  as above

    return max(0, wcswidth(text))
