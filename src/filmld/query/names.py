"""IRIs as people write them in queries."""

import re

from filmld.vocab import PREFIXES

_LOCAL_NAME = re.compile(r"[^\W\d_](?:[\w-]|\.(?=\w))*|\d+")


def prefixed(iri: str) -> str:
    """Abbreviate an IRI as it can be typed into a query, else put it in angle brackets.

    >>> prefixed("https://schema.org/director")
    'schema:director'
    >>> prefixed("https://films.example.org/film/moloch-1999")
    '<https://films.example.org/film/moloch-1999>'
    """
    for prefix, namespace in PREFIXES:
        if iri.startswith(namespace) and _LOCAL_NAME.fullmatch(iri, len(namespace)):
            return f"{prefix}:{iri[len(namespace) :]}"
    return f"<{iri}>"
