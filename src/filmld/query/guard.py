"""What a query must pass before a worker sees it: a look at its text, in time linear in its length.

The guard is no parser. It skips what cannot hold a keyword (strings, IRIs, comments,
variables), exactly as SPARQL 1.1 Query §19.8 lexes them, and looks at the rest. Where a
text can be read in two ways (``<`` as the start of an IRI or as less-than), it trusts
neither: from there on nothing is skipped any more. So it may refuse a harmless query, but
does not let SERVICE through where nothing else would stop it.

Inside a worker that cannot reach the network at all the guard is there for clear messages
only, and lets names such as ``schema:serviceType`` pass.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from filmld.query.errors import (
    QueryEmptyError,
    QueryNotUnicodeError,
    QueryTooLongError,
    ServiceRefusedError,
    TooDeepError,
    TooManyOperatorsError,
    UpdateRefusedError,
)

MAX_DEPTH = 500
"""Brackets deeper than this overflow the engine's stack: at 1,971 in 8 MiB, 16,946 in our 64 MiB."""

MAX_OPERATORS = 5000
"""Operators more than this can overflow it too: a chain of them is evaluated recursively."""

_TOKEN = re.compile(
    r"""
      (?P<string> "{3}(?:[^"\\]|\\.|"(?!""))*+"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
                | "(?:[^"\\\r\n]|\\.)*+"           | '(?:[^'\\\r\n]|\\.)*+' )
    | (?P<comment> \#[^\r\n]*+ )
    | (?P<star> << )
    | (?P<iri> <[^<>"{}|^`\\\x00-\x20]*+> )
    | (?P<variable> [?$]\w++ )
    | (?P<run> [^\W\d_][\w.\-]*+ ) (?P<name> :(?:[\w.:%\-]|\\.)*+ )?
    | (?P<local> :(?:[\w.:%\-]|\\.)*+ )
    | (?P<escape> \\. )
    | (?P<open> [(\[{] )
    | (?P<close> [)\]}] )
    | (?P<operator> [!|&+\-*/^=<>,] )
    | (?P<other> \S )
    """,
    re.VERBOSE | re.DOTALL,
)
"""Every alternative is possessive: a hostile text costs no more time than an honest one."""

_SERVICE = re.compile("service", re.IGNORECASE)
_WORD = re.compile("[A-Za-z]+")
_UPDATES = frozenset({"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"})
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_UNREPEATABLE = frozenset({"NOW", "RAND", "UUID", "STRUUID"})
_UNCOUNTED = frozenset("=<>,")
_OPERAND_FOLLOWS = frozenset({"operator", "open"})


@dataclass(frozen=True, slots=True)
class Passed:
    """A query that may go to a worker.

    Attributes:
        text: The query.
        names_dataset: Whether it says FROM, so that its own dataset counts and not the
            union of all graphs (SPARQL 1.1 Query §13.2).
        repeatable: Whether its answer depends on nothing but the data: it asks neither for the
            time nor for anything random (§17.4.2.8, §17.4.4, §17.4.5).
    """

    text: str
    names_dataset: bool
    repeatable: bool = True


def check(text: str, *, max_characters: int, offline: bool) -> Passed:
    """Let a query pass, or say why not.

    Args:
        text: The query.
        max_characters: The longest text that is accepted.
        offline: Whether the worker is kept from the network by other means.

    Raises:
        QueryRefusedError: One of its kinds, which says what to change.
    """
    if len(text) > max_characters:
        raise QueryTooLongError(len(text), max_characters)
    try:
        text.encode()
    except UnicodeEncodeError:
        raise QueryNotUnicodeError from None
    scan = _Scan(text, offline=offline)
    scan.run()
    return Passed(text, scan.names_dataset, scan.repeatable)


