"""Queries of shapes that would ask something else than the records."""

import re
from typing import Final

QUERIES: Final = frozenset({"select", "ask", "construct"})
"""The terms of SHACL, without ``sh:``, whose values are queries."""

_QUOTED: Final = r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#[^\n]*"
_WORDS: Final = ("service", "from")
_REACHING: Final = r"(?<![?$:_A-Za-z-])(SERVICE|FROM)(?![A-Za-z0-9_])"


def reaches(query: str) -> str | None:
    """The word by which a query would reach out, if there is one.

    >>> reaches("SELECT $this WHERE { SERVICE ?endpoint { $this ?p ?o } }")
    'SERVICE'
    """
    folded = query.casefold()
    if not any(word in folded for word in _WORDS):
        return None
    found = re.search(_REACHING, re.sub(_QUOTED, " ", query), re.IGNORECASE)
    return found[1].upper() if found else None
