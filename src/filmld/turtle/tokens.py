"""The words of Turtle text, without loss.

A token knows where it starts; what stands between two tokens is blank (``WS`` of the
grammar), so the text can always be put together again. What is not Turtle becomes a token
too, cut where a person would cut it, so that a mistake is named once and reading goes on.
Names in capitals are terminals of the Turtle 1.1 grammar (RDF 1.1 Turtle §6.5).
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from functools import cache

from filmld.patterns import regex
from filmld.tuples import NamedTuple


class Kind(IntEnum):
    """What a token is. The values are the group numbers of the pattern below."""

    COMMENT = 1
    NAME = 2
    """PNAME_NS or PNAME_LN: ``schema:name``."""
    SEMICOLON = 3
    TEXT = 4
    """A closed String (grammar rule 17); its escapes are not yet judged."""
    IRI = 5
    """IRIREF; its escapes are not yet judged."""
    COMMA = 6
    NUMBER = 7
    DOT = 8
    OPEN = 9
    """``[``"""
    CLOSE = 10
    """``]``"""
    AT = 11
    """``@prefix``, ``@base``, or LANGTAG, good or bad."""
    DATATYPE = 12
    """``^^``"""
    WORD = 13
    """``a``, ``true``, ``false``, ``PREFIX``, ``BASE``, or a word that has no business here."""
    BNODE = 14
    """BLANK_NODE_LABEL"""
    OPEN_LIST = 15
    CLOSE_LIST = 16
    INVISIBLE = 17
    """Characters that nobody sees but that are not WS."""
    CURLY_TEXT = 18
    """A text in typographic quotation marks."""
    OPEN_LONG = 19
    """A ``triple-quoted`` text that is never closed: the rest of the file."""
    OPEN_TEXT = 20
    """A text that is not closed on its line: the rest of the line."""
    RDF12 = 21
    """Punctuation of RDF 1.2, which is not Turtle 1.1."""
    BAD_IRI = 22
    """``<``, then something that is not an IRIREF."""
    BAD = 23
    """A single character that begins nothing."""
    EOF = 24


# Characters that belong to no name by the grammar, yet are taken into it, since people
# cannot see them: the name is then refused as a whole, with the character named.
UNSEEN_IN_NAMES = "\u00ad\u200b\u200e\u200f\u2060"

_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_MORE = r"_\-0-9\u00b7\u0300-\u036f\u203f-\u2040" + UNSEEN_IN_NAMES
# The same, as far as they are Latin letters; dashes and quotation marks belong to no name.
_LATIN = regex(r"[\x00-\u024f\u2010-\u2027]*")
_LATIN_BASE = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"
_LATIN_MORE = r"_\-0-9\u00b7\u00ad"
_PLX = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?\#@%]"


@cache  # when the first text is read: to compile it takes longer than to read fifty
def _compile(base: str, more: str) -> re.Pattern[str]:
    """The pattern of all tokens, for PN_CHARS_BASE and what PN_CHARS has beyond it.

    Every repetition is possessive: matching costs time in proportion to the text, no more.
    """
    chars = base + more
    tail = rf"[{chars}]*+(?:\.++[{chars}]++)*+"
    prefix = rf"(?:[{base}]{tail})?:"
    local = rf"(?:[{base}_:0-9]|{_PLX})(?:[{chars}:]++|{_PLX}|\.++(?=[{chars}:%\\]))*+"
    exponent = r"[eE][+-]?[0-9]++"
    return re.compile(
        rf"""[ \t\r\n]*+(?:
  (\#[^\r\n]*+)
| ({prefix}(?:{local})?)
| (;)
| (\"\"\"(?:[^"\\]++|\\.|"(?!""))*+\"\"\" | "(?!"")(?:[^"\\\r\n]++|\\[^\r\n])*+"
  |'''(?:[^'\\]++|\\.|'(?!''))*+''' | '(?!'')(?:[^'\\\r\n]++|\\[^\r\n])*+')
| (<[^\x00-\x20<>"{{}}|^`]*+>)
| (,)
| ([+-]?(?:[0-9]++(?:\.[0-9]*+{exponent}|\.[0-9]++|{exponent})?|\.[0-9]++(?:{exponent})?))
| (\.)
| (\[)
| (\])
| (@[\w-]++)
| (\^\^)
| ([{base}]{tail})
| (_:[{base}_0-9]{tail})
| (\()
| (\))
| ([\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\xa0\xad\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ufeff]++)
| ([“”„‟«»][^“”„‟«»"\r\n]*+[“”„‟«»"])
| ((?:\"\"\"|''')[\s\S]*+)
| (["'][^\r\n]*+)
| (<<|>>|\{{\||\|\}}|~)
| (<[^<>\r\n]*+>|<[^\s<>"]*+)
| (.)
| (\Z)
)""",
        re.VERBOSE | re.DOTALL,
    )


_MARKED = frozenset({int(Kind.TEXT), int(Kind.CURLY_TEXT)})
_AT = int(Kind.AT)
_DATATYPE = int(Kind.DATATYPE)
DECLARATIONS = frozenset({"@prefix", "@base"})
_PUNCTUATION = {".": Kind.DOT, ";": Kind.SEMICOLON, ",": Kind.COMMA}


class Token(NamedTuple):
    """One token; ``text[start:end]`` is how it is written."""

    kind: Kind
    start: int
    end: int


class Tokens:
    """The tokens of one text, in three lists side by side; the last one is ``EOF``.

    Lists instead of objects, because a reader looks at every token of every record.

    Attributes:
        text: The text.
        kinds: What each token is, a :class:`Kind` as a plain number.
        values: How it is written.
        comments: Indexes and offsets of the comments: the token that follows, where it starts, what it says.
        invisible: Runs of invisible characters between tokens: the token that follows, and their offset.
    """

    __slots__ = ("_starts", "comments", "invisible", "kinds", "text", "values")

    def __init__(self, text: str) -> None:
        self.text = text
        self.kinds: list[int] = []
        self.values: list[str] = []
        self._starts: list[int] = []
        self.comments: list[tuple[int, int, str]] = []
        self.invisible: list[tuple[int, int, str]] = []

    def __len__(self) -> int:
        return len(self.kinds)

    @property
    def starts(self) -> list[int]:
        """The offset of each token; worked out at the first question, which most records never hear."""
        if not self._starts:
            self._starts.extend(_offsets(self.text))
        return self._starts

    def __iter__(self) -> Iterator[Token]:
        """All tokens with their offsets, comments and invisible characters among them, without ``EOF``."""
        aside = sorted(
            [(start, Kind.COMMENT, value) for _, start, value in self.comments]
            + [(start, Kind.INVISIBLE, value) for _, start, value in self.invisible]
        )
        position = 0
        for kind, start, value in zip(self.kinds[:-1], self.starts, self.values, strict=False):
            while position < len(aside) and aside[position][0] < start:
                yield _token(*aside[position])
                position += 1
            yield _token(start, Kind(kind), value)
        for rest in aside[position:]:
            yield _token(*rest)

    def index_at(self, offset: int) -> int | None:
        """The token that begins at an offset, or ``None``; never a comment, never ``EOF``."""
        index = bisect_left(self.starts, offset)
        return index if index < len(self.starts) - 1 and self.starts[index] == offset else None

    def end(self, index: int) -> int:
        """The offset after a token."""
        return self.starts[index] + len(self.values[index])

    def last(self, index: int) -> int:
        """The last token of a literal that begins at ``index``: its mark or datatype, if it has one."""
        if self.kinds[index] in _MARKED:
            if self.kinds[index + 1] == _AT and not self._is_declaration(index + 1):
                return index + 1
            if self.kinds[index + 1] == _DATATYPE:
                return index + 2
        return index

    def _is_declaration(self, index: int) -> bool:
        """Tell ``@prefix`` on a new line from a language called so, which the grammar does not."""
        return self.values[index] in DECLARATIONS and self.starts[index] > self.end(index - 1)


def _token(start: int, kind: Kind, value: str) -> Token:
    return Token(kind, start, start + len(value))


def scan(text: str) -> Tokens:
    """Cut a text into tokens; every text can be cut."""
    tokens = Tokens(text)
    kinds, values = tokens.kinds, tokens.values
    # Looking up a member of an enumeration takes longer than all else that is done here.
    comment, last_common, invisible = int(Kind.COMMENT), int(Kind.CLOSE_LIST), int(Kind.INVISIBLE)
    for match in _pattern(text).finditer(text):
        kind = match.lastindex or 0
        if kind == comment:
            tokens.comments.append((len(kinds), match.start(kind), match[kind]))
            continue
        if kind == invisible:
            tokens.invisible.append((len(kinds), match.start(kind), match[kind]))
            continue
        kinds.append(kind)
        values.append(match[kind])
        if kind > last_common:
            if kind == Kind.EOF:
                break
            if kind == Kind.OPEN_TEXT:
                _cut_punctuation(tokens)
    return tokens


def _cut_punctuation(tokens: Tokens) -> None:
    """Give ``;`` at the end of a line back to the statement when a text swallowed it."""
    written = tokens.values[-1].rstrip(" \t")
    kind = _PUNCTUATION.get(written[-1])
    if kind is not None:
        tokens.values[-1] = written[:-1].rstrip(" \t")
        tokens.kinds.append(kind)
        tokens.values.append(written[-1])


def _offsets(text: str) -> Iterator[int]:
    """Where each token begins that :func:`scan` finds, in the same order."""
    aside = {int(Kind.COMMENT), int(Kind.INVISIBLE)}
    for match in _pattern(text).finditer(text):
        kind = match.lastindex or 0
        if kind in aside:
            continue
        start = match.start(kind)
        yield start
        if kind == Kind.OPEN_TEXT:
            written = match[kind].rstrip(" \t")
            if written[-1] in _PUNCTUATION:
                yield start + len(written) - 1
        elif kind == Kind.EOF:
            return


def _pattern(text: str) -> re.Pattern[str]:
    """Of texts in Latin letters a narrower pattern says the same; it is compiled in a tenth of the time."""
    if text.isascii():
        return _compile("A-Za-z", r"_\-0-9")
    if _LATIN.fullmatch(text):
        return _compile(_LATIN_BASE, _LATIN_MORE)
    return _compile(_BASE, _MORE)
