"""Texts of others, made safe to print.

A record is written by anyone, and a message quotes it. An escape sequence in a title must
not reach the terminal, a line break must not forge a second finding, and a lone surrogate,
which a file name or an escape may yield, must not break the encoding.
"""

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import TypeAlias

from filmld.diagnostics.model import Diagnostic, by_place, place_of
from filmld.patterns import regex

Json: TypeAlias = str | float | bool | Mapping[str, "Json"] | Sequence["Json"] | None

_JOINERS = "\u200c\u200d"
_CONTROL_PICTURES = 0x2400
_SPACE = 0x20
_DELETE = 0x7F
_UNSAFE_CATEGORIES = frozenset({"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"})
# What json.dumps leaves as it is but a terminal, an editor or a script would act upon.
_RAW_IN_JSON = regex("[\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def in_order(findings: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Order findings by place; equal places by all they hold, so that no order of arrival shows."""
    alike = (list(group) for _, group in groupby(by_place(findings), place_of))
    return [one for group in alike for one in (sorted(group, key=repr) if len(group) > 1 else group)]


def encodable(text: str) -> str:
    r"""Write lone surrogates as escapes, since UTF-8 has no bytes for them.

    >>> encodable("kilpel\udce4inen.ttl")
    'kilpel\\udce4inen.ttl'
    """
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def is_unsafe(character: str) -> bool:
    """Say whether a character does something other than be seen, a joiner of letters excepted."""
    return character not in _JOINERS and unicodedata.category(character) in _UNSAFE_CATEGORIES


def visible(character: str) -> str:
    r"""Give a visible stand-in for a character that is not to be printed.

    >>> visible("\x1b"), visible("\u202e")
    ('␛', '<U+202E>')
    """
    code = ord(character)
    if code < _SPACE:
        return chr(_CONTROL_PICTURES + code)
    return "␡" if code == _DELETE else f"<U+{code:04X}>"


def one_line(text: str) -> str:
    r"""Show a text on one line, with stand-ins for all that would act on a terminal.

    >>> one_line("Moloch\n\x1b[2J")
    'Moloch␊␛[2J'
    """
    if text.isprintable():  # then no character is of an unsafe category
        return text
    return "".join(visible(c) if is_unsafe(c) else c for c in text)


def lines(text: str) -> str:
    """Show a text that may have several lines; the line breaks stay."""
    return "\n".join(one_line(line) for line in re.split(r"\r\n|\r|\n", text))


def strict_json(value: Json, *, indent: int | None = None) -> str:
    """Write JSON as RFC 8259 has it: UTF-8, no NaN; whatever might act on its reader is escaped.

    Raises:
        ValueError: A number is not finite.
    """
    text = json.dumps(_sound(value), ensure_ascii=False, allow_nan=False, indent=indent)
    # All of these can stand only inside strings, where an escape means the same.
    return _RAW_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _sound(value: Json) -> Json:
    match value:
        case str():
            return encodable(value)
        case Mapping():
            return {encodable(key): _sound(item) for key, item in value.items()}
        case Sequence():
            return [_sound(item) for item in value]
        case _:
            return value
