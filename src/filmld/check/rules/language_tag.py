"""The language mark of a text does not fit it, or is not the usual code.

What it does:
    Finds texts whose letters do not fit the language they are marked with, and marks that are not the
    usual code of their language.

Why it matters:
    Pages, search engines and screen readers choose and pronounce a text by its mark.

Example:
    ```turtle
    film:the-voice-of-sokurov-2014
        schema:name "Голос Сокурова"@en ;
        schema:name "Sokurovin ääni"@fin ;
    .
    ```

Instead:
    Mark each text with the code of its own language:

    ```turtle
    film:the-voice-of-sokurov-2014
        schema:name "Голос Сокурова"@ru ;
        schema:name "Sokurovin ääni"@fi ;
    .
    ```
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.languages import SCRIPTS
from filmld.check.watching import Use
from filmld.diagnostics import Diagnostic, Severity
from filmld.patterns import regex
from filmld.turtle.document import Document
from filmld.turtle.terms import RDF_LANG_STRING, Literal, Triple

CODE = "language-tag"
NAME = "Language mark"
SEVERITY = Severity.WARNING

_NAMED_BY_CODE = {
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "fi": "Finnish",
    "fr": "French",
    "it": "Italian",
    "pt": "Portuguese",
    "ru": "Russian",
    "sv": "Swedish",
}
_SCRIPTS = {
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "CJK": "Hani",
    "CYRILLIC": "Cyrl",
    "DEVANAGARI": "Deva",
    "GEORGIAN": "Geor",
    "GREEK": "Grek",
    "HANGUL": "Hang",
    "HEBREW": "Hebr",
    "HIRAGANA": "Kana",
    "KATAKANA": "Kana",
    "LATIN": "Latn",
    "THAI": "Thai",
}
_USUAL = {
    "Arab": "ar",
    "Cyrl": "ru",
    "Grek": "el",
    "Hang": "ko",
    "Hebr": "he",
    "Hani": "zh",
    "Kana": "ja",
    "Thai": "th",
}
_WRITTEN_IN = {
    "Hans": {"Hani"},
    "Hant": {"Hani"},
    "Jpan": {"Hani", "Kana"},
    "Kore": {"Hang", "Hani"},
}
_TWO_LETTERS = regex(r"[A-Za-z][^A-Za-z]*[A-Za-z]")
_UNSPECIFIC = frozenset({"mis", "mul", "und", "zxx"})


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each text whose language mark is unusual or does not fit its letters."""
    del index
    for triple in document.triples:
        text = triple.object
        if isinstance(text, Literal) and text.language is not None:
            yield from _judge(document, triple, text.lexical, text.language)


def _judge(document: Document, triple: Triple, text: str, tag: str) -> Iterator[Diagnostic]:
    usual = _usual(tag)
    if usual.lower() != tag.lower():
        words = Words(
            message=f"‘@{tag}’ is not the usual code{_of_language(usual)}",
            hint=f"write @{usual}",
            replace=f"@{usual}",
        )
        yield _at_mark(document, triple, words)
    elif not _is_valid(tag):
        words = Words(message=f"‘@{tag}’ is no language code", hint="use a code such as @en, @fi or @ru-Latn")
        yield _at_mark(document, triple, words)
    script = _script(text)
    if script and not fits(script, usual):
        named = next(name for name, code in _SCRIPTS.items() if code == script).capitalize()
        marked = f"@{tag}{_in_brackets(usual)}"
        words = Words(
            message=f"This text is in {named} letters but is tagged {marked}", hint=_hint(script, tag)
        )
        yield _at_mark(document, triple, words)


def is_usual(tag: str) -> bool:
    """Say whether a language mark is the usual one of its language, whatever its case."""
    return _usual(tag).lower() == tag.lower() and _is_valid(tag)


def is_sound(text: str, tag: str) -> bool:
    """Say whether there is nothing to say of a text under a language mark."""
    script = _script(text)
    return is_usual(tag) and (script is None or fits(script, _usual(tag)))


def _at_mark(document: Document, triple: Triple, words: Words) -> Diagnostic:
    place = document.span(*triple)
    mark = document.language_span(place) if place else None
    return finding(CODE, SEVERITY, document, triple, words, span=mark)


def _of_language(tag: str) -> str:
    name = _NAMED_BY_CODE.get(tag.partition("-")[0])
    return f" for {name}" if name else ""


def _in_brackets(tag: str) -> str:
    name = _NAMED_BY_CODE.get(tag.partition("-")[0])
    return f" ({name})" if name else ""


def _hint(script: str, tag: str) -> str | None:
    if script == "Latn":
        return f"if it is a romanisation, write @{tag}-Latn"
    usual = _USUAL.get(script)
    if usual is None:
        return None
    name = _NAMED_BY_CODE.get(usual)
    return f"if it is {name}, write @{usual}" if name else f"use the code of its language, such as @{usual}"


def _script(text: str) -> str | None:
    """The one script that nearly all letters of a text are in, by the names Unicode gives its letters."""
    if text.isascii():
        return "Latn" if _TWO_LETTERS.search(text) else None
    letters = [char for char in text if char.isalpha()]
    found = Counter(map(_script_of, letters))
    if not found:
        return None
    script, count = found.most_common(1)[0]
    return script if script and count >= 0.9 * len(letters) and len(letters) > 1 else None


@lru_cache(4096)
def _script_of(char: str) -> str | None:
    return _SCRIPTS.get(unicodedata.name(char, "?").partition(" ")[0].partition("-")[0])


@lru_cache(1024)
def _usual(tag: str) -> str:
    if tag in SCRIPTS:
        return tag
    import langcodes  # noqa: PLC0415  heavy, and each language is judged once

    return langcodes.standardize_tag(tag)


@lru_cache(1024)
def _is_valid(tag: str) -> bool:
    if tag in SCRIPTS:
        return True
    import langcodes  # noqa: PLC0415  heavy, as above

    return langcodes.tag_is_valid(tag)


@lru_cache(1024)
def fits(script: str, tag: str) -> bool:
    """Say whether texts in the language of a usual mark are written in a script."""
    expected = SCRIPTS[tag] if tag in SCRIPTS else _script_for(tag)
    return expected is None or script == expected or script in _WRITTEN_IN.get(expected, ())


def _script_for(tag: str) -> str | None:
    """The script that texts with a mark are in; nothing if any will do."""
    import langcodes  # noqa: PLC0415  heavy, as above

    language = langcodes.Language.get(tag)
    if language.language is None or language.language in _UNSPECIFIC:
        return None
    return language.script or language.maximize().script


def _can_concern(use: Use, index: Index) -> bool:
    del index
    return use.sort is Literal and use.detail == RDF_LANG_STRING


WATCHES = _can_concern
