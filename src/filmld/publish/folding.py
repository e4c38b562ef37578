"""Words without case and diacritics, to be searched; and the order in which names are listed.

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

from filmld.archive.transliteration import romanized

_LETTERS: Final = MappingProxyType(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}
)
"""Letters that Unicode does not take apart; what case folding does, such as ß, needs no line."""

_WORD: Final = re.compile(r"[^\W_]+")
_CJK: Final = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts written without spaces, of which every letter may begin what is looked for."""

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


def folded(text: str) -> str:
    """Take case and diacritics from a text.

    >>> folded("Kilpeläinen"), folded("Straße"), folded("Œuvre"), folded("МОЛОХ")
    ('kilpelainen', 'strasse', 'oeuvre', 'молох')
    """
    plain = "".join(_LETTERS.get(char, char) for char in text.casefold())
    apart = unicodedata.normalize("NFKD", plain)
    # An accent that stands on a capital alone, such as İ, appears only when it is taken apart.
    return "".join(_LETTERS.get(char, char) for char in apart.casefold() if not unicodedata.combining(char))


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded, each once.

    >>> words_of("L’Atalante – Der Film, der Film")
    ('l', 'atalante', 'der', 'film')
    """
    return tuple(dict.fromkeys(_WORD.findall(folded(text))))


def beginnings(text: str) -> tuple[str, ...]:
    """What a name can be found by the beginning of: its words, and of scripts without spaces every rest.

    A name in another script is found by its usual Latin letters, too.

    >>> beginnings("東京物語")[:2]
    ('東京物語', '京物語')
    >>> beginnings("Молох")
    ('молох', 'molokh')
    """
    found: dict[str, None] = {}
    for word in words_of(text):
        found[word] = None
        found.update((word[index:], None) for index in range(1, len(word)) if _CJK.match(word[index]))
        if not word.isascii() and not _CJK.search(word):
            found.update(dict.fromkeys(re.findall("[a-z0-9]+", romanized(word))))
    return tuple(found)


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
    # What is tailored is protected from folding, which would leave it alone anyway.
    letters = "".join(own[char] if char in own else folded(char) for char in composed)
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
