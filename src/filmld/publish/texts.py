"""Choosing among texts in several languages, and what of them can be shown."""

import re
from collections.abc import Sequence

from filmld.turtle.terms import Literal

_UNSHOWABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def preferred(literals: Sequence[Literal], languages: Sequence[str]) -> list[Literal]:
    """Keep the texts of one language: the first of ``languages`` there is, else no language, else any.

    A language also stands for its variants: ``en`` accepts ``en-GB``.
    """
    if len(literals) == 1:  # as nearly always
        return list(literals)
    found = [literal.language for literal in literals]
    for language in (*(tag.lower() for tag in languages), None, *found):
        chosen = [literal for literal in literals if _speaks(literal.language, language)]
        if chosen:
            return chosen
    return []


def showable(text: str) -> str:
    r"""Replace the characters that neither HTML nor XML may hold.

    >>> showable("a\x00b") == "a\ufffdb"
    True
    """
    return _UNSHOWABLE.sub("\ufffd", text)


def _speaks(language: str | None, wanted: str | None) -> bool:
    if language is None or wanted is None:
        return language == wanted
    return language.lower() == wanted or language.lower().startswith(f"{wanted}-")