def undeclared_prefix(text: str, known: Collection[str]) -> tuple[str, int, int] | None:
    """Find the first prefix that a query uses and nobody declared, with its row and column.

    Only worth asking once the engine has refused the query: a guess, good enough to help.
    """
    declared = set(known)
    previous = ""
    for token in _TOKEN.finditer(text):
        if token.lastgroup in {"name", "local"} and not text.endswith("_", 0, token.start()):
            prefix = token.group().partition(":")[0]
            if previous == "PREFIX":
                declared.add(prefix)
            elif prefix not in declared:
                return prefix, *_place(text, token.start())
        if token.lastgroup != "comment":
            previous = token.group().upper()
    return None


class _Scan:
    """One pass over a text."""

    def __init__(self, text: str, *, offline: bool) -> None:
        self._text = text
        self._offline = offline
        self._brackets: list[str] = []
        self._operators = 0
        self._form: str | None = None
        self._empty = True
        self.names_dataset = False
        self.repeatable = True

    def run(self) -> None:
        """Look at the whole text."""
        previous = "open"
        for token in _TOKEN.finditer(self._text):
            kind = token.lastgroup or ""
            if kind == "comment":
                continue
            self._empty = False
            if self._is_doubtful(token, kind, previous):
                self._distrust(token.start())
                break
            self._look_at(token, kind)
            previous = kind
        if self._empty:
            raise QueryEmptyError

    def _is_doubtful(self, token: re.Match[str], kind: str, previous: str) -> bool:
        """Say whether what follows can be read in two ways that differ in what they hide.

        ``<`` is less-than only in an expression, that is after an operand and with a round
        bracket open. The two readings hide different things only if a comment or a string
        could start inside. ``<<`` opens a quoted triple, or is less-than before an IRI.
        """
        if kind == "star":
            return True
        return (
            kind == "iri"
            and self._brackets[-1:] == ["("]
            and previous not in _OPERAND_FOLLOWS
            and any(mark in token.group() for mark in "#'")
        )

    def _look_at(self, token: re.Match[str], kind: str) -> None:
        match kind:
            case "run":
                self._words(token)
            case "name" | "local" if not self._offline:
                self._refuse_service(token.group(), token.start())
            case "open":
                self._brackets.append(token.group())
                if len(self._brackets) > MAX_DEPTH:
                    raise TooDeepError(MAX_DEPTH)
            case "close" if self._brackets:
                self._brackets.pop()
            case "operator" if token.group() not in _UNCOUNTED:
                self._count(1)

    def _words(self, token: re.Match[str]) -> None:
        """Look at letters that are no name: keywords, glued together as the writer pleased."""
        text = token.group()
        self._refuse_service(text, token.start())
        self._count(text.count("-"))
        for word in map(str.upper, _WORD.findall(text)):
            if self._form is None and word in _UPDATES:
                raise UpdateRefusedError(word)
            if self._form is None and word in _FORMS:
                self._form = word
            self.names_dataset |= word == "FROM"
            self.repeatable &= word not in _UNREPEATABLE

    def _refuse_service(self, text: str, offset: int) -> None:
        found = _SERVICE.search(text)
        if found:
            raise ServiceRefusedError(*_place(self._text, offset + found.start()))

    def _count(self, operators: int) -> None:
        self._operators += operators
        if self._operators > MAX_OPERATORS:
            raise TooManyOperatorsError(MAX_OPERATORS)

    def _distrust(self, start: int) -> None:
        """Look at all that is left as if nothing could be skipped."""
        rest = self._text[start:]
        if not self._offline:
            self._refuse_service(rest, start)
        self.names_dataset |= bool(re.search(r"\bfrom\b", rest, re.IGNORECASE))
        self.repeatable = False
        depth = len(self._brackets)
        for char in _brackets(rest):
            depth += 1 if char in "([{" else -1
            if depth > MAX_DEPTH:
                raise TooDeepError(MAX_DEPTH)
        self._count(len(re.findall(r"[!|&+*/^]|(?<!\w)-", rest)))


def _place(text: str, offset: int) -> tuple[int, int]:
    """The 1-based row and column of a place in a text."""
    before = text[:offset]
    return before.count("\n") + 1, offset - (before.rfind("\n") + 1) + 1


def _brackets(text: str) -> Iterator[str]:
    return (char for char in text if char in "([{)]}")
