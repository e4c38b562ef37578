"""Lines being laid out, and the comments that go with them."""

from filmld.turtle.tokens import Tokens

_INDENT = "    "


class Layout:
    """Takes the tokens of a text one after another, and puts them on lines.

    A comment that followed something on its line goes to the end of the line that this
    something now stands on, after as many blanks; a comment with a line of its own keeps one.
    Where neither can be, since two comments claim one line or a comment interrupted a
    statement, the comment goes above.

    Attributes:
        index: The next token.
        level: How far new lines are indented.
        is_complete: Whether the current line can be left.
    """

    def __init__(self, tokens: Tokens) -> None:
        self.index = 0
        self.level = 0
        self.is_complete = True
        self._tokens = tokens
        self._comments = tokens.comments
        self._next_comment = 0
        self._lines: list[str] = []
        self._line = ""
        self._line_indent = ""
        self._pending: list[tuple[str, str]] = []
        self._end = 0
        self._gap = 0

    def take(
        self, written: str | None = None, *, new_line: bool = False, glue: bool = False, blank: bool = True
    ) -> None:
        """Put the next token on the line, after the comments that stand before it.

        Args:
            written: How to write it, if not as it is.
            new_line: Begin a line with it.
            glue: Leave no space before it.
            blank: Keep an empty line that stands before it.
        """
        self.comments()
        index = self.index
        if new_line:
            self.begin(index, blank=blank)
        self._pass(index)
        self.put(self._tokens.values[index] if written is None else written, glue=glue)

    def drop(self) -> None:
        """Leave the next token out, but not the comments before it."""
        self.comments()
        self._pass(self.index)

    def put(self, written: str, *, glue: bool = False) -> None:
        """Write something that is not in the text."""
        self._line += written if glue or not self._line else f" {written}"
        self.is_complete = False

    def begin(self, index: int, *, blank: bool = True) -> None:
        """Begin a line for a token that is not yet taken."""
        self._flush()
        if blank and self._newlines(self._tokens.starts[index]) > 1:
            self._blank()
        self._line_indent = _INDENT * self.level

    def complete(self) -> None:
        """The current line may end here."""
        self.is_complete = True

    def comments(self) -> None:
        """Place the comments that stand before the next token."""
        while self.has_comment(self.index - 1, self.index):
            self._comment()

    def has_comment(self, first: int, last: int) -> bool:
        """Whether a comment not yet placed stands after token ``first`` and before ``last``."""
        if self._next_comment >= len(self._comments):
            return False
        return first < self._comments[self._next_comment][0] <= last

    def final_dot(self) -> None:
        """Put the dot of a statement on its own line; a comment after it stays with what it followed."""
        self.comments()
        follows_on_line = self._newlines(self._tokens.starts[self.index]) == 0
        self._pass(self.index)
        if follows_on_line and self.has_comment(self.index - 1, self.index):
            _, start, _ = self._comments[self._next_comment]
            if self._newlines(start) == 0:
                self._comment()
        self._flush()
        self._line_indent = _INDENT * self.level
        self.put(".")

    def finish(self) -> str:
        """The whole text."""
        self.comments()
        self._flush()
        return "".join(f"{line}\n" for line in self._lines)

    def _comment(self) -> None:
        """Place the next comment: at the end of the line, on a line of its own, or above the line."""
        _, start, text = self._comments[self._next_comment]
        newlines = self._newlines(start)
        gap = "" if newlines else self._tokens.text[self._end : start] or " "
        self._next_comment += 1
        self._end = start + len(text)
        own = not gap or start == 0
        if self.is_complete and (own or not self._line):
            self._flush()
            if newlines > 1:
                self._blank()
            self._lines.append(_INDENT * self.level + text.rstrip())
        else:
            self._pending.append((gap, text.rstrip()))

    def _pass(self, index: int) -> None:
        self._end = self._tokens.end(index)
        self.index = index + 1

    def _newlines(self, offset: int) -> int:
        """How many lines end between what was taken last and ``offset``."""
        gap = self._tokens.text[self._end : offset]
        return gap.count("\n") or gap.count("\r")

    def _blank(self) -> None:
        if self._lines and self._lines[-1]:
            self._lines.append("")

    def _flush(self) -> None:
        """Leave the current line; at most one comment fits at its end."""
        if self._line:
            tail = ""
            if self._pending and self._pending[-1][0]:
                tail = "".join(self._pending.pop())
            # Above a closing bracket is inside it.
            indent = self._line_indent + (_INDENT if self._line[0] in "])" else "")
            self._lines += (indent + text for _, text in self._pending)
            self._lines.append(self._line_indent + self._line + tail)
            self._pending.clear()
        self._line = ""
        self.is_complete = True
