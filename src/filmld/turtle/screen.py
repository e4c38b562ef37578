"""What makes a text one for the careful reader, told by a glance at the text.

A glance may be wrong in one direction: it may suspect what is sound, and then only time is lost.
"""

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from filmld.patterns import regex
from filmld.tuples import NamedTuple
from filmld.turtle import iris, oddities

_DECLARATION = regex(
    r"(?:[ \t]*(?:\#[^\r\n]*)?"
    r"|@prefix[ \t]+(?P<prefix>[A-Za-z][A-Za-z0-9_-]*)?:[ \t]+"
    r"<(?P<iri>[^\x00-\x20<>\"{}|^`\\%]*)>[ \t]*\.[ \t]*"
    r"|@base[ \t]+<(?P<base>https?://[^\x00-\x20<>\"{}|^`\\%#]*)>[ \t]*\.[ \t]*)\r?\n"
)
"""A line of the head of a record as nearly all people write it."""
_DECLARES = (regex(r"prefix[\s#]"), regex(r"base[\s#<]"))
"""In small letters: a declaration anywhere (grammar rules 3 to 6s), or a word that ends so."""
_VERSION = regex(r"version\s*[\"'#]")
"""In small letters: the declaration of RDF 1.2, which pyoxigraph accepts."""
_RELATIVE = regex(r"<(?!https?://|[#>])")
"""With a base: a link that is not the document, a part of it, or an address of the web."""
_TAG = regex(r"@([A-Za-z][A-Za-z0-9-]*)")
_CAPITALS = regex(r"@[a-z0-9-]*[A-Z]")
_CONTROLS = bytes(frozenset(range(32)) - {9, 10, 13}) + b"\x7f"
_NOTHING: Mapping[str, str] = MappingProxyType({})
_OPENS = frozenset("@# \t\r\n")
"""With one of these a line of a head begins."""
_MOST = 2_000
"""So many lines are remembered; those that many records have are few, and soon met again."""


class Head(NamedTuple):
    """What a text declares, and what else of it must be known to read it.

    Attributes:
        prefixes: Prefixes without their colon.
        tags: Language marks as they are written, by their small letters, where that is not the same.
        has_escapes: Whether a character may be written by its number.
    """

    prefixes: Mapping[str, str]
    tags: Mapping[str, str]
    has_escapes: bool


class Declared(NamedTuple):
    """The declarations at the head of a text.

    Attributes:
        prefixes: Prefixes without their colon.
        start: Where the first ends, which may be of this text alone.
        end: Where they end.
        has_base: Whether links may be relative.
    """

    prefixes: Mapping[str, str]
    start: int
    end: int
    has_base: bool


class _Lines(NamedTuple):
    """A line of a head, or some that follow each other.

    Attributes:
        text: They themselves.
        prefixes: What they declare.
        base: The base, if this is the line that gives it.
        is_odd: Whether the reader has something to say of them.
    """

    text: str
    prefixes: Mapping[str, str]
    base: str = ""
    is_odd: bool = False


class Screen:
    """Looks at texts, and remembers the lines that all records have at their heads."""

    def __init__(self) -> None:
        self._lines: dict[str, _Lines | None] = {}
        self._runs: dict[str, _Lines] = {}

    def head(self, text: str) -> Head | None:
        """Look at a text; ``None`` if the reader has to read it."""
        declared = self.declared(text) if _is_plain(text) else None
        if declared is None:
            return None
        tags = _tags(text)
        if tags is None or _is_odd_below(text, declared.end, has_base=declared.has_base):
            return None
        return Head(declared.prefixes, tags, "\\" in text)

    def declared(self, text: str) -> Declared | None:
        """Read the declarations at the head of a text; ``None`` if the reader has to read them."""
        prefixes: dict[str, str] = {}
        base, place, start, own = "", 0, 0, 0
        while (lines := self._lines_at(text, place)) is not None:
            is_misplaced = lines.base and (base or prefixes)
            if lines.is_odd or is_misplaced or not prefixes.keys().isdisjoint(lines.prefixes):
                return None
            base = base or lines.base
            prefixes.update(lines.prefixes)
            place += len(lines.text)
            if not start:
                start, own = place, len(prefixes)
        if not base:
            self._remember(text[start:place], prefixes, own)
        return Declared(MappingProxyType(prefixes), start, place, has_base=bool(base))

    def _remember(self, text: str, prefixes: Mapping[str, str], own: int) -> None:
        """Keep the lines of a head after the first, which may name the record itself.

        Args:
            text: These lines.
            prefixes: What the head declares.
            own: How much of that its first line does.
        """
        line = text[: text.find("\n") + 1]
        known = self._runs.get(line)
        if line and (known is None or known.text != text):
            self._runs[line] = _Lines(text, dict(islice(prefixes.items(), own, None)))

    def _lines_at(self, text: str, place: int) -> _Lines | None:
        """Read what stands at a place of the head; ``None`` if that is the body."""
        if text[place : place + 1] not in _OPENS:
            return None
        line = text[place : text.find("\n", place) + 1]
        run = self._runs.get(line)
        if run and text.startswith(run.text, place):
            return run
        return self._line(line)

    def _line(self, text: str) -> _Lines | None:
        if text in self._lines:
            return self._lines[text]
        if len(self._lines) > _MOST:
            self._lines.clear()
            self._runs.clear()
        match = _DECLARATION.fullmatch(text)
        found = _declared(text, *match.group("prefix", "iri", "base")) if match else None
        self._lines[text] = found
        return found


def _declared(text: str, prefix: str | None, iri: str | None, base: str | None) -> _Lines:
    if iri is None:
        return _Lines(text, _NOTHING, base or "")
    is_odd = oddities.is_odd_link(iri) or not iris.is_absolute(iri)
    return _Lines(text, {prefix or "": iri}, is_odd=is_odd or not iri)


def _is_plain(text: str) -> bool:
    """Say whether a text has no characters or marks that the reader might say something of."""
    if "<<<<<<<" in text or ">>>>>>>" in text or "_:" in text:
        return False
    if "\r" in text and "\r" in text.replace("\r\n", ""):
        return False
    if text.isascii():
        data = text.encode("ascii")
        return len(data.translate(None, _CONTROLS)) == len(data)
    if "\x00" in text:
        return False
    return not oddities.is_garbled(text) and not oddities.has_joiners(text)


def _is_odd_below(text: str, place: int, *, has_base: bool) -> bool:
    """Say whether something is declared below the head, or a link starts from elsewhere than the web."""
    lower = text.lower()
    if _VERSION.search(lower):
        return True
    if any(word.search(lower, place) for word in _DECLARES):
        return True
    return has_base and ("/." in text or _RELATIVE.search(text, place) is not None)


def _tags(text: str) -> Mapping[str, str] | None:
    """Language marks with capitals as written; ``None`` if one mark is written in two ways."""
    if not _CAPITALS.search(text):
        return _NOTHING
    found: dict[str, str] = {}
    for tag in _TAG.findall(text):
        if found.setdefault(tag.lower(), tag) != tag:
            return None
    return MappingProxyType(found)
