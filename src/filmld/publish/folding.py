"""The order in which names are listed.

Python's standard library has no collation that is the same on every computer, ICU is no part of it, and
the one pure implementation of the Unicode Collation Algorithm (pyuca) has had no release since 2017,
loads 1.6 MB of weights, and cannot be tailored to a language, so that Å would stand beside A in a
Finnish list. What lists of names need is less: letters without their marks first, then the marks,
then the text itself; and for some languages letters of their own at the end of the alphabet.
"""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from filmld.catalog.folding import folded

_NORDIC: Final = MappingProxyType({"å": "{a", "ä": "{b", "æ": "{b", "ö": "{c", "ø": "{c"})
_DANISH: Final = MappingProxyType({"æ": "{a", "ä": "{a", "ø": "{b", "ö": "{b", "å": "{c"})
_TAILORED: Final = MappingProxyType(
    {
        "fi": _NORDIC,
        "sv": _NORDIC,
        "da": _DANISH,
        "nb": _DANISH,
        "nn": _DANISH,
        "no": _DANISH,
        "es": MappingProxyType({"ñ": "n{"}),
        "et": MappingProxyType(
            {"š": "s{", "z": "s{{", "ž": "s{{{", "õ": "w{a", "ä": "w{b", "ö": "w{c", "ü": "w{d"}
        ),
    }
)
"""Where letters of their own come, in the language of the list (CLDR, standard collations)."""

_NOTHING: Final = MappingProxyType[str, str]({})

_ARTICLES: Final = MappingProxyType(
    {
        "en": ("the", "a", "an"),
        "de": ("der", "die", "das", "ein", "eine"),
        "fr": ("le", "la", "les", "l'", "un", "une"),
        "it": ("il", "lo", "la", "l'", "i", "gli", "le", "un", "uno", "una", "un'"),
        "es": ("el", "la", "los", "las", "un", "una"),
        "pt": ("o", "a", "os", "as", "um", "uma"),
        "ca": ("el", "la", "els", "les", "l'", "un", "una"),
        "nl": ("de", "het", "een", "'t", "'n"),
        "sv": ("en", "ett", "den", "det", "de"),
        "da": ("en", "et", "den", "det", "de"),
        "nb": ("en", "et", "ei", "den", "det", "de"),
        "nn": ("ein", "ei", "eit", "den", "det", "dei"),
        "hu": ("a", "az", "egy"),
    }
)
"""Initial articles, which do not count in lists (MARC 21, Appendix F).

Finnish and the Slavic languages have none."""

_APOSTROPHES: Final = str.maketrans("’ʼ‘`", "''''")


def without_article(text: str, language: str | None) -> str:
    """A title as it is listed: without the article it begins with, unless it is nothing else.

    >>> without_article("The Voice of Sokurov", "en-GB"), without_article("L’Atalante", "fr")
    ('Voice of Sokurov', 'Atalante')
    >>> without_article("Die Hard", "en"), without_article("A", "en")
    ('Die Hard', 'A')
    """
    plain = text.lstrip(" \t\n\"'“”„«»‘’([¡¿…")
    start = plain.casefold().translate(_APOSTROPHES)
    for article in _ARTICLES.get((language or "").lower().partition("-")[0], ()):
        opening = article if article.endswith("'") else f"{article} "
        if start.startswith(opening) and plain[len(opening) :].strip():
            return plain[len(opening) :].lstrip()
    return plain or text


def sorting(text: str, language: str) -> tuple[str, str, str]:
    """Where a name comes in a list of a language: by its letters, then by their marks, then by itself.

    >>> sorted(["Zorn", "Öl", "Ofen", "ofen"], key=lambda name: sorting(name, "de"))
    ['Ofen', 'ofen', 'Öl', 'Zorn']
    >>> sorted(["Zorn", "Öl", "Ofen", "Åland"], key=lambda name: sorting(name, "fi"))
    ['Ofen', 'Zorn', 'Åland', 'Öl']
    """
    own = _TAILORED.get(language, _NOTHING)
    composed = unicodedata.normalize("NFC", text.casefold())
    is_plain = composed.isascii() and own.keys().isdisjoint(composed)
    # What is tailored is protected from folding, which would leave it alone anyway.
    letters = composed if is_plain else "".join(own.get(char) or folded(char) for char in composed)
    first = " ".join(re.findall(r"[\w{]+", letters))
    return first, composed, text


def initial(text: str, language: str) -> str:
    """The letter that a name is listed under: ``#`` for digits and signs.

    >>> initial("élan", "fr"), initial("Öljy", "fi"), initial("Öl", "de"), initial("8½", "it")
    ('E', 'Ö', 'O', '#')
    """
    for char in unicodedata.normalize("NFC", text.casefold()):
        if char.isalpha():
            is_own = char in _TAILORED.get(language, {})
            return char.upper() if is_own else folded(char)[:1].upper()
        if char.isalnum():
            return "#"
    return "#"
