"""The house style: one line, one statement.

The thing described stands on the first line. Every value has a line of its own that names
its property and ends in `` ;``; the final dot stands alone. So a line can be added, deleted,
moved or blamed without touching another. The order, the comments, the blank lines (several
become one) and the spelling of every term stay; only characters that nobody can see are
written as escapes.
"""

from filmld.diagnostics.model import Diagnostic, Severity
from filmld.patterns import regex
from filmld.turtle.document import Document
from filmld.turtle.layout import Layout
from filmld.turtle.reader import read
from filmld.turtle.tokens import Kind

INLINE_WIDTH = 110
"""Brackets that are longer have a line for each thing in them."""

_UNSEEN = regex("[\u00a0\u200b-\u200f\u202a-\u202e\u2066-\u2069]")
_SOMEWHERE = "https://base.invalid/"
_OPENERS = frozenset({Kind.OPEN, Kind.OPEN_LIST})
_SEPARATORS = frozenset({Kind.SEMICOLON, Kind.COMMA})
_PAIRS = frozenset({(Kind.OPEN, Kind.CLOSE), (Kind.OPEN_LIST, Kind.CLOSE_LIST)})
_MARKS = frozenset({Kind.AT, Kind.DATATYPE})
_TERMS = frozenset({Kind.TEXT, Kind.IRI})


class UnformattableError(ValueError):
    """A text has mistakes of syntax, and so no layout.

    Attributes:
        diagnostics: The mistakes.
    """

    def __init__(self, diagnostics: tuple[Diagnostic, ...]) -> None:
        super().__init__("a text with mistakes cannot be formatted")
        self.diagnostics = diagnostics


def format_text(text: str, *, filename: str = "-", base: str | None = None) -> str:
    """Lay a record out in the house style; it states the same triples in the same order.

    Args:
        text: The record.
        filename: As shown in diagnostics.
        base: What its relative links start from; it does not matter for the layout.

    Raises:
        UnformattableError: The text is not Turtle.
    """
    return format_document(read(text, filename=filename, base=base or _SOMEWHERE))


def format_document(document: Document) -> str:
    """Lay out a record that was read.

    Raises:
        UnformattableError: The text is not Turtle.
    """
    if not document.well_formed:
        errors = (found for found in document.diagnostics if found.severity is Severity.ERROR)
        raise UnformattableError(tuple(errors))
    return _Formatter(document).run()


class _Formatter:
    """Walks over the tokens of a sound text. Nesting is limited, so brackets may recurse."""

    def __init__(self, document: Document) -> None:
        draft = document.draft
        self.tokens = draft.tokens
        self.kinds = draft.tokens.kinds
        self.brackets = draft.brackets
        self.line_end = "\r\n" if "\n" in draft.text else "\r"
        self.layout = Layout(draft.tokens)

    @property
    def kind(self) -> int:
        return self.kinds[self.layout.index]

    def run(self) -> str:
        while self.kind != Kind.EOF:
            if self._is_declaration():
                self._declaration()
            else:
                self._statement()
        return self.layout.finish()

    def _is_declaration(self) -> bool:
        return self.kind in {Kind.AT, Kind.WORD}

    def _declaration(self) -> None:
        """``@prefix`` ends in a dot, ``PREFIX`` in its link."""
        last = Kind.DOT if self.kind == Kind.AT else Kind.IRI
        self.layout.take(new_line=True)
        while self.kinds[self.layout.index - 1] != last:
            self.layout.take()
        self.layout.complete()

    def _statement(self) -> None:
        layout = self.layout
        opener = layout.index
        self._term(new_line=True)
        is_whole = self.kinds[opener] == Kind.OPEN and self.kind == Kind.DOT
        if is_whole and not layout.has_comment(layout.index - 1, layout.index):
            layout.take()
        else:
            layout.complete()
            self._properties(Kind.DOT)
            layout.final_dot()
        layout.complete()

    def _properties(self, stop: Kind) -> None:
        """A predicateObjectList up to the token that ends it; each value gets a line."""
        layout = self.layout
        layout.level += 1
        while self.kind != stop:
            if self.kind == Kind.SEMICOLON:
                layout.drop()
                continue
            property_ = layout.index
            layout.take(new_line=True)
            self._value()
            while self.kind == Kind.COMMA:
                layout.drop()
                layout.comments()
                layout.begin(layout.index)
                layout.put(self.tokens.values[property_])
                self._value()
        layout.comments()
        layout.level -= 1

    def _value(self) -> None:
        self._term()
        self.layout.put(";")
        self.layout.complete()

    def _term(self, *, new_line: bool = False) -> None:
        """A subject, value or item, with its mark or all that its brackets hold."""
        index = self.layout.index
        last = self.brackets.get(index) or self.tokens.last(index)
        if not self._fits(index, last):
            if self.kinds[index] == Kind.OPEN:
                self._bracket(new_line=new_line)
            else:
                self._list(last, new_line=new_line)
            return
        self.layout.take(self._written(index), new_line=new_line)
        while self.layout.index <= last:
            index = self.layout.index
            self.layout.take(self._written(index), glue=self._is_glued(index))

    def _is_glued(self, index: int) -> bool:
        """Whether no blank stands before a token: in ``[]``, ``()`` and the marks of texts."""
        pair = (self.kinds[index - 1], self.kinds[index])
        return pair in _PAIRS or pair[1] in _MARKS or pair[0] == Kind.DATATYPE

    def _bracket(self, *, new_line: bool) -> None:
        layout = self.layout
        layout.take(new_line=new_line)
        layout.complete()
        self._properties(Kind.CLOSE)
        layout.take(new_line=True, blank=False)

    def _list(self, last: int, *, new_line: bool) -> None:
        layout = self.layout
        layout.take(new_line=new_line)
        layout.complete()
        layout.level += 1
        while layout.index < last:
            self._term(new_line=True)
            layout.complete()
        layout.comments()
        layout.level -= 1
        layout.take(new_line=True, blank=False)

    def _fits(self, first: int, last: int) -> bool:
        """Whether a term can stand on one line: brackets that hold one short statement, short lists."""
        if self.kinds[first] not in _OPENERS or last == first + 1:
            return True
        if self.layout.has_comment(first, last) or not _SEPARATORS.isdisjoint(self.kinds[first:last]):
            return False
        values = self.tokens.values[first : last + 1]
        return sum(map(len, values)) + len(values) <= INLINE_WIDTH and not any("\n" in it for it in values)

    def _written(self, index: int) -> str:
        """A token as written, its line ends and invisible characters made plain."""
        value = self.tokens.values[index]
        if self.kinds[index] not in _TERMS:
            return value
        if "\r" in value:
            value = value.replace(self.line_end, "\n").replace("\r", "\\r")
        if value.isascii():
            return value
        return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04X}", value)
