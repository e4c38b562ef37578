"""Queries of shapes that would ask something else than the records."""

import re
from typing import Final

QUERIES: Final = frozenset({"select", "ask", "construct"})
"""The terms of SHACL, without ``sh:``, whose values are queries."""

_QUOTED: Final = re.compile(r"<[^<>\s]*>|\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'|#[^\n]*")
_REACHING: Final = re.compile(r"(?<![?$:_A-Za-z-])(SERVICE|FROM)(?![A-Za-z0-9_])", re.IGNORECASE)


def reaches(query: str) -> str | None:
    """The word by which a query would reach out, if there is one.

    >>> reaches("SELECT $this WHERE { SERVICE ?endpoint { $this ?p ?o } }")
    'SERVICE'
    """
    found = _REACHING.search(_QUOTED.sub(" ", query))
    return found[1].upper() if found else None
