"""Names without case and diacritics, and the words they are found by: the same in every search there is."""

import re
import unicodedata
from types import MappingProxyType
from typing import Final

from filmld.archive.transliteration import romanized
from filmld.patterns import regex

_LETTERS: Final = MappingProxyType(
    {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t"}
)
"""Letters that Unicode does not take apart; what case folding does, such as ß, needs no line."""

_WORD: Final = regex(r"[^\W_]+")
_CJK: Final = regex("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")
"""Scripts written without spaces, of which every letter may begin what is looked for."""


def folded(text: str) -> str:
    """Take case and diacritics from a text.

    >>> folded("Kilpeläinen"), folded("Straße"), folded("Œuvre"), folded("МОЛОХ")
    ('kilpelainen', 'strasse', 'oeuvre', 'молох')
    """
    if text.isascii():
        return text.lower()
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
