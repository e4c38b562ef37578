"""The language of a film or copy is not given by its code.

What it does:
    Looks at the languages of films, subtitles and records, and tells codes that are none (BCP 47). The
    name of a language is only a warning, and mended.

Why it matters:
    “Finnish”, “suomi” and “fi” are three languages to a machine, and one to people.

Example:
    ```turtle
    film:the-ferryman-1926
        schema:inLanguage "Finnish" ;
    .
    ```

Instead:
    ```turtle
    film:the-ferryman-1926
        schema:inLanguage "fi" ;
    .
    ```
"""

from collections.abc import Iterator
from functools import lru_cache

from filmld.check.findings import Words, finding
from filmld.check.index import Index
from filmld.check.languages import CODES, SCRIPTS, SILENT
from filmld.check.watching import literals
from filmld.diagnostics import Diagnostic, Severity
from filmld.turtle.document import Document
from filmld.turtle.terms import Literal
from filmld.vocab import SCHEMA

CODE = "language-code"
NAME = "Language code"
SEVERITY = Severity.ERROR

PROPERTIES = frozenset(SCHEMA + name for name in ("availableLanguage", "inLanguage", "subtitleLanguage"))
WATCHES = literals(*PROPERTIES)


def find(document: Document, index: Index) -> Iterator[Diagnostic]:
    """Yield a finding for each language that is given otherwise than by its usual code."""
    del index
    for triple in document.triples:
        language = triple.object
        if triple.predicate.value in PROPERTIES and isinstance(language, Literal):
            severity, words = _judge(language.lexical)
            if words:
                yield finding(CODE, severity, document, triple, words)


def is_sound(text: str) -> bool:
    """Say whether a language is given by its usual code."""
    return _judge(text)[1] is None


@lru_cache(1024)
def _judge(text: str) -> tuple[Severity, Words | None]:
    code = CODES.get(text.strip().casefold())
    if code:
        return Severity.WARNING, _better(f"‘{text}’ is the name of a language, not its code", code)
    if text in SCRIPTS or text == SILENT:
        return SEVERITY, None
    import langcodes  # noqa: PLC0415  heavy, and each language is judged once

    if not langcodes.tag_is_valid(text):
        hint = 'use a code such as "en", "fi" or "zxx" where nothing is spoken or written'
        return SEVERITY, Words(message=f"‘{text}’ is no language code", label="not a code", hint=hint)
    usual = langcodes.standardize_tag(text)
    if usual.casefold() != text.casefold():
        return Severity.WARNING, _better(f"‘{text}’ is not the usual code of its language", usual)
    return SEVERITY, None


def _better(message: str, code: str) -> Words:
    return Words(message=message, label="not the usual code", hint=f'write "{code}"', replace=f'"{code}"')
