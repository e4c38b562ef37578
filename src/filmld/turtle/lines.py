"""Rows and columns of a text, worked out only when somebody asks."""

from bisect import bisect_right
from functools import cached_property

from filmld.diagnostics.model import Position, Span
from filmld.patterns import regex

_LINE_END = regex(r"\r\n?|\n")


class Lines:
    """The lines of one text; CRLF, LF and a lone CR all end a line.

    Readers count in offsets, which are cheap. People and editors count in rows and columns;
    the table that turns one into the other is made at the first question.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *(match.end() for match in _LINE_END.finditer(self._text))]

    def position(self, offset: int) -> Position:
        """The row and column of an offset, which may be the end of the text."""
        row = bisect_right(self._starts, offset)
        return Position(row, offset - self._starts[row - 1] + 1)

    def span(self, start: int, end: int) -> Span:
        """The place of ``text[start:end]``."""
        return Span(self.position(start), self.position(end))

    def offset(self, position: Position) -> int:
        """The offset of a row and column.

        Raises:
            IndexError: The text has no such place.
        """
        if not 1 <= position.row <= len(self._starts) or position.column < 1:
            raise IndexError(position)
        offset = self._starts[position.row - 1] + position.column - 1
        limit = self._starts[position.row] if position.row < len(self._starts) else len(self._text) + 1
        if offset >= limit:
            raise IndexError(position)
        return offset

    def row_start(self, offset: int) -> int:
        """The offset where the line of ``offset`` begins."""
        return self._starts[bisect_right(self._starts, offset) - 1]
