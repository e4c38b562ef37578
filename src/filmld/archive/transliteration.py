"""Names and titles of any script in the letters a to z, for addresses that can be typed anywhere."""

import unicodedata
from types import MappingProxyType
from typing import Final

from filmld.patterns import regex

_CONTRACTION: Final = regex(r"(?<=\w)['’\u02bc](?=(?:d|ll|m|re|s|t|ve)\b)")
"""English endings that stay with their word: ``don't``, but not ``l'atalante``."""

_GREEK_U: Final = regex("([αεο])[υύ]")
"""The second letter of the vowels that ISO 843 writes au, eu and ou."""

_MARKS_OF_SYMBOLS: Final = regex("[\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What turns a sign into an emoji, or chooses among its forms; it is never a letter."""


def _pairs(letters: str, latin: str) -> dict[str, str]:
    return dict(zip(letters, latin.split(), strict=True))


# What Unicode takes apart by itself, such as ä or é, needs no line here. The tables hold the
# plain forms that catalogues and passports use; `й` and `ї` stand here since they would
# otherwise lose their marks and become other letters.
_LETTERS: Final = MappingProxyType(
    _pairs("ßæœøđðþłħıŋŧəɛɔƒɓɗƙ", "ss ae oe o d d th l h i n t e e o f b d k")
    | _pairs("αβγδεζηθικλμνξοπρσςτυφχψω", "a v g d e z i th i k l m n x o p r s s t y f ch ps o")
    | _pairs("абвгдежзийклмноп", "a b v g d e zh z i y k l m n o p")
    | _pairs("рстуфхцчшщыэюя", "r s t u f kh ts ch sh shch y e yu ya")
    | _pairs("єіїґўђѓјљњћќџѕ", "ye i yi g u dj g j lj nj c k dz dz")
    | _pairs("әғқңөұүһ", "a g q n o u u h")
    | dict.fromkeys("ъьʹʺʻʼʾʿ", "")
)


def romanized(text: str) -> str:
    """Write a text in lower-case ASCII; whatever is neither letter nor digit becomes a hyphen.

    A letter of a script without a table, such as Han or Arabic, becomes its number in Unicode:
    nobody can read it, but it says the same on every computer and is never guessed.

    >>> romanized("Sokurovin ääni")
    'sokurovin-aani'
    >>> romanized("Щит")
    'shchit'
    >>> romanized("東京")
    '-6771--4eac-'
    """
    folded = unicodedata.normalize("NFC", text.casefold())
    for pattern, replacement in ((_MARKS_OF_SYMBOLS, ""), (_CONTRACTION, ""), (_GREEK_U, r"\1u")):
        folded = pattern.sub(replacement, folded)
    return "".join(map(_letter, folded))


def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() else "-"
    if char in _LETTERS:
        return _LETTERS[char]
    parts = [_part(part) for part in unicodedata.normalize("NFKD", char)]
    if None in parts:
        return _unknown(char)
    plain = "".join(filter(None, parts))
    # "8½" is eight and a half, not eighty-one halves.
    return f"-{plain}-" if unicodedata.category(char) == "No" and len(plain) > 1 else plain


def _part(part: str) -> str | None:
    """A piece of a letter that Unicode has taken apart; ``None`` if it is of another script."""
    if part.isascii():
        return part.lower() if part.isalnum() else "-"
    if part in _LETTERS:
        return _LETTERS[part]
    category = unicodedata.category(part)
    if unicodedata.combining(part) or category == "Cf":
        return ""
    return None if category[0] in "LMN" else "-"


def _unknown(char: str) -> str:
    digit = unicodedata.digit(char, None)
    if digit is not None:
        return str(digit)
    return f"-{ord(char):x}-"
